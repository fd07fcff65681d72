"""Where a fact stands in the source: place, offsets and the words themselves."""

from __future__ import annotations

from kg.graph.lines import Lines, integer, text
from kg.ids import Ids
from kg.model import Document, Place, Span

_CONTEXT = 24  # characters of the text on both sides of a quote, enough to find it again in another edition


class Evidence:
    """The words of one document that facts were quoted from; every stretch is described once."""

    def __init__(self, document: Document, ids: Ids, lines: Lines) -> None:
        self._document, self._ids, self._lines = document, ids, lines
        self._source = ids.document(document.source.sha256)

    def quote(self, subject: str, span: Span, states: str = "") -> None:
        """`subject` was quoted from the words at `span`; `states` is the property of it that they state."""
        words = self._ids.words(self._document.source.sha256, span)
        self._lines.link(subject, "prov:wasQuotedFrom", words)
        if states:
            self._lines.link(words, "zp:states", states)
        if self._lines.node(words, "evidence"):
            self._describe(words, span)

    def _describe(self, words: str, span: Span) -> None:
        lines, whole = self._lines, self._document.text
        position, quote = f"{words}/position", f"{words}/quote"
        lines.link(words, "oa:hasSource", self._source)
        lines.link(words, "oa:hasSelector", position, quote)
        lines.node(position, "position")
        lines.say(position, "oa:start", integer(span.start))
        lines.say(position, "oa:end", integer(span.end))
        lines.node(quote, "quote")
        lines.say(quote, "oa:exact", text(self._document.quote(span)))
        lines.say_text(quote, "oa:prefix", whole[max(span.start - _CONTEXT, 0) : span.start])
        lines.say_text(quote, "oa:suffix", whole[span.end : span.end + _CONTEXT])
        place = next((piece.place for piece in self._document.pieces_of(span)), None)
        if place:
            self._stand(words, place)

    def _stand(self, words: str, place: Place) -> None:
        """The place in words, and its page and cell where the file has them."""
        lines = self._lines
        lines.say_text(words, "zp:place", str(place))
        lines.say_text(words, "zp:sheet", place.sheet)
        if place.page is not None:
            lines.say(words, "zp:page", integer(place.page))
        if place.row is not None:
            lines.say(words, "zp:tableRow", integer(place.row))
        if place.column is not None:
            lines.say(words, "zp:tableColumn", integer(place.column))
