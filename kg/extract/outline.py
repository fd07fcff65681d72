"""The outline of a text: which paragraphs are headings, what number each prints, what stands over what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.unit_brackets import UnitBracket, find_unit_brackets
from kg.model import Document, Paragraph, Section
from kg.rules import load_rules, pattern
from kg.text import Folded, fold, to_number

_MARKS = ("chapter", "article", "han_comma", "han_bracket", "arabic_multi", "arabic_dot", "arabic_bracket", "circled")
_LONGEST_HEADING = 60
_STOP = re.compile("[。！？；]")
_LIST_STOP = re.compile("[。！？；，、：](?=[（\\d一二三四五六七八九十①-⑳⑴-⒇])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed number: its form, its value, and where the words behind it begin in the folded paragraph."""

    form: str
    value: int | None
    printed: str
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph as the outline sees it."""

    paragraph: Paragraph
    folded: Folded
    mark: Mark | None
    heading: bool
    closers: tuple[UnitBracket, ...]  # where it says who owes what stands before

    @property
    def text(self) -> str:
        return self.folded.text

    @property
    def body(self) -> Folded:
        """The words behind the printed number."""
        return self.folded.part(self.mark.end if self.mark else 0, len(self.folded.text))


def find_mark(text: str) -> Mark | None:
    """The printed number that a folded paragraph begins with."""
    for rule in load_rules("outline"):
        if rule.name not in _MARKS:
            continue
        found = rule.regex.match(text)
        if found:
            at = found.start("heading")
            return Mark(rule.name, _value(found.group("number")), text[:at].rstrip("、.．"), at)
    return None


def opens_list(text: str, mark: Mark) -> bool:
    """Whether the number that a text begins with is the first of several in it: ①…；②…."""
    if mark.value is None:
        return True
    return any(
        (following := find_mark(text[start:])) is not None and following.form == mark.form and following.value == mark.value + 1
        for start in (found.end() for found in _LIST_STOP.finditer(text))
    )


def _value(number: str) -> int | None:
    """The value of a printed number, of ① and ㈠ too."""
    if len(number) == 1 and not number.isascii() and (sign := unicodedata.numeric(number, 0)):
        return int(sign)
    return to_number(number)


def read_entries(document: Document, paragraphs: Iterable[Paragraph]) -> list[Entry]:
    """Each paragraph with its number, and whether it is a heading."""
    folded = [(paragraph, fold(document.quote(paragraph.span), paragraph.span.start)) for paragraph in paragraphs]
    rows = [(paragraph, text, find_mark(text.text)) for paragraph, text in folded if text.text]
    entries = []
    for at, (paragraph, text, mark) in enumerate(rows):
        following = rows[at + 1] if at + 1 < len(rows) else None
        heading = _is_heading(paragraph, text.text, mark, following)
        closers = () if heading else tuple(find_unit_brackets(document, text))
        entries.append(Entry(paragraph, text, mark, heading, closers))
    return entries


def _is_heading(paragraph: Paragraph, text: str, mark: Mark | None, following: tuple[Paragraph, Folded, Mark | None] | None) -> bool:
    """A short line without a sentence: numbered, or one that the file itself styles as a heading."""
    body = text[mark.end :] if mark else text
    if not body or len(body) > _LONGEST_HEADING or _STOP.search(body.rstrip("。")) or body.endswith(("：", "；")):
        return False
    if re.search("[（〔].*(?:单位|部门|负责|牵头)", body) or (following is not None and says_who(following[1].text)):
        return False
    if mark is None:
        return paragraph.level > 0 and not body.endswith("。") and following is not None
    if mark.form in {"chapter", "han_comma", "han_bracket"}:
        return not body.endswith("。") or len(body) <= 30
    if ("，" in body and len(body) > 30) or mark.form == "article":
        return False
    if body.endswith(("。", ".")):
        return len(body) <= 30 and following is not None and following[2] is not None and _goes_deeper(mark, following[2])
    return following is not None and _goes_deeper(mark, following[2]) and len(following[1].text) > len(body)


def says_who(text: str) -> bool:
    """A line that begins with 责任单位： or its like: what stands above it is a task, however short."""
    return any(pattern("units", rule).match(text) for rule in ("label", "ignored_label"))


def _goes_deeper(mark: Mark, following: Mark | None) -> bool:
    """A numbered short line is a heading only over text without a number or with numbers of another form."""
    if following is None:
        return True
    return _MARKS.index(following.form) > _MARKS.index(mark.form) and following.value == 1


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
        form = entry.mark.form if entry.mark else f"level{entry.paragraph.level}"
        span = entry.paragraph.span if length is None else entry.folded.span(0, length)
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
        elif form in _MARKS:
            rank = _MARKS.index(form)
            while self._held and self._held[-1][0] in _MARKS and _MARKS.index(self._held[-1][0]) > rank:
                self._held.pop()


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
