"""The outline of a text: which paragraphs are headings, what number each prints, what stands over what."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kg.extract.duties import SELF, Scope, find_heading_units, opens_duty
from kg.extract.gap_labels import fold_labelled
from kg.extract.unit_brackets import UnitBracket, find_note_units, find_unit_brackets
from kg.extract.unit_headings import Line, find_addressed, find_unit_headings, leading
from kg.extract.unit_names import BULLETS
from kg.extract.unit_roles import LABELS
from kg.extract.units import UnitList, merged
from kg.model import Document, Paragraph, Section, Span
from kg.rules import load_rules, pattern
from kg.text import Folded, fold, to_ordinal

_MARKS = ("chapter", "article", "han_comma", "han_bracket", "arabic_multi", "arabic_dot", "arabic_bracket", "circled")
_LONGEST_HEADING = 60
_SHORTEST_OPENED = 6  # characters behind the bracket at the head of an item
_PART = Scope(where="part", each=True)
_STOP = re.compile("[。！？；]")
_BARE_NUMBER = re.compile(r"(?:(?:PART|Part|part)\W*)?\d{1,2}")
_LIST_STOP = re.compile("[。！？；，、：](?=[（\\d一二三四五六七八九十①-⑳⑴-⒇])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed number: its form, its value, and where the words behind it begin in the folded paragraph."""

    form: str
    value: int | None
    printed: str
    end: int
    counts_on: bool = False  # behind the last of its form, over the heading between them: 5. under 三、 where 二、 ended with 4.

    @property
    def step(self) -> str:
        """The form, and how many numbers it has where these are more than two: 1.1.1 stands under 1.1."""
        steps = len(re.findall(r"\d+", self.printed)) if self.form == "arabic_multi" else 0
        return f"{self.form}{steps}" if steps > 2 else self.form


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph as the outline sees it, or the part of one; its `charge` is where it says who owes items elsewhere."""

    paragraph: Paragraph
    folded: Folded
    mark: Mark | None
    heading: bool
    closers: tuple[UnitBracket, ...]  # where it says who owes what stands before
    charge: UnitBracket | None = None

    @property
    def text(self) -> str:
        return self.folded.text

    @property
    def body(self) -> Folded:
        """The words behind the printed number."""
        return self.folded.part(self.mark.end if self.mark else 0, len(self.folded.text))

    @property
    def title_length(self) -> int | None:
        """How many characters of a heading stand before the bracket that says who owes what is under it; None without one."""
        return self.charge.start if self.mark and self.charge and self.charge.start > self.mark.end else None


Row = tuple[Paragraph, Folded, Mark | None]  # a paragraph with its number


def find_mark(text: str) -> Mark | None:
    """The printed number that a folded paragraph begins with."""
    for rule in load_rules("outline"):
        if rule.name not in _MARKS:
            continue
        found = rule.regex.match(text)
        if found:
            at = found.start("heading")
            return Mark(rule.name, to_ordinal(found.group("number")), text[:at].rstrip("、.．"), at)
    return None


def opens_list(text: str, mark: Mark, lines: Iterable[int] = ()) -> bool:
    """Whether the number that a text begins with is the first of several in it: ①…；②…. `lines`: where a printed line begins."""
    if mark.value is None:
        return True
    return any(
        (following := find_mark(text[start:])) is not None and following.form == mark.form and following.value == mark.value + 1
        for start in (*(found.end() for found in _LIST_STOP.finditer(text)), *lines)
    )


def read_entries(document: Document, paragraphs: Iterable[Paragraph], plain: Collection[Span] = ()) -> list[Entry]:
    """Each paragraph with its number, and whether it is a heading; `plain`: those that are headings by their place."""
    folded = [(paragraph, fold_labelled(document, paragraph.span)) for paragraph in paragraphs]
    notes = {paragraph.span: found for paragraph, text in folded if paragraph.note and (found := find_note_units(document, text))}
    shown = [(paragraph, text) for paragraph, text in folded if text.text and (paragraph.span in notes or not paragraph.note)]
    rows = _counted_on([(paragraph, text, None if paragraph.note else find_mark(text.text)) for paragraph, text in shown])
    labels = _labels_over_items(document, rows)
    headed = find_unit_headings(_lines(rows))
    addressed = find_addressed([text.part(mark.end, len(text.text)) if mark else None for _, text, mark in rows])
    entries: list[Entry] = []
    for at, (paragraph, text, mark) in enumerate(rows):
        if paragraph.note:
            entries += _cut(Entry(paragraph, text, None, heading=False, closers=_note(notes[paragraph.span], entries)))
        elif at in labels:
            closers = tuple(replace(closer, scope=_PART) for closer in find_unit_brackets(document, text))
            entries += _cut(Entry(paragraph, text, None, heading=False, closers=closers))
        else:
            following = rows[at + 1] if at + 1 < len(rows) else None
            heading = at + 1 in labels or at in headed or paragraph.span in plain or _is_heading(paragraph, text.text, mark, following)
            entry = _opened_by_bracket(_entry(document, rows[at], following, heading=heading, units=headed.get(at)), entries)
            entries += _cut(_addressed(entry, *addressed[at]) if at in addressed else entry)
    leads = headed and pattern("units", "headings_lead").search(fold(document.text).text)
    return _with_leads(entries) if leads else entries


def _addressed(entry: Entry, begin: int, units: UnitList) -> Entry:
    """The item without the units that it begins with, which owe it beside those that it names behind its words."""
    if entry.heading or entry.mark is None:
        return entry
    end = len(entry.text)
    last = entry.closers[-1] if entry.closers else UnitBracket(start=end, end=end, units=UnitList())
    closers = (*entry.closers[:-1], replace(last, units=merged(units, last.units)))
    return replace(entry, mark=replace(entry.mark, end=entry.mark.end + begin), closers=closers)


def _with_leads(entries: list[Entry]) -> list[Entry]:
    """The entries, with the headings that are but units leading."""
    return [
        replace(entry, charge=replace(entry.charge, units=leading(entry.charge.units)))
        if entry.charge and entry.charge.units.untold
        else entry
        for entry in entries
    ]


def _opened_by_bracket(entry: Entry, before: Sequence[Entry]) -> Entry:
    """The item without the bracket at its head that says who owes it (1.【市水利局牵头】编制规划。); a paragraph without a number may
    begin so too where what stands before it is a heading, or has its own units."""
    begin = entry.mark.end if entry.mark else 0
    first, *others = entry.closers or (None,)
    if entry.heading or first is None or first.scope != SELF or not first.units.assignments or len(others) > 1:
        return entry
    stop = others[0].start if others else len(entry.text)
    start = stop - len(entry.text[first.end : stop].lstrip("，。：；、"))
    if first.start != begin or entry.text[begin] not in "（〔" or stop - start < _SHORTEST_OPENED:
        return entry
    if entry.mark is None and not (before and (before[-1].heading or _has_units(before[-1]))):
        return entry
    last = others[0] if others else UnitBracket(start=stop, end=stop, units=UnitList())
    closer = replace(last, units=merged(first.units, last.units))
    if entry.mark:
        return replace(entry, mark=replace(entry.mark, end=start), closers=(closer,))
    closer = replace(closer, start=closer.start - start, end=closer.end - start)
    return replace(entry, folded=entry.folded.part(start, len(entry.text)), closers=(closer,))


def _has_units(entry: Entry) -> bool:
    return any(closer.units.assignments for closer in entry.closers)


def _lines(rows: Sequence[Row]) -> list[Line]:
    """The rows as they are looked through for units that are headings."""
    below = [*(row[2] for row in rows[1:]), None]
    return [
        Line(
            body=text.part(mark.end if mark else 0, len(text.text)),
            form=mark.form if mark else "",
            over_items=under is not None and (_goes_deeper(mark, under) if mark else under.value == 1 or under.counts_on),
        )
        for (_, text, mark), under in zip(rows, below, strict=True)
    ]


def _counted_on(rows: Iterable[Row]) -> list[Row]:
    """The rows, with every number that goes on counting under a new heading told from one that only follows."""
    counted: list[Row] = []
    last: dict[str, int | None] = {}
    ended: set[str] = set()  # the forms over which a heading has stood since
    for paragraph, text, mark in rows:
        if mark:
            on = mark.form in ended and mark.value is not None and last[mark.form] == mark.value - 1
            counted.append((paragraph, text, replace(mark, counts_on=on)))
            ended = {*(ended - {mark.form}), *(form for form in last if _stands_over(mark.form, form))}
            last[mark.form] = mark.value
        else:
            counted.append((paragraph, text, mark))
    return counted


def _stands_over(form: str, other: str) -> bool:
    """Whether a number of this form parts those of the other: （二） does the 1. above and below it, 1.2 does not."""
    return _MARKS.index(other) > _MARKS.index(form) and (form, other) != ("arabic_multi", "arabic_dot")


def _entry(document: Document, row: Row, following: Row | None, *, heading: bool, units: UnitList | None) -> Entry:
    """A paragraph with who it says owes what: a heading what is under it, other text what stands before; `units` are what it is itself."""
    paragraph, text, mark = row
    if heading:
        own = UnitBracket(start=len(text.text), end=len(text.text), units=units, scope=_PART) if units else None
        return Entry(paragraph, text, mark, heading, (), own or _over(text, mark))
    closers = tuple(find_unit_brackets(document, text))
    charge = _over_items(row, closers, following)
    return Entry(paragraph, text, mark, True, (), charge) if charge else Entry(paragraph, text, mark, heading, closers)


def _labels_over_items(document: Document, rows: Sequence[Row]) -> frozenset[int]:
    """The lines that say nothing but who and when between a heading and the items that count themselves under it."""
    found: set[int] = set()
    for at, (paragraph, text, mark) in enumerate(rows):
        labels = list(takewhile(bool, (_label(document, row) for row in rows[at + 1 :]))) if mark else []
        below = rows[at + 1 + len(labels)] if at + 1 + len(labels) < len(rows) else None
        if not any(label and label.units.assignments for label in labels) or mark is None or below is None or below[2] is None:
            continue
        if _goes_deeper(mark, below[2]) and _is_heading(paragraph, text.text, mark, below):
            found.update(range(at + 1, at + 1 + len(labels)))
    return frozenset(found)


def _label(document: Document, row: Row) -> UnitBracket | None:
    """What a line says that says nothing but who or when; None of any other."""
    paragraph, text, mark = row
    bare = text.text.lstrip(BULLETS)
    begins = bare.startswith(("（", "〔")) or opens_duty(bare) or any(pattern("units", rule).match(bare) for rule in LABELS)
    if mark or paragraph.note or not begins:
        return None
    closers = list(find_unit_brackets(document, text))
    whole = (
        len(closers) == 1
        and closers[0].scope == SELF
        and closers[0].start <= len(text.text) - len(bare) + 1
        and closers[0].end >= len(text.text) - 1
    )
    return closers[0] if whole else None


def _over(text: Folded, mark: Mark | None) -> UnitBracket | None:
    """Who a heading says owes what stands under it."""
    start = mark.end if mark else 0
    units = find_heading_units(text.part(start, len(text.text)))
    return UnitBracket(start=start, end=len(text.text), units=units, scope=_PART) if units else None


def _over_items(row: Row, closers: Sequence[UnitBracket], following: Row | None) -> UnitBracket | None:
    """Who the bracket at the end of a heading, or at its head, says owes the items that count themselves under it; None where it is
    no such heading."""
    paragraph, text, mark = row
    if mark is None or following is None or following[2] is None or len(closers) != 1 or not closers[0].units.assignments:
        return None
    closer = closers[0]
    behind = text.text[closer.end :].strip("。")
    title = text.text[: closer.start] + (behind if closer.start == mark.end else "")
    last = closer.scope == SELF and (not behind or closer.start == mark.end)
    titled = last and _goes_deeper(mark, following[2]) and _is_heading(paragraph, title, mark, following)
    return replace(closer, scope=_PART) if titled else None


def _note(closers: Sequence[UnitBracket], before: Sequence[Entry]) -> tuple[UnitBracket, ...]:
    """Who the note of a paragraph names; that of a heading is about all that stands under it."""
    over = bool(before) and before[-1].heading
    return tuple(replace(closer, scope=_PART) if over and closer.scope == SELF else closer for closer in closers)


def _cut(entry: Entry) -> Iterator[Entry]:
    """The paragraph cut where it says who owes other items: 5.…。以上1—5项由甲局牵头。"""
    at = 0
    for closer in entry.closers:
        if closer.scope != SELF:
            yield from _piece(entry, at, closer.start)
            yield Entry(entry.paragraph, entry.folded.part(closer.start, closer.end), None, heading=False, closers=(), charge=closer)
            at = closer.end
    yield from [entry] if not at else _piece(entry, at, len(entry.text))


def _piece(entry: Entry, start: int, end: int) -> Iterator[Entry]:
    if not entry.text[start:end].strip("，。；、" + BULLETS):
        return
    inside = [closer for closer in entry.closers if start <= closer.start and closer.end <= end]
    closers = tuple(replace(closer, start=closer.start - start, end=closer.end - start) for closer in inside)
    yield Entry(entry.paragraph, entry.folded.part(start, end), None if start else entry.mark, heading=False, closers=closers)


def _is_heading(paragraph: Paragraph, text: str, mark: Mark | None, following: Row | None) -> bool:
    """A short line without a sentence: numbered, or one that the file itself styles as a heading."""
    body = text[mark.end :] if mark else text
    if not body or len(body) > _LONGEST_HEADING or _STOP.search(body.rstrip("。")) or body.endswith(("：", "；")):
        return False
    if re.search("[（〔].*(?:单位|部门|负责|牵头)", body) or (following is not None and says_who(following[1].text)):
        return False
    if mark is None:
        return following is not None and not body.endswith("。") and (paragraph.level > 0 or _counts_over(body, following[2]))
    if mark.form in {"chapter", "han_comma", "han_bracket"}:
        return not body.endswith("。") or len(body) <= 30
    if ("，" in body and len(body) > 30) or mark.form == "article":
        return False
    if body.endswith(("。", ".")):
        return len(body) <= 30 and following is not None and following[2] is not None and _goes_deeper(mark, following[2])
    return following is not None and _goes_deeper(mark, following[2]) and len(following[1].text) > len(body)


def says_who(text: str) -> bool:
    """A line that begins with 责任单位： or its like: what stands above it is a task, however short."""
    bare = text.lstrip(BULLETS)
    return any(pattern("units", rule).match(bare) for rule in ("label", "ignored_label")) or opens_duty(text)


def _goes_deeper(mark: Mark, following: Mark | None) -> bool:
    """A numbered short line is a heading only over text without a number or with numbers of another form."""
    if following is None:
        return True
    if mark.form in {"arabic_dot", "arabic_multi"} and following.form == "arabic_multi":
        return following.printed == f"{mark.printed}.1"
    return _MARKS.index(following.form) > _MARKS.index(mark.form) and (following.value == 1 or following.counts_on)


def rank(entry: Entry) -> int:
    """How deep the number or the style of an entry puts it: the higher the deeper."""
    return _MARKS.index(entry.mark.form) if entry.mark else entry.paragraph.level - len(_MARKS)


def _counts_over(text: str, following: Mark | None) -> bool:
    """Whether a line begins with the number that the one below it counts under: 1 压实责任 over 1.1."""
    number = following.printed.removesuffix(".1") if following and following.form == "arabic_multi" else ""
    return number.isdigit() and bool(re.match(rf"{number}(?![\d.])", text))


class Stack:
    """The headings that hold at a point of the text."""

    def __init__(self) -> None:
        self._held: list[tuple[str, Section]] = []

    @property
    def path(self) -> tuple[Section, ...]:
        return tuple(section for _, section in self._held)

    def clear(self) -> None:
        self._held.clear()

    def push(self, entry: Entry, document: Document, length: int | None = None) -> Section:
        """The section that a heading opens; `length` characters of a paragraph are its heading where text runs on behind it."""
        form = entry.mark.step if entry.mark else f"level{entry.paragraph.level}"
        span = entry.paragraph.span if length is None else entry.folded.span(0, length)
        if entry.mark and stands_apart(entry, document):
            span = Span(entry.folded.offset(entry.mark.end), span.end)
        self.close(form)
        section = Section(
            heading=tidy(document.quote(span)), level=len(self._held) + 1, span=span, number=entry.mark.printed if entry.mark else ""
        )
        self._held.append((form, section))
        return section

    def close(self, form: str) -> None:
        """End the sections that a heading of this form ends: its own and those below it."""
        forms = [held for held, _ in self._held]
        if form in forms:
            del self._held[forms.index(form) :]
        elif (bare := form.rstrip("0123456789")) in _MARKS:
            rank = _MARKS.index("arabic_dot" if bare == "arabic_multi" else bare)  # 1.1 stands under 1. as well as over it
            while self._held and self._held[-1][0] in _MARKS and _MARKS.index(self._held[-1][0]) > rank:
                self._held.pop()


def stands_apart(entry: Entry, document: Document) -> bool:
    """Whether the number of a paragraph has a line of its own, bare or behind PART: it counts the words, and is none of them."""
    first = next(document.pieces_of(entry.paragraph.span), None)
    if first is None or entry.mark is None or entry.mark.end >= len(entry.text) or first.span.end > entry.folded.offset(entry.mark.end):
        return False
    return bool(_BARE_NUMBER.fullmatch(document.quote(first.span)))


def tidy(text: str) -> str:
    """Printed words on one line, without the blanks that fill a line."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", re.sub(r"\s+", " ", text)).strip()


def run_in_length(entry: Entry) -> int | None:
    """How long the run-in title of a numbered paragraph is, its stop left out; None where it has none."""
    stop = entry.text.find("。")
    body = entry.mark.end if entry.mark else 0
    if entry.mark is None or stop < 0 or stop - body > 40 or stop == len(entry.text) - 1:
        return None
    return stop if not re.search("[，；：]", entry.text[body:stop]) or stop - body <= 30 else None


def missing_numbers(values: Sequence[int]) -> tuple[list[int], list[int]]:
    """Numbers that a run 1, 2, 3 … leaves out, and numbers that it has twice."""
    seen: set[int] = set()
    doubled = []
    for value in values:
        if value in seen:
            doubled.append(value)
        seen.add(value)
    gaps = [value for value in range(1, max(seen, default=0) + 1) if value not in seen]
    return gaps, doubled
