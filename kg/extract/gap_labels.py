"""Names and numbers that a gap and no stop parts from what they stand before (牵头单位　市水利局), read as if the stop were printed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from kg.columns import gapped_labels, is_label
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
    lines = list(_labels_over_lines(document, span))
    yield from lines or ((span.start + end, span.start + value, "：") for end, value in gapped_labels(text))


def _labels_over_lines(document: Document, span: Span) -> Iterator[tuple[int, int, str]]:
    """Where names stand on lines of their own over the lines of their values: 牵头单位 / 市水利局 / 配合单位 / 市城管局; nothing where the
    first line is no such name, or one has no value that suits it."""
    lines = [piece.span for piece in document.pieces_of(span)]
    if len(lines) <= 2 or not is_label(document.quote(lines[0])):
        return
    names = [at for at, line in enumerate(lines) if is_label(document.quote(line))]
    if len(names) < 2:
        return
    found: list[tuple[int, int, str]] = []
    for at, following in zip(names, [*names[1:], len(lines)], strict=True):
        value = " ".join(map(document.quote, lines[at + 1 : following]))
        if not value or not any(gapped_labels(f"{document.quote(lines[at])} {value}")):
            return
        if at:
            found.append((lines[at - 1].end, lines[at].start, "；"))
        found.append((lines[at].end, lines[at + 1].start, "："))
    yield from found
