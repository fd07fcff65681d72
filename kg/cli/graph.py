"""Pictures of a part of the graph: pages that open anywhere, files for Gephi, drawings for a report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import open_configured, store_option, warn
from kg.errors import QueryError
from kg.ids import Ids
from kg.store import Store
from queries import resolve_name, the_one

if TYPE_CHECKING:
    from viz.pictures.model import Graph

_FORMS = ("html", "graphml", "gexf", "svg", "png", "json")
_DEEPEST = 4


@click.command("graph")
@click.option("--unit", help="一个单位 / a unit")
@click.option("--instrument", help="一份法规文件：标题或文号 / an instrument: title or number")
@click.option("--task", help="一项任务：标识符，或“计划#编号” / a task: IRI, or plan#number")
@click.option("--plan", help="一份计划：标题、文号、文件名或标识符 / a plan: title, number, file name or IRI")
@click.option("--lineage", nargs=2, metavar="A B", help="两份计划的任务从哪里来、到哪里去 / how the tasks of two plans flow")
@click.option(
    "--query", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="SPARQL 文件：SELECT 或 CONSTRUCT / a file of SPARQL"
)
@click.option("--depth", type=click.IntRange(1, _DEEPEST), default=1, show_default=True, help="几步以内 / how many steps around it")
@click.option("--limit", type=click.IntRange(1, 50_000), default=3000, show_default=True, help="最多取多少个事物 / at most so many things")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="写到文件 / the file to write")
@click.option("--format", "form", type=click.Choice(_FORMS), help="不给则看文件后缀 / by the file's suffix if not given")
@store_option
def graph_command(  # noqa: PLR0917 (click gives them by name)
    unit: str | None, instrument: str | None, task: str | None, plan: str | None, lineage: tuple[str, str] | None, query: Path | None,
    depth: int, limit: int, out: Path, form: str | None, where: str,
) -> None:  # fmt: skip
    """画图：单文件网页（不联网也能打开）、SVG、PNG，或给 Gephi 的文件 / a picture: a page in one file, SVG, PNG, or files for Gephi.

    例 example: zhengpu graph --unit 区财政局 --depth 2 -o 财政局.html

    超过 300 个事物时合并成组，带数字；graphml、gexf、json 总是全部。
    Over 300 things are summed up in groups with counts; graphml, gexf and json always hold them all.
    """
    form = form or _form_of(out)
    given = {"unit": unit, "instrument": instrument, "task": task, "plan": plan}
    named = {name: _decoded(value) if value else None for name, value in given.items()}
    asked = [name for name, value in {**named, "lineage": lineage, "query": query}.items() if value]
    if len(asked) != 1:
        options = "、".join(f"--{name}" for name in (*named, "lineage", "query"))
        raise click.UsageError(f"请给出其中一个 / give one of these: {options}")
    with open_configured(where, read_only=True) as store:
        data = _flow(store, lineage, form) if lineage else _drawn(_graph(store, named, query, depth, limit), form)
    out.write_bytes(data)
    click.echo(f"已写到 {out} / written", err=True)


def _decoded(word: str) -> str:
    """A word of the command line, also where the locale knows no Chinese and Python keeps the bytes as they came."""
    return os.fsencode(word).decode("utf-8", "replace")


def _form_of(out: Path) -> str:
    suffix = out.suffix.lower().removeprefix(".")
    form = "html" if suffix == "htm" else suffix
    if form not in _FORMS:
        raise click.UsageError(f"从“{out.name}”看不出格式，请给 --format / give --format: {', '.join(_FORMS)}")
    return form


def _graph(store: Store, named: dict[str, str | None], query: Path | None, depth: int, limit: int) -> Graph:
    """The part of the graph that was asked for."""
    from viz.pictures.asked import read_answer
    from viz.pictures.walk import read_around

    ids = Ids.configured()
    if query:
        return read_answer(store, ids, query, limit)
    kind, name = next((kind, name) for kind, name in named.items() if name)
    return read_around(store, ids, the_one(resolve_name(store, kind, name), kind, name), depth, limit)


def _drawn(graph: Graph, form: str) -> bytes:
    if not graph.things:
        raise QueryError("没有可画的：查询没有结果", "nothing to draw: the query has no results")
    from viz.pictures.writing import to_drawn, write_graph

    drawn = to_drawn(graph, form)
    for notice in drawn.notices:
        warn(f"{notice.zh} / {notice.en}")
    return write_graph(drawn, form)


def _flow(store: Store, plans: tuple[str, str], form: str) -> bytes:
    """The lineage of two plans."""
    from viz.pictures.flow import read_flow
    from viz.pictures.writing import write_flow

    one, other = (the_one(resolve_name(store, "plan", name), "plan", name) for name in map(_decoded, plans))
    if one == other:
        raise QueryError(f"“{plans[0]}”和“{plans[1]}”是同一份计划", "both names mean the same plan")
    return write_flow(read_flow(store, Ids.configured(), one, other), form)


COMMANDS = (graph_command,)
