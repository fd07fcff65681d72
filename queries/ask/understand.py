"""From what a question speaks of to its meaning: the first pattern of the grammar that takes all its words."""

from __future__ import annotations

from dataclasses import replace

from queries.ask.gather import distinct
from queries.ask.grammar import STOP, Pattern, load_grammar
from queries.ask.model import Decline, Matter, Meaning, Unread
from queries.ask.parts import Parts

_TOPICS = {"tasks-closing", "where"}
_OF_A_UNIT = {"tasks", "count", "count-tally", "count-loosely", "whether", "by-role"}  # asks in which a role is that of a unit


def check_role(ask: str, role: str, named: bool) -> None:
    """Decline where tasks are asked for by the role of a unit, and none is named."""
    if role and ask in _OF_A_UNIT and not named:
        raise Unread(f"没有说是哪个单位{'配合' if role == 'support' else '牵头'}的")


def choose(parts: Parts) -> Pattern:
    """The first pattern that takes every cue; Decline that says which words were not understood.

    Weak cues that no pattern takes are words of the matter that they stand beside: 停车位新增.
    """
    try:
        return _choose(parts)
    except Decline as decline:
        weak = [token for token in parts.cues if token.text in load_grammar().weak and len(token.text) > 1 and token.text in decline.left]
        if not weak or parts.matter is None:
            raise
        parts.cues = [token for token in parts.cues if token not in weak]
        parts.matter = Matter(phrases=(*parts.matter.phrases, *((token.text,) for token in weak)), listed=parts.matter.listed)
        return _choose(parts)


def _choose(parts: Parts) -> Pattern:
    best: tuple[int, list[str]] = (99, [])
    slots = parts.slots()
    for pattern in load_grammar().patterns:
        used = distinct(pattern.needs, parts.cues)
        if used is None or not _filled(pattern, slots) or any(one.value & set(pattern.never) for one in parts.cues):
            continue
        taken = {*pattern.may, STOP, "this", "about", "plan", "whenever", *(cue for need in pattern.needs for cue in need)}
        left = [one for one in parts.cues if one not in used and not one.value & taken]
        if not left:
            if parts.doubt:
                raise parts.doubt
            if not parts.this:
                check_role(pattern.name, parts.role, bool(parts.units))
            return pattern
        if len(left) < best[0]:
            best = (len(left), [one.text for one in left])
    if best[1]:
        raise Unread(f"没有读懂：{'、'.join(best[1])}", left=tuple(best[1]))
    raise Unread(_unheard(parts))


def _unheard(parts: Parts) -> str:
    words = [str(parts.matter)] if parts.matter else []
    if not words and not parts.cues:
        return "没有读懂这是在问什么"
    words += [one.text for one in parts.cues if not one.value & {STOP}]
    return f"没有读懂这是在问什么（{'、'.join(words)}）"


def _filled(pattern: Pattern, slots: dict[str, int]) -> bool:
    if pattern.slots and not any(slots[slot] for slot in pattern.slots):
        return False
    if pattern.takes:
        real = ("unit", "place", "year", "plan", "instrument", "window", "number", "matter", "condition", "task")
        if any(slots[slot] and slot not in pattern.takes for slot in real):
            return False
    return all(slots[slot] >= least for slot, least in pattern.least.items())


def _on_either(matter: Matter | None) -> Matter | None:
    """A matter of which tasks are listed: on one of what it lists, 充电设施、充电桩的任务."""
    return replace(matter, either=True) if matter and matter.listed and not matter.free else matter


def to_meaning(pattern: Pattern, parts: Parts) -> Meaning:
    """The meaning of the parts, asked in that way."""
    cues = {cue for token in parts.cues for cue in token.value}
    return Meaning(
        ask=pattern.name,
        units=tuple(parts.units),
        together="together" in cues or (len({owed.role for owed in parts.units}) > 1 and not parts.either),
        direct="direct" in cues and not parts.through,
        role=parts.role,
        matter=_on_either(parts.matter) if pattern.name in _TOPICS and not parts.units else parts.matter,
        instruments=tuple(parts.instruments),
        without=tuple(parts.without),
        section=parts.section,
        windows=tuple(parts.windows),
        conditions=tuple(one.name for one in parts.conditions),
        period=parts.period,
        numbers=tuple(parts.numbers),
        places=tuple(parts.places),
        years=tuple(parts.years),
        plans=tuple(parts.plans),
        whether="whether" in cues,
        introduced=frozenset(parts.introduced),
        cues=frozenset(cues),
        said=" ".join(token.text for token in parts.cues),
        notes=tuple(parts.notes),
    )
