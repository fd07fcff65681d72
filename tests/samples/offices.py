"""Units as they are printed, and who owes what by that print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .matters import LEVELS
from .wording import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One member of a printed list, and the units that it stands for (several behind 有关部门（…、…）)."""

    printed: str
    units: tuple[str, ...]
    group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """分工 of one matter at one level: who leads, who is responsible, who supports; `rest` is what follows 等."""

    lead: tuple[Name, ...] = ()
    responsible: tuple[Name, ...] = ()
    support: tuple[Name, ...] = ()
    rest: str = ""

    @property
    def all(self) -> tuple[Name, ...]:
        return (*self.lead, *self.responsible, *self.support)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A list of units as printed, without its brackets, and its facts."""

    text: str
    units: tuple[Fact, ...]


def read_owed(spec: str, level: str, year: int, table: Mapping[str, Any]) -> Owed:
    """`甲/乙,丙/丁!等部门` to names: leading / responsible / supporting ! what ends the list."""
    lists, _, rest = spec.partition("!")
    names = [[_name(key, level, year, table) for key in _keys(part)] for part in [*lists.split("/"), "", ""][:3]]
    lead, responsible, support = [tuple(_without_repeats(names, index)) for index in range(3)]
    return Owed(lead=lead, responsible=responsible, support=support, rest=rest)


def _keys(part: str) -> list[str]:
    return [key for key in re.split(r",(?![^(]*\))", part) if key]


def _without_repeats(names: Sequence[Sequence[Name]], index: int) -> Iterator[Name]:
    """One office may hold two duties; it is listed once."""
    seen = {name.printed for before in names[:index] for name in before}
    for name in names[index]:
        if name.printed not in seen:
            seen.add(name.printed)
            yield name


def _name(key: str, level: str, year: int, table: Mapping[str, Any]) -> Name:
    at = LEVELS.index(level)
    single = {**table["single"], **(table["since_2024"] if year >= 2024 else {})}
    if described := re.fullmatch(r"有关\((.+)\)", key):
        members = [single[member][at] for member in described[1].split(",")]
        return Name(printed=f"{table['group']['有关部门'][at]}（{'、'.join(members)}）", units=tuple(members))
    if key in table["group"]:
        return Name(printed=table["group"][key][at], units=(table["group"][key][at],), group=True)
    return Name(printed=single[key][at], units=(single[key][at],))


def misprint(owed: Owed, old: str, new: str) -> Owed:
    """`owed` with a slip in a name, as it is then printed."""

    def slip(names: tuple[Name, ...]) -> tuple[Name, ...]:
        return tuple(
            replace(name, printed=name.printed.replace(old, new), units=tuple(u.replace(old, new) for u in name.units)) for name in names
        )

    return replace(owed, lead=slip(owed.lead), responsible=slip(owed.responsible), support=slip(owed.support))


def print_units(owed: Owed, style: str) -> Printed:
    """`owed` in one of the styles of STYLES."""
    return STYLES[style](owed)


def print_pair(owed: Owed) -> tuple[Printed, Printed]:
    """`owed` for two columns, 牵头单位 and 配合单位: where nobody leads, the first of the list does."""
    lead = owed.lead or owed.all[:1]
    others = tuple(name for name in owed.all if name not in lead)
    return (
        Printed(text=_join(lead), units=tuple(_facts(lead, "lead"))),
        Printed(text=_join(others) + (owed.rest if others else ""), units=tuple(_facts(others, "support"))),
    )


def _facts(names: Iterable[Name], role: str) -> list[Fact]:
    return [{"name": unit, "role": role, "group": name.group} for name in names for unit in name.units]


def _join(names: tuple[Name, ...], *, comma: bool = False, last: str = "") -> str:
    """The list as printed: `comma` sets collectives off with a comma, `last` is the word before the last name."""
    text = ""
    for index, name in enumerate(names):
        mark = "、"
        if comma and name.group:
            mark = "，"
        if last and index == len(names) - 1 and not any("和" in other.printed or other.group for other in names):
            mark = last
        text += (mark if index else "") + name.printed
    return text


def _flat(owed: Owed) -> Printed:
    return Printed(text=_join(owed.all, comma=True) + owed.rest, units=tuple(_facts(owed.all, "responsible")))


def _label(owed: Owed) -> Printed:
    flat = _flat(owed)
    return replace(flat, text=f"责任单位：{flat.text}")


def _label_and(owed: Owed) -> Printed:
    text = _join(owed.all, last="和") + owed.rest
    return Printed(text=f"责任单位：{text}", units=tuple(_facts(owed.all, "responsible")))


def _first(owed: Owed) -> Printed:
    """责任单位：甲、乙 where the document says that the first of a list leads."""
    flat = _flat(owed)
    facts = list(flat.units)
    if len(facts) > 1:
        facts[0] = {**facts[0], "role": "lead"}
    else:
        facts[0] = {**facts[0], "role_also": ["lead"]}
    return Printed(text=f"责任单位：{flat.text}", units=tuple(facts))


def _labels(owed: Owed) -> Printed:
    lists = [
        ("牵头单位", owed.lead, "lead", ""),
        ("责任单位", owed.responsible, "responsible", owed.rest),
        ("配合单位", owed.support, "support", ""),
    ]
    text = "；".join(f"{label}：{_join(names, comma=True)}{rest}" for label, names, _, rest in lists if names)
    return Printed(text=text, units=tuple(fact for _, names, role, _ in lists for fact in _facts(names, role)))


def _led(owed: Owed, verb: str, role: str) -> Printed:
    others = (*owed.responsible, *owed.support)
    if not owed.lead:
        word = verb if verb != "配合" and len(others) > 1 else "负责"
        return Printed(text=_join(others) + owed.rest + word, units=tuple(_facts(others, "responsible")))
    if not others:
        return Printed(text=f"{_join(owed.lead)}负责", units=tuple(_facts(owed.lead, "responsible")))
    text = f"{_join(owed.lead)}牵头，{_join(others)}{owed.rest}{verb}"
    return Printed(text=text, units=(*_facts(owed.lead, "lead"), *_facts(others, role)))


STYLES: dict[str, Callable[[Owed], Printed]] = {
    "flat": _flat,
    "label": _label,
    "label_and": _label_and,
    "first": _first,
    "labels": _labels,
    "verbs": lambda owed: _led(owed, "配合", "support"),
    "share": lambda owed: _led(owed, "按职责分工负责", "responsible"),
    "divide": lambda owed: _led(owed, "分工负责", "responsible"),
}
