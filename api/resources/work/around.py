"""The graph around a node, in pages; and the shortest way between two nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from api.errors import NotFound, RequestError
from api.resources.work.listing import Item, batches, to_json
from api.resources.work.shown import address_of, last_part, short
from kg.graph.resources import around as asking
from kg.graph.resources.around import RELATIONS
from kg.graph.resources.base import Slice
from kg.ids import Ids
from kg.store import Store
from kg.store.rows import select_strings

_COUNTED = 10_000  # neighbours of one relation that are counted; beyond, it says "more than"
_DEEPEST = 6
_WORK = 4000  # nodes that one search for a way may come to
_FANS = 2000  # neighbours of one level of that search
# Of several classes the one that tells most.
_CLASSES = (
    "Task", "Statement", "Plan", "Unit", "UnitGroup", "Instrument", "Edition", "Section", "Jurisdiction", "SourceDocument", "Thread",
    "PlanSeries", "Assignment", "Citation", "Measure", "FixedDeadline", "RelativeDeadline", "StandingDeadline", "PromptDeadline",
    "RecurringDeadline", "LineageLink", "PlanComparison", "Concept",
)  # fmt: skip


def around_json(store: Store, ids: Ids, node: str, relation: str, part: Slice, counted: bool = True) -> bytes:  # noqa: PLR0917
    """A node, its relations with counts, and one page of its neighbours by all of them or by one; that one needs no counts."""
    found = find_node(store, ids, node)
    counts = _counts(store, found) if counted or not relation else []
    relations = [(one["relation"], one["inward"]) for one in counts]
    if relation:
        name, _, end = relation.partition(":")
        if name not in RELATIONS or end not in {"", "in", "out"}:
            raise RequestError(
                f"没有关系“{relation[:80]}”；可用：{'、'.join(RELATIONS)}", f"no such relation; one of {', '.join(RELATIONS)}"
            )
        relations = [(name, inward) for inward in (False, True) if end in {"", "in" if inward else "out"}]
    query = asking.neighbours_query(found, relations, part) if relations else ""
    rows = list(select_strings(store, query)) if query else []
    more, rows = len(rows) > part.limit, rows[: part.limit]
    told = nodes_of(store, ids, [found, *(row["other"] for row in rows)])
    return to_json(
        {
            "node": told[found],
            "relations": counts,
            "nodes": [told[iri] for iri in dict.fromkeys(row["other"] for row in rows)],
            "edges": [_edge(found, row) for row in rows],
            "names": names_of(row["relation"] for row in rows),
            "limit": part.limit,
            "offset": part.offset,
            "more": more,
            "query": query,
        }
    )


def find_node(store: Store, ids: Ids, name: str) -> str:
    """The IRI of a thing by its IRI, or by the name of a unit, a plan, an instrument or a task that only it has."""
    from queries import resolve_name, the_one

    if found := resolve_name(store, "fact", name):
        return found[0].iri
    if name.startswith("/api/"):
        kind, _, tail = name.removeprefix("/api/").partition("/")
        name = f"{ids.base}{'' if tail.startswith('group/') else {'tasks': 'plan'}.get(kind, kind.rstrip('s')) + '/'}{tail}"
        if found := resolve_name(store, "fact", name):
            return found[0].iri
    for kind in ("unit", "plan", "instrument", "task", "place"):
        if found := resolve_name(store, kind, name):
            return the_one(found, kind, name)
    raise NotFound(f"图中没有“{name[:200]}”", f"the graph has no {name[:200]!r}")


def _counts(store: Store, node: str) -> list[Item]:
    """The relations that a node has, with how many neighbours; one that has more than are counted says so."""
    counts = []
    for name, (_, outward, inwards) in RELATIONS.items():
        for inward in (False, True):
            row = next(iter(select_strings(store, asking.counts_query(node, name, inward, _COUNTED))), {"n": "0"})
            if n := int(row["n"]):
                zh, _, en = (inwards if inward else outward).partition(" ")
                counts.append({"relation": name, "inward": inward, "zh": zh, "en": en, "count": min(n, _COUNTED), "more": n > _COUNTED})
    return counts


def names_of(relations: Iterable[str]) -> Item:
    """What relations are called, from where they begin."""
    called = {name: RELATIONS[name][1].partition(" ") for name in dict.fromkeys(relations)}
    return {name: {"zh": zh, "en": en} for name, (zh, _, en) in called.items()}


def _edge(node: str, row: Mapping[str, str]) -> Item:
    ends = (row["other"], node) if row["inward"] == "true" else (node, row["other"])
    return {"source": ends[0], "target": ends[1], "relation": row["relation"]}


def nodes_of(store: Store, ids: Ids, iris: Iterable[str]) -> dict[str, Item]:
    """What each node is and how it is called."""
    every = list(dict.fromkeys(iris))
    rows: dict[str, list[Mapping[str, str]]] = {iri: [] for iri in every}
    for some in batches(every):
        for row in select_strings(store, asking.labels_query(some)):
            rows[row["node"]].append(row)
    return {iri: _node(ids, iri, told) for iri, told in rows.items()}


def _node(ids: Ids, iri: str, rows: Sequence[Mapping[str, str]]) -> Item:
    first = {name: value for row in reversed(rows) for name, value in row.items()}
    classes = {row["type"].rsplit("#", 1)[-1] for row in rows}
    kind = next((one for one in _CLASSES if one in classes), "")
    text = first.get("text", "")
    path = address_of(ids, iri)
    return {
        "iri": iri,
        "kind": kind,
        "label": short(text) if text else first.get("label") or first.get("number") or last_part(iri),
        "number": first.get("number"),
        "year": int(first["year"]) if "year" in first else None,
        "place": first.get("place"),
        "links": {"self": path} if path else {},
    }


# --- the shortest way ------------------------------------------------------------------------------------------------


def path_json(store: Store, ids: Ids, start: str, end: str, deepest: int) -> bytes:
    """The shortest way between two nodes, found from both ends; places, functions and documents are no way."""
    one, other = find_node(store, ids, start), find_node(store, ids, end)
    way, cut = _way(store, one, other, min(deepest, _DEEPEST))
    told = nodes_of(store, ids, [one, other, *(node for _, _, node in way)])
    nodes, edges, at = [told[one]], [], one
    for relation, inward, node in way:
        edges.append({"source": node if inward else at, "target": at if inward else node, "relation": relation})
        nodes.append(told[node])
        at = node
    found = bool(way) or one == other
    return to_json(
        {
            "from": told[one],
            "to": told[other],
            "found": found,
            "nodes": nodes if found else [],
            "edges": edges,
            "names": names_of(edge["relation"] for edge in edges),
            "bounded": cut and not found,
        }
    )


Step = tuple[str, bool, str]  # a relation, whether it leads inward, and the node it leads to
Tree = dict[str, tuple[str, str, bool] | None]  # how each node was come to: from which, by what


def _way(store: Store, one: str, other: str, deepest: int) -> tuple[list[Step], bool]:
    """The steps from one node to the other; and whether the work was cut short."""
    if one == other:
        return [], False
    trees: tuple[Tree, Tree] = ({one: None}, {other: None})
    edges = ([one], [other])
    cut = False
    for _ in range(deepest):
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        reached, more = _grown(store, trees[side], edges[side])
        cut = cut or more
        edges = (reached, edges[1]) if side == 0 else (edges[0], reached)
        met = next((node for node in reached if node in trees[1 - side]), None)
        if met:
            return _joined(trees, met), cut
        if not reached or len(trees[0]) + len(trees[1]) > _WORK:
            return [], cut or bool(reached)
    return [], cut


def _grown(store: Store, tree: Tree, edge: Sequence[str]) -> tuple[list[str], bool]:
    """The nodes one step on, which join the tree; and whether there were too many to take."""
    reached: list[str] = []
    cut = False
    for some in batches(edge, 50):
        rows = list(select_strings(store, asking.step_query(some, _FANS)))
        cut = cut or len(rows) > _FANS
        for row in sorted(rows, key=lambda row: (row["node"], row["relation"], row["other"])):
            if row["other"] not in tree:
                tree[row["other"]] = (row["node"], row["relation"], row["inward"] == "true")
                reached.append(row["other"])
        if len(tree) > _WORK:
            return reached, True
    return reached, cut


def _joined(trees: tuple[Tree, Tree], met: str) -> list[Step]:
    steps: list[Step] = []
    at = met
    while (came := trees[0][at]) is not None:
        steps.insert(0, (came[1], came[2], at))
        at = came[0]
    at = met
    while (came := trees[1][at]) is not None:
        steps.append((came[1], not came[2], came[0]))
        at = came[0]
    return steps
