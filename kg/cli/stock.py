"""Stock queries on the terminal: one by its name with values for its parameters, the list of them, one in full."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from kg.cli.options import open_configured
from kg.cli.showing import show_answer
from queries import Parameter, StockQuery, find_query, load_library, prepare

FREE = {"ignore_unknown_options": True, "allow_extra_args": True}  # the parameters of a stock query are options of its own
_NAME = re.compile(r"[a-z]+(-[a-z]+)*")


def is_stock(text: str | None) -> bool:
    """Whether this is the name of a stock query, or looks like one."""
    return bool(text and _NAME.fullmatch(text))


def show_stock(where: str, name: str, words: Sequence[str], form: str) -> None:
    """Run the stock query with the values in `words` and print what the store answers."""
    values = _values(find_query(name), words)
    with open_configured(where, read_only=True) as store:
        show_answer(store, prepare(store, name, values), form)


def refuse_options(words: Sequence[str]) -> None:
    """An error for what only a stock query would take."""
    if words:
        raise click.UsageError(
            f"看不懂 {' '.join(words)} / not understood; 现成查询的参数写在名字之后 / parameters go behind the name of a stock query"
        )


def _values(query: StockQuery, words: Sequence[str]) -> dict[str, str]:
    """What `--unit 区财政局 --plan-year=2021` gives, by the names of the parameters."""
    values: dict[str, str] = {}
    rest = list(words)
    while rest:
        option, equals, value = rest.pop(0).partition("=")
        parameter = query.parameter(option.removeprefix("--").replace("-", "_")) if option.startswith("--") else None
        if parameter is None:
            taken = "，".join(one.option for one in query.parameters) or "无 / none"
            raise click.UsageError(f"{query.name} 没有参数 {option} / no such parameter; 可用 / it takes: {taken}")
        if not equals:
            if not rest or rest[0].startswith("--"):
                raise click.UsageError(f"{option} 后面要有值 / needs a value: {parameter.zh} / {parameter.en}")
            value = rest.pop(0)
        values[parameter.name] = value
    return values


@click.command("queries")
@click.argument("name", required=False)
def queries_command(name: str | None) -> None:
    """列出现成查询；给出名字则显示参数、例子和全文 / list the stock queries, or show one in full."""
    if name is None:
        width = max(map(len, load_library()))
        for query in load_library().values():
            click.echo(f"{query.name:{width}}  {query.summary} / {query.summary_en}")
        return
    _show(find_query(name))


def _show(query: StockQuery) -> None:
    click.secho(f"{query.summary} / {query.summary_en}", bold=True)
    click.echo(f"{query.description}\n{query.description_en}\n")
    for parameter in query.parameters:
        click.echo(f"  {parameter.option}  {_about(parameter)}")
    example = " ".join(f"--{name.replace('_', '-')} {value}" for name, value in query.example.items())
    click.echo(f"\n例 example: zhengpu query {query.name} {example}".rstrip() + f"\n\n{query.text}", nl=False)


def _about(parameter: Parameter) -> str:
    words = [f"{parameter.zh} / {parameter.en}"]
    if parameter.values:
        words.append("|".join(parameter.values))
    if parameter.default is not None:
        words.append(f"默认 default: {parameter.default}")
    elif not parameter.required:
        words.append("可不给 optional")
    return "；".join(words)


COMMANDS = (queries_command,)
