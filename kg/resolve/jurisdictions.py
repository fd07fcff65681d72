"""Whose document it is: from what a document says of itself to a place 行政区划 and its GB/T 2260 code.

The issuer decides; then the letterhead, then the title. Only where the name that they give is shared by several places
(鼓楼区), or is no name at all (区政府办公室), do the recipients, the number and the body narrow it. What they leave open
stays open: the candidates are given, and none is chosen.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from kg.model import Jurisdiction
from kg.resolve.gazetteer import NATION, NEVER, Jurisdictions, Place, load_jurisdictions, place_words
from kg.resolve.placenames import Evidence, Kind, Mention, Reading, chain_of, find_jurisdiction_mentions, read_passage
from kg.text import key

__all__ = [
    "Evidence",
    "Jurisdictions",
    "Mention",
    "Place",
    "Resolution",
    "find_jurisdiction_mentions",
    "load_jurisdictions",
    "resolve_jurisdiction",
]

DECIDING: tuple[Kind, ...] = ("issuer", "letterhead", "title")
WEIGHT: dict[Kind, float] = {"issuer": 8, "letterhead": 8, "title": 6, "number_prefix": 5, "recipient": 4, "body": 1}
COUNTRY = Jurisdiction(name="全国", code=NATION, full_name="中华人民共和国")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The place, or those among which the evidence does not choose. `printed` is the name as printed; `unknown` tells that
    the table has no such name (then a candidate is the known place around it), `approximate` that the place only holds the
    one that is meant (a development zone, a town) or has its ground today."""

    jurisdiction: Jurisdiction | None = None
    candidates: tuple[Jurisdiction, ...] = ()
    evidence: Evidence | None = None
    approximate: bool = False
    unknown: bool = False
    printed: str = ""
    note_zh: str = ""
    note_en: str = ""


def resolve_jurisdiction(evidence: Sequence[Evidence], year: int | None, table: Jurisdictions | None = None) -> Resolution:
    """The place whose document this is, by its names of `year`; ambiguous or unknown where the evidence does not say."""
    table = table or load_jurisdictions()
    folded = [replace(one, text=key(one.text)) for one in evidence]
    sources = dict(zip(map(id, folded), evidence, strict=True))
    resolution = _resolve(folded, year, table)
    return replace(resolution, evidence=sources.get(id(resolution.evidence)))


def _resolve(evidence: Sequence[Evidence], year: int | None, table: Jurisdictions) -> Resolution:
    zone: Reading | None = None
    for kind in DECIDING:
        for one in evidence:
            reading = read_passage(one, year, table) if one.kind == kind else None
            if reading is None:
                continue
            if reading.country:
                return Resolution(jurisdiction=COUNTRY, evidence=one, printed=reading.printed)
            if reading.unknown:
                return _unknown(reading, year, table)
            if reading.places:
                return _decide(reading, zone, evidence, year, table)
            zone = zone or reading
    return _fall_back(zone, evidence, year, table)


# --- from names to one place ---------------------------------------------------------------------------------------


def _decide(reading: Reading, zone: Reading | None, evidence: Sequence[Evidence], year: int | None, table: Jurisdictions) -> Resolution:
    """The one of the reading's places that is valid in the year and that the rest of the evidence bears out."""
    places, note = _of_year(reading.places, year, table)
    if len(places) > 1:
        places = _borne_out(places, reading, evidence, year, table)
    held = reading.zone or reading.town or (zone is not None and zone.zone)
    resolution = Resolution(evidence=reading.evidence, printed=reading.printed, note_zh=note.zh, note_en=note.en)
    if len(places) == 1:
        note_zh, note_en = note.zh, note.en
        if held:
            note_zh = f"{note_zh}；" * bool(note_zh) + "开发区、功能区和乡镇没有行政区划代码，取其所在地"
            note_en = f"{note_en}; " * bool(note_en) + "zones and towns have no code: the place that holds it"
        found = table.jurisdiction(places[0], year)
        return replace(resolution, jurisdiction=found, approximate=held or note.other, note_zh=note_zh, note_en=note_en)
    candidates = tuple(table.jurisdiction(place, year) for place in places)
    zh, en = (
        f"“{reading.printed}”有{len(candidates)}处，文中没有足够依据选定",
        f"{len(candidates)} places share this name and nothing decides",
    )
    return replace(resolution, candidates=candidates, approximate=held, note_zh=note.zh or zh, note_en=note.en or en)


@dataclass(frozen=True, slots=True)
class _Note:
    zh: str = ""
    en: str = ""
    other: bool = False  # the area is another one


def _of_year(places: tuple[Place, ...], year: int | None, table: Jurisdictions) -> tuple[tuple[Place, ...], _Note]:
    """Those of `places` that `year` knew; else what became of them, or the earliest that was to come."""
    if year is None:
        standing = _latest(place for place in places if place.valid_to == NEVER)
        last = max(places, key=lambda place: place.valid_to)
        ended = _Note(f"{last.name}{last.valid_to}年已撤销或更名", f"{last.name} ended in {last.valid_to}")
        return (standing, _Note()) if standing else ((last,), ended)
    known = _latest(place for place in places if place.known_in(year))
    if known:
        return known, _Note()
    past = [place for place in places if place.valid_to < year]
    if not past:
        first = min(place.valid_from for place in places)
        coming = tuple(place for place in places if place.valid_from == first)
        return coming, _Note(f"此名自{first}年起，晚于文件年份{year}年", f"the name dates from {first}, after the document's year, {year}")
    when = max(place.valid_to for place in past)
    old = [place for place in past if place.valid_to == when]
    heirs = tuple(dict.fromkeys(heir for place in old for heir in _heirs(place, year, table)))
    names = "、".join(heir.name for heir in heirs)
    note = _Note(f"{old[0].name}{when}年已撤销或更名，{year}年为{names}", f"{old[0].name} ended in {when}; in {year}: {names}")
    same = len(old) == 1 and len(heirs) == 1 and (heirs[0].code == old[0].code or heirs[0].name[:2] == old[0].name[:2])
    return heirs or tuple(old), replace(note, other=not same)


def _latest(places: Iterable[Place]) -> tuple[Place, ...]:
    """`places` without those whose heir is among them: in the year of a change both have the name."""
    found = tuple(places)
    codes = {place.code for place in found}
    kept = tuple(place for place in found if not any(heir in codes and heir != place.code for heir in place.successors))
    return tuple({place.code: place for place in sorted(kept or found, key=lambda place: place.valid_from)}.values())


def _heirs(place: Place, year: int, table: Jurisdictions) -> Iterator[Place]:
    """What has the ground of `place` in `year`."""
    for code in place.successors:
        heir = table.at(code, place.valid_to)
        if heir is None:
            continue
        if heir.valid_to <= year:
            yield from _heirs(heir, year, table)
        else:
            yield heir


def _unknown(reading: Reading, year: int | None, table: Jurisdictions) -> Resolution:
    near = tuple(table.jurisdiction(place, year) for place in _of_year(reading.places, year, table)[0]) if reading.places else ()
    return Resolution(
        evidence=reading.evidence,
        unknown=True,
        printed=reading.printed,
        candidates=near,
        note_zh=f"行政区划代码表中没有“{reading.printed}”",
        note_en=f"the table of codes has no {reading.printed}",
    )


# --- the rest of the evidence --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Hint:
    """Something that speaks for some places: names in a passage, or the first characters of a document number."""

    weight: float
    places: tuple[Place, ...] = ()
    prefix: str = ""

    def speaks_for(self, place: Place, table: Jurisdictions) -> float:
        if self.prefix:
            return self.weight * _prefix_fits(self.prefix, place, table)
        return self.weight * max((_nearness(place, other) for other in self.places), default=0)


def _nearness(place: Place, other: Place) -> float:
    """How much a mention of `other` speaks for `place`."""
    if other.code == place.code:
        return 4
    if place.parent == other.code:
        return 3
    if other.level == "province":
        return 1 if place.lies_in(other) else 0
    return 1 if other.parent == place.parent and other.parent[2:4] != "00" else 0.5 if other.code[:2] == place.code[:2] else 0


def _prefix_fits(prefix: str, place: Place, table: Jurisdictions) -> float:
    """How much a document number that begins with `prefix` speaks for `place`."""
    codes = document_codes()
    if _city_of(prefix) in (place.code, place.parent):
        return 3
    above = [row for row in table.path(place) if row.level != "province"]
    if any(row.name[0] == prefix[0] for row in above):
        return 2
    return 1 if codes["provinces"].get(prefix[0]) == place.code[:2] + "0000" else 0


def _borne_out(
    places: tuple[Place, ...], reading: Reading, evidence: Sequence[Evidence], year: int | None, table: Jurisdictions
) -> tuple[Place, ...]:
    """The one of `places` that the hints speak for twice as loudly as for any other; else the loudest; else all."""
    scores = dict.fromkeys(places, 0.0)
    for hint in _hints(evidence, reading.evidence, year, table):
        voices = {place: hint.speaks_for(place, table) for place in places}
        for place, voice in voices.items():
            scores[place] += voice - min(voices.values())  # what speaks for all decides nothing
    ranked = sorted(places, key=lambda place: -scores[place])
    best, second = scores[ranked[0]], scores[ranked[1]]
    if best > 0 and best >= 2 * second:
        return (ranked[0],)
    return tuple(place for place in places if best == 0 or 2 * scores[place] > best)


def _hints(evidence: Sequence[Evidence], decided: Evidence, year: int | None, table: Jurisdictions) -> Iterator[_Hint]:
    for one in evidence:
        weight = WEIGHT[one.kind]
        if one.kind == "number_prefix":
            yield _Hint(weight, (), one.text)
            continue
        for printed in (match[1] for match in _NUMBER.finditer(one.text)):
            yield _Hint(min(weight, 1.0), (), printed)
        for places, count in _named(one, year, table).items():
            # The name itself, printed again without more, says nothing new.
            of_year = _of_year(places, year, table)[0]
            if one is not decided or len(of_year) == 1:
                yield _Hint(weight * min(count, 3), of_year)


_NUMBER = re.compile(r"(?<![㐀-鿿])([㐀-鿿]{1,4}?)(?:政|府|办|委|发)[㐀-鿿]{0,5}〔\d{4}〕")


def _named(evidence: Evidence, year: int | None, table: Jurisdictions) -> Counter[tuple[Place, ...]]:
    """The places that the passage names, each chain (枣庄市市中区) read as one, with how often."""
    mentions = find_jurisdiction_mentions(evidence.text, table)
    found: Counter[tuple[Place, ...]] = Counter()
    index = 0
    while index < len(mentions):
        places, _, count = chain_of(evidence.text, mentions[index : index + 4], year)
        found[places] += 1
        index += count
    return found


# --- no name at all --------------------------------------------------------------------------------------------------

_LEVEL_WORDS = {"省": ("province",), "市": ("prefecture", "county", "province"), "州": ("prefecture",), "盟": ("prefecture",)}
_OWN_LEVEL = re.compile(r"(?:中共)?([省市区县州盟旗])(?!场|容|域|级|政[工管园道])(?=[㐀-鿿]{2,})")
_ADDRESSED_LEVEL = re.compile(r"([省市区县州盟旗])(?:人民政府|政府|直)(?:各|有关)")


def _fall_back(zone: Reading | None, evidence: Sequence[Evidence], year: int | None, table: Jurisdictions) -> Resolution:
    """Where issuer, letterhead and title name no place: the number with the places that the rest names, if that leaves one."""
    numbers = [one for one in evidence if one.kind == "number_prefix"]
    level = next(_levels(evidence), "")
    if not zone and level in ("", "省") and (found := _by_number(numbers, table)):
        return found
    named = _places_named(evidence, year, table)
    if zone:
        return _hold_zone(zone, named, year, table)
    initials = {one.text[0] for one in numbers if _city_number().match(one.text)}
    fitting = _fitting(named, level, initials, year, table)
    if len(fitting) == 1 and (initials or (level != "市" and named[fitting[0]] > 1)):
        return Resolution(
            jurisdiction=table.jurisdiction(fitting[0], year),
            evidence=next((one for one in numbers if one.text[0] in initials), None) or next(_naming(fitting[0], evidence)),
            note_zh="署名和标题没有写明地方，据发文字号与文中提到的地方推定",
            note_en="neither issuer nor title names a place: from the number and the places named in the text",
        )
    return Resolution(
        candidates=tuple(table.jurisdiction(place, year) for place in fitting),
        note_zh="文中没有写明是哪个地方的文件",
        note_en="the document does not say which place it is of",
    )


@cache
def _city_number() -> re.Pattern[str]:
    """A 机关代字 that begins with a place's own character (枣政办发), not with a line of work (农办发)."""
    return re.compile(rf"(?![{place_words()['functions']}])[㐀-鿿]{{1,2}}(?:政|府|委|办)")


def _fitting(named: Counter[Place], level: str, initials: set[str], year: int | None, table: Jurisdictions) -> list[Place]:
    """The places named, or with a number's initial those of their province, that agree with level and initial."""
    if not level and not initials:
        return []
    pools = [list(named), _under(named, year, table)] if initials else [list(named)]
    for pool in pools:
        fitting = [place for place in pool if _of_level(place, level) and (not initials or place.name[0] in initials)]
        if fitting:
            return fitting
    return []


def _naming(place: Place, evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """The passages that name `place`, by its own name or a short form of it."""
    yield from (one for one in evidence if place.name in one.text)
    yield from (one for one in evidence if place.name[:2] in one.text)


def _by_number(prefixes: Sequence[Evidence], table: Jurisdictions) -> Resolution | None:
    """The country or a province, from a number such as 国办发 or 鲁政办发."""
    codes = document_codes()
    for one in prefixes:
        if is_national(one.text):
            return Resolution(jurisdiction=COUNTRY, evidence=one, printed=one.text)
        if _city_of(one.text) or not re.match(r"[㐀-鿿](?:政|府|办|委|发|令|[㐀-鿿]{1,3}(?:发|办|函))", one.text):
            continue
        province = table.at(codes["provinces"].get(one.text[0], ""), None)
        if province is None:
            continue
        others = [place for code in codes["shared"].get(one.text[0], ()) if (place := table.at(code, None))]
        if others:
            candidates = tuple(map(table.jurisdiction, (province, *others)))
            zh, en = f"“{one.text[0]}”不止一处使用", f"{one.text[0]} begins the numbers of several places"
            return Resolution(candidates=candidates, evidence=one, printed=one.text, note_zh=zh, note_en=en)
        return Resolution(jurisdiction=table.jurisdiction(province), evidence=one, printed=one.text)
    return None


def _hold_zone(zone: Reading, named: Counter[Place], year: int | None, table: Jurisdictions) -> Resolution:
    """The place that holds a development zone: the innermost of those named, where each lies in the next."""
    line = sorted(named, key=lambda place: ("province", "prefecture", "county").index(place.level))
    resolution = Resolution(evidence=zone.evidence, printed=zone.printed, approximate=True)
    if line and all(inner.lies_in(outer) for outer, inner in pairwise(line)):
        zh, en = "开发区、功能区没有行政区划代码，取文中所提的所在地", "a zone has no code: the place that holds it, as the text names it"
        return replace(resolution, jurisdiction=table.jurisdiction(line[-1], year), note_zh=zh, note_en=en)
    zh, en = "开发区、功能区没有行政区划代码，文中没有写明其所在地", "a zone has no code, and the text does not say where it is"
    return replace(resolution, candidates=tuple(table.jurisdiction(place, year) for place in line), note_zh=zh, note_en=en)


def _places_named(evidence: Sequence[Evidence], year: int | None, table: Jurisdictions) -> Counter[Place]:
    """The places that the passages name without doubt, with how often."""
    named: Counter[Place] = Counter()
    for one in evidence:
        if one.kind == "number_prefix":
            continue
        for places, count in _named(one, year, table).items():
            of_year = _of_year(places, year, table)[0]
            if len(of_year) == 1:
                named[of_year[0]] += count
    return named


def _under(named: Iterable[Place], year: int | None, table: Jurisdictions) -> list[Place]:
    """All places that lie in the provinces that `named` are in, where that is one province."""
    provinces = {place.code[:2] for place in named}
    if len(provinces) != 1:
        return []
    inside = (place for place in table.places if place.code[:2] in provinces and place.level != "province")
    return [place for place in inside if (place.known_in(year) if year else place.valid_to == NEVER)]


def _levels(evidence: Sequence[Evidence]) -> Iterator[str]:
    """省, 市, 县 … where the issuer is 市政府办公室, or the recipients are 市政府各部门."""
    for one in evidence:
        if one.kind in DECIDING and (own := _OWN_LEVEL.match(one.text)):
            yield own[1]
    for one in evidence:
        if one.kind == "recipient" and (addressed := _ADDRESSED_LEVEL.search(one.text)):
            yield addressed[1]


def _of_level(place: Place, level: str) -> bool:
    if not level:
        return True
    return place.name.endswith(level) and place.level in _LEVEL_WORDS.get(level, ("county",))


# --- 机关代字 ----------------------------------------------------------------------------------------------------------


@cache
def document_codes() -> dict[str, Any]:
    """What `document_codes.toml` says."""
    return tomllib.loads(resources.files("kg").joinpath("data/document_codes.toml").read_text("utf-8"))


def is_national(prefix: str) -> bool:
    """Whether a document number begins as those of the State Council and its ministries do."""
    national = document_codes()["national"]
    return prefix.startswith(tuple(national["prefixes"])) or re.match(national["regex"], prefix) is not None


def _city_of(prefix: str) -> str:
    """The code of the city that numbers with this, where it looks like a province's: 苏府 is 苏州."""
    return next((code for start, code in document_codes()["cities"].items() if prefix.startswith(start)), "")
