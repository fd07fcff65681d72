"""Tasks by the numbers that are printed before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from queries.ask.dates import to_number
from queries.ask.model import Row

_BRACKETED = re.compile("（[一二三四五六七八九十]+）")


def numbered(rows: Sequence[Row], numbers: Sequence[str]) -> set[str]:
    """The tasks with these numbers, as printed; else by the same figure otherwise written: （三） for 3."""
    if any("（" in one for one in numbers) and (printed := [row for row in rows if "（" in row.get("number", "").replace("(", "（")]):
        rows = printed
    elif numbers and all(_BRACKETED.fullmatch(one) for one in numbers):
        return set()  # （四） of a plan whose tasks have no such numbers is a chapter
    found = {row["task"] for row in rows if _bare(row.get("number", "")) in {_bare(one) for one in numbers}}
    figures = {to_number(_bare(one)) for one in numbers} - {None}
    return found or {row["task"] for row in rows if to_number(_bare(row.get("number", ""))) in figures}


def _bare(number: str) -> str:
    return number.strip("()（）.、．")
