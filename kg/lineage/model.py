"""What lineage is worked out from, and what it finds: tasks of two plans, and the links between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kg.model import Form

Axis = Literal["year", "level", "ledger", "sibling"]
Band = Literal["verbatim", "edited", "rewritten"]
Shape = Literal["one", "broken_down", "merged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTask:
    """A task as far as lineage looks at it. Units are named as printed, functions and instruments by what they were resolved to."""

    iri: str
    plan: str
    order: int  # in its plan, from 1
    text: str
    number: str = ""
    headings: tuple[str, ...] = ()  # outermost first
    leads: tuple[str, ...] = ()  # names as printed of the units that lead
    others: tuple[str, ...] = ()  # of all others, in order
    lead_functions: frozenset[str] = frozenset()  # codes, of the units that lead; of the first named where nobody is said to
    functions: frozenset[str] = frozenset()  # codes, of all units
    instruments: frozenset[str] = frozenset()  # what is cited: IRIs, or numbers or titles as printed where none is resolved
    measures: tuple[str, ...] = ()  # as printed
    deadlines: tuple[str, ...] = ()  # as printed
    form: Form = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPlan:
    """A plan with its tasks in order. `place` is a code of GB/T 2260, `kind` a code of plan-kind; empty where unknown."""

    iri: str
    title: str
    tasks: tuple[LinkTask, ...]
    year: int | None = None
    place: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Two plans of which one can come from the other: the later, lower or derived one first. Siblings have no first, any order does."""

    later: LinkPlan
    earlier: LinkPlan
    axis: Axis


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """谱系: a task of the later plan that takes up one of the earlier. `parts` are the grounds of the score, each from 0 to 1."""

    later: str  # the IRI of the task
    earlier: str
    axis: Axis
    band: Band
    shape: Shape
    score: float
    parts: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All that became of the earlier plan's tasks in the later plan. `new` and `dropped` are tasks without any link, in order."""

    later: str  # the IRI of the plan
    earlier: str
    axis: Axis
    links: tuple[Link, ...] = ()
    new: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
