"""What was understood, in English; names, titles and the words of a matter stay as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.ask.dates import day_of
from queries.ask.grammar import load_grammar
from queries.ask.model import Meaning, Owed, Window

_OWED = {
    "": "has to do",
    "lead": "leads",
    "support": "supports",
    "responsible": "is responsible for",
    "first": "heads the list of",
    "other": "has to do without leading",
}
_OWE = {"": "has to do it", "lead": "leads", "support": "supports", "responsible": "is responsible"}


def in_english(meaning: Meaning) -> str:
    """What was understood, in words, as `restate` says it in Chinese."""
    pattern = next(one for one in load_grammar().patterns if one.name == meaning.ask)
    years, before = sorted(meaning.years), "the year before"
    told, later = meaning, "later"
    if meaning.ask == "fate" and len(years) > 1:
        told, later = replace(meaning, years=(years[0],)), f"in {_listed(years[1:])}"
    if meaning.ask in {"added", "dropped", "kept"} and len(years) > 1:
        told, before = replace(meaning, years=(years[-1],)), str(years[0])
    return pattern.en.format(
        tasks=_tasks(told),
        later=later,
        before=before,
        scope=_scope(told) or "the whole store",
        units=_listed([one.unit.label for one in meaning.units]),
        instruments=_titles(meaning),
        sets=_listed([*(one.unit.label for one in meaning.units), *(one.label for one in meaning.places), *meaning.years]),
        function="",
        owes=_OWE.get(meaning.role, _OWE[""]),
    )


def _listed(names: Sequence[object]) -> str:
    """In the way of English: a, b and c."""
    told = [str(one) for one in names]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _titles(meaning: Meaning) -> str:
    return _listed([f"《{one.label}》" for one in meaning.instruments])


def _scope(meaning: Meaning) -> str:
    """Places and years, or plans."""
    if meaning.plans:
        return _listed([f"《{one.label}》" for one in meaning.plans])
    return " ".join(filter(None, [_listed([one.label for one in meaning.places]), _listed([*meaning.years])]))


def _tasks(meaning: Meaning) -> str:
    """The tasks that are meant."""
    if meaning.tasks:
        return f"the {len(meaning.tasks)} tasks above"
    of = [f"no. {_listed([*meaning.numbers])}"] if meaning.numbers else []
    if scope := _scope(meaning):
        of.append(f"of {scope}")
    if meaning.units:
        of.append(f"that {_owed_by(meaning)}")
    named = {one.name: one.en for one in load_grammar().conditions}
    of += [f"of which another unit than {owed.unit.label} is the {owed.role} unit" for owed in meaning.without]
    of += [f"under the heading “{meaning.section}”"] if meaning.section else []
    of += [named[name] for name in meaning.conditions]
    if meaning.instruments:
        of.append(f"that cite {_titles(meaning)}")
    of += [f"due {_window(one)}" for one in meaning.windows]
    if meaning.matter:
        of.append(f"that speak of “{meaning.matter}”")
    return " ".join(["tasks", *of])


def _owed_by(meaning: Meaning) -> str:
    if meaning.together and not any(one.role for one in meaning.units):
        return f"{_listed([one.unit.label for one in meaning.units])} have to do together"
    return (" and " if meaning.together else " or ").join(_owed(one) for one in meaning.units)


def _owed(owed: Owed) -> str:
    return f"{owed.unit.label} {_OWED[owed.role]}"


def _window(window: Window) -> str:
    return f"from {day_of(window.year, window.start or (1, 1))} to {day_of(window.year, window.end or (12, 31))}"
