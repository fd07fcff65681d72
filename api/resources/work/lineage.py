"""Lineage: links, two plans or two tasks side by side, and flows over years and levels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from api.errors import NotFound
from api.resources.work.listing import Asked, Item, Listed, cut_page, to_json, to_kept
from api.resources.work.shown import address_of, coded, find_thing, first_rows, number, short, thing
from api.resources.work.tasks import link_item, side_item, to_pieces
from kg.graph.resources import lineage as asking
from kg.graph.resources.base import Kept
from kg.ids import Ids, code
from kg.lineage.listing import Compared, list_changes, read_sides
from kg.lineage.listing import Listed as Link
from kg.store import Store
from kg.store.rows import select_strings

_MOST_PAIRS = 20_000  # of plans that one flow is made of
_BANDS = ("verbatim", "edited", "rewritten")
_COUNTS = (*_BANDS, "new", "dropped")


def list_links(store: Store, ids: Ids, asked: Asked) -> Listed:
    """Links between tasks, with the differences of the words."""
    query = asking.links_query(ids, to_kept(store, asked), asked.part)
    rows = first_rows(select_strings(store, query), "link").values()
    items, more = cut_page([_link(ids, row) for row in rows], asked.limit)
    return Listed(items=items, query=query, more=more)


def _link(ids: Ids, row: Mapping[str, str]) -> Item:
    return {
        "iri": row["link"],
        "later": _side(ids, row, "later"),
        "earlier": _side(ids, row, "earlier"),
        "relation": coded(row["relation"]),
        "band": coded(row["band"]),
        "shape": coded(row["shape"]),
        "score": float(row["score"]),
        "differences": to_pieces(row["earlier_text"], row["later_text"]),
    }


def _side(ids: Ids, row: Mapping[str, str], end: str) -> Item:
    return {
        "iri": row[end],
        "label": short(row[f"{end}_text"]),
        "number": row.get(f"{end}_number"),
        "text": row[f"{end}_text"],
        "plan": thing(ids, row, f"{end}_plan"),
        "year": number(row, f"{end}_year"),
        "links": {"self": address_of(ids, row[end])},
    }


# --- pairs of plans --------------------------------------------------------------------------------------------------


def list_pairs(store: Store, ids: Ids, asked: Asked) -> Listed:
    """Pairs of plans that were compared, with how many tasks were carried on, reworded, new and dropped."""
    kept = to_kept(store, asked)
    query = asking.pairs_query(ids, kept, asked.part)
    rows = _of_tasks(store, ids, kept, list(first_rows(select_strings(store, query), "pair").values()))
    items, more = cut_page([_pair(ids, row) for row in rows], asked.limit)
    return Listed(items=items, query=query, more=more)


def _of_tasks(store: Store, ids: Ids, kept: Kept, rows: list[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The pairs with the counts of only those tasks that the facets leave, where they say something of tasks."""
    query = asking.concerned_query(ids, kept)
    if not query:
        return rows
    counts: dict[str, dict[str, str]] = defaultdict(lambda: dict.fromkeys(_COUNTS, "0"))
    for row in select_strings(store, query):
        if "pair" in row:
            counts[row["pair"]][row["what"].rsplit("/", 1)[-1]] = row["n"]
    return [{**row, **counts[row["pair"]]} for row in rows]


def _pair(ids: Ids, row: Mapping[str, str]) -> Item:
    ends = {
        end: {**(thing(ids, row, end) or {}), "year": number(row, f"{end}_year"), "place": thing(ids, row, f"{end}_place")}
        for end in ("later", "earlier")
    }
    counts = {name: int(row[name]) for name in _COUNTS}
    return {
        "iri": row["pair"], **ends, "relation": coded(row["relation"]), "basis": coded(row["basis"]),
        "years_apart": number(row, "apart"), **counts,
        "links": {"diff": f"/api/lineage/diff?a={_quoted(row['later'])}&b={_quoted(row['earlier'])}"},
    }  # fmt: skip


def _quoted(iri: str) -> str:
    from urllib.parse import quote

    return quote(iri, safe="")


def list_one_sided(store: Store, ids: Ids, asked: Asked) -> Listed:
    """Tasks that only one of two compared plans has: `subject` says whether those that came or those that went."""
    query = asking.one_sided_query(ids, asked.subject, to_kept(store, asked), asked.part)
    rows = first_rows(select_strings(store, query), "task").values()
    items, more = cut_page([_side(ids, row, "task") for row in rows], asked.limit)
    return Listed(items=items, query=query, more=more)


def diff_json(store: Store, ids: Ids, one: str, other: str) -> bytes:
    """Two plans that were compared: what became of each task. Or two tasks: the differences of their words."""
    a, b = _either(store, ids, one), _either(store, ids, other)
    if _is_task(a) != _is_task(b):
        raise NotFound("请给两份计划，或两项任务", "give two plans or two tasks")
    return to_json(_tasks_diff(store, ids, a, b) if _is_task(a) else _plans_diff(store, ids, a, b))


def _either(store: Store, ids: Ids, name: str) -> str:
    """The IRI of a plan or a task."""
    is_task = "#" in name.removeprefix(ids.base) or _is_task(name)
    return find_thing(store, ids, "task" if is_task else "plan", name)


def _is_task(iri: str) -> bool:
    return "/task/" in iri or "/statement/" in iri


def _tasks_diff(store: Store, ids: Ids, a: str, b: str) -> Item:
    sides = read_sides(store, [a, b])
    if a not in sides or b not in sides:
        raise NotFound("没有这样的任务", "there is no such task")
    return {
        "kind": "tasks",
        "a": side_item(ids, sides[a]),
        "b": side_item(ids, sides[b]),
        "differences": to_pieces(sides[b].text, sides[a].text),
        "query": asking.texts_query([a, b]),
    }


def _plans_diff(store: Store, ids: Ids, a: str, b: str) -> Item:
    compared = [each for each in list_changes(store, ids, plan=a) if {each.a.iri, each.b.iri} == {a, b}]
    if not compared:
        raise NotFound(
            "这两份计划没有比对过：不是同一系列的前后年度、上下级或台账",
            "these plans were not compared: neither years of a series nor levels",
        )
    return {"kind": "plans", "compared": [_compared(ids, each) for each in compared], "query": asking.pair_query(ids, a, b)}


def _compared(ids: Ids, one: Compared) -> Item:
    """What became of the tasks; a link that is one of several of a task counts as broken down or merged."""
    parts: dict[str, list[Item]] = {"carried_on": [], "reworded": [], "broken_down": [], "merged": []}
    for link in one.links:
        parts[_part(link)].append(link_item(ids, link))
    names = {"a": one.a, "b": one.b}
    return {
        **{
            end: {"iri": name.iri, "label": name.title or name.file, "file": name.file, "links": {"self": address_of(ids, name.iri)}}
            for end, name in names.items()
        },
        "relation": coded_relation(one.relation),
        "basis": coded(code("lineage-basis", one.basis)),
        "years_apart": one.years_apart,
        "counts": {**{name: len(links) for name, links in parts.items()}, "new": len(one.new), "dropped": len(one.dropped)},
        **parts,
        "new": [side_item(ids, side) for side in one.new],
        "dropped": [side_item(ids, side) for side in one.dropped],
    }


def _part(link: Link) -> str:
    if link.shape in {"broken_down", "merged"}:
        return link.shape
    return "carried_on" if link.band == "verbatim" else "reworded"


def coded_relation(relation: str) -> Item | None:
    name = {"breaksDown": "breaks-down"}.get(relation, relation)
    return coded(code("lineage-relation", name))


# --- flows -----------------------------------------------------------------------------------------------------------


def flow_json(store: Store, ids: Ids, facets: Mapping[str, tuple[str, ...]], by: str) -> bytes:
    """Nodes and links for a Sankey diagram: tasks that flow from earlier and upper plans to later and lower ones."""
    kept = to_kept(store, Asked(facets=facets))
    query = asking.pairs_query(ids, kept, Asked(limit=_MOST_PAIRS).part)
    rows = _of_tasks(store, ids, kept, list(first_rows(select_strings(store, query), "pair").values()))
    more = len(rows) > _MOST_PAIRS
    broken = _broken_down(store, ids, kept)
    name = _plan_node if by == "plan" else _place_node
    nodes: dict[str, Item] = {}
    values: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for row in rows[:_MOST_PAIRS]:
        source, target = (nodes.setdefault(node["id"], node)["id"] for node in (name(ids, row, "earlier"), name(ids, row, "later")))
        if source != target:
            counts = {each: int(row[each]) for each in _COUNTS}
            values[source, target, row["relation"]].update(counts | broken.get(row["pair"], {}) | {"pairs": 1})
    links = [_flow(source, target, relation, counts) for (source, target, relation), counts in sorted(values.items())]
    used = {end for link in links for end in (link["source"], link["target"])}
    told = [node for _, node in sorted(nodes.items()) if node["id"] in used]
    compared = Counter(row["relation"] for row in rows[:_MOST_PAIRS])
    plans = {row[end] for row in rows[:_MOST_PAIRS] for end in ("earlier", "later")}
    return to_json(
        {
            "by": by, "nodes": told, "links": links, "more": more, "plans": len(plans),
            "compared": [{**(coded(relation) or {}), "pairs": pairs} for relation, pairs in sorted(compared.items())],
            "query": query,
        }
    )  # fmt: skip


def _broken_down(store: Store, ids: Ids, kept: Kept) -> dict[str, dict[str, int]]:
    """By pair of plans, how many tasks of each band are parts of a task that was broken down."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in select_strings(store, asking.broken_down_query(ids, kept)):
        if "pair" in row:
            found[row["pair"]][f"broken_{row['band'].rsplit('/', 1)[-1]}"] = int(row["n"])
    return found


def _plan_node(ids: Ids, row: Mapping[str, str], end: str) -> Item:
    told: dict[str, Any] = thing(ids, row, end) or {}
    return {
        "id": row[end],
        **told,
        "year": number(row, f"{end}_year"),
        "level": coded(row.get(f"{end}_level")),
        "place": row.get(f"{end}_place_label"),
    }


def _place_node(ids: Ids, row: Mapping[str, str], end: str) -> Item:
    del ids
    year, place, level = row.get(f"{end}_year", ""), row.get(f"{end}_place_label", ""), row.get(f"{end}_level")
    ledger = end == "later" and row["relation"] == code("lineage-relation", "breaks-down")
    return {
        "id": f"{year}|{row.get(f'{end}_place', '')}{'|ledger' if ledger else ''}",
        "label": f"{place}{year}{' 台账' if ledger else ''}",
        "year": number(row, f"{end}_year"),
        "place": place,
        "level": coded(level),
    }


def _flow(source: str, target: str, relation: str, counts: Counter[str]) -> Item:
    told = {name: counts[name] for name in (*_COUNTS, "pairs")}
    value = sum(counts[band] for band in _BANDS)
    broken = {band: min(counts[f"broken_{band}"], counts[band]) for band in _BANDS}
    return {"source": source, "target": target, "relation": coded(relation), "value": value, **told, "broken_down": broken}
