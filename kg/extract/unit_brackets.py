"""Where running text says who owes a task: brackets behind it, labels without brackets, sentences that say nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.brackets import find_brackets, split_top
from kg.extract.duties import SELF, Duty, Scope, find_duties
from kg.extract.unit_lines import with_breaks
from kg.extract.unit_list import split_names
from kg.extract.unit_names import BULLETS, ends_like_unit
from kg.extract.unit_roles import LABELS, SAYS_LABEL, without_verb
from kg.extract.units import UnitList, find_units, gap_before, merged, says_time
from kg.model import Document
from kg.rules import pattern
from kg.text import Folded, fold

_OPEN_END = re.compile("等.{0,12}$")
_NAMED = re.compile("单位|部门|科室|处室|主体|时限|时间|期限|领导|责任人")
_NEGATED = re.compile("^(?:不|已|未)|不再由|不予|不得|已由|由.*负责的")
_DASHED = re.compile(rf"(?:^[{BULLETS}]{{1,3}}|(?<=[。；！）])-{{1,3}})(?P<who>[^-。]+)。?$")
_BRACKETS_ONLY = re.compile(r"(?:[（〔][^（）〔〕]*[）〕][，。；]*)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitBracket:
    """A stretch that says who owes what stands before it, or what its `scope` tells: [start, end) in the folded text."""

    start: int
    end: int
    units: UnitList
    scope: Scope = SELF


def find_unit_brackets(document: Document, folded: Folded) -> Iterator[UnitBracket]:
    """The brackets, labels and sentences that close a task; neighbours about the same are taken together."""
    held: UnitBracket | None = None
    for one in _all_closers(document, folded):
        if held is not None and held.scope == SELF == one.scope and not folded.text[held.end : one.start].strip("，。；、"):
            held = UnitBracket(start=held.start, end=one.end, units=merged(held.units, one.units))
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def find_note_units(document: Document, folded: Folded) -> list[UnitBracket]:
    """Who a note says owes what refers to it: also where it is but a list of units."""
    closers = [replace(one, scope=SELF) if one.scope.near else one for one in find_unit_brackets(document, folded)]
    bare = folded.trimmed("。；")
    if not closers and says_units(bare.text, "。") and not pattern("duties", "defines").search(bare.text):
        closers = [UnitBracket(start=0, end=len(folded.text), units=find_units(with_breaks(document, bare.whole)))]
    return [one for one in closers if one.units.assignments]


def _all_closers(document: Document, folded: Folded) -> list[UnitBracket]:
    duties = [_closed_by(folded, duty) for duty in find_duties(folded)]
    closers = [*duties]
    for start, end, inner in _closers(folded):
        if not any(duty.start < end and start < duty.end for duty in duties):
            units = find_units(with_breaks(document, inner.whole)) if inner.text else UnitList()
            closers.append(UnitBracket(start=start, end=end, units=units))
    return sorted(closers, key=lambda closer: closer.start)


def _closed_by(folded: Folded, duty: Duty) -> UnitBracket:
    """A duty as what closes a task; 上述工作 behind words of the same paragraph means those."""
    near = duty.scope.near and bool(folded.text[: duty.start].strip(BULLETS))
    return UnitBracket(start=duty.start, end=duty.end, units=duty.units, scope=SELF if near else duty.scope)


def _closers(folded: Folded) -> Iterator[tuple[int, int, Folded]]:
    """Each bracket or bare label line that speaks of units or of time: its stretch and its content."""
    after = 0
    for bracket in find_brackets(folded.text):
        inner = folded.part(bracket.inner, bracket.close)
        if says_units(inner.text, folded.text[: bracket.start], folded.text[bracket.end :], closed=bracket.closed):
            yield from _bare_labels(folded, after, bracket.start)
            yield bracket.start, bracket.end, inner
            after = bracket.end
    yield from _behind_dash(folded, after) or _bare_labels(folded, after, len(folded.text))


def _behind_dash(folded: Folded, start: int) -> list[tuple[int, int, Folded]]:
    """…。——甲局牵头，乙局配合: what stands behind the last dash of a paragraph, where a sentence ends before it; behind
    the dash or the bullet that a line begins with."""
    found = _DASHED.search(folded.text, start)
    inner = folded.part(*found.span("who")) if found else None
    if found is None or inner is None or not says_units(inner.text, folded.text[: found.start()]):
        return []
    return [(found.start(), len(folded.text), inner)]


def _bare_labels(folded: Folded, start: int, end: int) -> Iterator[tuple[int, int, Folded]]:
    """责任单位：… without a bracket, behind a full stop or at the start of the paragraph, to the end of the paragraph."""
    stretch = folded.text[start:end]
    if not SAYS_LABEL.search(stretch) or not _BRACKETS_ONLY.fullmatch(folded.text, end):
        return
    found = [match for rule in LABELS for match in pattern("units", rule).finditer(stretch)]
    for match in sorted(found, key=lambda match: match.start()):
        before = stretch[: match.start()]
        named = _NAMED.search(match.group())
        apart = named and (before.rstrip(BULLETS)[-1:] in "。；！？" or gap_before(folded, start + match.start()))
        if (not before.strip(BULLETS) or apart) and not (not before and start):
            yield start + match.start(), end, folded.part(start + match.start(), _before_lone_half(folded.text, start + match.start(), end))
            return


def _before_lone_half(text: str, start: int, end: int) -> int:
    """Where the words end, without the half of a bracket that opens nowhere: 责任单位：市公安局）。"""
    words = text[start:end].rstrip("。；")
    return start + len(words) - 1 if words.endswith("）") and words.count("（") < words.count("）") else end


def says_units(inner: str, before: str, after: str = "", *, closed: bool = True) -> bool:
    """Whether the content of a bracket says who owes the text before it; `after` is what stands behind the bracket."""
    if not inner or any(pattern("units", rule).fullmatch(f"〔{inner}〕") for rule in LABELS):
        return False
    labelled = _begins_with_label(inner)
    if labelled is not None:
        return labelled
    head = next(iter(inner[a:b] for a, b in split_top(inner, "。；")), "")
    phrases = [head[a:b] for a, b in split_top(head, "，")]
    phrases = [phrase for phrase in phrases if not pattern("units", "remark").fullmatch(phrase) and not says_time(phrase)]
    members = [without_verb(name) for phrase in phrases for name in split_names(fold(phrase))]
    if not members:
        return False
    if members[-1][1] is not None or (members[0][1] is not None and any(role for _, role in members)):
        whole = [ends_like_unit(_OPEN_END.sub("", name.text)) for name, _ in members if name.text]
        return bool(whole) and sum(whole) * 2 >= len(whole) and not _NEGATED.search("".join(phrases)[:40])
    return closed and _ends_sentence(inner, before, after) and _lists_units_only([name for name, _ in members]) and not _names_label(before)


def _begins_with_label(inner: str) -> bool | None:
    """Whether a label of units opens the bracket, a time before it or not; None where no label does."""
    for rule in ("label", "other_label", "ignored_label"):
        found = pattern("units", rule).search(inner)
        if found and (found.start() <= 1 or says_time(inner[: found.start()].strip("，；。"))):
            return rule != "ignored_label" or _names_label(inner)
    return None


def _names_label(text: str) -> bool:
    return bool(pattern("units", "label").search(text))


def _ends_sentence(inner: str, before: str, after: str) -> bool:
    """Whether a bare list can count: where a sentence ends, or the paragraph does and the list begins with the level of a place."""
    return bool(before) and (before[-1] in "。；！" or (not after.strip("。；") and inner[0] in "省市区县州各国"))


def _lists_units_only(names: Sequence[Folded]) -> bool:
    whole = [ends_like_unit(_OPEN_END.sub("", name.text)) for name in names if name.text]
    return bool(whole) and all(whole) and all(len(name.text) >= 3 for name in names)
