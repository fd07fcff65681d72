"""The facts that any stretch of words may hold: deadlines, citations, measures, and how strictly it obliges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg.extract.citations import Own, find_citations
from kg.extract.deadlines import find_deadlines
from kg.extract.measures import find_measures
from kg.extract.taken import Taken
from kg.model import Citation, Deadline, Measure, Modality
from kg.rules import load_rules
from kg.text import Folded, key

_DONE = "完成"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the search for facts must know of the document: what it is itself, and which short names it has given."""

    own: Own
    short_names: Mapping[str, str] = field(default_factory=dict)

    def column_deadlines(self, cell: Folded, year: int | None) -> tuple[Deadline, ...]:
        return tuple(find_deadlines(cell, year, column=True))

    def citations(self, words: Folded) -> tuple[Citation, ...]:
        return tuple(find_citations(words, self.own, self.short_names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    deadlines: tuple[Deadline, ...]
    citations: tuple[Citation, ...]
    measures: tuple[Measure, ...]
    modality: Modality


def find_facts(words: Folded, facts: Facts, year: int | None) -> Found:
    """The facts in `words`; what is a time is no measure and the other way round."""
    measures = tuple(find_measures(words))
    counted = Taken((one.span.start, one.span.end) for one in measures)
    deadlines = tuple(one for one in find_deadlines(words, year) if not counted.overlaps(one.span.start, _end_of_time(one)))
    return Found(
        deadlines=deadlines,
        citations=facts.citations(words),
        measures=measures,
        modality=find_modality(words.text),
    )


def with_more(found: Found, citations: Iterable[Citation], measures: Iterable[Measure]) -> Found:
    """The facts with those that a column, or a line, of its own gives, each once."""
    cited = {(key(one.title or ""), one.number) for one in found.citations}
    said = {(one.op, one.value, one.unit) for one in found.measures}
    return replace(
        found,
        citations=(*found.citations, *(one for one in citations if (key(one.title or ""), one.number) not in cited)),
        measures=(*found.measures, *(one for one in measures if (one.op, one.value, one.unit) not in said)),
    )


def _end_of_time(deadline: Deadline) -> int:
    """Where the time ends: a measure may begin with what is done by then (8月底前完成清淤26公里)."""
    return deadline.span.end - (len(_DONE) if deadline.text.endswith(_DONE) else 0)


def find_modality(text: str) -> Modality:
    """The strongest word of obligation in the text."""
    for rule in load_rules("kinds"):
        if rule.name in {"must_not", "must", "encourage", "explore"}:
            unless = rule.extra.get("unless_next")
            if any(not (unless and re.match(unless, text[found.end() :])) for found in rule.regex.finditer(text)):
                return rule.name  # type: ignore[return-value]
    return "plain"
