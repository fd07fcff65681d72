"""Where a text names places 行政区划, and what one passage says of whose document it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from kg.model import Span
from kg.resolve.gazetteer import Jurisdictions, Place, load_jurisdictions, place_words

_YEAR = re.compile(r"(?:19|20)\d\d")
_OWN_ZONE = re.compile(r"(?:国家级?|省级)?(?:经济|高新)[㐀-鿿]{0,6}?区")
_HAN = re.compile(r"[㐀-鿿]")


class Mention(NamedTuple):
    """Text [start, end) names one of `candidates`, whatever the year."""

    name: str
    start: int
    end: int
    candidates: tuple[Place, ...]


# --- where a text names places ------------------------------------------------------------------------------


def find_jurisdiction_mentions(text: str, table: Jurisdictions | None = None) -> list[Mention]:
    """The places that `text` (white space taken out) names, in order, without overlap; the longest name wins."""
    table = table or load_jurisdictions()
    full = list(_full_names(text, table))
    return sorted([*full, *_short_names(text, full, table)], key=lambda mention: mention.start)


def _full_names(text: str, table: Jurisdictions) -> Iterator[Mention]:
    """Names with their suffix: looked up backwards from each suffix."""
    last: Mention | None = None
    for suffix in re.finditer("[省市区县州盟旗]", text):
        end = suffix.end()
        for length in table.tails.get(text[end - 2 : end], ()):
            start, name = end - length, text[end - length : end]
            if start < 0 or name not in table.by_name:
                continue
            mention = Mention(name, start, end, table.by_name[name])
            if last and start < last.end:
                if not (start == last.end - 1 and (shorter := _without_suffix(last, table))):
                    continue  # inside or across the name before
                before: Mention | None = shorter
            else:
                before, shorter = last, None
            if not _stands(text, mention, before):
                continue
            if last:
                yield shorter or last
            last = mention
            break
    if last:
        yield last


def _without_suffix(mention: Mention, table: Jurisdictions) -> Mention | None:
    """青岛 of 青岛市, where 市 begins the next name (青岛市北区)."""
    short = mention.name[:-1]
    if mention.name[-1] != "市" or short not in table.by_short:
        return None
    return Mention(short, mention.start, mention.end - 1, mention.candidates)


def _stands(text: str, mention: Mention, before: Mention | None) -> bool:
    """Whether these characters are a name here, not part of other words."""
    name, start, end = mention.name, mention.start, mention.end
    if name[-1] + text[end : end + 1] in ("区域", "区块", "县区", "市场"):
        return False
    inside = before is not None and before.end == start and _holds(before.candidates, mention.candidates)
    words = place_words()
    if name in words["strict"]:
        return (inside or start == 0) and _acts().match(text, end) is not None
    if name in words["weak"]:
        return inside or (_opens(text, start) and _acts().match(text, end) is not None)
    if len(name) == 2 or (len(name) == 3 and name.endswith("城市")):
        return inside or _opens(text, start)
    return True


def _holds(outer: Iterable[Place], inner: Iterable[Place]) -> bool:
    return any(place.lies_in(other) for other in outer for place in inner)


def _opens(text: str, start: int) -> bool:
    """Whether a name can begin at `start`."""
    return start == 0 or not _HAN.match(text[start - 1]) or text.endswith(tuple(place_words()["openers"]), 0, start)


@cache
def _acts() -> re.Pattern[str]:
    """What follows the name of a place that acts: a body of its government, a year, or the end of the words."""
    return re.compile(rf"$|[^㐀-鿿]|{'|'.join(place_words()['organs'])}|委|[㐀-鿿]{{2,10}}?局(?:$|[^㐀-鿿])")


@cache
def _acts_in_short() -> re.Pattern[str]:
    """What follows where the suffix is left out: also a zone (济南高新区)."""
    zones = "|".join(place_words()["zones"])
    return re.compile(rf"$|[^㐀-鿿]|[㐀-鿿]{{0,10}}?(?:{zones})|[㐀-鿿]{{2,10}}?(?:局|海关|委员会|领导小组|指挥部|办公室)")


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(rf"[^㐀-鿿](?=[㐀-鿿])|(?:{'|'.join(place_words()['openers'])})")


def _short_names(text: str, full: list[Mention], table: Jurisdictions) -> Iterator[Mention]:
    """Names without their suffix: only where a name can begin, and a county's only before a year or its zone, or after its parent."""
    starts = [mention.start for mention in full]
    ending = {mention.end: mention for mention in full}
    queue = [0, *(match.end() for match in _openings().finditer(text)), *ending]
    seen = set(starts)
    for start in queue:
        index = bisect_right(starts, start) - 1
        if start in seen or (index >= 0 and full[index].end > start):
            continue
        seen.add(start)
        limit = starts[index + 1] if index + 1 < len(starts) else len(text)
        if mention := _short_name(text, start, limit, ending.get(start), table):
            ending[mention.end] = mention
            queue.append(mention.end)
            yield mention


def _short_name(text: str, start: int, limit: int, before: Mention | None, table: Jurisdictions) -> Mention | None:
    for end in range(min(start + 7, limit), start + 1, -1):
        candidates = table.by_short.get(text[start:end])
        if not candidates or text[end : end + 1] in {"路", "街", "镇", "乡", "村", "区", "县", "市", "族"}:
            continue
        if end < limit and not _acts_in_short().match(text, end):
            continue
        if before:
            fitting = tuple(place for place in candidates if any(place.lies_in(outer) for outer in before.candidates))
        elif _YEAR.match(text, end) or (start == 0 and _OWN_ZONE.match(text, end)):
            fitting = candidates
        else:
            fitting = tuple(place for place in candidates if place.level != "county")
        if fitting:
            return Mention(text[start:end], start, end, _principal(fitting))
    return None


def _principal(candidates: tuple[Place, ...]) -> tuple[Place, ...]:
    """The province of that name, or the prefecture where all the others lie in it; else all."""
    provinces = tuple(place for place in candidates if place.level == "province")
    if provinces:
        return provinces
    prefectures = tuple(place for place in candidates if place.level == "prefecture")
    codes = {place.code for place in prefectures}
    if prefectures and all(place in prefectures or place.parent in codes for place in candidates):
        return prefectures
    return candidates


# --- what one passage says ------------------------------------------------------------------------------------

Kind = Literal["issuer", "letterhead", "title", "number_prefix", "recipient", "body"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage that may say whose document it is; `span` is where it stands, for whoever asks."""

    text: str
    kind: Kind
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one passage says: places that share the printed name, the whole country, an unknown name, or only a level."""

    evidence: Evidence
    places: tuple[Place, ...] = ()
    printed: str = ""
    country: bool = False
    unknown: bool = False
    zone: bool = False
    town: bool = False


def read_passage(evidence: Evidence, year: int | None, table: Jurisdictions) -> Reading | None:
    """The first place that the passage names, or what else it says; None where it says nothing of places."""
    text = evidence.text
    quoted = re.fullmatch(r"《([^《》]*)》", text)
    text = quoted[1] if quoted else re.sub(r"《[^《》]*》?", lambda match: "□" * len(match[0]), text)
    mentions = find_jurisdiction_mentions(text, table)
    own = next((index for index, mention in enumerate(mentions) if not _follows(text, mention)), None)
    ahead = text if own is None else text[: mentions[own].start]
    if (national := re.match(place_words()["national"]["regex"], text)) and _issues(national, ahead, own is None, evidence.kind):
        return Reading(evidence=evidence, country=True, printed=national[0])
    unknown = _unknown_name(text)
    if unknown and (own is None or mentions[own].start >= unknown.end("name")):
        return Reading(evidence=evidence, unknown=True, printed=unknown["name"])
    if own is not None:
        return _read_place(evidence, text, mentions[own:], year)
    if _town_in_title().match(text) if evidence.kind == "title" else _zone().match(text):
        return Reading(evidence=evidence, zone=True, printed=text)
    return None


def _read_place(evidence: Evidence, text: str, mentions: Sequence[Mention], year: int | None) -> Reading:
    """The place that the first mention, with those that follow on it, narrows down to."""
    places, end, _ = chain_of(text, mentions, year)
    start, rest = mentions[0].start, text[end:]
    if (zone := _zone().match(rest)) and (partner := _partner(text, end + zone.end(), mentions, places)):
        return _read_place(evidence, text, partner, year)
    if zone := (_zone_in_title() if evidence.kind == "title" else _zone()).match(rest):
        return Reading(evidence=evidence, places=places, printed=text[start : end + zone.end()], zone=True)
    if unknown := _unknown_part(rest):
        return Reading(evidence=evidence, places=places, printed=text[start : end + unknown.end()], unknown=True)
    town = bool((_town_in_title() if evidence.kind == "title" else _town()).match(rest))
    return Reading(evidence=evidence, places=places, printed=text[start:end], town=town)


_JOINED = re.compile("(?:管委会|管理委员会|党工委)?(?:办公室|办)?[、和]")


def _partner(text: str, end: int, mentions: Sequence[Mention], places: Sequence[Place]) -> Sequence[Mention]:
    """The mentions from the county on that a zone of `places`, which ends there, is named together with: 济宁高新区、任城区."""
    joined = _JOINED.match(text, end)
    at = next((at for at, mention in enumerate(mentions) if joined and mention.start == joined.end()), None)
    return mentions[at:] if at is not None and _holds(places, mentions[at].candidates) else ()


def chain_of(text: str, mentions: Sequence[Mention], year: int | None) -> tuple[tuple[Place, ...], int, int]:
    """山东省枣庄市台儿庄区 is one name: the places that it narrows down to, where it ends, and of how many mentions it is."""
    places, end = mentions[0].candidates, mentions[0].end
    for count, mention in enumerate(mentions[1:], 1):
        inner = tuple(place for place in mention.candidates if any(place.lies_in(outer) for outer in places) and not _early(place, year))
        if not inner or not _BETWEEN.fullmatch(text, end, mention.start):
            return places, end, count
        places, end = inner, mention.end
    return places, end, len(mentions)


def _early(place: Place, year: int | None) -> bool:
    """Whether it was only a zone of that name in `year`: 两江新区 before 2025."""
    return year is not None and place.name.endswith("新区") and place.valid_from > year


_BETWEEN = re.compile(r"(?:生产建设兵团)?(?:第?[一二三四五六七八九十]+师)?")


def _issues(national: re.Match[str], ahead: str, alone: bool, kind: Kind) -> bool:
    """Whether a body of the State that begins a passage is the one that acts in it: not the 国家知识产权强市 of a title."""
    if kind == "title":
        return re.match(r"[^《》]{0,30}?关于|[㐀-鿿]{0,6}(?:19|20)\d\d", ahead[national.end() :]) is not None
    return alone


def _follows(text: str, mention: Mention) -> bool:
    """Whether the document only follows another place's: 贯彻落实山东省…."""
    return text.endswith(tuple(place_words()["followed"]), 0, mention.start)


@cache
def _zone() -> re.Pattern[str]:
    words = place_words()
    lead = "(?:(?!关于|政府|办公室|[局厅委])[㐀-鿿·]){0,10}?"
    return re.compile(rf"(?:{lead}(?:{'|'.join(words['zones'])})(?!{'|'.join(words['campaigns'])}))+")


@cache
def _zone_in_title() -> re.Pattern[str]:
    return re.compile(rf"{_zone().pattern}(?=(?:19|20)\d\d|关于|管委会|管理委员会|党工委|$)")


@cache
def _town_in_title() -> re.Pattern[str]:
    return re.compile(r"[㐀-鿿]{1,8}?(?:镇|乡|街道)(?=(?:19|20)\d\d年?|关于)")


@cache
def _town() -> re.Pattern[str]:
    return re.compile(r"[㐀-鿿]{1,8}?(?:镇|乡|街道)(?:人民政府|政府|党委|党工委|办事处|办公室|$)")


_NAME = r"(?!关于|印发|全|各|我|本|该|省|市|县|区|州|中共|自治[区州县]|特别行政区)[㐀-鿿]"
_ACTS = r"(?=人民政府|政府|人民代表大会|人大|政协|委员会|委办|党委|(?:19|20)\d\d|[㐀-鿿]{1,12}?(?:局|委|办公室|厅)(?:$|[^㐀-鿿]))"
_LOOKS_LIKE_NAME = re.compile(
    rf"(?:中共|关于印发|关于)?(?P<name>(?:{_NAME}[㐀-鿿]{{1,7}}?(?:省|市|州|盟|地区))?{_NAME}[㐀-鿿]{{1,7}}?(?:自治县|[市区县旗州盟省])){_ACTS}"
)
_LOOKS_LIKE_PART = re.compile(rf"(?P<name>{_NAME}[㐀-鿿]{{1,5}}?[市区县旗]){_ACTS}")


def _unknown_name(text: str) -> re.Match[str] | None:
    """A name at the start of a passage that looks like a place's: 云溪市澄湖区人民政府."""
    return _no_word(_LOOKS_LIKE_NAME.match(text))


def _unknown_part(text: str) -> re.Match[str] | None:
    """The same after a known name: 枣庄市澄湖区人民政府."""
    return _no_word(_LOOKS_LIKE_PART.match(text))


def _no_word(match: re.Match[str] | None) -> re.Match[str] | None:
    words = place_words()
    return None if match and match["name"].endswith((*words["zones"], *words["no_places"])) else match
