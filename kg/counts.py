"""Totals kept beside what they are of: a page that shows them reads them, and never counts.

Each plan has its own: what it has, whom it obliges, what it cites. Those of a unit, an instrument, a place in a year are
sums of them, so that a plan that comes or goes changes them by its own only. Tasks that bind a unit through a group do not
add up (two groups may bind it to one task): they are counted anew for the units that a change touches.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from inspect import getsource
from pathlib import Path

from kg.changes import EVERYTHING, Changes
from kg.graph import counts as asking
from kg.graph import derived
from kg.graph.counts import (
    ALL_CITATIONS,
    ALL_DUTIES,
    CITATIONS,
    DUTIES,
    MEASURES,
    PLAN,
    YEARLY_CITATIONS,
    YEARLY_DUTIES,
    YEARLY_PLANS,
    Cell,
    Totals,
)
from kg.ids import Ids
from kg.store import Parcel, Store
from kg.store.rows import select_strings

VERSION = hashlib.sha256((getsource(asking) + Path(__file__).read_text("utf-8")).encode()).hexdigest()[:16]

_AT_ONCE = 100  # plans, or units, in one question
Cells = dict[Cell, Totals]
Whom = dict[Cell, frozenset[str]]  # through whom the tasks of a cell bind


def count(store: Store, ids: Ids, changes: Changes = EVERYTHING) -> int:
    """Bring the totals up to date; returns how many were looked at."""
    graph = ids.graph("counts")
    if changes.whole:
        own = _of_plans(store, _asked(store, asking.PLANS, "plan"))
        sums = _sums(own)
        _set_places(sums, sums)
        whom = _set_through(store, sums, _asked(store, asking.ALL_BOUND, "unit"))
        store.apply(Parcel(drop=(graph,), add={graph: asking.lines(own | sums, whom, ids)}))
        return len(own) + len(sums)
    if not changes:
        return 0
    before, own = _kept(store, ids, asking.of_plans(ids, changes.plans)), _of_plans(store, changes.plans)
    units = _touched(store, ids, changes, before.keys() | own.keys())
    kept, sums = _changed_sums(store, ids, _sums(before), _sums(own), units)
    whom = _set_through(store, sums, units)
    gone = {asking.node(cell, ids) for cell in (*before, *kept)}
    store.apply(Parcel(forget=tuple((graph, one) for one in sorted(gone)), add={graph: asking.lines(own | sums, whom, ids)}))
    return len(own) + len(sums)


# --- what belongs to a plan -------------------------------------------------------------------------------------


def _of_plans(store: Store, plans: Iterable[str]) -> Cells:
    """The totals of each of the plans that the store has."""
    return dict(cell for some in _batches(plans) for cell in _of_some(store, some))


def _of_some(store: Store, plans: Iterable[str]) -> Iterator[tuple[Cell, Totals]]:
    has: dict[str, dict[str, int]] = defaultdict(dict)
    others = (asking.numbering_query, asking.unresolved_query, asking.deadlines_query)
    for query in (*asking.obligations_queries(plans), *(other(plans) for other in others)):
        for row in select_strings(store, query):
            has[row.get("plan", "")] |= {name: int(number) for name, number in row.items() if name != "plan"}
    for row in select_strings(store, asking.plans_query(plans)):
        if "plan" in row:
            cell = Cell(kind=PLAN, of=row["plan"], year=row.get("year", ""), place=row.get("place", ""))
            yield cell, {"plans": 1} | asking.to_obligations(has[row["plan"]])
    for kind, rows in ((DUTIES, asking.duties_query(plans)), (CITATIONS, asking.citations_query(plans))):
        for row in select_strings(store, rows):
            yield Cell(kind=kind, of=row["of"], plan=row["plan"]), _measures(row)


def _measures(row: Mapping[str, str]) -> Totals:
    return {name: int(row[name]) for name in MEASURES if name in row}


# --- sums -------------------------------------------------------------------------------------------------------


def _sums(own: Cells) -> Cells:
    """What the totals of plans add up to: for each unit, instrument and place by year, for each unit and instrument in all."""
    when = {cell.of: (cell.year, cell.place) for cell in own if cell.kind == PLAN}
    sums: dict[Cell, Counter[str]] = defaultdict(Counter)
    for cell, totals in own.items():
        year, place = when[cell.plan or cell.of]
        if cell.kind == PLAN:
            told = {name: totals.get(name, 0) for name in ("plans", "tasks", "statements")}
            sums[Cell(kind=YEARLY_PLANS, of=place, year=year)].update(told)
        elif cell.kind == DUTIES:
            for whole in (Cell(kind=YEARLY_DUTIES, of=cell.of, year=year, place=place), Cell(kind=ALL_DUTIES, of=cell.of)):
                sums[whole].update(totals)
        else:
            for whole in (Cell(kind=YEARLY_CITATIONS, of=cell.of, year=year, place=place), Cell(kind=ALL_CITATIONS, of=cell.of)):
                sums[whole].update(totals | {"citingPlans": 1})
    return {cell: dict(totals) for cell, totals in sums.items()}


def _changed_sums(store: Store, ids: Ids, less: Cells, more: Cells, units: set[str]) -> tuple[Cells, Cells]:
    """The sums that may change as they are kept, and as they are with `less` taken off and `more` put on."""
    moved = less.keys() | more.keys()
    kept = _kept(store, ids, asking.of_cells(ids, moved))
    kept |= _kept(store, ids, asking.of_things(ids, YEARLY_DUTIES, units))
    sums = {cell: Counter(kept.get(cell, {})) for cell in kept.keys() | moved}
    for cell in moved:
        sums[cell].subtract(less.get(cell, {}))
        sums[cell].update(more.get(cell, {}))
    after = {cell: dict(totals) for cell, totals in sums.items()}
    here = {cell.of for cell in moved if cell.kind == YEARLY_CITATIONS and bool(kept.get(cell)) != _is_something(after[cell])}
    if here:
        _set_places(after, _kept(store, ids, asking.of_things(ids, YEARLY_CITATIONS, here)) | after, here)
    return kept, {cell: totals for cell, totals in after.items() if _is_something(totals) or cell.kind == YEARLY_DUTIES}


def _is_something(totals: Totals) -> bool:
    return any(totals.values())


def _set_places(sums: Cells, yearly: Cells, only: set[str] | None = None) -> None:
    """In how many places each instrument is cited."""
    places: dict[str, set[str]] = defaultdict(set)
    for cell, totals in yearly.items():
        if cell.kind == YEARLY_CITATIONS and cell.place and _is_something(totals):
            places[cell.of].add(cell.place)
    for cell, totals in sums.items():
        if cell.kind == ALL_CITATIONS and (only is None or cell.of in only):
            totals["citingPlaces"] = len(places[cell.of])


# --- through groups -----------------------------------------------------------------------------------------------


def _touched(store: Store, ids: Ids, changes: Changes, cells: Iterable[Cell]) -> set[str]:
    """The units that are named, or bound through one that is, in what changed, now or before."""
    named = {cell.of for cell in cells if cell.kind == DUTIES}
    units = named | _asked(store, asking.bound_query(named), "unit") | _asked(store, asking.bound_before_query(ids, named), "unit")
    units |= _asked(store, derived.related_query(_asked(store, derived.named_query(changes.graphs), "one")), "body")
    if changes.gone:
        units |= _asked(store, asking.vanished_query(ids), "unit")
    return units


def _set_through(store: Store, sums: Cells, units: Iterable[str]) -> Whom:
    """Count, for these units, the tasks that bind them through others; returns through whom."""
    for cell, totals in sums.items():
        if cell.kind == YEARLY_DUTIES:
            totals.pop("throughTasks", None)
            totals.pop("onlyThroughTasks", None)
    whom = {}
    for some in _batches(units):
        for row in select_strings(store, asking.through_query(some)):
            if "unit" in row:
                cell = Cell(kind=YEARLY_DUTIES, of=row["unit"], year=row.get("year", ""), place=row.get("place", ""))
                sums.setdefault(cell, {}).update(_measures(row))
                whom[cell] = frozenset(row["whom"].split())
    for cell in [cell for cell, totals in sums.items() if not _is_something(totals)]:
        del sums[cell]
    return whom


# --- the store ------------------------------------------------------------------------------------------------------


def _kept(store: Store, ids: Ids, where: str) -> Cells:
    return dict(asking.to_cells(select_strings(store, asking.kept_query(ids, where))))


def _asked(store: Store, query: str, name: str) -> set[str]:
    return {row[name] for row in select_strings(store, query)}


def _batches(iris: Iterable[str]) -> Iterator[list[str]]:
    every = sorted(iris)
    yield from (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))
