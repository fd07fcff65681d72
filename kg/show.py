"""A reading for eyes: tables on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

_ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}
_HEAD = (
    ("标题", "title"), ("文号", "number"), ("发文机关", "issuer"), ("成文日期", "issued"), ("年度", "year"), ("行政区划", "jurisdiction"),
    ("种类", "kind"), ("公开属性", "openness"), ("主送", "recipients"), ("抄送", "copies_to"),
)  # fmt: skip


def show_reading(reading: Mapping[str, Any], console: Console) -> None:
    """Print header, tasks, and what was not understood."""
    head = Table(title=Text(reading["file"], style="bold"), box=box.SIMPLE, show_header=False, title_justify="left")
    for label, field in _HEAD:
        value = _plain(reading["document"][field])
        if value:
            head.add_row(label, Text(value))
    console.print(head)
    console.print(_tasks(reading["tasks"]))
    if reading["issues"]:
        console.print(_issues(reading["issues"]))
    console.print(f"{len(reading['tasks'])} 项任务，{len(reading['citations'])} 处引用，{len(reading['issues'])} 处待核对")


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value['name']}（{value['code']}）"
    return "、".join(value) if isinstance(value, list) else str(value or "")


def _tasks(tasks: Sequence[Mapping[str, Any]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, ratio in (("序号", 1), ("任务", 8), ("单位", 4), ("时限", 3), ("引用与指标", 3), ("位置", 2)):
        table.add_column(name, ratio=ratio, overflow="fold")
    path: list[str] = []
    for task in tasks:
        if task["path"] != path:
            path = task["path"]
            table.add_row("", Text(" › ".join(path), style="bold"), "", "", "", "")
        table.add_row(
            Text(task["seq"] or ""),
            Text(task["text"]),
            Text(_units(task)),
            Text(_deadlines(task)),
            Text(_others(task)),
            Text(task["place"]),
        )
    return table


def _units(task: Mapping[str, Any]) -> str:
    groups: dict[str, list[str]] = {}
    for unit in task["units"]:
        groups.setdefault(unit["role"], []).append(unit["name"])
    shown = "\n".join(f"{_ROLES[role]}：{'、'.join(names)}" for role, names in groups.items())
    return shown + (" 等" if task["open_list"] else "")


def _deadlines(task: Mapping[str, Any]) -> str:
    return "\n".join(f"{one['text']}" + (f"（{one['date']}）" if one.get("date") else "") for one in task["deadlines"])


def _others(task: Mapping[str, Any]) -> str:
    cited = [f"《{one['title']}》{one['number'] or ''}" if one["title"] else one["number"] for one in task["citations"]]
    return "\n".join([*cited, *(one["text"] for one in task["measures"])])


def _issues(issues: Sequence[Mapping[str, Any]]) -> Table:
    table = Table(title="待核对 / to check", box=box.SIMPLE_HEAD, title_justify="left")
    table.add_column("位置")
    table.add_column("问题")
    for issue in issues:
        table.add_row(Text(issue["place"]), Text(f"{issue['zh']} / {issue['en']}"))
    return table
