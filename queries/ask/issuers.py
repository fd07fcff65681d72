"""A unit that issued plans, read as these: what 三桥镇 is to do is what its plan says, though the plan names only its offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.ask.lexicon import Lexicon
from queries.ask.model import Thing, Token
from queries.ask.resolve import place_before

_ITSELF = ("政府", "党委", "党工委")  # the body itself, and not what it answers for


def names_issuer(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a question names a unit that issued plans."""
    return any(_plans_of(tokens, at, lexicon) for at in range(len(tokens)))


def as_plans(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, with the units that issued plans as these plans."""
    return [_as_plan(tokens, at, lexicon) for at in range(len(tokens))] if lexicon.issuing else list(tokens)


def of_issuers(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, without a unit that issued plans right before an office that only these name: 应急管理部 人事司."""
    made: list[Token] = []
    for at, token in enumerate(tokens):
        before = made[-1] if made else None
        plans = _plans_of(tokens, at - 1, lexicon) if at and before is tokens[at - 1] else ()
        own = {each for plan in plans for each in (plan.iri, plan.place)}
        inside = tuple(one for one in token.things if one.home in own) if token.kind == "unit" else ()
        if inside and before is not None and before.end == token.start:
            made[-1] = replace(token, things=inside)
        else:
            made.append(token)
    return made


def _as_plan(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Token:
    plans = _plans_of(tokens, at, lexicon)
    return replace(tokens[at], kind="plan", things=plans, value=()) if plans else tokens[at]


def _plans_of(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[Thing, ...]:
    """The plans that the unit at a place of the question issued."""
    token = tokens[at]
    if token.kind != "unit" or token.text.endswith(_ITSELF):
        return ()
    before = {one.iri for one in place_before(tokens, at)}
    named = {one.iri for each in tokens if each.kind == "place" for one in each.things}
    fits = [one for one in token.things if not one.bound and (not before or {one.place, one.home} & before)]
    fits = [one for one in fits if {one.place, one.home} & named] or fits
    if token.value:  # 省医保局
        fits = [one for one in fits if one.place in {level.iri for level in lexicon.levels.get(token.value, ())}]
    return lexicon.issued.get(fits[0].iri, ()) if fits and _is_one(fits) else ()


def _is_one(things: Sequence[Thing]) -> bool:
    return len({one.iri for one in things}) == 1 or things[0].exact > any(one.exact for one in things[1:])
