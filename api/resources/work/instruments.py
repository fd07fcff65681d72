"""Instruments, their editions and their citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from api.resources.work.facets import count_matching, engine_of
from api.resources.work.listing import Asked, Item, Listed, cut_page, to_json, to_kept
from api.resources.work.search import hits_of
from api.resources.work.shown import address_of, by_thing, coded, find_thing, first_rows, last_part, number, short, thing, totals
from kg.graph.resources import instruments as asking
from kg.graph.resources.base import FACETS, Kept
from kg.ids import Ids
from kg.store import Store
from kg.store.rows import select_strings

_FOUND = 200


def list_instruments(store: Store, ids: Ids, asked: Asked) -> Listed:
    """Instruments, those cited by most first; with facets, by most of the tasks that they leave; by words of their titles."""
    words = asked.filters.get("q", "")
    kept = to_kept(store, replace(asked, filters={name: value for name, value in asked.filters.items() if name != "q"}), "instrument-kind")
    of_tasks = replace(Kept(), **{name: getattr(kept, name) for name in FACETS if name != "instrument"})
    if words or of_tasks != Kept():
        return _found(store, ids, asked, words, (kept, of_tasks))
    query = asking.instruments_query(ids, kept, asked.part)
    page = list(first_rows(select_strings(store, query), "instrument").values())
    items, more = cut_page(_instruments(store, ids, page), asked.limit)
    return Listed(items=items, query=query, more=more)


def _found(store: Store, ids: Ids, asked: Asked, words: str, narrowed: tuple[Kept, Kept]) -> Listed:
    """The instruments that are what the filters say and that tasks cite which the facets leave, in the order of words or of how many."""
    kept, of_tasks = narrowed
    citing = count_matching(engine_of(store, ids), of_tasks, "instrument") if of_tasks != Kept() else {}
    ordered = hits_of(store, ids, words, "instrument", _FOUND) if words else list(citing)
    if of_tasks != Kept():
        ordered = [iri for iri in ordered if iri in citing]
    if any((kept.instrument, kept.kind, kept.status)):
        own = {row["instrument"] for row in select_strings(store, asking.own_query(kept)) if "instrument" in row}
        ordered = [iri for iri in ordered if iri in own]
    page = ordered[asked.offset : asked.offset + asked.limit]
    query = asking.instruments_query(ids, Kept(iris=tuple(page)), None)
    rows = first_rows(select_strings(store, query), "instrument") if page else {}
    items = _instruments(store, ids, [rows[iri] for iri in page if iri in rows])
    told = [item | ({"matching": citing[item["iri"]]} if citing else {}) for item in items]
    shown = asking.cited_query(of_tasks) if citing and not words else query
    return Listed(items=told, query=shown, more=len(ordered) > asked.offset + asked.limit, total=len(ordered))


def _instruments(store: Store, ids: Ids, rows: Sequence[Mapping[str, str]]) -> list[Item]:
    works = [row["instrument"] for row in rows]
    if not works:
        return []
    details = by_thing(store, asking.details_query(works), "instrument")
    editions = by_thing(store, asking.editions_query(works), "instrument")
    counts = totals(store, asking.totals_query(ids, works), "instrument")
    return [
        _instrument(ids, row, details.get(row["instrument"], []), editions.get(row["instrument"], []), counts.get(row["instrument"], {}))
        for row in rows
    ]


def _instrument(
    ids: Ids, row: Mapping[str, str], details: Sequence[Mapping[str, str]], editions: Sequence[Mapping[str, str]], counts: Mapping[str, int]
) -> Item:
    path = address_of(ids, row["instrument"])
    found = list(first_rows(editions, "edition").values())
    return {
        "iri": row["instrument"],
        "label": row.get("label") or next((one["number"] for one in found if "number" in one), last_part(row["instrument"])),
        "kind": coded(row.get("kind")),
        "status": coded(row.get("status")),
        "issuer": row.get("issuer"),
        "aliases": sorted({one["label"] for one in details if one["what"] == "alias"}),
        "replaced_by": [thing(ids, one, "other", "label") for one in details if one["what"] == "replaced_by"],
        "replaces": [thing(ids, one, "other", "label") for one in details if one["what"] == "replaces"],
        "editions": [
            {
                "iri": one["edition"], "number": one.get("number"), "title": one.get("title"), "promulgated": one.get("day"),
                "in_force": one.get("force"), "status": coded(one.get("status")),
                "replaced_by": one.get("heir"), "replaces": one.get("before"),
            }
            for one in found
        ],
        "citing_tasks": counts.get("citingTasks", 0),
        "citing_plans": counts.get("citingPlans", 0),
        "citing_places": counts.get("citingPlaces", 0),
        "links": {"self": path, "citations": f"{path}/citations", "years": f"{path}/years"},
    }  # fmt: skip


def instrument_json(store: Store, ids: Ids, name: str) -> bytes:
    """An instrument with its editions, what replaced it, and who cites it in which year and place."""
    work = find_thing(store, ids, "instrument", name)
    query = asking.instruments_query(ids, Kept(iris=(work,)), None)
    item = _instruments(store, ids, list(first_rows(select_strings(store, query), "instrument").values()))[0]
    return to_json({**item, "years": _years(store, ids, work), "query": query})


def list_years(store: Store, ids: Ids, asked: Asked) -> Listed:
    """A row for each year and place in which an instrument is cited."""
    work = find_thing(store, ids, "instrument", asked.subject)
    rows = _years(store, ids, work)
    items, more = cut_page(rows[asked.offset :], asked.limit)
    return Listed(items=items, query=asking.by_year_query(ids, work), more=more, total=len(rows))


def _years(store: Store, ids: Ids, work: str) -> list[Item]:
    return [
        {
            "year": number(row, "year"),
            "place": thing(ids, row, "place"),
            **{name: int(row.get(name, 0)) for name in ("tasks", "plans", "own")},
        }
        for row in select_strings(store, asking.by_year_query(ids, work))
    ]


def list_citations(store: Store, ids: Ids, asked: Asked) -> Listed:
    """Who cites an instrument, in which words, and whether what is cited is still in force."""
    work = find_thing(store, ids, "instrument", asked.subject)
    query = asking.citations_query(work, to_kept(store, asked), asked.part)
    rows = first_rows(select_strings(store, query), "citation").values()
    items, more = cut_page([_citation(ids, row) for row in rows], asked.limit)
    return Listed(items=items, query=query, more=more, beside={"instrument": work})


def _citation(ids: Ids, row: Mapping[str, str]) -> Item:
    citing = thing(ids, row, "citing", "plan_label") or {}
    if "text" in row:
        citing |= {"label": short(row["text"]), "text": row["text"], "number": row.get("number")}
    return {
        "iri": row["citation"],
        "printed": row["printed"],
        "citing": citing,
        "plan": thing(ids, row, "plan"),
        "year": number(row, "year"),
        "place": thing(ids, row, "place"),
        "edition": thing(ids, row, "edition", "edition_number"),
        "resolution": coded(row.get("resolution")),
        "replaced": row.get("replaced") == "true",
    }
