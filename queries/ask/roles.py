"""Which role a question asks for of each unit that it names, and whether tasks of the groups that bind it are meant too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from queries.ask.lexicon import Lexicon
from queries.ask.model import Token
from queries.ask.parts import Parts

ROLES = ("lead", "support", "responsible")
_EITHER = re.compile(r"(?:负责|牵头|承担)(?:或者|或|和|以及|、)(?:负责|牵头|承担)")
_BETWEEN = re.compile(r"[的着了和跟与及或加同、事]|任务|工作|以及|还有|或者|连同|再加|加上")
_ANY = {"有份", "沾边", "沾上边", "沾点边", "沾着边", "摊上", "参与", "参加", "承担", "涉及"}  # with a task, in any way
_TOUCHED = {"有份", "有份儿", "沾边", "沾上边", "沾点边", "沾着边", "沾到边", "扯得上", "有关系"}
_GROUP = "/group/"
_PLACES = {"first": "first", "other": "other", "plainly": "responsible"}  # cues that say a role which no other word may change


def assign_roles(question: str, tokens: Sequence[Token], parts: Parts, lexicon: Lexicon) -> None:
    """Give the units their roles; a group beside a unit says only that tasks of groups count too."""
    _leave_groups(parts, lexicon)
    _count_by_role(parts)
    cues = {cue for token in parts.cues for cue in token.value}
    if "by-role" in cues:
        return
    if len(parts.units) < 2 and not cues & {"who"} and (place := next((role for name, role in _PLACES.items() if name in cues), "")):
        if place == "first" and any("lead" in token.value and "first" not in token.value for token in parts.cues):
            parts.either = True  # 列首位或牵头的
            parts.units = [replace(owed, role=role) for owed in parts.units for role in ("first", "lead")]
            return
        parts.role = place
        parts.units = [replace(owed, role=place) for owed in parts.units]
        return
    said = [token for token in parts.cues if any(role in token.value for role in ROLES)]
    roles = [(token.start, role) for token in parts.cues for role in ROLES if role in token.value]
    if _together(tokens, said, parts):
        parts.either = True
        parts.units = [replace(owed, role=role) for owed in parts.units for role in ("lead", "support")]
    elif len(parts.units) > 1 and len(roles) == len(parts.units):  # 财政局牵头、民政局配合的
        order = [role for _, role in sorted(roles)]
        parts.units = [replace(owed, role=role) for owed, role in zip(parts.units, order, strict=True)]
    elif _in_any(tokens, said, parts):
        parts.any_role = True
    elif roles and not _EITHER.search(question):
        asked = {role for _, role in roles if role in {"lead", "support"}}
        parts.role = "" if len(asked) > 1 and not parts.units else next((role for _, role in roles if role in asked), "")
        if parts.units:
            parts.units = [replace(owed, role=parts.role) for owed in parts.units]


def _leave_groups(parts: Parts, lexicon: Lexicon) -> None:
    """A group that is named beside a unit of its place, as in 点名的和“各镇”捎带的, is no further unit."""
    named = [owed for owed in parts.units if _GROUP not in owed.unit.iri or owed.unit.bound]
    if not named or len(named) == len(parts.units) or any("together" in token.value for token in parts.cues):
        return
    own = {place for owed in named for place in (owed.unit.place, owed.unit.home)}
    places = own | {above for place in own for above in lexicon.above(place)}
    bound = {owed.unit.iri for owed in named}
    kept = [owed for owed in parts.units if owed in named or (owed.unit.place not in places and owed.unit.iri not in bound)]
    parts.through = len(kept) < len(parts.units)
    also = tuple(owed.unit for owed in parts.units if owed not in kept)
    parts.units = [replace(owed, also=(*owed.also, *also)) if owed in named else owed for owed in kept]


def _joins(tokens: Sequence[Token], said: Sequence[Token]) -> bool:
    """Whether words for roles stand beside each other, as of one list: 牵头的跟配合的."""
    between = (token for one, other in pairwise(said) for token in tokens if one.end <= token.start < other.start)
    return len(said) > 1 and all(_BETWEEN.fullmatch(token.text) for token in between)


def _together(tokens: Sequence[Token], said: Sequence[Token], parts: Parts) -> bool:
    """Whether the tasks of both roles are asked for."""
    roles = {role for token in said for role in ROLES if role in token.value}
    return len(parts.units) < 2 and roles == {"lead", "support"} and _joins(tokens, said) and not _in_any(tokens, said, parts)


def _in_any(tokens: Sequence[Token], said: Sequence[Token], parts: Parts) -> bool:
    """Whether tasks in any role are asked for: 沾边的都要, 牵头的跟参与的."""
    if len(parts.units) > 1:
        return False
    if not said:
        return any(token.text in _TOUCHED for token in parts.cues)
    every = [token for token in parts.cues if token in said or token.text in _ANY]
    return len(every) > len(said) and (_joins(tokens, every) or (len(said) > 1 and _joins(tokens, said)))


def _count_by_role(parts: Parts) -> None:
    """Several roles with a count of each are a count by role: 牵头的几项、配合的几项."""
    said = {role for token in parts.cues for role in ROLES if role in token.value}
    counted = [token for token in parts.cues if token.value & {"tally", "loose-tally", "howmany"}]
    if len(parts.units) == 1 and len(said) > 1 and len(counted) >= len(said):
        parts.cues = [replace(token, value=token.value | {"by-role"}) if token is counted[0] else token for token in parts.cues]
