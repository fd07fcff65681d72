"""The command `ask`: questions in Chinese, one, many from a file, or a conversation."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.options import open_configured, store_option
from kg.errors import QueryError
from kg.ids import Ids

if TYPE_CHECKING:
    from kg.search.engine import Engine
    from kg.store import Store
    from queries.ask import Answer, Asker, Finder

_SHOWN = 20
_SMALL = 20_000  # tasks whose texts are read in two seconds
_MOST_TASKS = 5_000  # that speak of one matter
_LEAVE = {"q", "quit", "exit", "退出", "再见"}


@click.command("ask")
@click.argument("question", nargs=-1)
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="一行一问；空行之后是另一段对话 / a question a line; an empty line ends a conversation",
)
@click.option("--apart", is_flag=True, help="每行单独回答，不承接上一行 / answer each line by itself")
@store_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出；json 一问一行 / output; json is one object a line",
)
@click.option("--all", "everything", is_flag=True, help=f"列出全部，而非前{_SHOWN}行 / all rows")
@click.option("--query", "with_query", is_flag=True, help="同时给出查询全文 / with the text of the query")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="“今年”“去年”以哪天为准，默认今天 / the day that 今年 goes by")
def ask_command(
    *,
    question: tuple[str, ...],
    file: Path | None,
    apart: bool,
    where: str,
    form: str,
    everything: bool,
    with_query: bool,
    today: dt.datetime | None,
) -> None:
    """用中文提问；答不了的，说明哪里没有读懂 / ask in Chinese; what is not understood is said.

    例 example: zhengpu ask 区财政局2023年要做哪些事？

    不给问题也不给 --file，则逐句对话 / without a question and --file it is a conversation.
    """
    if question and file:
        raise click.UsageError("问题和 --file 只给一个 / give a question or --file, not both")
    from queries.ask import Asker  # loads jieba, which only this command needs

    with open_configured(where, read_only=True) as store:
        asker = Asker(store, _finder(store), today.date() if today else None)
        if question:
            answers: Iterator[Answer] = iter([asker.ask("".join(question))])
        elif file:
            lines = _lines(file)
            answers = (asker.ask(line) for line in lines if line.strip()) if apart else asker.converse(lines)
        else:
            answers = _conversation(asker)
        for answer in answers:
            if form == "json":
                click.echo(json.dumps(answer.to_json(), ensure_ascii=False))
            else:
                _show(answer, everything, with_query)


def _finder(store: Store) -> Finder | None:
    """The store's search index to find matters by; none for a store so small that its texts are as soon read."""
    from kg.search import open_search
    from queries.ask import IndexFinder

    rows = store.select("SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?x { ?x a <https://w3id.org/zhengpu/ontology#Task> } LIMIT 20001 } }")
    if int(str(rows[0]["n"].value)) <= _SMALL:  # type: ignore[union-attr]
        return None
    return IndexFinder(store, _SearchIndex(open_search(store, Ids.configured()).engine()))


class _SearchIndex:
    """The search index as questions use it: no corrections, no likeness."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def tasks_with(self, words: Sequence[Sequence[str]]) -> Sequence[str]:
        """The tasks that hold, in whatever field, one of each group of words."""
        from kg.search import engine

        asked = engine.both(engine.term("kind", "task"), *(engine.any_of([engine.holds(word) for word in group]) for group in words))
        return [told["iri"] for _, told in self._engine.find(asked, _MOST_TASKS, 0)[1]]

    def holds(self, words: str) -> bool:
        """Whether anything holds these characters one after another."""
        return self._engine.count(words) > 0


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise QueryError(
            "问题文件不是 UTF-8 编码。请另存为 UTF-8", "the questions are not in UTF-8. Save them as UTF-8", file=str(file)
        ) from error


def _conversation(asker: Asker) -> Iterator[Answer]:
    """The answers to what is typed, line by line; a number takes one of the choices that were given."""
    interactive = sys.stdin.isatty()
    before: Answer | None = None
    offered: tuple[str, ...] = ()
    while True:
        if interactive:
            click.echo("问> ", nl=False)
        line = sys.stdin.readline()
        text = line.strip()
        if not line or text in _LEAVE:
            return
        if not text:
            continue
        if text.isdecimal() and 0 < int(text) <= len(offered):
            text = offered[int(text) - 1]
        answer = asker.ask(text, before, loosely=True)
        before = answer if answer.meaning is not None else before
        offered = tuple(one.question for one in answer.choices) or answer.offers
        yield answer


# --- for eyes ---------------------------------------------------------------------------------------------------


def _show(answer: Answer, everything: bool, with_query: bool) -> None:
    click.secho(answer.question, bold=True)
    if answer.choices:
        click.secho(f"{answer.words}，请选一个 / which one?", fg="yellow")
        for at, one in enumerate(answer.choices, 1):
            click.echo(f"  {at}. {one.label}" + (f"（{one.note}）" if one.note else "") + f"　{one.question}")
        return
    if answer.declined:
        click.secho(f"答不了：{answer.declined}", fg="yellow")
        if answer.offers:
            click.echo("可以问 / you may ask: ")
            for at, offer in enumerate(answer.offers, 1):
                click.echo(f"  {at}. {offer}")
        return
    click.echo(f"理解为：{answer.understood}")
    click.secho(f"{answer.words}", fg="green")
    _show_rows(answer, everything)
    if answer.query:
        values = " ".join(f"--{name.replace('_', '-')} {value}" for name, value in answer.parameters.items())
        click.echo(f"查询 query: {answer.query['name']} {values}")
        if with_query:
            click.echo(answer.query["text"])


_MORE = {
    "role": "角色",
    "unit": "单位",
    "units": "单位",
    "printed": "写作",
    "through": "经由",
    "deadline": "时限",
    "due": "到期",
    "basis": "依据",
    "citation": "引用",
    "relation": "关系",
    "of": "所问",
}


def _show_rows(answer: Answer, everything: bool) -> None:
    """Tasks as they stand in their plans, with what the query says of each; other rows as a table."""
    shown = answer.rows if everything else answer.rows[:_SHOWN]
    if shown and "task" in shown[0]:
        for row in shown:
            _show_task(row)
    elif shown:
        _show_table(shown)
    if len(shown) < len(answer.rows):
        click.echo(f"……另有 {len(answer.rows) - len(shown)} 行，用 --all 全部列出 / more with --all")


def _show_task(row: Mapping[str, Any]) -> None:
    number = f" 第{row['number']}项" if row.get("number") else ""
    click.echo(f"· {row.get('text') or ''}")
    facts = "；".join(f"{label}：{row[name]}" for name, label in _MORE.items() if row.get(name) not in {None, ""})
    click.secho(f"    {row.get('plan') or ''}{number}〔{row.get('file') or ''} {row.get('stands') or ''}〕{facts}", dim=True)


def _show_table(rows: Sequence[Mapping[str, Any]]) -> None:
    names = list(dict.fromkeys(key for row in rows for key in row))
    named = [name for name in names if f"{name}_label" not in names and not all("://" in str(row.get(name, "")) for row in rows)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in named:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(str(row.get(name, ""))) for name in named))
    Console().print(table)


COMMANDS = (ask_command,)
