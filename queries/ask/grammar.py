"""The grammar of questions: what `grammar.toml` and `asks.toml` say, ready to be used."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kg.errors import RuleError

STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """条件: what tasks have in common by words alone: 没有写明单位的."""

    name: str
    query: str
    needs: tuple[str, ...]  # cues, each by a word of its own
    may: tuple[str, ...] = ()
    role: str = ""  # that no unit has
    has: bool = False  # whether some unit must have that role
    days: str = ""  # with, without: whether tasks are kept by having a day that is fixed
    part: str = ""  # table, text: whether tasks are kept by standing in a table beside the text of the plan
    alone: bool = False  # whether only tasks of one unit are kept
    column: str = ""  # where no task is without any unit: the role that none of its units has, in a plan that prints it apart
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """问法: one thing that may be asked, and the words that ask it."""

    name: str
    zh: str  # what is asked, as it is said back; {tasks} is what it is asked of
    en: str
    offer: str  # a question of this kind, with {unit}, {place}, {year}, … to be filled in
    needs: tuple[tuple[str, ...], ...]  # cues of which one must be there, each by a word of its own
    may: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()  # of which one must be filled; none: any question
    takes: tuple[str, ...] = ()  # the only slots that may be filled; empty: any
    never: tuple[str, ...] = ()  # cues that it cannot have
    least: Mapping[str, int]  # how many of a slot there must be
    query: str = ""
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Everything that the files say."""

    cues: Mapping[str, frozenset[str]]  # a word to the cues that it may be
    weak: frozenset[str]  # words that may be a part of a matter
    light: frozenset[str]
    conditions: tuple[Condition, ...]
    patterns: tuple[Pattern, ...]


@cache
def load_grammar() -> Grammar:
    """The grammar of this version."""
    table = _read("grammar.toml")
    cues: dict[str, set[str]] = {}
    weak: set[str] = set()
    for name, cue in table["cue"].items():
        for word in cue["words"]:
            cues.setdefault(word, set()).add(name)
        if cue.get("weak"):
            weak |= set(cue["words"])
        weak |= set(cue.get("weak_words", ()))
    for word in table[STOP]["words"]:
        cues.setdefault(word, set()).add(STOP)
        weak.add(word)
    patterns = tuple(_pattern(entry, set(table["cue"])) for entry in _read("asks.toml")["ask"])
    return Grammar(
        cues={word: frozenset(names) for word, names in cues.items()},
        weak=frozenset(weak),
        light=frozenset(table["light"]["words"]),
        conditions=tuple(
            Condition(
                name=name,
                query=one["query"],
                needs=tuple(one["needs"]),
                may=tuple(one.get("may", ())),
                role=one.get("role", ""),
                column=one.get("column", ""),
                days=one.get("days", ""),
                part=one.get("part", ""),
                alone=one.get("alone", False),
                has=one.get("has", False),
                zh=one["zh"],
                en=one["en"],
            )
            for name, one in table["condition"].items()
        ),
        patterns=patterns,
    )


def _pattern(entry: Mapping[str, Any], cues: set[str]) -> Pattern:
    needs = tuple(tuple(need.split("|")) for need in entry["needs"])
    may = tuple(entry.get("may", ()))
    if unknown := {one for need in needs for one in need} | set(may) - cues - {"*"}:
        unknown -= cues
        if unknown - {"*"}:
            raise RuleError(f"没有这样的问词：{sorted(unknown)}", f"no such cues: {sorted(unknown)}", file="asks.toml", place=entry["name"])
    return Pattern(
        name=entry["name"],
        zh=entry["zh"],
        en=entry["en"],
        offer=entry.get("offer", ""),
        needs=needs,
        may=may,
        slots=tuple(entry.get("slots", ())),
        takes=tuple(entry.get("takes", ())),
        never=tuple(entry.get("never", ())),
        least=dict(entry.get("least", {})),
        query=entry.get("query", ""),
        examples=tuple(entry.get("examples", ())),
        near_misses=tuple(entry.get("near_misses", ())),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("queries.ask").joinpath(name).read_text("utf-8"))
