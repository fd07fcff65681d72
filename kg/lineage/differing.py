"""Two plans, or two tasks, side by side: which task answers which, and the wording word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.ids import Ids
from kg.lineage.listing import PlanName, Side, in_order, list_links, read_plan_names, read_sides
from kg.lineage.model import Pairing
from kg.lineage.plans import read_heads, read_plans
from kg.lineage.words import Piece, differences
from kg.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDifference:
    """Two tasks and what became of the first wording in the second. `band` is empty where nobody linked them."""

    a: Side
    b: Side
    pieces: tuple[Piece, ...]
    band: str = ""

    def to_json(self) -> dict[str, Any]:
        pieces = [{"kind": piece.kind, "before": piece.before, "after": piece.after} for piece in self.pieces]
        return {"a": self.a.to_json(), "b": self.b.to_json(), "band": self.band or None, "pieces": pieces}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDifference:
    """Two plans: the tasks that answer each other, and those that only one has. `held`: the store had compared them."""

    a: PlanName
    b: PlanName
    pairs: tuple[TaskDifference, ...]
    only_a: tuple[Side, ...]
    only_b: tuple[Side, ...]
    held: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "a": self.a.to_json(),
            "b": self.b.to_json(),
            "compared_before": self.held,
            "pairs": [pair.to_json() for pair in self.pairs],
            "only_a": [side.to_json() for side in self.only_a],
            "only_b": [side.to_json() for side in self.only_b],
        }


Difference = TaskDifference | PlanDifference


def differ_tasks(store: Store, a: str, b: str) -> TaskDifference:
    """The two tasks, by their IRIs, word by word."""
    sides = read_sides(store, {a, b})
    return _pair(sides[a], sides[b])


def _pair(a: Side, b: Side, band: str = "") -> TaskDifference:
    return TaskDifference(a=a, b=b, pieces=tuple(differences(a.text, b.text)), band=band)


def differ_plans(store: Store, ids: Ids, a: str, b: str) -> PlanDifference:
    """The two plans, by their IRIs: as the store has compared them, else compared now."""
    names = read_plan_names(store, {a, b})
    heads = {head.iri: head for head in read_heads(store)}
    plans = read_plans(store, [heads[a], heads[b]])
    linked = list(_held(store, ids, a, b))
    found = linked or list(_compared(Pairing(later=plans[b], earlier=plans[a], axis="year")))
    sides = read_sides(store, [task.iri for plan in plans.values() for task in plan.tasks])
    return PlanDifference(
        a=names[a],
        b=names[b],
        pairs=tuple(
            sorted((_pair(sides[one], sides[two], band) for one, two, band in found), key=lambda pair: (in_order(pair.a), in_order(pair.b)))
        ),
        only_a=_left(sides, (task.iri for task in plans[a].tasks), {one for one, _, _ in found}),
        only_b=_left(sides, (task.iri for task in plans[b].tasks), {two for _, two, _ in found}),
        held=bool(linked),
    )


def _held(store: Store, ids: Ids, a: str, b: str) -> Iterator[tuple[str, str, str]]:
    """The tasks of both that the store links, each pair with its band."""
    for link in list_links(store, ids, plan=a):
        if (link.a.plan_iri, link.b.plan_iri) == (a, b):
            yield link.a.iri, link.b.iri, link.band
        elif (link.a.plan_iri, link.b.plan_iri) == (b, a):
            yield link.b.iri, link.a.iri, link.band


def _compared(pairing: Pairing) -> Iterator[tuple[str, str, str]]:
    """The same for two plans that nobody has compared."""
    from kg.lineage.compare import compare  # takes a second to import

    return ((link.earlier, link.later, link.band) for link in compare(pairing).links)


def _left(sides: dict[str, Side], tasks: Iterable[str], linked: set[str]) -> tuple[Side, ...]:
    return tuple(sides[task] for task in tasks if task not in linked)
