"""The graph as a whole: what the facets leave, what it hangs on, and the relations between them, up to so many nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tantivy import Order

from api.resources.work.around import names_of, nodes_of
from api.resources.work.listing import Item, batches, to_json
from api.resources.work.search import search_of
from kg.graph.resources import around as asking
from kg.ids import Ids
from kg.search import Filters
from kg.search.engine import SCHEMA, Engine, Query, both
from kg.search.entry import told_of
from kg.search.facets import narrowed, resolve_filters
from kg.store import Store
from kg.store.rows import select_iris

_TASKS = 0.8  # of all nodes at most; the others are what they hang on
_AT_ONCE = 2000  # tasks whose relations are asked for together
_MOST_OF_ALL = 4  # from a part of 1/4 of all tasks on, to read the relations of all is less work than to look at each
_LABEL = 24  # characters of a name; the rest is told when a node is asked for
_DUTIES = ("task", "statement")
_KINDS = {"task": "Task", "statement": "Statement", "plan": "Plan", "unit": "Unit", "instrument": "Instrument"}


@dataclass(slots=True, kw_only=True)
class _Whole:
    """Nodes in their order, by IRI, and the edges between their places in it."""

    nodes: dict[str, Item] = field(default_factory=dict)
    edges: list[tuple[str, str, str]] = field(default_factory=list)
    query: str = ""


def whole_json(store: Store, ids: Ids, filters: Mapping[str, Sequence[str]], limit: int) -> bytes:
    """Nodes in short, edges as [from, to, relation] by their places in the lists; `left_out` tells how much of each kind is not there."""
    engine = search_of(store, ids).engine()
    chosen = resolve_filters(Filters(**{name: tuple(values) for name, values in filters.items() if values}), engine)
    whole = _Whole()
    duties, all_duties = _found(engine, chosen, _DUTIES, int(limit * _TASKS))
    others, all_others = _found(engine, chosen, ("plan", "unit", "instrument"), limit)
    whole.nodes = {one["iri"]: _short(one) for one in duties}
    candidates = {one["iri"]: _short(one) for one in others}
    _connect(store, whole, every=_MOST_OF_ALL * len(duties) >= engine.count_all(_of_kinds(_DUTIES)))
    weight = Counter(end for edge in whole.edges for end in edge[:2] if end not in whole.nodes)
    ends = {end for _, end, relation in whole.edges if relation in asking.HUNG_ON}
    unnamed = [iri for iri in weight if iri in ends and iri not in candidates]
    ranked = sorted({*candidates, *unnamed}, key=lambda iri: (candidates.get(iri, {}).get("kind") != "Plan", -weight[iri], iri))
    kept = ranked[: limit - len(whole.nodes)]
    named = nodes_of(store, ids, [iri for iri in kept if iri not in candidates])
    whole.nodes |= {iri: candidates.get(iri) or _short(named[iri]) for iri in kept}
    left = {"tasks": all_duties - len(duties), "others": max(all_others - len(others), 0) + len(ranked) - len(kept)}
    return to_json(_told(whole, left, limit))


def _found(engine: Engine, chosen: Mapping[str, tuple[str, ...]], kinds: Sequence[str], most: int) -> tuple[list[dict[str, Any]], int]:
    """What the facets leave of these kinds, the latest years first; and how much there is in all."""
    wanted = _of_kinds(kinds)
    only = narrowed(chosen)
    query = both(wanted, only) if only else wanted
    hits = engine.searcher.search(query, most, order_by_field="year", order=Order.Desc).hits
    return [told_of(engine.searcher.doc(address)) for _, address in hits], engine.count_all(query)


def _of_kinds(kinds: Sequence[str]) -> Query:
    return Query.term_set_query(SCHEMA, "kind", list(kinds))


def _short(one: Mapping[str, Any]) -> Item:
    label = f"{one['number']} {one['label']}" if one.get("number") and one["kind"] in {"task", "Task"} else str(one["label"])
    kind = _KINDS.get(one["kind"], one["kind"])
    group = kind == "Unit" and "/group/" in one["iri"]
    return {
        "iri": one["iri"],
        "kind": "UnitGroup" if group else kind,
        "label": f"{label[:_LABEL]}…" if len(label) > _LABEL else label,
        "year": one.get("year"),
    }


def _connect(store: Store, whole: _Whole, every: bool) -> None:
    """The relations of the tasks that are there; `every` reads those of all tasks at once."""
    named = asking.bonds()
    edges: dict[tuple[str, str, str], None] = {}
    for some in [None] if every else batches(whole.nodes, _AT_ONCE):
        query = asking.bonds_query(some)
        whole.query = whole.query or query
        edges |= {(node, other, named[way]): None for node, way, other in select_iris(store, query) if node in whole.nodes}
    whole.edges = list(edges)


def _told(whole: _Whole, left: Mapping[str, int], limit: int) -> Item:
    places = {iri: at for at, iri in enumerate(whole.nodes)}
    relations = list(dict.fromkeys(relation for _, _, relation in whole.edges))
    return {
        "nodes": list(whole.nodes.values()),
        "edges": list(_placed(whole, places, relations)),
        "relations": relations,
        "names": names_of(relations),
        "limit": limit,
        "left_out": dict(left),
        "query": whole.query,
    }


def _placed(whole: _Whole, places: Mapping[str, int], relations: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    at = {name: place for place, name in enumerate(relations)}
    for source, target, relation in whole.edges:
        if source in places and target in places:
            yield places[source], places[target], at[relation]
