"""A run of text between two blocks to paragraphs: what a forced break means, and white space as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.columns import BULLETS, is_label
from kg.model import Align
from kg.readers.html_words import rule, squeezed, words

Piece = tuple[str, bool] | None  # text and whether it is inside a link; None is a forced break
MARK = "\x1f"  # stands behind an inline element whose whole text is the name of a field, where no colon is printed
LABEL = "\x1e"  # stands around an inline element that opens a paragraph, or follows another, and is nothing but a label: who, when
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d\u2026\u2014"
_WHITE = re.compile(r"[ \t\r\n\f]+")
_JOINT = re.compile(rf"(?<=[{_WIDE}]) *\n[ \n]*(?=[{_WIDE}])")  # no blank where the source is broken between signs
_GAP = re.compile(r"[ \n]+")
_COLON_OR_END = re.compile(rf"{LABEL}(?=[\s{MARK}{LABEL}]*(?:[：:]|$))")
_NOT_SHOWN = " \t\n\v\f\u200b\ufeff"
_EDGE = _NOT_SHOWN + "\u00a0\u2002\u2003\u2009\u3000"
_FULL_STOP = re.compile(r".*(?:[。！？；：!?;:…]|[。！？；][”’）)》]+)$", re.DOTALL)
_LABELLED = re.compile(r"[^，。；：:、（(]{2,10}[:：]")
_ANNEX = re.compile(r"附[件表]\d{0,2}[:：]?")
_MOST_PIECES = 8
_DEEP, _SHORT = 8, 40


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two forced breaks; `linked` of its visible characters are inside links."""

    raw: str
    linked: int

    @property
    def text(self) -> str:
        return self.raw.replace(MARK, "").strip(_EDGE)


def shown(text: str) -> str:
    """`text` with one blank, or one line end, for every stretch of white space."""
    return _WHITE.sub(lambda found: "\n" if "\n" in found.group() else " ", text)


def is_name(pieces: list[Piece]) -> bool:
    """Whether the text is the name of a field, without its colon."""
    if not pieces or len(pieces) > 8 or None in pieces:
        return False
    text = squeezed("".join(piece[0] for piece in pieces if piece))
    return len(text) <= 12 and (text in words("labels", "key") or text in words("labels", "other"))


def opens_with_label(pieces: list[Piece], first: int) -> bool:
    """Whether the pieces from `first` on are a label, and nothing or another label stands before them since the last break."""
    before: list[str] = []
    for piece in pieces[:first]:
        before = [] if piece is None else [*before, piece[0]]
    if len(pieces) - first > _MOST_PIECES or None in pieces[first:] or (LABEL not in before and "".join(before).strip(_EDGE + BULLETS)):
        return False
    return is_label(squeezed("".join(piece[0] for piece in pieces[first:] if piece)).replace(LABEL, ""))


def _segments(pieces: Iterable[Piece]) -> list[Segment]:
    """The pieces between forced breaks, their white space as a browser shows it."""
    segments: list[Segment] = []
    text, linked = "", 0
    for piece in [*pieces, None]:
        if piece is None:
            parted = _COLON_OR_END.sub("", text).replace(LABEL, " ") if LABEL in text else text
            segments.append(Segment(_GAP.sub(" ", _JOINT.sub("", parted)).strip(" "), linked))
            text, linked = "", 0
        else:
            text += piece[0]
            linked += len(squeezed(piece[0])) if piece[1] else 0
    return segments


def paragraphs_of(pieces: Iterable[Piece], align: Align) -> Iterator[list[Segment]]:
    """The lines of each paragraph: a forced break inside a title or a sentence is only a new line."""
    group: list[Segment] = []
    gap = False
    for segment in _segments(pieces):
        if not segment.text:
            gap = True
            continue
        if group and (gap or align == "right" or _starts_anew(group[-1], segment)):
            yield group
            group = []
        group.append(segment)
        gap = False
    if group:
        yield group


def _starts_anew(before: Segment, segment: Segment) -> bool:
    """Whether a line after a forced break is a paragraph of its own."""
    a, b = squeezed(before.text), squeezed(segment.text)
    if _indent(segment.raw) >= 2 or _FULL_STOP.match(a) or _ANNEX.fullmatch(a):
        return True
    if rule("outline_open").match(b) or _LABELLED.match(b):
        return True
    return bool(rule("outline_open").match(a)) and len(a) < _SHORT and len(b) >= _SHORT and "，" in b


def _indent(raw: str) -> int:
    """The width of the space that a line begins with, in halves of a character; ordinary blanks are not shown."""
    blank = raw[: len(raw) - len(raw.lstrip(_EDGE))]
    return sum(2 if char in "\u3000\u2003" else 1 for char in blank if char not in _NOT_SHOWN)


def align_by_indent(group: list[Segment]) -> Align:
    """A short line pushed far in by blanks is a signature."""
    first = group[0]
    return "right" if len(group) == 1 and _indent(first.raw) >= _DEEP and len(first.text) < _SHORT else ""
