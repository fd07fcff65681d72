"""Tasks by the numbers that are printed before them."""

from __future__ import annotations

from collections.abc import Sequence

from queries.ask.model import Row


def numbered(rows: Sequence[Row], numbers: Sequence[str]) -> set[str]:
    """The tasks with these numbers, as printed; else by the same figure otherwise written: （三） for 3."""
    if any("（" in one for one in numbers) and (printed := [row for row in rows if "（" in row.get("number", "").replace("(", "（")]):
        rows = printed
    found = {row["task"] for row in rows if _bare(row.get("number", "")) in {_bare(one) for one in numbers}}
    figures = {_figure(one) for one in numbers} - {0}
    return found or {row["task"] for row in rows if _figure(row.get("number", "")) in figures}


def _bare(number: str) -> str:
    return number.strip("()（）.、．")


def _figure(number: str) -> int:
    """The figure of a number in Arabic or Chinese numerals; 0 where it is none of them."""
    bare = _bare(number)
    if bare.isdecimal():
        return int(bare)
    digits = {one: at for at, one in enumerate("零一二三四五六七八九")}
    tens, ten, ones = bare.rpartition("十")
    if not bare or any(one not in digits for one in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return 0
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0)
