"""What is looked for and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

Kind = Literal["unit", "plan", "instrument", "section", "task", "statement"]
Reason = Literal["word", "number", "synonym", "pinyin", "corrected"]
KINDS: tuple[Kind, ...] = ("unit", "plan", "instrument", "section", "task", "statement")
FACETS = ("kind", "year", "place", "level", "plan", "unit", "function", "role", "instrument", "deadline", "relation")
ROLES = ("lead", "responsible", "support")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a hit has to be: one of the values for each facet that has any. A value is a code, a year, a name or an IRI."""

    kind: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    function: tuple[str, ...] = ()
    role: tuple[str, ...] = ()  # of the units that were given, or of any
    instrument: tuple[str, ...] = ()
    deadline: tuple[str, ...] = ()
    relation: tuple[str, ...] = ()

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The facets that have values."""
        return {one.name: values for one in fields(self) if (values := getattr(self, one.name))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch [start, end) of `field` that matched, counted in characters of the text that is shown."""

    field: Literal["label", "text", "beside"]
    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that was found."""

    kind: Kind
    iri: str
    label: str  # a title or a name; of a task its first words
    text: str  # of a task or a statement all its words; else empty
    beside: str  # another name, a number, a heading or a unit by which it was found, where label and text have none of the words
    marks: tuple[Mark, ...]
    why: tuple[Reason, ...]
    score: float
    plan: str
    plan_title: str
    number: str
    year: int | None
    place: str  # of the government, by name
    file: str
    at: str  # where in the file the words stand


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """One value of a facet, and how many hits have it."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A facet and its most frequent values, years from the last to the first; and how many values there are in all."""

    name: str
    zh: str
    en: str
    values: tuple[FacetValue, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A word that was typed, and those that were looked for in its place, or beside it."""

    typed: str
    meant: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something that whoever asks should know of how the words were understood."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What somebody who has typed so far may want."""

    text: str
    kind: str  # unit, plan, instrument, place, or word
    iri: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of what was found."""

    words: str
    total: int
    page: int
    limit: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...] = ()
    corrections: tuple[Correction, ...] = ()  # that were made
    did_you_mean: str = ""  # a query that would find more
    left_out: tuple[str, ...] = ()  # words that not every hit has, where nothing has them all
    said: tuple[Said, ...] = ()
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # the values of facets, as they were understood

    def to_json(self) -> dict[str, Any]:
        """Plain values for the command line and the API."""
        return asdict(self)
