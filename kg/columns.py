"""What the columns of a breakdown table hold, by their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from kg.rules import load_data, pattern
from kg.text import key

_FIELD = re.compile(r"(?:〔(?P<boxed>[^〔〕]{2,12})〕：?|(?P<name>[^：，。；、（）〔〕]{2,12}?)(?:[一二三四五六七八九十]{1,3}|\d{1,2})?：)")
_BRACKET = re.compile("[（〔][^（）〔〕]*[）〕]")
_COUNTED = re.compile(r"(?<=.{2})(?:[一二三四五六七八九]|\d{1,2})$")
SAYS_WHAT = frozenset({"requirement", "group"})
SAYS_WHO_OR_WHEN = frozenset({"lead", "responsible", "support", "deadline"})
_LIKE = ("number", "note", "deadline", "support", "responsible", "lead", "requirement", "group")


@cache
def _roles() -> dict[str, str]:
    return {name: role for role, names in load_data("columns")["roles"].items() for name in map(key, names)}


@lru_cache(maxsize=4096)
def column_role(name: str) -> str:
    """What a column of this name holds: number, group, requirement, lead, support, responsible, deadline, note; "" if unknown."""
    bare = key(name).rstrip("：*")
    plain = _BRACKET.sub("", bare)
    role = _roles().get(bare) or _roles().get(plain) or _role_of_several(plain)
    if role or not 2 <= len(plain) <= 12 or plain[0] == "各":  # 各承办单位 stands in a cell, not over a column
        return role or ""
    return next((like for like in _LIKE if pattern("columns", f"like_{like}").fullmatch(plain)), "")


def _role_of_several(name: str) -> str | None:
    """The role of one of several columns of units, which are counted: 责任单位1, 责任单位2."""
    role = _roles().get(_COUNTED.sub("", name))
    return role if role in SAYS_WHO_OR_WHEN else None


def named_field(text: str, at: int = 0) -> re.Match[str] | None:
    """The name of a column with its colon, or in a box (【编号】), that stands at a place of a folded text; also counted (任务一：)."""
    found = _FIELD.match(text, at)
    return found if found and column_role(found["boxed"] or found["name"]) else None


def is_header(names: Sequence[str]) -> bool:
    """Whether these cells are the names of columns, and short: nearly all known, or a third with what is to be done and by whom or when."""
    filled = [name for name in names if name.strip()]
    known = [role for role in map(column_role, filled) if role]
    if len(known) >= 3 and 3 * len(known) >= len(filled) and not SAYS_WHAT.isdisjoint(known) and not SAYS_WHO_OR_WHEN.isdisjoint(known):
        return all(len(key(name)) <= 40 for name in filled)
    least = 2 if len(filled) <= 2 else 3 if len(filled) <= 5 else len(filled) // 2 + 1
    return len(known) >= least and all(len(key(name)) <= 40 for name in filled)
