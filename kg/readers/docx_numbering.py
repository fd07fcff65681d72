"""The numbers that Word prints before a paragraph and does not store: 一、 （一） 1.1 and so on.

A paragraph names a list (`num`) and a level. The list borrows its levels from an abstract list, and all lists that
borrow from one abstract list count on together, except where a list says where it starts. See ECMA-376, 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from kg.readers.docx_names import W, is_on, number, to_number, value
from kg.readers.docx_numerals import to_numeral

_PLACEHOLDER = re.compile(r"%([1-9])")
_CLOSES = "、，。．；：）】〕》)"  # behind these a number needs no space to stand apart from the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a list. `restart`: the level (from 1) that makes it start again, 0 for none, None for any above it."""

    start: int = 0
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False  # all its numbers in Arabic numerals
    joined: bool = False  # nothing between number and text
    style: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """One list: the abstract list that it counts with, its levels, and the levels at which it starts anew."""

    family: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of all lists of one document; `unknown` are the formats that it printed as 1, 2, 3."""

    lists: Mapping[str, List]
    unknown: set[str] = field(default_factory=set)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def number(self, list_id: str, level: int) -> str:
        """What Word prints before the next paragraph of this list and level; "" where that is a bullet or nothing."""
        found = self.lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.family, {})
        self._count(found, list_id, level, counts)
        return self._print(found, level, counts)

    def level_of(self, list_id: str, style: str) -> int:
        """The level that a paragraph style is tied to; 0 where it is tied to none."""
        found = self.lists.get(list_id)
        return next((at for at, level in found.levels.items() if level.style == style), 0) if found else 0

    def _count(self, found: List, list_id: str, level: int, counts: dict[int, int]) -> None:
        for above in range(level):  # a level that was skipped counts as begun
            counts.setdefault(above, found.starts.get(above, found.levels[above].start if above in found.levels else 1))
        if level in found.starts and (list_id, level) not in self._begun:
            counts[level] = found.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else found.levels[level].start
        self._begun.add((list_id, level))
        for below in [other for other in counts if other > level]:
            restart = found.levels[below].restart if below in found.levels else None
            if restart is None or level < restart:
                del counts[below]

    def _print(self, found: List, at: int, counts: Mapping[int, int]) -> str:
        level = found.levels[at]
        wanted = [int(number) - 1 for number in _PLACEHOLDER.findall(level.text)]
        if level.format == "bullet" or any(other > at for other in wanted):  # Word prints nothing then
            return ""
        printed = _PLACEHOLDER.sub(lambda match: self._numeral(found, int(match[1]) - 1, counts, level.legal), level.text)
        if not printed.strip() or level.joined or printed.endswith((*_CLOSES, " ")):
            return printed.lstrip() if printed.strip() else ""
        return printed.lstrip() + " "

    def _numeral(self, found: List, at: int, counts: Mapping[int, int], legal: bool) -> str:
        style = found.levels[at].format if at in found.levels else "decimal"
        if style in {"none", "bullet"}:
            return ""
        numeral = to_numeral(counts[at], "decimal" if legal else style)
        if numeral is None:
            self.unknown.add(style)
            return str(counts[at])
        return numeral


# --- numbering.xml -----------------------------------------------------------------------------------


def load_numbering(root: etree._Element | None, style_lists: Mapping[str, str]) -> Numbering:
    """The lists of numbering.xml; `style_lists` are the lists that numbering styles name, by style."""
    if root is None:
        return Numbering({})
    abstract = {element.get(W + "abstractNumId", ""): element for element in root.iterchildren(W + "abstractNum")}
    lists = {element.get(W + "numId", ""): element for element in root.iterchildren(W + "num")}
    return Numbering({key: _list(element, lists, abstract, style_lists) for key, element in lists.items()})


def _list(
    element: etree._Element,
    lists: Mapping[str, etree._Element],
    abstract: Mapping[str, etree._Element],
    style_lists: Mapping[str, str],
) -> List:
    family = _family(element, lists, abstract, style_lists)
    levels = _levels(abstract[family].iterchildren(W + "lvl")) if family in abstract else {}
    starts = {}
    for override in element.iterchildren(W + "lvlOverride"):
        levels |= _levels(override.iterchildren(W + "lvl"))
        start = override.find(W + "startOverride")
        if start is not None:
            starts[to_number(override.get(W + "ilvl")) or 0] = number(start) or 0
    return List(family=family, levels=levels, starts=starts)


def _family(
    element: etree._Element | None,
    lists: Mapping[str, etree._Element],
    abstract: Mapping[str, etree._Element],
    style_lists: Mapping[str, str],
) -> str:
    """The abstract list that holds the levels: one that only names a numbering style sends on to that style's list."""
    family, seen = "", set[str]()
    while element is not None:
        family = value(element.find(W + "abstractNumId"))
        link = value(abstract[family].find(W + "numStyleLink")) if family in abstract else ""
        if not link or link in seen:
            break
        seen.add(link)
        element = lists.get(style_lists.get(link, ""))
    return family


def _levels(elements: Iterable[etree._Element]) -> dict[int, Level]:
    return {to_number(element.get(W + "ilvl")) or 0: _level(element) for element in elements}


def _level(element: etree._Element) -> Level:
    text = element.find(W + "lvlText")
    return Level(
        start=number(element.find(W + "start")) or 0,
        format=_format(element),
        text="" if text is None else text.get(W + "val", ""),
        restart=number(element.find(W + "lvlRestart")),
        legal=is_on(element.find(W + "isLgl")),
        joined=value(element.find(W + "suff")) == "nothing",
        style=value(element.find(W + "pStyle")),
    )


def _format(element: etree._Element) -> str:
    """The level's format; one of its own, such as “01, 02, 03, ...”, is given as its first number."""
    found = next(element.iter(W + "numFmt"), None)  # also inside mc:AlternateContent
    if value(found) == "custom" and found is not None:
        return found.get(W + "format", "").partition(",")[0].strip()
    return value(found) or "decimal"
