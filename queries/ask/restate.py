"""A meaning in words: what was understood, and questions that are near to one that was not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from queries.ask.dates import day_of
from queries.ask.grammar import Pattern, load_grammar
from queries.ask.lexicon import Lexicon
from queries.ask.model import Meaning, Owed, Window
from queries.ask.parts import Parts

ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}


_OWED = {"": "承担", "lead": "牵头", "support": "配合", "responsible": "负责", "first": "列首位", "other": "承担而不牵头"}


def restate(meaning: Meaning) -> str:
    """What was understood, in words."""
    pattern = next(one for one in load_grammar().patterns if one.name == meaning.ask)
    later = sorted(meaning.years)[1:] if meaning.ask == "fate" else []
    told = replace(meaning, years=(min(meaning.years),)) if later else meaning
    before = "上一年"
    if meaning.ask in {"added", "dropped", "kept"} and len(meaning.years) > 1:
        told, before = replace(meaning, years=(max(meaning.years),)), f"{min(meaning.years)}年"
    words = pattern.zh.format(
        tasks=tasks_in_words(told),
        later="、".join(f"{year}年" for year in later) or "后来",
        before=before,
        scope=scope_in_words(told) or "全库",
        units="、".join(one.unit.label for one in meaning.units),
        instruments="、".join(f"《{one.label}》" for one in meaning.instruments),
        sets=_sets(meaning),
        function="",
    )
    if meaning.ask in {"whose", "whose-deed", "whose-named"} and meaning.role and meaning.said.count("谁") < 2:
        words = words.replace("承担", ROLES[meaning.role])
    notes = f"（{'；'.join(meaning.notes)}）" if meaning.notes else ""
    return words + notes


def scope_in_words(meaning: Meaning) -> str:
    """Places and years, or plans."""
    if meaning.plans:
        return "、".join(f"《{one.label}》" for one in meaning.plans)
    return "、".join(one.label for one in meaning.places) + "、".join(f"{year}年" for year in meaning.years)


def _sets(meaning: Meaning) -> str:
    parts = [*(one.unit.label for one in meaning.units), *(one.label for one in meaning.places), *(f"{year}年" for year in meaning.years)]
    return "、".join(parts)


def tasks_in_words(meaning: Meaning) -> str:
    """The tasks that are meant."""
    if meaning.tasks:
        return f"上面的{len(meaning.tasks)}项任务"
    of: list[str] = []
    if meaning.units:
        of.append(_owed_by(meaning))
    named = {one.name: one.zh for one in load_grammar().conditions}
    of += [f"{ROLES[owed.role]}单位不是{owed.unit.label}的" for owed in meaning.without]
    of += [f"“{meaning.section}”一章的"] if meaning.section else []
    of += [named[name] for name in meaning.conditions]
    if meaning.instruments:
        of.append(f"引用{'、'.join(f'《{one.label}》' for one in meaning.instruments)}的")
    of += [f"{_window(one)}到期的" for one in meaning.windows]
    if meaning.matter:
        of.append(f"提到“{meaning.matter}”的")
    number = f"第{'、'.join(meaning.numbers)}项" if meaning.numbers else ""
    return f"{scope_in_words(meaning)}{''.join(of)}{number}任务"


def _owed_by(meaning: Meaning) -> str:
    """财政局承担的; 财政局和民政局共同承担的; 财政局牵头、民政局配合的."""
    if meaning.together and not any(one.role for one in meaning.units):
        return "和".join(one.unit.label for one in meaning.units) + "共同承担的"
    return ("、" if meaning.together else "或").join(_owed(one) for one in meaning.units) + "的"


def _owed(owed: Owed) -> str:
    return owed.unit.label + _OWED[owed.role]


def _window(window: Window) -> str:
    return f"{day_of(window.year, window.start or (1, 1))}至{day_of(window.year, window.end or (12, 31))}"


# --- questions that are near ---------------------------------------------------------------------------------


def offers(parts: Parts | None, lexicon: Lexicon, most: int = 3) -> tuple[str, ...]:
    """Questions of the grammar that come nearest to what was spoken of, with the names that were spoken of."""
    patterns = [one for one in load_grammar().patterns if one.offer]
    ranked = sorted(patterns, key=lambda one: -_nearness(one, parts))
    filled = (_fill(one.offer, parts, lexicon) for one in ranked)
    return tuple(dict.fromkeys(one for one in filled if one))[:most]


def _nearness(pattern: Pattern, parts: Parts | None) -> float:
    """How much of what was said a pattern uses."""
    if parts is None:
        return {"tasks": 3.0, "whose": 2.0, "when": 1.0}.get(pattern.name, 0.0)
    cues = {cue for token in parts.cues for cue in token.value}
    said = sum(any(one in cues for one in need) for need in pattern.needs)
    slots = parts.slots()
    filled = sum(1 for slot in ("unit", "place", "year", "matter", "instrument") if slots[slot] and "{" + slot in pattern.offer)
    missing = sum(1 for slot in ("unit", "matter", "instrument") if not slots[slot] and "{" + slot in pattern.offer)
    return said + filled - 0.5 * missing + {"tasks": 0.3, "whose": 0.2, "when": 0.1}.get(pattern.name, 0.0)


def _fill(offer: str, parts: Parts | None, lexicon: Lexicon) -> str:
    """The question with names in it: those that were spoken of, else such as the store has; empty where it has none."""
    parts = parts or Parts()
    years = lexicon.years
    year = parts.years[0] if parts.years else years[-1] if years else 0
    place = parts.places[0].label if parts.places else _first(one[0].label for one in lexicon.places.values())
    given: dict[str, Callable[[], str]] = {
        "unit": lambda: parts.units[0].unit.label if parts.units else _first(_here(lexicon, place)),
        "place": lambda: place,
        "year": lambda: f"{year}年" if year else "",
        "other_year": lambda: f"{year - 1}年" if year else "",
        "matter": lambda: "".join(parts.matter.phrases[0]) if parts.matter and parts.known else "",
        "instrument": lambda: f"《{parts.instruments[0].label}》" if parts.instruments else _first(_cited(lexicon)),
    }
    filled = {name: say() for name, say in given.items() if "{" + name + "}" in offer}
    return offer.format(**filled) if all(filled.values()) else ""


def _here(lexicon: Lexicon, place: str) -> Iterable[str]:
    return (one.label for things in lexicon.units.values() for one in things if one.exact and one.note == place)


def _cited(lexicon: Lexicon) -> Iterable[str]:
    return (f"《{one.label}》" for things in lexicon.instruments.values() for one in things if not one.note)


def _first(names: Iterable[str]) -> str:
    return min(names, default="")
