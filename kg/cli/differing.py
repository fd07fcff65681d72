"""Two plans or two tasks word by word, on the terminal or as a page."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.options import open_configured, store_option
from kg.errors import QueryError
from kg.ids import Ids
from kg.lineage.differing import Difference, PlanDifference, TaskDifference, differ_plans, differ_tasks
from kg.lineage.listing import BANDS, Side
from kg.lineage.page import to_html
from kg.store import Store
from queries import resolve_name, the_one


@click.command("diff")
@click.argument("a")
@click.argument("b")
@store_option
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True, help="输出 / output")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到文件 / to a file")
def diff_command(a: str, b: str, where: str, form: str, out: Path | None) -> None:
    """逐字比较两份计划或两项任务 / two plans, or two tasks, word by word.

    计划写标题、文号、文件名或标识符；任务写“计划#编号”或标识符。
    A plan by title, number, file name or IRI; a task as plan#number or by its IRI.
    """
    with open_configured(where, read_only=True) as store:
        found = _differ(store, a, b)
    if form == "text" and not out:
        _show(found)
        return
    written = to_html(found) if form == "html" else json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n"
    if form == "text":
        raise click.UsageError("--out 要配 --format json 或 html / --out goes with --format json or html")
    if out:
        out.write_text(written, "utf-8")
        click.echo(f"已写到 {out} / written", err=True)
    else:
        click.echo(written, nl=False)


def _differ(store: Store, a: str, b: str) -> Difference:
    if _is_task(a) != _is_task(b):
        zh, en = f"“{a}”和“{b}”一个是任务一个是计划，不能比", f"{a!r} and {b!r} are a task and a plan: give two of a kind"
        raise QueryError(zh, en)
    kind = "task" if _is_task(a) else "plan"
    one, two = (the_one(resolve_name(store, kind, name), kind, name) for name in (a, b))
    return differ_tasks(store, one, two) if kind == "task" else differ_plans(store, Ids.configured(), one, two)


def _is_task(name: str) -> bool:
    """Whether this names a task: by the IRI of one, or as plan#number."""
    return "/task/" in name if "://" in name else "#" in name


# --- on the terminal ----------------------------------------------------------------------------------------------


def _show(found: Difference) -> None:
    if isinstance(found, TaskDifference):
        _show_pair(found)
        return
    click.secho(f"- {found.a.title or found.a.file}（{found.a.file}）", fg="red")
    click.secho(f"+ {found.b.title or found.b.file}（{found.b.file}）", fg="green")
    if not found.held:
        click.echo("库中没有比对过这两份计划，以下是现在比的 / not compared in the store; compared now")
    for pair in found.pairs:
        _show_pair(pair)
    for sides, mark, colour in ((found.only_a, "-", "red"), (found.only_b, "+", "green")):
        for side in sides:
            click.secho(f"{mark} {_number(side)}  {side.text}", fg=colour)
    _count(found)


def _count(found: PlanDifference) -> None:
    pairs, a, b = len(found.pairs), len(found.only_a), len(found.only_b)
    click.echo(f"对应 {pairs} 对，只在前者 {a} 项，只在后者 {b} 项 / {pairs} pairs, {a} only in the first, {b} only in the second")


def _show_pair(pair: TaskDifference) -> None:
    """Both wordings in one line: what went in [-…-], what came in {+…+}, so that it reads without colours too."""
    click.secho(f"{_number(pair.a)} → {_number(pair.b)}" + (f"  {BANDS[pair.band]}" if pair.band else ""), bold=True)
    for piece in pair.pieces:
        if piece.kind == "kept":
            click.echo(piece.after, nl=False)
            continue
        if piece.before:
            click.secho(f"[-{piece.before}-]", fg="red", nl=False)
        if piece.after:
            click.secho(f"{{+{piece.after}+}}", fg="green", nl=False)
    click.echo("\n")


def _number(side: Side) -> str:
    return side.number or f"第{side.order}项"


COMMANDS = (diff_command,)
