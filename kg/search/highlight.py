"""Where in the words of a hit the words that were looked for stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from kg.search.model import Hit, Mark, Reason
from kg.search.understand import Understood, Way
from kg.search.words import to_printed, to_searched

_ORDER: tuple[Reason, ...] = ("word", "number", "synonym", "pinyin", "corrected")


def to_hit(told: dict[str, Any], score: float, understood: Understood) -> Hit:
    """What is shown of an entry, with its marks and the reasons for which it was found."""
    ways = _longest_first(understood)
    label, text = told.get("label", ""), told.get("text", "")
    marks = [*_marks("label", label, ways), *_marks("text", text, ways)]
    beside = "" if marks else _beside(told.get("names", ()), ways) or _beside(told.get("about", ()), ways)
    marks += _marks("beside", beside, ways)
    reasons = {mark.reason for mark in marks} or {way.reason for way in ways}
    return Hit(
        kind=told["kind"],
        iri=told["iri"],
        label=label,
        text=text,
        beside=beside,
        marks=tuple(marks),
        why=tuple(reason for reason in _ORDER if reason in reasons),
        score=round(score, 4),
        plan=told.get("plan", told["iri"] if told["kind"] == "plan" else ""),
        plan_title=told.get("plan_title", ""),
        number=told.get("number", ""),
        year=told.get("year"),
        place=told.get("place", ""),
        file=told.get("file", ""),
        at=told.get("at", ""),
    )


def _longest_first(understood: Understood) -> list[Way]:
    whole = [Way(text=text, reason="word") for text in understood.phrases]
    return sorted((*whole, *understood.ways), key=lambda way: -len(way.text))


def _beside(names: Iterable[str], ways: Sequence[Way]) -> str:
    """The shortest of the names that has one of the words."""
    with_words = [name for name in names if any(way.text in to_searched(name) for way in ways)]
    return min(with_words, key=lambda name: (len(name), name), default="")


def _marks(field: Literal["label", "text", "beside"], printed: str, ways: Sequence[Way]) -> list[Mark]:
    """The stretches that match, from left to right; inside a long match no shorter one."""
    if not printed:
        return []
    searched, folded = to_printed(printed)
    taken = bytearray(len(searched))
    found = []
    for way in ways:
        at = searched.find(way.text)
        while at >= 0:
            end = at + len(way.text)
            if not any(taken[at:end]):
                taken[at:end] = b"\1" * len(way.text)
                span = folded.span(at, end)
                found.append(Mark(field=field, start=span.start, end=span.end, reason=way.reason))
            at = searched.find(way.text, at + 1)
    return sorted(found, key=lambda mark: mark.start)
