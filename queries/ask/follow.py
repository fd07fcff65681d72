"""Questions that lean on the one before: 那财政局呢？ 2022年呢？ 牵头的呢？ 什么时候完成？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.ask.gather import gather
from queries.ask.lexicon import Lexicon
from queries.ask.model import Answer, Finder, Meaning, Thing, Token, Unread
from queries.ask.parts import Parts
from queries.ask.understand import choose, to_meaning

_SAYS_WHICH = {"matter", "number", "instrument", "window", "unit", "plan", "unknown"}
_ENDS = {"呢"}
_WHOSE = {"whose", "whose-deed", "whose-named"}


def follows(tokens: Sequence[Token], *, loosely: bool = False) -> bool:
    """Whether a question has the form of one that leans on another: it begins with 那, ends in 呢, or speaks of 这项任务 and no other.

    `loosely`: also one that says nothing of which tasks: 什么时候完成？
    """
    said = [token for token in tokens if token.kind != "stop"]
    which = any(token.kind in _SAYS_WHICH for token in said)
    if any("this" in token.value for token in said if token.kind == "cue") and not which:
        return True
    if (
        loosely
        and not any(token.kind in (_SAYS_WHICH - {"window"}) | {"year", "place"} for token in said)
        and any(token.kind == "window" and not token.value.year for token in said)
    ):
        return True
    edge = [*said[:1], *said[-1:]]
    if any(token.kind == "cue" and "follow" in token.value for token in edge):
        return True
    return loosely and not which and bool(said) and not any(token.kind in {"year", "place"} for token in said)


def merge(question: str, tokens: Sequence[Token], before: Answer, lexicon: Lexicon, finder: Finder) -> Meaning:
    """What is meant: the question before with what this one says otherwise."""
    old = before.meaning
    assert old is not None
    kept = [token for token in tokens if not (token.kind == "cue" and "follow" in token.value)]
    place = _place_of(old)
    years = old.years or tuple({window.year for window in old.windows}) or _plan_years(old, lexicon)
    parts = gather(question, _placed(kept, place, lexicon), lexicon, finder, years=years, near=place)
    if parts.this:
        tasks = tuple(dict.fromkeys(str(row["task"]) for row in before.rows if "task" in row))
        if not tasks:
            raise Unread("上一句的回答里没有任务")
        new = to_meaning(choose(parts), parts)
        return replace(new, tasks=tasks, linked=bool(parts.places or parts.plans or parts.years))
    asked = _asks_anew(parts)
    base = to_meaning(choose(_together(parts, old)), parts) if asked else old
    return _overlaid(base.ask, old, parts)


def _asks_anew(parts: Parts) -> bool:
    """Whether it has a question of its own: 那谁牵头？ asks who, 牵头的呢？ does not."""
    asking = {"who", "what", "when", "howmany", "whether", "why", "cite", "limit", "load", "tally", "loose-tally"}
    return any(token.value & asking for token in parts.cues)


def _together(parts: Parts, old: Meaning) -> Parts:
    """The parts with the slots of the question before where they have none."""
    return replace(
        parts,
        units=parts.units or ([] if any("who" in token.value for token in parts.cues) else list(old.units)),
        places=parts.places or list(old.places),
        years=parts.years or list(old.years),
        plans=parts.plans or list(old.plans),
        matter=parts.matter or old.matter,
        instruments=parts.instruments or list(old.instruments),
        numbers=parts.numbers or list(old.numbers),
        windows=parts.windows or list(old.windows),
    )


def _overlaid(ask: str, old: Meaning, parts: Parts) -> Meaning:
    """The meaning before, with every slot that is spoken of anew in place of the old one."""
    responsible = any(token.value & {"responsible", "named"} for token in parts.cues) and not parts.role and ask not in _WHOSE
    role = "responsible" if responsible else parts.role or old.role
    units = tuple(parts.units) or old.units
    if responsible:
        units = tuple(replace(owed, role=role) for owed in units)
    elif parts.role or (parts.units and old.units and old.units[0].role):
        units = tuple(replace(owed, role=parts.role or old.units[0].role) for owed in units)
    if ask in _WHOSE:
        units = tuple(parts.units)
    return replace(
        old,
        ask=ask,
        units=units,
        direct=old.direct or any("direct" in token.value for token in parts.cues),
        role=role,
        places=tuple(parts.places) or old.places,
        years=tuple(parts.years) or old.years,
        plans=tuple(parts.plans) or (() if parts.years or parts.places or parts.units else old.plans),
        matter=parts.matter or old.matter,
        instruments=tuple(parts.instruments) or old.instruments,
        numbers=tuple(parts.numbers) or old.numbers,
        windows=tuple(parts.windows) or (() if parts.conditions else old.windows),
        conditions=tuple(one.name for one in parts.conditions) or (() if parts.windows else old.conditions),
        period=parts.period or old.period,
        notes=tuple(parts.notes),
        tasks=(),
    )


def _plan_years(old: Meaning, lexicon: Lexicon) -> tuple[int, ...]:
    plans = {one.iri for one in old.plans}
    return tuple({plan.year for plan in lexicon.all_plans if plan.thing.iri in plans})


def _place_of(old: Meaning) -> str:
    """The place that the question before was about, where it was one."""
    places = {one.iri for one in old.places} or {one.unit.place for one in old.units} or {one.place for one in old.plans}
    return next(iter(places)) if len(places) == 1 else ""


def _placed(tokens: Sequence[Token], place: str, lexicon: Lexicon) -> list[Token]:
    """Units that several places have are those of the place before, unless a place is said."""
    if not place or any(token.kind == "place" for token in tokens):
        return list(tokens)
    return [replace(token, things=_at(token, place, lexicon)) if token.kind == "unit" else token for token in tokens]


def _at(token: Token, place: str, lexicon: Lexicon) -> tuple[Thing, ...]:
    if token.value and lexicon.level_of.get(place) != token.value:
        return token.things
    here = tuple(one for one in token.things if one.place == place)
    whole = tuple(one for one in here if one.exact) or here
    return tuple(one for one in whole if one.home == place) or whole or token.things
