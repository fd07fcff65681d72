"""Units 单位: a printed name to the body, or the collective of bodies, that it means in a plan of that place and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.model import Jurisdiction, Unit, UnitIdentity
from kg.resolve.gazetteer import NATION
from kg.resolve.unit_forms import by_state, known
from kg.resolve.unit_groups import is_collective, resolve_group
from kg.resolve.unit_places import Around, Placed, extra_places, look_around, names_missing_place, place_within, places_at
from kg.resolve.unit_registry import find_state_body
from kg.resolve.unit_words import company_functions, find_ending, load_heads, read_stem, words_of
from kg.rules import pattern
from kg.text import key

_BOARD = re.compile(r"(?P<name>[^（）]+)（(?P<boards>[^（）]+)）")


def resolve_unit(name: str, *, group: bool, jurisdiction: Jurisdiction | None, year: int | None) -> UnitIdentity:
    """Who `name` means in a plan of that place and year; `group` where the reading found a collective."""
    return _resolve(name, group, jurisdiction, year, extra_places())


def resolve_issuers(name: str, *, jurisdiction: Jurisdiction | None, year: int | None) -> tuple[UnitIdentity, ...]:
    """The bodies that issue a document together: 中共台儿庄区委办公室、台儿庄区人民政府办公室."""
    parts = [part for part in re.split(r"[、，,；;\s]+", name) if part]
    return tuple(resolve_unit(part, group=False, jurisdiction=jurisdiction, year=year) for part in parts)


@lru_cache(maxsize=65536)  # a plan prints the same few names over and over
def _resolve(name: str, group: bool, jurisdiction: Jurisdiction | None, year: int | None, _extra: str) -> UnitIdentity:
    around = look_around(jurisdiction, year)
    text = key(name).strip("、，；。")
    if not text:
        return UnitIdentity(printed=name, unit=None, method="unresolved")
    if not group and (found := _single(text, around)):
        unit, method, boards = found
        return UnitIdentity(printed=name, unit=unit, method=method, also=tuple(_boards(boards, unit, around)))
    if (group or is_collective(text)) and (collective := resolve_group(text, around)):
        return UnitIdentity(printed=name, unit=collective, method="as-group")
    return UnitIdentity(printed=name, unit=None, method="unresolved")


def _single(text: str, around: Around) -> tuple[Unit, str, str] | None:
    """The one body that the text means, how it is known, and what its bracket says."""
    bracket = _BOARD.fullmatch(text)
    main, boards = (bracket["name"], bracket["boards"]) if bracket else (text, "")
    if is_collective(text) or is_collective(main):
        return None
    if found := _sure(main, around) or _as_printed(main, around):
        return (*found, boards)
    return None


def _sure(text: str, around: Around) -> tuple[Unit, str] | None:
    """The body that a registry, a form or functions say."""
    if state := find_state_body(text, around.year, national=around.national):
        return state, "by-registry"
    for head in load_heads():
        if text.startswith(head):
            for placed in places_at(text.removeprefix(head), around):
                if found := next(known(head, placed, around), None):
                    return found
    for placed in places_at(text, around):
        if found := next(known("", placed, around), None):
            return found
    return None


def _boards(text: str, unit: Unit, around: Around) -> Iterator[Unit]:
    """The second name boards that a bracket lists; a part of the body, a place or a remark is none."""
    for part in text.split("、") if text else ():
        inner = part.endswith(words_of("inner")) and not (part.endswith("办公室") and len(part) > len("办公室"))
        if inner or not find_ending(part):
            continue
        found = _sure(part, around) or _as_printed(part, around)
        if found and found[0] != unit:
            yield found[0]


# --- names that stay as printed ------------------------------------------------------------------------------


def _as_printed(text: str, around: Around) -> tuple[Unit, str] | None:
    """A body under its printed name, behind its place where that is printed as 市, 区, …; None where nothing says whose it is."""
    if len(text) < 2 or names_missing_place(text, around):
        return None
    if part := by_state(text, around):
        return part, "by-branch"
    if (work := read_stem(text)) and work.words and not find_ending(text):
        return None  # 教育: a line of work, which does not say what body does it
    no_place = text.startswith(words_of("no_prefix"))
    for placed in places_at(text, around):
        if placed.how == "full" or (placed.how == "relative" and not no_place):
            return _named(placed.place.name + placed.rest, placed, around), "by-name"
    zone = pattern("bodies", "zone_name").search(text)  # its name is no place's: 兰州新区 is the province's
    place = around.own if zone else place_within(text, around)
    place = place or next((placed.place for placed in places_at(text, around)), None)
    return (_named(text, Placed(place, text, "none"), around), "by-name") if place else None


def _named(name: str, placed: Placed, around: Around) -> Unit:
    ending = find_ending(name)
    told = "zone" if pattern("bodies", "zone_name").search(name) else "party" if pattern("bodies", "party_name").search(name) else ""
    kind = told or (ending.kind if ending else "other")
    if kind == "zone":
        name = re.sub("(?:管理委员会|管委会|管委)?$", "管理委员会", name, count=1)
    code = placed.place.code if not around.national or placed.how != "none" else NATION
    functions = company_functions(name) if kind == "enterprise" else ()
    return Unit(code=code, name=name, kind=kind, functions=functions)
