"""What a conversation is about: the places, plans, years, units and role of a question, though it was not answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.ask.gather import gather
from queries.ask.lexicon import Lexicon
from queries.ask.mentions import plan_mentions
from queries.ask.model import Decline, Finder, Meaning, Token
from queries.ask.parts import Parts
from queries.ask.restate import scope_in_words

_NAMES = {"place", "year", "plan", "unit", "unknown"}
_ROLES = {"lead", "support", "responsible"}
NOTHING = ""  # what a scope asks


def scope_of(question: str, tokens: Sequence[Token], before: Meaning | None, lexicon: Lexicon, finder: Finder) -> Meaning | None:
    """The names and the role in a question that was declined, with those before where it has no place or plan of its own.

    None where it names nothing; a scope without anything where it names what the store does not have.
    """
    kept = plan_mentions(list(tokens), lexicon, [])
    kept = [one for one in kept if one.kind in _NAMES or one.text == "的" or (one.kind == "cue" and one.value & _ROLES)]
    if not any(token.kind in _NAMES for token in kept):
        return None
    parts = _gathered(question, kept, lexicon, finder)
    parts = parts or _gathered(question, [one for one in kept if one.kind != "unit" and one.tag != "unit"], lexicon, finder)
    if parts is None:
        return Meaning(ask=NOTHING)
    if parts.doubt:
        parts.units = []
    own = Meaning(
        ask=NOTHING,
        units=tuple(parts.units),
        role=parts.role,
        places=tuple(parts.places),
        years=tuple(parts.years),
        plans=tuple(parts.plans),
    )
    if before is None or own.places or own.plans:
        return own
    return replace(own, places=before.places, plans=before.plans, years=own.years or before.years, units=own.units or before.units)


def _gathered(question: str, tokens: Sequence[Token], lexicon: Lexicon, finder: Finder) -> Parts | None:
    try:
        return gather(question, tokens, lexicon, finder)
    except Decline:
        return None


def in_words(scope: Meaning) -> str:
    """What was understood of a question that is not answered; empty where nothing was."""
    said = [scope_in_words(scope), *(one.unit.label for one in scope.units)]
    told = "，".join(one for one in said if one)
    return f"只读懂：{told}" if told else ""
