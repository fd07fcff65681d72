"""Run as a script: writes the sheets of a workbook as JSON. See `sheet_foreign`.

The command line names the workbook and the number of cells with text that are too many.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from decimal import Decimal

import python_calamine

MOST_MEMORY = 3 * 1024**3

_Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


class TooManyCellsError(Exception):
    """A sheet with so many cells with text that they are not worth writing out."""


def read_sheets(path: str, most: int) -> dict[str, object]:
    """The sheets, or the error that says why there are none."""
    try:
        with python_calamine.load_workbook(path) as book:
            return {"sheets": [_read_sheet(book, at, most) for at in range(len(book.sheet_names))]}
    except TooManyCellsError as error:
        return {"cells": error.args[0]}
    except python_calamine.PasswordError:
        return {"password": True}
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        return {"error": str(error)}


def _read_sheet(book: python_calamine.CalamineWorkbook, at: int, most: int) -> dict[str, object]:
    about = book.sheets_metadata[at]
    visible = about.visible == python_calamine.SheetVisibleEnum.Visible
    found: dict[str, object] = {"name": about.name, "visible": visible, "cells": [], "merges": None, "dates": 0}
    if not visible or about.typ != python_calamine.SheetTypeEnum.WorkSheet:
        return found
    sheet = book.get_sheet_by_index(at)
    top, left = sheet.start or (0, 0)
    rows = enumerate(sheet.to_python(), top)
    values = [(row, column, value) for row, one in rows for column, value in enumerate(one, left) if value != ""]
    if len(values) > most:
        raise TooManyCellsError(len(values))
    found["cells"] = [(row, column, text) for row, column, value in values if (text := to_text(value)).strip()]
    found["dates"] = sum(isinstance(value, dt.date) for _, _, value in values)
    ranges = sheet.merged_cell_ranges
    found["merges"] = None if ranges is None else [(*start, *end) for start, end in ranges]
    return found


def to_text(value: _Value) -> str:
    """A value as a sheet shows it, without its number format, which calamine does not tell."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return format(Decimal(f"{value:.15g}"), "f").removesuffix(".0")
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes" if not value.second else "seconds")
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def _limit_memory() -> None:
    """No more memory than a large workbook needs, where the system can hold to that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    _limit_memory()
    sys.stdout.buffer.write(json.dumps(read_sheets(sys.argv[1], int(sys.argv[2]))).encode())
