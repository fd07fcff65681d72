"""What the graph of lineage holds already: which plans were compared, and of the tasks that a change reaches their links and threads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from kg.graph import lineage as graph
from kg.ids import Ids
from kg.lineage.model import Axis, Shape
from kg.lineage.related import Basis, Related
from kg.lineage.threads import Bond
from kg.store import Store
from kg.store.rows import select_strings

_BATCH = 400  # tasks or comparisons that are asked for at once


class Told(NamedTuple):
    """What is said of a task: the axes and tasks that it leads to, and the threads that it is in."""

    ways: frozenset[tuple[Axis, str]]
    threads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Held:
    """The graph of lineage of one store."""

    store: Store
    ids: Ids
    comparisons: Mapping[str, Related]

    @classmethod
    def read(cls, store: Store, ids: Ids) -> Held:
        """With all its comparisons; none where it was never written."""
        found = {}
        for row in select_strings(store, graph.comparisons_query(ids)):
            found[row["one"]] = Related(
                later=row["later"],
                earlier=row["earlier"],
                axis=cast("Axis", graph.AXES[_name(row["relation"])]),
                basis=cast("Basis", _name(row["basis"])),
                apart=int(row.get("apart", 0)),
            )
        return cls(store, ids, found)

    def links_around(self, gone: Iterable[Related], tasks: Iterable[str]) -> list[Bond]:
        """Every link that can be reached from those comparisons and tasks by way of links: nothing else depends on them."""
        compared = sorted(self.ids.comparison(one.later, one.earlier) for one in gone)
        found = set(self._batched(compared, lambda some: graph.links_query(self.ids, comparisons=some)))
        seen: set[str] = set()
        edge = {*tasks, *_ends(found)}
        while edge:
            seen |= edge
            more = set(self._batched(sorted(edge), lambda some: graph.links_query(self.ids, tasks=some)))
            edge = set(_ends(more)) - seen
            found |= more
        return sorted(found, key=lambda bond: bond.rank)

    def _batched(self, iris: Sequence[str], query: Callable[[Sequence[str]], str]) -> Iterator[Bond]:
        for at in range(0, len(iris), _BATCH):
            yield from self._bonds(query(iris[at : at + _BATCH]))

    def _bonds(self, query: str) -> Iterator[Bond]:
        for row in select_strings(self.store, query):
            if one := self.comparisons.get(row["comparison"]):
                yield Bond(
                    later=row["later"],
                    earlier=row["earlier"],
                    plans=(one.later, one.earlier),
                    axis=one.axis,
                    shape=cast("Shape", _name(row["shape"]).replace("-", "_")),
                    score=float(row["score"]),
                )

    def threads(self, tasks: Iterable[str]) -> dict[str, set[str]]:
        """The threads that these tasks are in, each with them."""
        found: dict[str, set[str]] = defaultdict(set)
        some = sorted(tasks)
        for at in range(0, len(some), _BATCH):
            for row in select_strings(self.store, graph.threads_query(self.ids, some[at : at + _BATCH])):
                found[row["thread"]].add(row["task"])
        return found

    def series(self) -> dict[str, frozenset[str]]:
        """The plans of each series."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in select_strings(self.store, graph.series_query(self.ids)):
            found[row["one"]].add(row["plan"])
        return {iri: frozenset(plans) for iri, plans in found.items()}


def _ends(bonds: Iterable[Bond]) -> Iterator[str]:
    return (task for bond in bonds for task in (bond.later, bond.earlier))


def _name(iri: str) -> str:
    """The name of a code in its list."""
    return iri.rsplit("/", 1)[-1]


def to_told(bonds: Iterable[Bond], threads: Mapping[str, Iterable[str]]) -> dict[str, Told]:
    """What is said of each task, by the links and by the tasks of each thread."""
    ways: dict[str, set[tuple[Axis, str]]] = defaultdict(set)
    within: dict[str, set[str]] = defaultdict(set)
    for bond in bonds:
        ways[bond.later].add((bond.axis, bond.earlier))
        if bond.axis == "sibling":  # it holds both ways, and an endpoint infers nothing
            ways[bond.earlier].add((bond.axis, bond.later))
    for iri, tasks in threads.items():
        for task in tasks:
            within[task].add(iri)
    return {task: Told(frozenset(ways.get(task, ())), frozenset(within.get(task, ()))) for task in ways.keys() | within.keys()}
