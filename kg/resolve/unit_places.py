"""The places that a unit's name begins with: printed in full or in short, as 省, 市, 区, or not at all."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from kg.model import Jurisdiction
from kg.resolve.gazetteer import EXTRA, NATION, NEVER, Jurisdictions, Level, Place, load_jurisdictions
from kg.resolve.placenames import chain_of, find_jurisdiction_mentions

How = Literal["full", "short", "relative", "none"]

_RELATIVE = re.compile(r"(?:[全本我该])?(?P<kind>自治[区州县旗]|地区|[林特矿]区|[省市区县州盟旗]|地(?=[委直级]))")
_CORPS = re.compile(r"(?:新疆生产建设|新疆)?兵团")


class Placed(NamedTuple):
    """A place that a name begins with, how it is printed, and the rest of the name."""

    place: Place
    rest: str
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A plan's own place with those above it, outermost first, and the names of these and of what lies in it."""

    table: Jurisdictions
    extra: str  # the file of places of one's own
    year: int | None
    own: Place | None
    path: tuple[Place, ...]
    full: Mapping[str, Place]
    short: Mapping[str, Place]

    @property
    def national(self) -> bool:
        return self.own is not None and self.own.code == NATION

    def at(self, code: str) -> Place | None:
        """The place of that code under its name of the year."""
        if code == NATION:
            return nation()
        return self.table.at(code, self.year) or self.table.at(code, None)


@cache
def nation() -> Place:
    return _made(NATION, "", "country")


@cache
def _corps() -> Place:
    """新疆生产建设兵团 has no code of its own; its bodies stand under the region's."""
    return _made("650000", "新疆生产建设兵团", "province")


def _made(code: str, name: str, level: Level) -> Place:
    """A place that the table does not have."""
    return Place(code=code, name=name, level=level, parent=NATION, valid_from=0, valid_to=NEVER, successors=(), source_note="")


def _level(code: str) -> Level:
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def extra_places() -> str:
    """The file of places of one's own that is named now; what is remembered of names holds for that file."""
    return os.environ.get(EXTRA, "")


def look_around(jurisdiction: Jurisdiction | None, year: int | None) -> Around:
    """The surroundings of a plan of that place and year."""
    code, name = (jurisdiction.code, jurisdiction.name) if jurisdiction else ("", "")
    return _look_around(code, name, year, extra_places())


@lru_cache(maxsize=256)
def _look_around(code: str, name: str, year: int | None, extra: str) -> Around:
    table = load_jurisdictions(Path(extra) if extra else None)
    if code in ("", NATION):
        return Around(table=table, extra=extra, year=year, own=nation() if code else None, path=(), full={}, short={})
    known = table.at(code, year) or table.at(code, None)
    own = known or _made(code, name, _level(code))
    path = table.path(own, year) if known else (own,)
    inside = [place for place in _places_by_upper(extra).get(own.code, ()) if year is None or place.known_in(year)]
    full: dict[str, Place] = {}
    short: dict[str, Place] = {}
    for place in (*reversed(path), *_unique(inside)):  # the nearest has the name
        for spelling, shortened in (*_spellings(extra).get(place.code, ()), (place.name, False)):
            (short if shortened else full).setdefault(spelling, place)
    return Around(table=table, extra=extra, year=year, own=own, path=path, full=full, short=short)


@lru_cache(maxsize=4)
def _places_by_upper(extra: str) -> Mapping[str, tuple[Place, ...]]:
    """The places that lie in the province or the city of each code."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for place in load_jurisdictions(Path(extra) if extra else None).places:
        for code in {place.parent, place.code[:2] + "0000"} - {NATION, place.code}:
            found[code].append(place)
    return {code: tuple(places) for code, places in found.items()}


@lru_cache(maxsize=4)
def _beginnings_of_places(extra: str) -> frozenset[str]:
    """The first two characters of every place's name: most names of units need not be searched for places."""
    table = load_jurisdictions(Path(extra) if extra else None)
    return frozenset(name[:2] for names in (table.by_name, table.by_short) for name in names)


def _unique(places: Iterable[Place]) -> Iterator[Place]:
    """The places whose name no other of them has; of one code the last."""
    by_code = {place.code: place for place in places}
    named: defaultdict[str, list[Place]] = defaultdict(list)
    for place in by_code.values():
        named[place.name].append(place)
    return (same[0] for same in named.values() if len(same) == 1)


@lru_cache(maxsize=4)
def _spellings(extra: str) -> Mapping[str, tuple[tuple[str, bool], ...]]:
    """How the place of each code is printed, and whether that is without its suffix."""
    table = load_jurisdictions(Path(extra) if extra else None)
    found: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
    for names, shortened in ((table.by_name, False), (table.by_short, True)):
        for name, places in names.items():
            for place in places:
                found[place.code].append((name, shortened))
                if place.name.endswith("新区") and name == place.name:
                    found[place.code].append((name.removesuffix("新区"), True))  # 浦东
    return {code: tuple(names) for code, names in found.items()}


def short_name(place: Place) -> str:
    """台儿庄 for 台儿庄区; the whole name where it has no short form (单县)."""
    spellings = _spellings(extra_places()).get(place.code, ())
    return next((name for name, shortened in spellings if shortened and place.name.startswith(name)), place.name)


# --- where a name begins ------------------------------------------------------------------------------------


def places_at(text: str, around: Around) -> Iterator[Placed]:
    """Every reading of how `text` begins, the most explicit first; last that no place is printed and the plan's own is meant."""
    if (corps := _CORPS.match(text)) and (not around.path or around.path[0].code == "650000"):
        yield Placed(_corps(), text[corps.end() :], "full")
    yield from _explicit(text, around)
    if (found := _RELATIVE.match(text)) and (place := _of_kind(found["kind"], around)):
        yield Placed(place, text[found.end() :], "relative")
    if around.own:
        yield Placed(around.own, text, "none")


def names_missing_place(text: str, around: Around) -> bool:
    """Whether the name begins with 区, 市, … and the plan lies in none."""
    found = _RELATIVE.match(text)
    return found is not None and around.own is not None and _of_kind(found["kind"], around) is None


def _explicit(text: str, around: Around) -> Iterator[Placed]:
    """Names in full before names in short, and of these the plan's own surroundings first."""
    elsewhere = tuple(_named_places(text, around)) if text[:2] in _beginnings_of_places(around.extra) else ()
    yield from (placed for placed in elsewhere if placed.how == "full")
    yield from _beginnings(text, around.full, "full")
    yield from _beginnings(text, around.short, "short")
    yield from (placed for placed in elsewhere if placed.how == "short")


def _named_places(text: str, around: Around) -> Iterator[Placed]:
    """The place that the name begins with, wherever it lies: 枣庄市台儿庄区 is one."""
    mentions = find_jurisdiction_mentions(text, around.table)
    if not mentions or mentions[0].start:
        return
    candidates, end, _ = chain_of(text, mentions, around.year)
    last = next(mention.name for mention in mentions if mention.end == end)
    if place := _nearest(candidates, around):
        yield Placed(place, text[end:], "full" if last in around.table.by_name else "short")


def _beginnings(text: str, names: Mapping[str, Place], how: How) -> Iterator[Placed]:
    for length in range(min(len(text), 16), 1, -1):
        if place := names.get(text[:length]):
            yield Placed(place, text[length:], how)


def _nearest(candidates: tuple[Place, ...], around: Around) -> Place | None:
    """The candidate that is nearest to the plan's place; None where several are as near."""
    codes = dict.fromkeys(place.code for place in candidates if around.year is None or place.known_in(around.year))
    codes = codes or dict.fromkeys(place.code for place in candidates if not place.name.endswith("新区"))  # then a zone only
    places = [place for code in codes if (place := around.at(code))]
    for outer in reversed(around.path):
        near = [place for place in places if place.code == outer.code] or [place for place in places if place.lies_in(outer)]
        if near:
            return near[0] if len(near) == 1 else None
    return places[0] if len(places) == 1 else None


def _of_kind(kind: str, around: Around) -> Place | None:
    """The innermost place of the path that 区, 市, 自治区, … can mean."""
    return next((place for place in reversed(around.path) if _is_kind(place.name, kind)), None)


def _is_kind(name: str, kind: str) -> bool:
    if name.endswith("地区"):
        return kind in ("地区", "地")
    return name.endswith(kind)


def above(place: Place, around: Around) -> Place | None:
    """The city, or the municipality, that a county or district lies in."""
    return around.at(place.parent) if place.level == "county" else None


def place_within(text: str, around: Around) -> Place | None:
    """The nearest place that a name has inside it: 国网枣庄供电公司. A county's short name may be a chance of two words (雄安新区)."""
    for names, counties in ((around.full, True), (around.short, False)):
        for name in sorted(names, key=len, reverse=True):
            if name in text and (counties or names[name] in around.path or names[name].level != "county"):
                return names[name]
    return None
