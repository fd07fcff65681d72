"""Lineage on the terminal: the links between tasks, and what each pair of plans carried on, reworded, dropped and added."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import cast

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli.options import open_configured, store_option
from kg.ids import Ids
from kg.lineage.listing import BANDS, BASES, RELATIONS, SHAPES, Compared, Listed, Relation, Side, list_changes, list_links
from queries import resolve_name, the_one

_FIELDS = ("file", "plan", "number", "order", "text")


@click.command("lineage")
@store_option
@click.option("--plan", help="只看一份计划：标题、文号、文件名或标识符 / of one plan: title, number, file name or IRI")
@click.option("--task", help="只看一项任务：标识符，或“计划#编号” / of one task: IRI, or plan#number")
@click.option("--relation", type=click.Choice(list(RELATIONS)), help="延续、承接上级、分解、并行 / one relation only")
@click.option("--changes", is_flag=True, help="每对计划沿用、改动、不再提、新增了什么 / what plans carried on, reworded, dropped, added")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True, help="输出 / output")
def lineage_command(  # noqa: PLR0917 (click gives them by name)
    where: str, plan: str | None, task: str | None, relation: str | None, changes: bool, form: str
) -> None:
    """任务从哪里来、到哪里去 / what each task came from, and what became of it."""
    if changes and task:
        raise click.UsageError("--changes 看的是计划，不能同时给出 --task / --changes is about plans and takes no --task")
    ids, wanted = Ids.configured(), cast("Relation | None", relation)
    with open_configured(where, read_only=True) as store:
        plan_iri = the_one(resolve_name(store, "plan", plan), "plan", plan) if plan else ""
        task_iri = the_one(resolve_name(store, "task", task), "task", task) if task else ""
        if changes:
            _show_changes(list_changes(store, ids, plan=plan_iri, relation=wanted), form)
        else:
            _show_links(list_links(store, ids, plan=plan_iri, task=task_iri, relation=wanted), form)


# --- links --------------------------------------------------------------------------------------------------------


def _show_links(links: Sequence[Listed], form: str) -> None:
    if form == "json":
        click.echo(json.dumps([one.to_json() for one in links], ensure_ascii=False, indent=1))
    elif form == "csv":
        head = ["relation", "band", "shape", "score", *_columns("a"), *_columns("b")]
        _write_csv(head, ([one.relation, one.band, one.shape, one.score, *_cells(one.a), *_cells(one.b)] for one in links))
    else:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name, ratio in (("关系 relation", 3), ("后者、下级 later, lower", 12), ("前者、上级 earlier, upper", 12), ("得分 score", 2)):
            table.add_column(name, ratio=ratio, overflow="fold")
        for one in links:
            table.add_row(Text(_kind(one)), Text(_told(one.a)), Text(_told(one.b)), f"{one.score:.2f}")
        Console().print(table)
        click.echo(f"{len(links)} 条 / links")
        _hint(not links)


def _kind(one: Listed) -> str:
    """The relation and the band in words, and the shape where it is not one to one."""
    shape = f"，{SHAPES[one.shape]}" if one.shape != "one" else ""
    return f"{RELATIONS[one.relation][1]}，{BANDS[one.band]}{shape}"


def _told(side: Side) -> str:
    return f"{side.file} {side.number or f'第{side.order}项'}  {side.text}"


def _hint(empty: bool) -> None:
    if empty:
        click.echo(
            "没有比对出谱系：库里没有可比的计划，或是旧库，再入库一次即可 / no plans to compare, or an old store: ingest again", err=True
        )


# --- changes ------------------------------------------------------------------------------------------------------


def _show_changes(compared: Sequence[Compared], form: str) -> None:
    if form == "json":
        click.echo(json.dumps([one.to_json() for one in compared], ensure_ascii=False, indent=1))
    elif form == "csv":
        head = ["relation", "change", "band", "score", *_columns("a"), *_columns("b")]
        _write_csv(head, (row for one in compared for row in _change_rows(one)))
    else:
        for one in compared:
            _show_compared(one)
        _hint(not compared)


def _change_rows(one: Compared) -> Iterator[list[object]]:
    blank = [""] * len(_FIELDS)
    for change, links in (("carried_on", one.carried), ("reworded", one.reworded)):
        yield from ([one.relation, change, link.band, link.score, *_cells(link.a), *_cells(link.b)] for link in links)
    yield from ([one.relation, "new", "", "", *_cells(side), *blank] for side in one.new)
    yield from ([one.relation, "dropped", "", "", *blank, *_cells(side)] for side in one.dropped)


def _show_compared(one: Compared) -> None:
    apart = f"，相隔{one.years_apart}年" if one.years_apart > 1 else ""
    click.secho(f"{one.a.title or one.a.file} ← {one.b.title or one.b.file}", bold=True)
    click.echo(f"{RELATIONS[one.relation][1]}（{BASES[one.basis]}{apart}）：", nl=False)
    click.echo(f"照录 {len(one.carried)}，改动 {len(one.reworded)}，新增 {len(one.new)}，未再提 {len(one.dropped)}")
    for link in one.carried:
        click.echo(f"  = {_short(link.a)} ← {_short(link.b)}  {link.a.text[:40]}")
    for link in one.reworded:
        click.secho(f"  ~ {_short(link.a)} ← {_short(link.b)}  {BANDS[link.band]}  {link.a.text[:40]}", fg="yellow")
    for side in one.new:
        click.secho(f"  + {_short(side)}  {side.text[:60]}", fg="green")
    for side in one.dropped:
        click.secho(f"  - {_short(side)}  {side.text[:60]}", fg="red")
    click.echo()


def _short(side: Side) -> str:
    return side.number or f"第{side.order}项"


# --- rows ---------------------------------------------------------------------------------------------------------


def _columns(end: str) -> list[str]:
    return [f"{end}_{name}" for name in _FIELDS]


def _cells(side: Side) -> list[object]:
    return [side.file, side.plan, side.number, side.order, side.text]


def _write_csv(head: Sequence[str], rows: Iterator[list[object]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    click.echo(out.getvalue(), nl=False)


COMMANDS = (lineage_command,)
