"""Which unit a name means, by the place beside it, its level and what else the question speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.ask.lexicon import ABSENT, Lexicon
from queries.ask.model import Choice, Decline, Thing, Token
from queries.ask.parts import Parts
from queries.ask.shortnames import shortened_at

_MOST_CHOICES = 12
_GROUP = "/group/"
_NATION = "/000000"  # how the IRI of the nation as a place ends


def departments(token: Token, at: tuple[Thing, ...], parts: Parts) -> tuple[Thing, ...]:
    """发改部门: all units of the place that look after it, where there are several."""
    places = {one.iri for one in at} or {one.iri for one in parts.places} | {one.place for one in parts.plans}
    found = tuple(one for one in token.things if one.place in places) if places else token.things
    alike = token.text.endswith("部门") and len(found) > 1 and len({one.place for one in found}) == 1
    return found if alike else ()


def place_before(tokens: Sequence[Token], at: int) -> tuple[Thing, ...]:
    """The place that stands right before a unit."""
    before = at - 1
    if before >= 0 and tokens[before].text == "的":
        before -= 1
    return tokens[before].things if before >= 0 and tokens[before].kind == "place" else ()


def resolve_unit(question: str, token: Token, at: tuple[Thing, ...], parts: Parts, lexicon: Lexicon) -> Thing:
    """The one unit that is meant; Decline with choices where there are several, without where none fits the place."""
    found = token.things
    wanted = {place.iri for place in at}
    if token.value:  # 区财政局
        levels = {one.iri for one in lexicon.levels.get(token.value, ())}
        found = tuple(one for one in found if (one.home if token.value != "区" or one.home in levels else one.place) in levels)
        if not found:
            named = {one.iri for one in parts.places}
            near = tuple(one for one in token.things if not named or {one.place, one.home} & named)  # of no other place than is said
            raise Decline(f"库中没有叫“{token.text}”的单位", choices_of(question, token, near))
    if wanted:
        fits = tuple(one for one in found if one.place in wanted or one.home in wanted or one.bound)
        fits = fits or tuple(one for one in found if _lies_in(one, token, wanted, lexicon)) or shortened_at(token.text, wanted, lexicon)
        if not fits:
            label = at[0].label
            group = lexicon.groups.get((at[0].iri, "departments"))
            if group and not any(mark in token.text for mark in ("政府", "委员会", "党委")):
                return replace(group, bound=f"{label}{token.text}", place=at[0].iri, home=at[0].iri)
            return _absent(token, parts, choices_of(question, token, token.things), label, lexicon)
        found = _closest(fits, wanted)
    elif parts.places or parts.plans or (parts.units and len(found) > 1):
        wanted = {place.iri for place in parts.places} | {plan.place for plan in parts.plans}
        wanted = wanted or {owed.unit.place for owed in parts.units}
        fits = tuple(one for one in found if one.place in wanted)
        within = {above for iri in wanted for above in lexicon.above(iri)}
        fits = fits or tuple(one for one in found if one.home in within and (token.value or _GROUP in one.iri))
        if "" in wanted:
            fits = of_plans(found, parts.plans)
        if not fits and len(found) != 1:
            where = "、".join([*(one.label for one in parts.places), *(f"《{one.label}》" for one in parts.plans)])
            return _absent(token, parts, (), where, lexicon)
        found = _closest(fits, wanted) if fits else of_plans(found, parts.plans)
    if len(found) > 1:
        found = tuple(one for one in found if one.label.endswith(token.text)) or found
    if token.value and len(found) > 1:
        whole = tuple(one for one in found if one.exact)
        found = whole or found
    if len(found) > 1:
        parts.doubt = parts.doubt or Decline(f"“{token.text}”可能指{len(found)}个单位", choices_of(question, token, found))
    return found[0]


def _absent(token: Token, parts: Parts, choices: tuple[Choice, ...], where: str, lexicon: Lexicon) -> Thing:
    """What stands for a unit that a place has none of, where it is asked if it has a task there; else Decline."""
    wanted = list(dict.fromkeys([one.place for one in parts.plans] or [one.iri for one in parts.places]))
    asked = any("whether" in cue.value for cue in parts.cues)
    if not asked or len(wanted) != 1 or (wanted[0], "departments") in lexicon.groups:
        raise Decline(f"库中没有{where}的“{token.text}”", choices)
    return Thing(iri=ABSENT, label=token.text, place=wanted[0], home=wanted[0])


def _lies_in(unit: Thing, token: Token, places: set[str], lexicon: Lexicon) -> bool:
    """Whether a unit that is said with its own place is of one within these: 云溪 澄湖区政府."""
    own = lexicon.place_labels.get(unit.place, "")
    return bool(own) and token.text.startswith(own) and not places.isdisjoint(lexicon.above(unit.place))


def of_plans(things: tuple[Thing, ...], plans: Sequence[Thing]) -> tuple[Thing, ...]:
    """Those of several units that are meant where plans of no place are spoken of: as these print them, else those of the nation."""
    homes = {plan.iri for plan in plans if not plan.place}
    own = tuple(one for one in things if one.home in homes)
    return own or (tuple(one for one in things if one.place.endswith(_NATION)) if homes else ()) or things


def _closest(found: tuple[Thing, ...], wanted: set[str]) -> tuple[Thing, ...]:
    """Those that the name fits whole, if any; of these the ones that are the place's own."""
    whole = tuple(one for one in found if one.exact) or found
    return tuple(one for one in whole if one.home in wanted) or whole


def choices_of(question: str, token: Token, things: Sequence[Thing]) -> tuple[Choice, ...]:
    return tuple(
        Choice(label=one.label, note=one.note, iri=one.iri, question=question.replace(token.text, one.label, 1))
        for one in things[:_MOST_CHOICES]
    )
