"""Who owes a task: lists of units with their roles, from a bracket, a line or a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.brackets import find_brackets, split_top
from kg.extract.unit_lines import with_breaks, without_marks
from kg.extract.unit_list import close_list, split_names
from kg.extract.unit_names import STARS, ends_like_unit, is_group
from kg.extract.unit_roles import LABELS, SAYS_LABEL, bare_bounds, label_role, without_verb
from kg.model import Assignment, Document, Role, Span
from kg.rules import load_rules, pattern
from kg.text import Folded

_AT = "于在"  # what may stand before a time
_LONGEST_LAST = 40  # characters of a unit with its verb
_SAYS_REMARK = re.compile("[下配简不均列排首第★☆▲△*#]")  # one of these is in every remark
_AFTER_TIME = re.compile(
    "(?:[各均]|分别)?(?:完成|办结)?(?:[，并且]{0,2}(?:长期|持续|常态化?)(?:坚持|推进|实施|开展|落实)*)?(?:.{0,4}|(?:取得|形成|实现|建成|达到|见到|出台|基本)[^、]{0,12})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitList:
    """The units of one list. `deadlines` are what the same bracket says of time."""

    assignments: tuple[Assignment, ...] = ()
    open_list: bool = False
    deadlines: tuple[Folded, ...] = ()
    remarks: tuple[Folded, ...] = ()  # what is said there of other tasks: 以下均需…落实，不再列出
    untold: bool = False  # no word says in which role: they are a heading


def read_units(document: Document, span: Span, default: Role = "responsible") -> UnitList:
    """The units that the text at `span` lists; units a line each are read apart."""
    return find_units(with_breaks(document, span), default)


def find_units(folded: Folded, default: Role = "responsible") -> UnitList:
    """The units in `folded`, whatever of labels and role words it has."""
    members: list[tuple[Folded, Role]] = []
    deadlines: list[Folded] = []
    remarks: list[Folded] = []
    open_list = False
    for role, segment in _segments(folded, default):
        if role is None:
            deadlines.append(segment)
            continue
        phrases = list(_parts(segment, "。；，"))
        deadlines += [phrase.trimmed(_AT) for phrase in phrases if says_time(phrase.text)]
        remarks += _remarks(phrases)
        for names, said in _clauses(segment):
            for name in names:
                kept, more = close_list(name)
                open_list = open_list or more
                members.extend((part, said or role) for part in kept)
    return UnitList(
        assignments=tuple(_once(_assignments(members))),
        open_list=open_list,
        deadlines=tuple(deadlines),
        remarks=tuple(remarks),
    )


def _time_first(segment: Folded) -> tuple[Folded, Folded]:
    """What stands behind a label of time: the time itself, and what follows it and is none."""
    bounds = list(split_top(segment.text, "；"))
    at = next((at for at, (a, b) in enumerate(bounds) if at and not says_time(segment.text[a:b])), len(bounds))
    cut = bounds[at][0] if at < len(bounds) else len(segment.text)
    return segment.part(0, cut).trimmed("；"), segment.part(cut, len(segment.text))


def _assignments(members: Sequence[tuple[Folded, Role]]) -> Iterator[Assignment]:
    """The units with their roles; a star that some of a list bear tells that they lead."""
    starred = [part.text[0] in STARS or part.text[-1] in STARS for part, _ in members]
    told_apart = any(starred) and not all(starred)
    for (part, role), star in zip(members, starred, strict=True):
        bare = part.trimmed(STARS) if star else part
        if bare.text:
            yield _assignment(bare, "lead" if star and told_apart else role)


def _assignment(name: Folded, role: Role) -> Assignment:
    printed = name.printed if "、" not in name.text else "".join(without_marks(name))
    return Assignment(name=printed, role=role, group=is_group(name.text), span=name.whole)


def _once(assignments: Iterable[Assignment]) -> Iterator[Assignment]:
    """Each unit of a role once, as it stands first."""
    seen = set()
    for assignment in assignments:
        if (assignment.name, assignment.role) not in seen:
            seen.add((assignment.name, assignment.role))
            yield assignment


def lead_first(assignments: Sequence[Assignment], rest: Role = "responsible") -> tuple[Assignment, ...]:
    """The list with its first unit leading, where the document says so and the list itself does not say otherwise."""
    if len(assignments) < 2 or any(one.role == "lead" for one in assignments) or assignments[0].role != "responsible":
        return tuple(assignments)
    first = assignments[0]
    others = [replace(one, role=rest) if one.role == "responsible" else one for one in assignments[1:]]
    return (replace(first, role="lead"), *others)


def merged(one: UnitList, other: UnitList) -> UnitList:
    """Two lists that stand one behind the other, as one."""
    return UnitList(
        assignments=one.assignments + other.assignments,
        open_list=one.open_list or other.open_list,
        deadlines=one.deadlines + other.deadlines,
        remarks=one.remarks + other.remarks,
    )


# --- labels: 牵头单位：…；责任单位：… -------------------------------------------------------------------


def _segments(folded: Folded, default: Role) -> Iterator[tuple[Role | None, Folded]]:
    """The stretches behind each label with the role that it gives, None behind a label of time."""
    marks: list[tuple[int, int, Role | None]] = []
    ignored = set()
    for rule in LABELS if SAYS_LABEL.search(folded.text) else ():
        for found in pattern("units", rule).finditer(folded.text):
            if _at_boundary(folded.text, found.start()) or gap_before(folded, found.start()):
                marks.append((found.start(), found.end(), label_role(found.group()) if rule == "label" else None))
                ignored |= {found.start()} if rule == "ignored_label" else set()
    marks.sort(key=lambda mark: mark[:2])
    first = marks[0][0] if marks else len(folded.text)
    if first > 1:  # one stray character in front of a label is a slip of the page break
        yield default, folded.part(0, first)
    for at, (mark, start, role) in enumerate(marks):
        end = marks[at + 1][0] if at + 1 < len(marks) else len(folded.text)
        part = folded.part(start, max(end, start))
        if mark in ignored:
            continue
        if role is not None:
            yield role, part
            continue
        said, rest = _time_first(part)
        yield None, said
        if rest.text:
            yield default, rest


def _at_boundary(text: str, at: int) -> bool:
    if at <= 1 or text[at - 1] in "，。；、：）〕|／/" or (text[at - 1] not in "各" and ends_like_unit(text[max(at - 6, 0) : at])):
        return True
    last = re.split("[，。；、：]", text[:at])[-1]
    start, end, role = bare_bounds(last)  # …、白芦镇配合完成时限：…; …9月底前责任单位：…
    return len(last) <= _LONGEST_LAST and (says_time(last) or (role is not None and ends_like_unit(last[start:end])))


def gap_before(folded: Folded, at: int) -> bool:
    """Whether white space is printed in front of a character."""
    return 0 < at < len(folded.text) and folded.offset(at) - folded.offset(at - 1) > 1


# --- clauses: 甲局、乙局牵头，丙局配合 ---------------------------------------------------------------------


def _clauses(segment: Folded) -> Iterator[tuple[list[Folded], Role | None]]:
    """The names of each clause with the role that its verb gives, None where it has no verb.

    Once a clause has given one, a clause without goes with the next: 甲局牵头，乙局，丙局配合.
    """
    said = False
    for sentence in _parts(segment, "。；"):
        pending: list[Folded] = []
        for part in _parts(sentence, "，"):
            if pending and not said:
                yield pending, None
                pending = []
            phrase = _without_remarks(part)
            if phrase is None or not phrase.text or says_time(phrase.text):
                continue
            for name in split_names(phrase):
                bare, role = without_verb(name)
                if bare.text:
                    pending.append(bare)
                if role is not None:
                    yield pending, (None if role == "neutral" else role)  # type: ignore[misc]
                    pending, said = [], True
            if pending and phrase.text.startswith("会同"):
                yield pending, "support"
                pending, said = [], True
        if pending:
            yield pending, None


def _parts(segment: Folded, separators: str) -> Iterator[Folded]:
    return (segment.part(start, end) for start, end in split_top(segment.text, separators) if end > start)


@lru_cache(maxsize=65536)
def says_time(phrase: str) -> bool:
    """A phrase that is a time, or several, not a unit: 6月底完成, 持续推进; 6月底前、11月底前各完成一次."""
    if "、" in phrase:
        return all(map(says_time, phrase.split("、")))
    phrase = phrase.lstrip(_AT)
    return not ends_like_unit(phrase) and any(
        rule.extra["where"] != "never" and (found := rule.regex.match(phrase)) is not None and _AFTER_TIME.fullmatch(phrase[found.end() :])
        for rule in load_rules("deadlines")
    )


def _remarks(phrases: Sequence[Folded]) -> list[Folded]:
    """The phrases that speak of the plan, neighbours as one: 以下各项均需…推进，不再单独列出."""
    remarks: list[Folded] = []
    for phrase in phrases:
        if _without_remarks(phrase) is None and not pattern("units", "first_leads").search(phrase.text):
            if remarks and phrase.whole.start - remarks[-1].whole.end <= 1:
                comma = Folded("，", "，", [remarks[-1].whole.end])
                remarks[-1] = Folded.joined([remarks[-1], comma, phrase])
            else:
                remarks.append(phrase)
    return remarks


def _without_remarks(phrase: Folded) -> Folded | None:
    """The phrase without brackets that speak of the plan; None where the whole phrase does."""
    if not _SAYS_REMARK.search(phrase.text):
        return phrase
    for bracket in find_brackets(phrase.text, "（〔〈"):
        if pattern("units", "remark").fullmatch(phrase.text[bracket.inner : bracket.close]):
            return _without_remarks(Folded.joined([phrase.part(0, bracket.start), phrase.part(bracket.end, len(phrase.text))]))
    outside = phrase.text
    for bracket in find_brackets(phrase.text, "（〔〈"):
        outside = outside.replace(phrase.text[bracket.start : bracket.end], "")
    if pattern("units", "remark").fullmatch(outside):
        return None
    return phrase
