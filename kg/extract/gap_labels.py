"""Names and numbers that a gap and no stop parts from what they stand before (牵头单位　市水利局), read as if the stop were printed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from kg.columns import gapped_labels
from kg.model import Document, Span
from kg.text import Folded, fold

_LONGEST_NUMBER = 2


def fold_labelled(document: Document, span: Span) -> Folded:
    """The folded text at `span`, with a ： for the gap behind each name that opens it, and a dot behind a number that has a line of
    its own."""
    folded = fold(document.quote(span), span.start)
    parts, start = [], 0
    for before, after, stop in _gaps(document, span):
        end, at = (bisect_left(folded.offsets, place) for place in (before, after))
        if at < len(folded.text) and folded.text[end - 1] != stop:
            parts += [folded.part(start, end), Folded(stop, stop, folded.places, folded.first + at)]
            start = at
    return Folded.joined([*parts, folded.part(start, len(folded.text))]) if parts else folded


def _gaps(document: Document, span: Span) -> Iterator[tuple[int, int, str]]:
    """Where a stop is missing, from the last word before it to the first behind, and which."""
    text = document.quote(span)
    first = next(document.pieces_of(span), None) if text[:1].isdigit() and document.source.media_type != "application/pdf" else None
    if first and span.start == first.span.start < first.span.end < span.end:
        number = document.quote(first.span)
        if number.isdigit() and len(number) <= _LONGEST_NUMBER:
            yield first.span.end, first.span.end, "."
    yield from ((span.start + end, span.start + value, "：") for end, value in gapped_labels(text))
