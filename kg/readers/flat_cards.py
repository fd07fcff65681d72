"""Cards that a copy flattened to lines, a name and its value on each (任务名称, a tab or a gap, 疏浚河道), made tables again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.columns import SAYS_WHAT, SAYS_WHO_OR_WHEN, column_role, is_header
from kg.readers.draft import DraftCell, DraftTable, Line

_GAP = re.compile(r"\t+|[ \u3000]{2,}|\u3000")
_RULE = re.compile(r"[\s|:+=\-—–─━]*")
_GLANCE = 40  # rows in which a card must say what, and who or by when
_FEWEST = 3


def read_card_rows(lines: Sequence[Line], start: int) -> tuple[DraftTable, int] | None:
    """The table of the cards that begin at `start`, and the line behind it; None where none begins there."""
    if not _cells(lines[start]):
        return None
    rows, _ = _rows(lines, start, start + _GLANCE)
    roles = {column_role(row[0].text) for row in rows}
    if len(rows) < _FEWEST or roles.isdisjoint(SAYS_WHAT) or roles.isdisjoint(SAYS_WHO_OR_WHEN):
        return None
    rows, end = _rows(lines, start, len(lines))
    cells = [DraftCell(row=at, column=column, lines=(line,)) for at, row in enumerate(rows) for column, line in enumerate(row) if line.text]
    return DraftTable(rows=len(rows), columns=max(map(len, rows)), cells=tuple(cells), merges=False), end


def _rows(lines: Sequence[Line], start: int, stop: int) -> tuple[list[list[Line]], int]:
    """The lines from `start` on that begin with a name, empty ones between them left out; and the line behind the last."""
    rows: list[list[Line]] = []
    end = start
    for at in range(start, min(stop, len(lines))):
        cells = _cells(lines[at])
        if cells:
            rows.append(cells)
            end = at + 1
        elif not _RULE.fullmatch(lines[at].text):
            break
    return rows, end


def _cells(line: Line) -> list[Line]:
    """The cells of a line that begins with a name and has a value beside it; none for the header of a table.

    A name with a colon stays a line of text: its value may take more lines.
    """
    text = line.text.strip()
    parts = text.strip("|").split("|") if text.startswith("|") and text.count("|") > 1 else _GAP.split(text)
    words = [part.strip() for part in parts]
    if len(words) < 2 or words[0].endswith(("：", ":")) or not column_role(words[0]):
        return []
    if is_header(words) or all(map(column_role, filter(None, words))):
        return []
    return [replace(line, text=word) for word in words]
