"""Suggestions while somebody types: names first, then words; by characters, by pinyin and by initials."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.search.engine import Engine
from kg.search.model import Suggestion
from kg.search.understand import everyday, spelled_words
from kg.search.words import to_searched

_LETTERS = re.compile(r"[a-z]")
_LONGEST = 40  # characters; who types more is past suggestions
_KINDS = ("unit", "instrument", "plan")


def suggest_names(engine: Engine, prefix: str, limit: int) -> tuple[Suggestion, ...]:
    """At most `limit` suggestions, each text once, likelier first; none for nothing."""
    typed = to_searched(prefix[:_LONGEST])
    if not typed or len(prefix) > _LONGEST:
        return ()
    found: dict[str, Suggestion] = {}
    for name in _candidates(engine, typed, limit):
        for one in _suggestions(engine, name):
            found.setdefault(one.text, one)
            if len(found) >= limit:
                return tuple(found.values())
    return tuple(found.values())


def _candidates(engine: Engine, typed: str, limit: int) -> Iterator[str]:
    """Names and words in the searched form: those that begin so, those that hold it, those that letters spell."""
    lexicon = engine.lexicon
    starting = [name for name in lexicon.names if name.startswith(typed)]
    yield from sorted(starting, key=lambda name: (len(name), name))[: limit * 2]
    if typed in everyday():
        yield from everyday()[typed]
    if _LETTERS.search(typed):
        yield from spelled_words(typed, engine, limit * 2, more=True)
    yield from lexicon.starting(typed, limit)
    holding = [name for name in lexicon.names if typed in name and not name.startswith(typed)]
    yield from sorted(holding, key=lambda name: (name.find(typed), len(name), name))[: limit * 2]


def _suggestions(engine: Engine, name: str) -> Iterator[Suggestion]:
    """What is called so: a unit or an instrument with what tells it apart, else the word itself where a text has it."""
    told = [one for one in engine.called(name) if one["kind"] in _KINDS]
    for one in told:
        note = one.get("place", "") if one["kind"] == "unit" else one.get("number", "")
        yield Suggestion(text=one["label"], kind=one["kind"], iri=one["iri"], note=note)
    if not told and engine.count(name):
        yield Suggestion(text=name, kind="word")
