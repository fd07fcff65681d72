"""A list of units cut into its members, each of which is one name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.brackets import Bracket, find_brackets, split_top
from kg.extract.unit_names import LONGEST_NAME, ends_like_unit
from kg.extract.unit_roles import bare_bounds
from kg.rules import pattern
from kg.text import Folded

_FUNCTION = re.compile("(?!市(?!场)|[省区县州旗各])[^（）]{2,8}")
_AND = re.compile(r"以及|会同|和|及(?!时)|与|并")


def split_names(phrase: Folded) -> Iterator[Folded]:
    """The members of a list: split at 、 and /, and at 和 where both sides are whole names."""
    stretches = list(split_top(phrase.text, "、/,\\|"))
    joined = {found.end() - 1 for found in pattern("units", "joined").finditer(phrase.text)}
    merged: list[tuple[int, int]] = []
    for start, end in stretches:
        if merged and start - 1 in joined:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    for start, end in _by_function(phrase.text, merged):
        yield from _split_and(phrase.part(start, end))


def _by_function(text: str, bounds: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The members with those joined that say together whose 主管部门 are meant: 教育、卫生健康等行业主管部门."""
    joined: list[tuple[int, int]] = []
    for start, end in bounds:
        first = start
        while joined and _is_by_function(text[start:end]) and _is_function(text[slice(*joined[-1])]):
            first = joined.pop()[0]
        joined.append((first, end))
    return joined


def _is_function(text: str) -> bool:
    """Whether a member of a list is a field of work, not a unit: 教育, 卫生健康."""
    return bool(_FUNCTION.fullmatch(text)) and not ends_like_unit(text)


@lru_cache(maxsize=65536)
def _is_by_function(text: str) -> bool:
    """Whether a name says what departments do, not what they are called."""
    if "部门" not in text:
        return False
    start, end, _ = bare_bounds(text)
    found = pattern("units", "by_function").fullmatch(text[start:end])
    return bool(found) and not ends_like_unit(found["head"] if found else "")


def _split_and(name: Folded) -> Iterator[Folded]:
    bounds = _and_bounds(name.text)
    return iter([name]) if len(bounds) == 1 else (name.part(start, end) for start, end in bounds)


@lru_cache(maxsize=65536)
def _and_bounds(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches between the 和 and 及 that part whole names."""
    for found in _AND.finditer(text) if len(text) <= 2 * LONGEST_NAME else ():
        left, right = text[: found.start()], text[found.end() :]
        inside = left.count("（") + left.count("〔") > left.count("）") + left.count("〕")
        if not inside and _both_whole(left, right):
            behind = tuple((start + found.end(), end + found.end()) for start, end in _and_bounds(right))
            return (*_and_bounds(left), *behind)
    return ((0, len(text)),)


def _both_whole(left: str, right: str) -> bool:
    """Whether 和 stands between two names, not inside one: 发展和改革委员会 has no unit before it, 部门和单位 none after it."""
    head = re.split(_AND, right)[0]
    start, end, _ = bare_bounds(right)
    bare = right[start:end]
    left = re.sub("等[^等]{0,12}$", "", left) or left
    if not pattern("units", "whole_before_and").fullmatch(left) and not left.endswith("牵头"):
        return False
    return (ends_like_unit(bare) or "等" in right) and len(bare) >= 3 and not pattern("units", "no_unit_alone").fullmatch(head)


# --- one member ----------------------------------------------------------------------------------------


def close_list(name: Folded) -> tuple[list[Folded], bool]:
    """The name, or the names in its bracket, without 等 and what follows it; whether 等 left the list open."""
    found = re.match(r"^(?P<name>.*?)等(?!候)(?P<rest>[^、]*)$", name.text)
    more = False
    if name.text.startswith("等"):
        return [], True
    if _is_by_function(name.text):
        return [name], False
    if found and (ends_like_unit(found.group("name")) or (len(found.group("rest")) <= 8 and not found.group("name").endswith("高"))):
        name, more = name.part(0, found.end("name")), True
    bracket = next(iter(find_brackets(name.text)), None)
    if bracket and bracket.closed and bracket.end == len(name.text) and _lists_units(name.text, bracket):
        inner = name.part(bracket.inner, bracket.close)
        names = [part for part in split_names(inner) if part.text]
        closed = [close_list(part) for part in names]
        return [one for kept, _ in closed for one in kept], more or any(flag for _, flag in closed)
    if pattern("units", "no_unit_alone").fullmatch(name.text):
        return [], more
    return [name], more


def _lists_units(text: str, bracket: Bracket) -> bool:
    """Whether the bracket names the units that the words in front of it only describe."""
    if not pattern("units", "generic_head").fullmatch(text[: bracket.start]):
        return False
    inner = text[bracket.inner : bracket.close]
    parts = [inner[a:b] for a, b in split_top(inner, "、，")]
    return all(ends_like_unit(re.sub("等.*$", "", part)) and len(part) >= 3 for part in parts)
