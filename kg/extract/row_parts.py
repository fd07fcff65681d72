"""Several tasks in one cell: a list whose members each say who owes them （1.…。（甲局）2.…。（乙局））."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.outline import Mark, find_mark
from kg.extract.unit_brackets import UnitBracket, find_unit_brackets
from kg.extract.units import UnitList
from kg.model import Document
from kg.text import Folded

_FEWEST = 2
_STOPS = "。；，、"
_FORMS = ("arabic_dot", "arabic_bracket", "circled", "han_bracket", "han_comma")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one task of a row says: its number, its words, and who owes them."""

    number: str | None
    words: Folded
    units: UnitList


def find_parts(document: Document, words: Folded, lines: Iterable[int], number: str | None) -> list[Part]:
    """The members of the list that a cell holds, where each ends with its own units; none where one does not. They print their own
    numbers, or stand on lines of their own and have the row's `number`. `lines`: where a printed line begins."""
    brackets, fresh = list(find_unit_brackets(document, words)), sorted(lines)
    starts = list(_counting(words, brackets, fresh)) or [(0, None), *((at, None) for at in fresh if _ended(words, brackets, at))]
    if not brackets or len(starts) < _FEWEST:
        return []
    parts: list[Part] = []
    for (start, mark), end in zip(starts, [*(start for start, _ in starts[1:]), len(words.text)], strict=True):
        body = words.part(start + (mark.end if mark else 0), end)
        own = list(find_unit_brackets(document, body))
        if len(own) != 1 or not own[0].start or not own[0].units.assignments or body.text[own[0].end :].strip(_STOPS):
            return []
        parts.append(Part(number=mark.printed if mark else number, words=body.part(0, own[0].start), units=own[0].units))
    return parts


def _ended(words: Folded, brackets: Sequence[UnitBracket], at: int) -> bool:
    """Whether a line begins right behind the units of the words before it."""
    return any(bracket.end <= at and not words.text[bracket.end : at].strip(_STOPS) for bracket in brackets)


def _counting(words: Folded, brackets: Sequence[UnitBracket], lines: Sequence[int]) -> Iterator[tuple[int, Mark | None]]:
    """Where the numbers of the list stand, each the next of the one before: at its head, behind the units of the member before, where a
    line begins."""
    mark = find_mark(words.text)
    if mark is None or mark.form not in _FORMS or mark.value != 1:
        return
    yield 0, mark
    for start in sorted({*(bracket.end for bracket in brackets), *lines}):
        at = start + len(words.text[start:]) - len(words.text[start:].lstrip(_STOPS))
        following = find_mark(words.text[at:])
        if following and following.form == mark.form and following.value == (mark.value or 0) + 1:
            mark = following
            yield at, following
