"""Questions that lean on the one before: 那财政局呢？ 2022年呢？ 牵头的呢？ 其中公安局的？ 什么时候完成？"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.ask.gather import gather
from queries.ask.grammar import Pattern, load_grammar
from queries.ask.lexicon import Lexicon
from queries.ask.model import Answer, Decline, Finder, Meaning, Owed, Thing, Token, Unread, Window
from queries.ask.parts import Parts
from queries.ask.refusals import refuse_no_plan
from queries.ask.resolve import of_plans
from queries.ask.restate import scope_in_words
from queries.ask.understand import check_role, choose, to_meaning

_SAYS_WHICH = {"matter", "number", "instrument", "window", "unit", "plan", "unknown"}
_SCOPE = {"place", "plan", "year"}
_WHOSE = {"whose", "whose-deed", "whose-named"}
_ITS = {"它", "他", "她", "它们", "他们", "这家", "该单位", "该局"}  # for the unit of the question before
_AMONG = {"其中", "这些任务", "这几条", "这几项", "上述任务", "上述事项"}  # of the tasks that were answered before
_ASKING = {"who", "what", "when", "howmany", "whether", "why", "cite", "limit", "load", "tally", "loose-tally"}
_NARROWS = {"lead", "support", "responsible", "named", "first", "other", "direct", "together", "duty", "task", "plan", "due", "finish",
            "unit", "all", "this", "stop", "by-role", "each", "about", "whenever"}  # fmt: skip
_GOVERNMENT = "人民政府"
_FEW = 5  # tasks that a question may go on with


def follows(tokens: Sequence[Token], *, loosely: bool = False) -> bool:
    """Whether a question has the form of one that leans on another: it begins with 那, ends in 呢, or speaks of 这项任务 and no other.

    `loosely`: also one that says nothing of which tasks: 什么时候完成？
    """
    said = [token for token in tokens if token.kind != "stop"]
    which = any(token.kind in _SAYS_WHICH for token in said)
    scoped = any(token.kind in _SCOPE for token in said)
    if any("this" in token.value for token in said if token.kind == "cue") and not which:
        return True
    if said and said[0].text in _AMONG and not scoped:
        return True
    if (
        loosely
        and not any(token.kind in (_SAYS_WHICH - {"window"}) | {"year", "place"} for token in said)
        and any(token.kind == "window" and not token.value.year for token in said)
    ):
        return True
    if any(token.kind == "cue" and "follow" in token.value for token in [*said[:1], *said[-1:]]):
        return True
    if not scoped and any(token.text == "呢" or token.text in _ITS for token in said):  # 那财政局呢，牵头的都报来
        return True
    return loosely and not which and bool(said) and not scoped


def may_lean(tokens: Sequence[Token]) -> bool:
    """Whether a question that cannot be answered by itself may be read with the one before: it asks something, and of no place or plan."""
    if any(token.kind in {"place", "plan", "unknown", "instrument"} for token in tokens):
        return False
    return any(token.kind == "cue" and token.value & (_ASKING | {"lead", "support"}) for token in tokens)


def merge(question: str, tokens: Sequence[Token], before: Answer, lexicon: Lexicon, finder: Finder) -> Meaning:
    """What is meant: the question before with what this one says otherwise, or those of its tasks for which it holds."""
    assert before.meaning is not None
    old = _unfolded(before.meaning)
    kept = [token for token in _as_days(tokens, old, lexicon) if not (token.kind == "cue" and "follow" in token.value)]
    place = place_of(old)
    years = old.years or tuple({window.year for window in old.windows}) or _plan_years(old, lexicon)
    parts = gather(question, placed(kept, old, lexicon), lexicon, finder, years=years, near=place)
    if parts.doubt:
        raise parts.doubt
    if parts.this:
        return _of_these(parts, before)
    _moved(old, parts, lexicon)
    asked = _asks_anew(parts) or not old.ask
    if not asked and (left := tuple(token.text for token in parts.cues if not token.value & _NARROWS)):
        raise Unread(f"没有读懂：{'、'.join(left)}", left=left)
    base = to_meaning(_pattern_of(_together(parts, old), parts), parts) if asked else old
    meaning = _overlaid(base.ask, old, parts)
    meaning = replace(meaning, said=base.said, cues=base.cues) if asked else meaning
    check_role(meaning.ask, meaning.role, bool(meaning.units))
    if not meaning.plans:
        refuse_no_plan(meaning.places, meaning.years, meaning.units, lexicon)
    meaning = _of_few(meaning, parts, before)
    return replace(meaning, notes=(*meaning.notes, *_carried(old, parts)))


def _of_few(meaning: Meaning, parts: Parts, before: Answer) -> Meaning:
    """The meaning, of the tasks that a sentence was found to speak of where the question says nothing else of which."""
    tasks = tuple(dict.fromkeys(str(row["task"]) for row in before.rows if "task" in row))
    free = meaning.matter is not None and meaning.matter.free
    anew = parts.matter or parts.places or parts.plans or parts.years or parts.units or parts.numbers
    return replace(meaning, tasks=tasks, matter=None) if free and not anew and 0 < len(tasks) <= _FEW else meaning


def _unfolded(old: Meaning) -> Meaning:
    """A question of the tasks before as one of its own, with all that the question before said: 其中6月底前的, and then 那青岚县呢."""
    if old.within is None:
        return old
    whole = _unfolded(old.within)
    return replace(
        whole,
        ask=old.ask,
        units=old.units or whole.units,
        role=old.role or whole.role,
        windows=old.windows or whole.windows,
        conditions=old.conditions or whole.conditions,
        wanted=old.wanted,
    )


def _of_these(parts: Parts, before: Answer) -> Meaning:
    """Those of the tasks answered before for which this holds too; what is asked of them."""
    tasks = tuple(dict.fromkeys(str(row["task"]) for row in before.rows if "task" in row))
    if not tasks:
        raise Unread("上一句的回答里没有任务")
    new = to_meaning(_pattern_of(parts, parts), parts)
    cited = before.meaning.instruments if before.meaning and new.ask == "titles" else new.instruments
    return replace(new, tasks=tasks, within=before.meaning, instruments=cited, linked=bool(parts.places or parts.plans or parts.years))


def _pattern_of(parts: Parts, said: Parts) -> Pattern:
    """The pattern of what is asked; the tasks, where a question names only a unit's role, days or a condition: 其中财政局牵头的？"""
    try:
        return choose(parts)
    except Unread as unread:
        told = said.role or said.either or said.any_role or said.windows or said.conditions or (said.units and said.this)
        if unread.left or not told or said.matter or any(not token.value & _NARROWS for token in said.cues):
            raise
        return next(one for one in load_grammar().patterns if one.name == "tasks")


def _carried(old: Meaning, parts: Parts) -> list[str]:
    """What the question takes over from one that was not answered, to be said."""
    told = scope_in_words(old)
    return [f"承接上文：{told}"] if not old.ask and told and not (parts.places or parts.plans) else []


def _moved(old: Meaning, parts: Parts, lexicon: Lexicon) -> None:
    """换成云泽市呢: the unit before as it is called there, where only a place is said; Decline where there is none."""
    if parts.units or len(parts.places) != 1 or len(old.units) != 1:
        return
    place, unit = parts.places[0], old.units[0].unit
    if _is_government(unit):
        parts.units = [Owed(unit=_government_of(place, lexicon))]
    elif unit.home and unit.home != place.iri and (label := lexicon.place_labels.get(unit.home, "")) and unit.label.startswith(label):
        core = unit.label.removeprefix(label)
        there = [one for one in lexicon.units.get(core, ()) if place.iri in (one.home, one.place)]
        if not there or len({one.exact for one in there}) < len(there):
            raise Decline(f"库中没有{place.label}的“{core}”")
        parts.units = [Owed(unit=there[0])]
        return
    if parts.units:  # one government for another, of the same plan
        above = set(lexicon.above(place.iri))
        within = any(one.place in above for one in old.plans)
        parts.places = [one for one in old.places if one.iri in above] or ([] if within else parts.places)


def _is_government(unit: Thing) -> bool:
    """Whether a unit is the government of a place, or stands for one that no document names."""
    return unit.label.endswith(_GOVERNMENT) or unit.bound.endswith("政府")


def _government_of(place: Thing, lexicon: Lexicon) -> Thing:
    if named := lexicon.units.get(place.label + _GOVERNMENT):
        return named[0]
    group = next((found for above in lexicon.above(place.iri) if (found := lexicon.groups.get((above, "lower-governments")))), None)
    if group is None:
        raise Decline(f"库中没有{place.label}的人民政府")
    return replace(group, bound=f"{place.label}政府", place=place.iri, home=place.iri)


def _as_days(tokens: Sequence[Token], old: Meaning, lexicon: Lexicon) -> list[Token]:
    """那2027年的呢, after 2026年到期的: the tokens with that year as days, where what is spoken of has no plan of it."""
    iris = {one.iri for one in old.plans}
    spoken = {one.year for one in lexicon.all_plans if (one.thing.iri in iris if iris else one.place == place_of(old))}
    if not old.windows or not spoken or any(token.kind in {"place", "plan", "window"} for token in tokens):
        return list(tokens)

    def read(token: Token) -> Token:
        if token.kind != "year" or len(token.value) != 1 or token.value[0] in spoken:
            return token
        return replace(token, kind="window", value=Window(year=token.value[0], start=(1, 1), end=(12, 31), text=token.text))

    return [read(token) for token in tokens]


def _asks_anew(parts: Parts) -> bool:
    """Whether it has a question of its own: 那谁牵头？ asks who, 牵头的呢？ does not."""
    return any(token.value & _ASKING for token in parts.cues)


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
    role = "" if parts.any_role or parts.either or _names_others(ask, parts) else "responsible" if responsible else parts.role or old.role
    return replace(
        old,
        ask=ask,
        units=tuple(parts.units) if ask in _WHOSE else _owed(old, parts, role),
        together=old.together and not parts.units and not parts.either,
        direct=not parts.through and (old.direct or any("direct" in token.value for token in parts.cues)),
        role=role,
        places=tuple(parts.places) or old.places,
        years=tuple(parts.years) or old.years or _years_of_days(old, parts),
        plans=tuple(parts.plans) or (() if parts.years or parts.places else _kept_plans(old, parts)),
        matter=parts.matter or old.matter,
        instruments=tuple(parts.instruments) or old.instruments,
        without=tuple(parts.without) or old.without,
        section=parts.section or old.section,
        numbers=tuple(parts.numbers) or old.numbers,
        windows=tuple(parts.windows) or (() if parts.conditions or _at_any_time(parts) else _in_year(old, parts)),
        conditions=tuple(one.name for one in parts.conditions) or (() if parts.windows else old.conditions),
        period=parts.period or old.period,
        notes=tuple(parts.notes),
        tasks=(),
    )


def _in_year(old: Meaning, parts: Parts) -> tuple[Window, ...]:
    """The days before, of the year that is said now where one is: 6月底前的, and then 2022年呢."""
    if len(parts.years) != 1:
        return old.windows
    first = old.years[0] if len(old.years) == 1 else min((window.year for window in old.windows), default=0)
    return tuple(replace(window, year=window.year + parts.years[0] - first) for window in old.windows)


def _years_of_days(old: Meaning, parts: Parts) -> tuple[int, ...]:
    """The years of the days that are left out now, where no plan says the year."""
    left = _at_any_time(parts) and not (old.plans or parts.plans)
    return tuple(sorted({window.year for window in old.windows})) if left else ()


def _at_any_time(parts: Parts) -> bool:
    """不管几月的: whatever days the question before asked for."""
    return any("whenever" in token.value for token in parts.cues)


def _names_others(ask: str, parts: Parts) -> bool:
    """谁牵头，责任单位又是谁、还涉及哪些单位: who is, whatever role was asked for before."""
    return ask in _WHOSE and not parts.role and any(token.value & {"responsible", "named", "who"} for token in parts.cues)


def _owed(old: Meaning, parts: Parts, role: str) -> tuple[Owed, ...]:
    """The units of the question, else those before, in the role that is asked for now, else before."""
    units = tuple(parts.units) or tuple({owed.unit.iri: owed for owed in old.units}.values())
    if parts.either:
        things = list(dict.fromkeys(owed.unit for owed in units))
        return tuple(Owed(unit=thing, role=each) for thing in things for each in ("lead", "support"))
    if parts.any_role:
        return tuple(replace(owed, role="") for owed in units)
    if role == "responsible" or parts.role:
        return tuple(replace(owed, role=role) for owed in units)
    if parts.units and old.units and old.units[0].role:
        return tuple(replace(owed, role=old.units[0].role) for owed in units)
    return tuple(parts.units) or old.units


def _kept_plans(old: Meaning, parts: Parts) -> tuple[Thing, ...]:
    """The plans before, unless a unit of another place is named."""
    places = {owed.unit.place for owed in parts.units} | {owed.unit.home for owed in parts.units}
    return old.plans if not places or any(plan.place in places for plan in old.plans) else ()


def _plan_years(old: Meaning, lexicon: Lexicon) -> tuple[int, ...]:
    """The years of the plans before, else of the plans of the one place before."""
    plans = {one.iri for one in old.plans}
    found = {plan.year for plan in lexicon.all_plans if plan.thing.iri in plans}
    place = place_of(old)
    return tuple(found or {plan.year for plan in lexicon.all_plans if place and plan.place == place and plan.year})


def place_of(old: Meaning) -> str:
    """The place that the question before was about, where it was one."""
    places = {one.iri for one in old.places} or {one.place for one in old.plans} or {one.unit.place for one in old.units}
    return next(iter(places)) if len(places) == 1 else ""


def placed(tokens: Sequence[Token], old: Meaning, lexicon: Lexicon) -> list[Token]:
    """Units that several places have are those of the place or the plan before, unless a place is said."""
    place = place_of(old)
    if any(token.kind == "place" for token in tokens):
        return list(tokens)
    if not place:
        return [replace(token, things=of_plans(token.things, old.plans)) if token.kind == "unit" else token for token in tokens]
    return [replace(token, things=_at(token, place, lexicon)) if token.kind == "unit" else token for token in tokens]


def _at(token: Token, place: str, lexicon: Lexicon) -> tuple[Thing, ...]:
    if token.value and lexicon.level_of.get(place) != token.value:
        return token.things
    here = tuple(one for one in token.things if one.place == place)
    whole = tuple(one for one in here if one.exact) or here
    return tuple(one for one in whole if one.home == place) or whole or token.things
