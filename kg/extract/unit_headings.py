"""Headings that are nothing but the name of a unit, over the items that it owes: a plan sorted by who does what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.unit_list import split_names
from kg.extract.units import UnitList, find_units
from kg.rules import pattern
from kg.text import Folded

_LONGEST = 60
_BOXED = re.compile("〔[^〔〕]+〕")
_COUNT = re.compile(r"(?:[（〔](?:共|合计)?[\d一二三四五六七八九十]{1,3}[项条件个][^（）〔〕]{0,6}[）〕])?[：。]?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph: its words behind its number, the form of that number, and whether items that count themselves stand below."""

    body: Folded
    form: str
    over_items: bool


def find_unit_headings(lines: Sequence[Line]) -> Mapping[int, UnitList]:
    """Who owes what stands under each of the lines that are such headings; none where others of their form stand between them."""
    named = {at: units for at, line in enumerate(lines) if line.over_items and (units := _units(line.body))}
    by_form: dict[str, list[int]] = defaultdict(list)
    for at in named:
        by_form[lines[at].form].append(at)
    return {at: named[at] for form, found in by_form.items() if _are_alike(lines, form, found) for at in found}


def find_addressed(bodies: Sequence[Folded | None]) -> Mapping[int, tuple[int, UnitList]]:
    """Of the items that begin with who owes them (市水利局：编制规划。), where there are several: where their words begin, and who."""
    found = {at: addressed for at, body in enumerate(bodies) if body and (addressed := _addressed(body))}
    return found if len(found) > 1 else {}


def leading(units: UnitList) -> UnitList:
    """The units with those that lead whose role is not told."""
    return replace(units, assignments=tuple(replace(one, role="lead") if one.role == "responsible" else one for one in units.assignments))


def _addressed(body: Folded) -> tuple[int, UnitList] | None:
    colon = body.text.find("：", 0, _LONGEST)
    units = _units(body.part(0, colon)) if 0 < colon < len(body.text) - 1 else None
    if units is None:
        return None
    return colon + 1, leading(units) if body.text.startswith("牵头", colon + 1) else units


def _are_alike(lines: Sequence[Line], form: str, found: Sequence[int]) -> bool:
    """Whether there are several and, by number, no other heading among them."""
    between = [at for at in range(found[0], found[-1] + 1) if lines[at].form == form]
    return len(found) > 1 and (not form or len(between) == len(found))


def _units(body: Folded) -> UnitList | None:
    """The units that a line is, with a label or a box, and nothing else but how many items they have."""
    if not body.text or len(body.text) > _LONGEST:
        return None
    bare = body.part(0, _COUNT.search(body.text).start())  # type: ignore[union-attr]  # it may match nothing
    if _BOXED.fullmatch(bare.text):
        bare = bare.part(1, len(bare.text) - 1)
    label = pattern("units", "label").match(bare.text)
    names = list(split_names(bare.part(label.end(), len(bare.text)) if label else bare))
    if not bare.text or not all(pattern("units", "office").fullmatch(name.text) for name in names):
        return None
    return replace(find_units(bare), untold=label is None)
