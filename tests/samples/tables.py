"""The sections of a plan as the rows of a table, with merged cells and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .blocks import ABOVE, LEFT, Grid, Line, Page, Sample
from .compose import Requirement, Section, add_deadlines, han, new_task
from .offices import Printed, print_pair, print_units

HEADERS = {
    "seq": "序号",
    "area": "工作任务",
    "sub": LEFT,
    "text": "具体要求",
    "units": "责任单位",
    "lead": "牵头单位",
    "support": "配合单位",
    "due": "完成时限",
    "note": "备注",
}
WIDTHS = {"seq": 5, "area": 10, "sub": 10, "text": 42, "units": 18, "lead": 11, "support": 13, "due": 12, "note": 6}
MERGED = ("area", "sub", "units", "lead", "due")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    area: str
    sub: str
    requirement: Requirement
    number: int


def add_rows(sample: Sample, part: Mapping[str, Any], sections: list[Section]) -> None:
    """A table of the sections, its columns as `part` names them."""
    rows: list[_Row] = []
    for index, section in enumerate(sections, start=1):
        area = f"{han(index)}、{section.heading}" if part.get("section_rows") else section.heading
        for sub, requirements in section.subs:
            rows += [_Row(area=area, sub=sub, requirement=r, number=0) for r in requirements]
    rows = [_numbered(row, index, part) for index, row in enumerate(rows)]
    size = part.get("page_rows") or len(rows)
    kinds = part.get("page_kinds", ["wide"])
    pages = [_page(sample, part, rows[start : start + size], kinds[(start // size) % len(kinds)]) for start in range(0, len(rows), size)]
    columns = [name for name in part["columns"] if not (name == "area" and part.get("section_rows"))]
    sample.blocks.append(
        Grid(
            pages=tuple(pages),
            widths=tuple(part.get("widths") or [WIDTHS[name] for name in columns]),
            text_column=columns.index("text"),
        )
    )


def _numbered(row: _Row, index: int, part: Mapping[str, Any]) -> _Row:
    number = index + 1
    if part.get("skip_number") and number >= part["skip_number"]:
        number += 1
    return _Row(area=row.area, sub=row.sub, requirement=row.requirement, number=number)


def _page(sample: Sample, part: Mapping[str, Any], rows: list[_Row], kind: str) -> Page:
    columns = [name for name in part["columns"] if not (kind == "narrow" and name == "sub")]
    header = _header(columns, part)
    if kind == "drift":
        header = tuple(text for text in header if text != LEFT)
    printed: list[tuple[str, ...]] = []
    before: dict[str, str] = {}
    for row in rows:
        cells = _cells(sample, part, row, columns)
        if part.get("section_rows") and cells["area"] != before.get("area"):
            printed.append((cells["area"], *[LEFT] * (len(columns) - 2)))
            before = {}
        shown = {name: _merged(name, cells, before, part) for name in columns}
        names = [name for name in columns if not (name == "area" and part.get("section_rows"))]
        printed.append(tuple(shown[name] for name in names))
        before = cells
    return Page(kind=kind, header=header, rows=tuple(printed))


def _header(columns: list[str], part: Mapping[str, Any]) -> tuple[str, ...]:
    names = {**HEADERS, **part.get("names", {})}
    if part.get("section_rows"):
        columns = [name for name in columns if name != "area"]
        names["sub"] = names["area"]
    return tuple(names[name] for name in columns)


def _merged(name: str, cells: Mapping[str, str], before: Mapping[str, str], part: Mapping[str, Any]) -> str:
    """The cell as printed: empty where it is merged with the one above."""
    if name == "sub" and cells["sub"] == LEFT:
        return LEFT
    if name not in part.get("merge", MERGED) or before.get(name) != cells[name] or not cells[name]:
        return cells[name]
    if before.get("area") != cells["area"] or (name != "area" and before.get("sub") != cells["sub"]):
        return cells[name]
    return ABOVE


def _cells(sample: Sample, part: Mapping[str, Any], row: _Row, columns: list[str]) -> dict[str, str]:
    """The row's cells by column; its task goes into the truth."""
    requirement = row.requirement
    flat = requirement.sub[0] in part.get("flat_areas", ())
    path = [row.area] if flat or "sub" not in columns else [row.area, row.sub]
    lead, support = print_pair(requirement.owed)
    printed = print_units(requirement.owed, part.get("style", "flat"))
    if "lead" in columns:
        printed = Printed(text="", units=(*lead.units, *support.units))
    task = new_task(requirement, seq=str(row.number), form="row", path=path, printed=printed)
    if "due" in columns:
        add_deadlines(task, requirement.due)
    sample.tasks.append(task)
    return {
        "seq": str(row.number),
        "area": row.area,
        "sub": LEFT if flat else row.sub,
        "text": requirement.phrase.text,
        "units": printed.text,
        "lead": lead.text,
        "support": support.text,
        "due": requirement.due.text,
        "note": "",
    }


def add_blank_form(sample: Sample, part: Mapping[str, Any]) -> None:
    """A sample form with a filled row and empty ones: no tasks."""
    header = tuple(part["header"])
    rows = [tuple(row) for row in part["rows"]] + [("", *[""] * (len(header) - 1))] * part["blank_rows"]
    page = Page(kind="wide", header=header, rows=tuple(rows))
    sample.blocks.append(Grid(pages=(page,), widths=tuple(part["widths"])))


def add_annex(sample: Sample, part: Mapping[str, Any]) -> None:
    """The annex's label, where there is one, and its title."""
    if part.get("annex"):
        sample.blocks.append(Line(kind="annex", text=part["annex"]))
    sample.blocks.append(Line(kind="title", text=part["title"]))
