"""Items of a list as the rows of a table, for people: as CSV, or as a workbook."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO, cast

_BOM = "\ufeff"  # by which spreadsheets know that it is UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
_LEFT_OUT = {"links", "differences", "evidence", "order", "assignment"}  # what no cell can say
_ROLES = ("lead", "responsible", "support")
_LONGEST = 32_767  # characters of a cell, the limit of Excel
_WIDEST, _NARROWEST, _LOOKED_AT = 60, 6, 100  # characters of a column; rows by which its width is chosen
_SAID = {"zh": {True: "是", False: "否"}, "en": {True: "yes", False: "no"}}
_MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # the same rows are the same file

Cell = str | int | float
Row = dict[tuple[str, ...], Cell]


def to_csv(items: Sequence[Mapping[str, Any]], language: str) -> bytes:
    """A row an item, under heads in a language; no cell is a formula."""
    heads, rows = to_table(items, language)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return (_BOM + out.getvalue()).encode("utf-8")


def write_xlsx(out: BinaryIO, items: Sequence[Mapping[str, Any]], language: str) -> None:
    """The same as a workbook."""
    write_workbook(out, *to_table(items, language))


def write_workbook(out: BinaryIO, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """A workbook of one sheet, its head fixed and filtered, numbers as numbers, everything else as text."""
    from xlsxwriter import Workbook  # what only who asks for a workbook waits for

    held = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(held, options)
    book.set_properties({"created": _MADE})
    sheet = book.add_worksheet()
    bold, wrapped = book.add_format({"bold": True, "bottom": 1, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, head in enumerate(heads):
        sheet.set_column(column, column, _width(head, [row[column] for row in rows[:_LOOKED_AT]]), wrapped)
        sheet.write_string(0, column, head, bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, column, cell[:_LONGEST], wrapped)
            else:
                sheet.write_number(line, column, cell, wrapped)
    sheet.freeze_panes(1, 0)
    if rows and heads:
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    book.close()
    out.write(held.getvalue())


def _width(head: str, cells: Sequence[Cell]) -> int:
    """Room for most of the cells; a Chinese character takes the room of two letters."""
    sizes = sorted(sum(2 if ord(letter) > 0x2E80 else 1 for letter in str(cell)[: _WIDEST * 2]) for cell in (head, *cells))
    return max(_NARROWEST, min(_WIDEST, max(sizes[len(sizes) * 9 // 10], len(head) * 2) + 3))


# --- from items to rows ----------------------------------------------------------------------------------------------


def to_table(items: Sequence[Mapping[str, Any]], language: str) -> tuple[list[str], list[list[Cell]]]:
    """Heads and rows; what an item has several of stands in one cell, its IRI in the last column."""
    rows = [dict(_cells(item, language)) for item in items]
    names = list(dict.fromkeys(name for row in rows for name in row))
    names.sort(key=lambda name: name == ("iri",))
    return [_head(name, language) for name in names], [[row.get(name, "") for name in names] for row in rows]


def _cells(item: Mapping[str, Any], language: str, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Cell]]:
    """What an item says, each with its name. A thing is told by its label; what names units by role has a column a role."""
    for name, value in item.items():
        where = (*before, name)
        if name in _LEFT_OUT or (name == "label" and "text" in item) or (name == "iri" and before):
            continue
        if isinstance(value, Mapping):
            one = cast("Mapping[str, Any]", value)
            if "text" in one or "year" in one:
                yield from _cells(one, language, where)
            else:
                yield where, _word(one, language)
        elif isinstance(value, list):
            yield from _several(where, value, language)
        else:
            yield where, _plain(value, language)


def _several(where: tuple[str, ...], values: list[Any], language: str) -> Iterator[tuple[tuple[str, ...], Cell]]:
    if where[-1] == "units":
        for role in _ROLES:
            yield (*where[:-1], role), _joined([one for one in values if (one.get("role") or {}).get("code") == role], language)
        return
    yield where, _joined(values, language)
    if where[-1] == "deadlines":
        yield (*where[:-1], "due"), "；".join(dict.fromkeys(day for one in values if (day := one.get("date") or one.get("reckoned"))))


def _joined(values: Sequence[Any], language: str) -> str:
    return "；".join(dict.fromkeys(str(_word(each, language)) for each in values))


def _word(value: Any, language: str) -> Cell:
    """One thing in a word: how it is printed or called."""
    if not isinstance(value, Mapping):
        return _plain(value, language)
    told = cast("Mapping[str, Any]", value)
    if "through" in told:  # a role, and through whom
        return "，".join(str(_word(one, language)) for one in (told.get("role"), told["through"]) if one)
    names = ("printed", language, "date", "label", "title", "number", "file", "iri")
    return str(next((told[name] for name in names if told.get(name)), ""))


def _plain(value: object, language: str) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _SAID[language][value]
    return value if isinstance(value, int | float) else str(value)


def _head(name: tuple[str, ...], language: str) -> str:
    return (" " if language == "en" else "·").join(head_of(part, language) for part in name)


def head_of(name: str, language: str) -> str:
    """What a column is called in a language; a column of labels like that of the things that it names."""
    told = _heads().get(name) or _heads().get(name.removesuffix("_label"))
    return told[language == "en"] if told else name


@cache
def _heads() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("heads.toml").read_text("utf-8"))


# --- cells that run nothing -------------------------------------------------------------------------------------------


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) and not _is_number(cell) else cell


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
