"""Sentences that say who owes something: 此项工作由…牵头，…配合。 and of which items: 以上1—5项由…负责。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from kg.extract.brackets import find_brackets, split_top
from kg.extract.unit_list import split_names
from kg.extract.unit_names import BULLETS, ends_like_unit, is_group
from kg.extract.unit_roles import LABELS, without_verb
from kg.extract.units import UnitList, find_units, says_time
from kg.rules import load_rules, pattern
from kg.text import Folded, key, to_ordinal

Where = Literal["self", "before", "after", "part", "any"]
Number = tuple[int, ...]  # (3,) of 3, (1, 3) of 1.3

_MAY_SAY = re.compile(
    "由|归口|请|责成|委托|(?:负责|牵头|配合|承担|落实|实施)[^，。；]{1,24}[项条款]|为(?:牵头|责任|主办|主责)"
    "|(?:单位|部门|[科处股]室|主体|机构)[：为是]|(?:牵头|责任|配合|领导)[：为]"
)
_BY = re.compile("[均都全统一并分别拟原则上具体主要]*(?:交?由|归口|明确由|请|责成|委托)")
_LABEL_VERB = re.compile("(?<=[位门室体构])[为是](?!牵头|第)|(?<=领导)[为是]")
_OPEN_END = re.compile("等.{0,12}$")
_KEPT_BY = re.compile("(?:归口)?管理$")
_EACH = re.compile("[各几全均都多]|所[列有]")
_TIME_FIRST = re.compile("[于在\\d年上下]")
_RANGE = re.compile("[-~～至到]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which items a duty is about: all on one side of it, those with the printed `numbers`, or the nearest `count`."""

    where: Where
    numbers: tuple[tuple[Number, Number], ...] = ()
    count: int | None = None
    each: bool = False  # 各项, 均: more than one item is meant
    articles: bool = False  # 第三条: the numbers are those of articles
    bracketed: bool = False  # （三）项
    chapter: bool = False  # 本章, not 本节

    def names(self, number: Number) -> bool:
        """Whether the numbers of the scope take in this one."""
        return any(len(low) == len(number) and low[:-1] == number[:-1] and low <= number <= high for low, high in self.numbers)

    def counts(self) -> int:
        """How many numbers it names."""
        return sum(high[-1] - low[-1] + 1 for low, high in self.numbers if low and high)

    @property
    def near(self) -> bool:
        """Whether it may mean the words right before it in its own paragraph: 上述工作."""
        return self.where == "self" or (self.where == "before" and not self.numbers and not self.count and not self.each)


SELF = Scope(where="self")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who owes what `scope` tells, said at [start, end) of the folded text."""

    start: int
    end: int
    scope: Scope
    units: UnitList


def find_duties(folded: Folded) -> list[Duty]:
    """The sentences that say nothing but who owes what, and the brackets that say so of other items, in order."""
    if not _MAY_SAY.search(folded.text):
        return []
    duties = list(_in_brackets(folded))
    for start, end in split_top(folded.text, "。！"):
        if _MAY_SAY.search(folded.text, start, end):
            duties += _in_sentence(folded, start, end)
    return sorted(duties, key=lambda duty: duty.start)


def find_heading_units(heading: Folded) -> UnitList | None:
    """Who owes all that stands under a heading, where that is what it says: 一、由市水利局牵头的任务."""
    found = pattern("duties", "heading").fullmatch(heading.text)
    who = heading.part(*found.span("who")) if found else None
    if who is None or not _says_units(who):
        return None
    units = find_units(who)
    return units if all(ends_like_unit(one.name) or one.group for one in units.assignments) else None


def opens_duty(text: str) -> bool:
    """A line that begins with 以上各项由, 此项工作由 or their like: what stands above it is a task, however short."""
    found = _opening(text.lstrip("（〔" + BULLETS))
    return found is not None and found.scope.where in {"self", "before", "any"}


def _in_brackets(folded: Folded) -> Iterator[Duty]:
    """The brackets that speak of more than the words in front of them."""
    for bracket in find_brackets(folded.text):
        found = list(_in_sentence(folded, bracket.inner, bracket.close))
        if found and found[0].start == bracket.inner and not any(duty.scope.near for duty in found):
            yield replace(found[0], start=bracket.start, end=found[0].end if len(found) > 1 else bracket.end)
            yield from found[1:-1]
            if len(found) > 1:
                yield replace(found[-1], end=bracket.end)


# --- one sentence ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Claim:
    """A duty as it is read, phrase by phrase."""

    start: int
    units: int  # where its units begin
    scope: Scope
    named: int  # where they end
    end: int
    said: bool  # whether a verb or a label has given a role
    asked: bool  # 请, 责成


def _in_sentence(folded: Folded, start: int, end: int) -> Iterator[Duty]:
    """The duties of a sentence, one behind the other up to its end: 1、2项由甲局牵头，3项由乙局牵头，丙局配合."""
    claims: list[_Claim] = []
    first, last = True, start + len(folded.text[start:end].rstrip("："))
    for a, b in _phrases(folded.text, start, last):
        phrase = folded.part(a, b)
        asked = bool(pattern("duties", "asks").match(phrase.text))
        claim = _claim(phrase, a, bare=first or asked, again=bool(claims))
        first = first and not phrase.text.strip(BULLETS)
        if claim:
            claims.append(claim)
        elif claims and (said := _goes_on(phrase)) is not None:
            before = claims[-1]
            before.end, before.said = b, before.said or said or (before.asked and _is_done(phrase.text))
            before.named = before.named if _is_wish(phrase.text) else b
        else:
            claims = []
    for at, claim in enumerate(claims):
        if claim.said and not (claim.asked and _asks_nobody(folded, claim)):
            following = claims[at + 1].start if at + 1 < len(claims) else end + (folded.text[end : end + 1] in {"。", "！"})
            units = find_units(_as_labels(_timed_apart(folded.part(claim.units, claim.named))))
            yield Duty(start=claim.start, end=following, scope=claim.scope, units=units)


def _phrases(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The phrases of a sentence; 以上5项任务，由甲局牵头 is one."""
    bounds = [(start + a, start + b) for a, b in split_top(text[start:end], "；，")]
    at = 0
    while at < len(bounds):
        a, b = bounds[at]
        following = bounds[at + 1][1] if at + 1 < len(bounds) else b
        whole = _opening(text[a:following].lstrip(BULLETS)) if _BY.match(text, b + 1, following) else None
        joined = whole is not None and whole.begin + a > b
        stop = following if joined else b
        yield from pairwise([a, *(a + cut for cut in _cuts(text[a:stop])), stop])
        at += 2 if joined else 1


def _cuts(phrase: str) -> list[int]:
    """Where a phrase that names units goes on with by when, and then with whom to tell: 请甲局｜于6月底前｜将情况报市政府."""
    timed = pattern("duties", "timed").search(phrase)
    if not timed and not _TIME_FIRST.match(phrase):
        return []
    start = timed.start() if timed else 0
    told = pattern("duties", "reported").search(phrase, start)
    return [*([start] if start else []), *([told.start()] if told else [])]


def _timed_apart(folded: Folded) -> Folded:
    """The text with a comma where a phrase is cut."""
    parts, start = [], 0
    for a, b in split_top(folded.text, "；，。"):
        for cut in _cuts(folded.text[a:b]):
            parts += [folded.part(start, a + cut), Folded("，", "，", folded.places, folded.first + a + cut)]
            start = a + cut
    return Folded.joined([*parts, folded.part(start, len(folded.text))]) if parts else folded


def _is_done(phrase: str) -> bool:
    """Whether a phrase says that something is done by then: 于6月10日前办结."""
    return bool(pattern("duties", "is_done").search(phrase)) and says_time(phrase)


def _asks_nobody(folded: Folded, claim: _Claim) -> bool:
    """Whether a letter asks nobody by name: 请各责任单位抓好落实; or only to support; or, where no sentence ends before it,
    only a collective."""
    units = find_units(_as_labels(_timed_apart(folded.part(claim.units, claim.named))))
    behind = folded.text[: claim.start].endswith(("。", "！"))
    named = [one for one in units.assignments if ends_like_unit(key(one.name)) and not is_vague(one.name) and (behind or not one.group)]
    return not any(one.role != "support" for one in named)


def is_vague(name: str) -> bool:
    """Whether a name is nobody's: 各责任单位."""
    return bool(pattern("duties", "vague").fullmatch(name))


def _claim(phrase: Folded, at: int, *, bare: bool, again: bool) -> _Claim | None:
    """The duty that a phrase at `at` opens, `again` where another stands before it; `bare`: it need not say what it is about."""
    lead = len(phrase.text) - len(phrase.text.lstrip(BULLETS))
    found = _opening(phrase.text[lead:], bare=bare, again=again)
    if found is None or pattern("units", "first_leads").search(phrase.text):
        return None
    begin, stop = lead + found.begin, lead + found.end
    said = _says_units(phrase.part(begin, stop))
    if said is None:
        return None
    said = said or "归口" in phrase.text[:begin]
    asked = bool(pattern("duties", "asks").match(phrase.text[lead:])) or phrase.text[:begin].endswith(("请", "责成", "委托"))
    return _Claim(start=at, units=at + begin, scope=found.scope, named=at + stop, end=at + len(phrase.text), said=said, asked=asked)


@dataclass(frozen=True, slots=True)
class _Opening:
    """What a duty is about, and where in its phrase the units stand."""

    scope: Scope
    begin: int
    end: int


def _opening(text: str, *, bare: bool = False, again: bool = False) -> _Opening | None:
    """How the duty that a text opens with is put; None where it opens with none."""
    for rule in load_rules("duties"):
        where = rule.extra.get("where")
        found = getattr(rule.regex, rule.use)(text) if where and (bare or rule.name != "bare") else None
        scope = _scope(where, found, again=again) if where and found else None
        if found and scope:
            begin, end = found.span("who") if "who" in found.re.groupindex else (found.end(), len(text))
            return _Opening(scope, begin, end)
    return None


def _says_units(phrase: Folded) -> bool | None:
    """Whether a phrase of nothing but units gives them a role; None where it is no such phrase."""
    labelled = _as_labels(phrase)
    label = next((found for rule in LABELS if (found := pattern("units", rule).match(labelled.text))), None)
    if label and label.re is pattern("units", "ignored_label"):
        return False
    members = [without_verb(name) for name in split_names(labelled.part(label.end() if label else 0, len(labelled.text)))]
    names = [_KEPT_BY.sub("", _OPEN_END.sub("", name.text)) for name, _ in members if name.text]
    whole = sum(ends_like_unit(name) or is_group(name) for name in names)
    if not names or whole * 2 < len(names):
        return None
    return bool(label) or any(role for _, role in members)


def _goes_on(phrase: Folded) -> bool | None:
    """Whether a phrase that goes on with a duty gives a role; None where it asks for something of its own."""
    if says_time(phrase.text) or _is_wish(phrase.text) or pattern("units", "remark").fullmatch(phrase.text):
        return False
    return _says_units(phrase)


def _is_wish(phrase: str) -> bool:
    """A phrase behind the units that asks for nothing more: 确保按期完成."""
    return bool(pattern("duties", "goes_on").fullmatch(phrase))


def _as_labels(phrase: Folded) -> Folded:
    """The phrase with 责任单位为 as the label 责任单位：, and without the 管理 of 归口…管理."""
    text = _LABEL_VERB.sub("：", phrase.text)
    end = len(text) - (2 if _KEPT_BY.search(text) else 0)
    return Folded(text, phrase.printed, phrase.places, phrase.first).part(0, end)


# --- what it is about ---------------------------------------------------------------------------------------


def _scope(where: Where, found: re.Match[str], *, again: bool) -> Scope | None:
    """The scope that the words before the units tell; None where a number among them counts nothing.

    `again`: a lone 3项 goes on with the numbers of the duty before: 1、2项由甲局负责，3项由乙局负责.
    """
    if where == "self":
        return SELF
    if where == "part":
        return Scope(where=where, each=True, chapter="章" in found.group())
    printed = found["numbers"] or ""
    side: Where = where
    if where == "any":
        side = next((side for side in ("before", "after", "part") if found[side]), "any")
    each = bool(_EACH.search(found.group()))
    if not printed:
        return Scope(where=side, each=each, count=1 if re.match("前[^述列]|上一?[项条款]", found.group()) else None)
    alone = pattern("duties", "one").fullmatch(printed.strip("项条款点件类目"))
    if alone and not (again and side == "any") and not printed.startswith(("第", "（")) and not "①" <= printed[0] <= "⑳":
        count = to_ordinal(alone["one"]) if side in {"before", "after"} else None
        return Scope(where=side, count=count, each=True, chapter="章" in found.group()) if count or side == "part" else None
    articles, bracketed, chapter = "条" in printed, "（" in printed, "章" in found.group()
    return Scope(where=side, numbers=_numbers(printed), each=each, articles=articles, bracketed=bracketed, chapter=chapter)


def _numbers(printed: str) -> tuple[tuple[Number, Number], ...]:
    """The stretches of numbers that are listed: 第1、3至5项 are 1 to 1 and 3 to 5."""
    stretches: list[tuple[Number, Number]] = []
    end = 0
    for found in pattern("duties", "one").finditer(printed):
        number = to_numbers(found["one"])
        if stretches and _RANGE.search(printed[end : found.start()]):
            stretches[-1] = (stretches[-1][0], number)
        else:
            stretches.append((number, number))
        end = found.end()
    return tuple(stretches)


def to_numbers(printed: str) -> Number:
    """The value of each step of a printed number; none where it has no value."""
    steps = [to_ordinal(step) for step in re.split("[.．]", printed.strip("第条（）、"))]
    return tuple(step for step in steps if step is not None) if None not in steps else ()
