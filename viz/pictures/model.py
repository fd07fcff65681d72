"""What is on a picture: things and the ties between them, whatever it is drawn as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a source, and where they stand."""

    text: str
    file: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A node. `members` are the things that it sums up; it has no IRI of its own then."""

    key: str
    kind: str
    label: str
    iri: str = ""
    about: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quotes: tuple[Quote, ...] = ()
    members: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """An edge between two things, by their keys; `count` is how many it sums up, `words` how the source prints it."""

    source: str
    target: str
    relation: str
    words: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a reader of the picture must know: that it was cut, or summed up."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A picture before it is laid out. `starts` are the keys of what it is about."""

    title: str
    subtitle: str
    things: tuple[Thing, ...]
    ties: tuple[Tie, ...]
    starts: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
