"""How things and ties look, and what they are called on a picture."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kg.graph.resources.around import RELATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A kind of thing as it is drawn, here and in the explorer; its colour is for a light ground or a dark one."""

    zh: str
    en: str
    shape: str
    light: str
    dark: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A relation as it is drawn: from the thing that says it to the thing that it is said of."""

    zh: str
    en: str
    colour: str
    width: float
    dash: tuple[int, ...] = ()


@cache
def _tables() -> Mapping[str, Any]:
    return {
        **json.loads(resources.files("viz").joinpath("kinds.json").read_text("utf-8")),
        **tomllib.loads(resources.files("viz.pictures").joinpath("relations.toml").read_text("utf-8")),
    }


@cache
def kinds() -> Mapping[str, Look]:
    """Every kind, in the order of the legend."""
    return {name: Look(**row) for name, row in _tables()["kinds"].items()}


def kind_of(name: str) -> str:
    """The kind that a class is drawn as."""
    kind = _tables()["same"].get(name, name)
    return kind if kind in kinds() else "Other"


@cache
def stroke(relation: str) -> Stroke:
    """How a relation is drawn; one that is not ours is called by its own name."""
    rows = _tables()["relations"]
    row = rows.get(relation, rows["other"])
    zh, _, en = RELATIONS[relation][1].partition(" ") if relation in RELATIONS else (relation, "", "")
    return Stroke(zh=zh, en=en, colour=row["colour"], width=row["width"], dash=tuple(row.get("dash", ())))


def called(look: Look | Stroke) -> str:
    """In Chinese with English beside it."""
    return f"{look.zh} {look.en}".strip()


def about_words(what: str) -> str:
    """What a detail is called."""
    words: str = _tables()["about"].get(what, what)
    return words
