"""Search on the terminal: what was found as a table with the words marked, or as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.options import store_option, warn
from kg.ids import Ids
from kg.search import Facet, Filters, Hit, Indexed, Page, Suggestion, open_search
from kg.search.facets import KIND_LABELS

_FACET_VALUES = 8  # shown on the terminal; JSON has all that were counted
_MARKED = {"word": "bold red", "number": "bold red", "synonym": "bold magenta", "pinyin": "bold blue", "corrected": "bold yellow"}
_WHY = {"number": "文号写法", "synonym": "近义", "pinyin": "拼音", "corrected": "已纠正"}
_OPTIONS = (
    ("kind", "unit、plan、instrument、section、task、statement，或中文"),
    ("year", "计划年度 / year of the plan"),
    ("place", "行政区划的名称或代码 / name or code of a place"),
    ("level", "country、province、prefecture、county，或中文"),
    ("unit", "单位的名称、简称或标识符 / name or IRI of a unit"),
    ("function", "职能的名称或代码 / name or code of a function"),
    ("instrument", "法规文件的标题、文号或标识符 / title, number or IRI of an instrument"),
    ("deadline", "fixed、relative、standing、prompt、recurring，或中文"),
    ("relation", "continues、adapts、breaks-down、parallels，或中文"),
)


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each facet; given again, it lets more through."""
    for name, about in reversed(_OPTIONS):
        command = click.option(f"--{name}", name, multiple=True, help=about)(command)
    return command


@click.command("search", context_settings={"ignore_unknown_options": True})  # -词 excludes a word
@click.argument("words", nargs=-1)
@store_option
@_filters
@click.option("--limit", default=20, show_default=True, help="每页条数 / hits on a page")
@click.option("--page", default=1, show_default=True, help="第几页 / which page")
@click.option("--facets", is_flag=True, help="列出各项分布 / show how many hits have what")
@click.option("--suggest", is_flag=True, help="只给出输入提示 / only suggestions for what was typed so far")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="输出 / output")
def search_command(
    *, words: tuple[str, ...], where: str, limit: int, page: int, facets: bool, suggest: bool, form: str, **chosen: Any
) -> None:
    """检索任务、单位、法规文件、计划和章节 / search tasks, units, instruments, plans and sections.

    词之间用空格；"词组"原样查；-词 排除。错字、拼音、首字母、日常说法、繁体字都可以。
    Words are parted by spaces; "a phrase" is looked for as it is; -word excludes.

    例 example: zhengpu search 财政局 公开 -培训 --year 2023
    """
    if odd := [word for word in words if word.startswith("--")]:
        raise click.UsageError(f"没有选项 {odd[0]} / no such option")
    typed = " ".join(words)
    search = open_search(where, Ids.configured(), _tell)
    if suggest:
        _show_suggestions(search.suggest(typed, limit), form)
        return
    found = search.page(typed, Filters(**chosen), limit=limit, page=page, facets=facets or form == "json")
    if form == "json":
        click.echo(json.dumps(found.to_json(), ensure_ascii=False))
    else:
        _show(found)


def _tell(made: Indexed) -> None:
    if made.anew:
        zh = f"{made.anew}，已建立：{made.total} 条，{made.seconds:.1f} 秒"
        warn(f"{zh} / {made.anew_en}; made: {made.total} entries, {made.seconds:.1f} s")


def _show_suggestions(found: Iterable[Suggestion], form: str) -> None:
    for one in found:
        if form == "json":
            click.echo(json.dumps({"text": one.text, "kind": one.kind, "iri": one.iri, "note": one.note}, ensure_ascii=False))
        else:
            click.echo("  ".join(part for part in (one.text, KIND_LABELS.get(one.kind, "词"), one.note) if part))


# --- a table --------------------------------------------------------------------------------------------------


def _show(page: Page) -> None:
    for said in page.said:
        warn(f"{said.zh} / {said.en}")
    if page.did_you_mean:
        warn(f"是不是要找：{page.did_you_mean} / did you mean this")
    console = Console()
    if page.hits:
        console.print(_table(page))
    first = (page.page - 1) * page.limit + 1
    shown = f"，第 {first}—{first + len(page.hits) - 1} 条 / {first}–{first + len(page.hits) - 1}" if page.hits else ""
    click.echo(f"{page.total} 条 / hits{shown}")
    for facet in page.facets:
        if line := _facet(facet):
            console.print(line)


def _table(page: Page) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("种类 kind", no_wrap=True)
    table.add_column("内容 what", overflow="fold", ratio=3)
    table.add_column("出处 where", overflow="fold", ratio=2)
    for hit in page.hits:
        table.add_row(KIND_LABELS[hit.kind], _what(hit), _where(hit))
    return table


def _what(hit: Hit) -> Text:
    """The words with those marked that matched, and why where it is not plain to see."""
    name = "text" if hit.text else "label"
    text = _marked(hit.text or hit.label, ((mark.start, mark.end, mark.reason) for mark in hit.marks if mark.field == name))
    if hit.beside:
        marks = ((mark.start, mark.end, mark.reason) for mark in hit.marks if mark.field == "beside")
        text = Text.assemble(text, ("  〔", "dim"), _marked(hit.beside, marks), ("〕", "dim"))
    reasons = "、".join(_WHY[reason] for reason in hit.why if reason in _WHY)
    return Text.assemble(text, (f"  {reasons}", "dim")) if reasons else text


def _marked(words: str, marks: Iterable[tuple[int, int, str]]) -> Text:
    text = Text(words)
    for start, end, reason in marks:
        text.stylize(_MARKED[reason], start, end)
    return text


def _where(hit: Hit) -> Text:
    number = f"第{hit.number}项" if hit.kind in {"task", "statement"} and hit.number.isdigit() else hit.number
    title = hit.plan_title if hit.kind not in {"plan", "unit", "instrument"} else ""
    parts = (title, number, hit.place if not title else "", hit.file, hit.at)
    return Text(" ".join(part for part in parts if part))


def _facet(facet: Facet) -> Text:
    """One line a facet: 年度 2023（12） 2022（9）."""
    if not facet.values:
        return Text("")
    text = Text(f"{facet.zh} {facet.en}: ", style="bold")
    for value in facet.values[:_FACET_VALUES]:
        text.append(f"{value.label}（{value.count}） ", style="bold red" if value.chosen else "not bold")
    return text


COMMANDS = (search_command,)
