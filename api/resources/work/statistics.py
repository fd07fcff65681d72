"""The overview, from kept totals or as the index counts what the facets leave; and the matrix of units against instruments or matters."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from api.resources.work.facets import count_crossed, count_matching, engine_if_there, engine_of
from api.resources.work.listing import Asked, Item, to_json, to_kept
from api.resources.work.plans import told_plans
from api.resources.work.shown import coded, first_rows, number, thing
from kg.graph.resources import totals as asking
from kg.graph.resources.base import OF_PLANS, Kept, of_tasks
from kg.ids import Ids, code
from kg.search.engine import Engine
from kg.store import Store
from kg.store.rows import select_strings

_MONTHS = 3  # from this one on, in which tasks are due
_TOP = 10
_NEWEST = 6
_CELLS = 500  # years and places that are told one by one, the latest
_MOST_NAMED = 2000  # plans that a query names one by one
_MEASURES = ("plans", "tasks", "statements")
_WHOLE = ("documents", "changes", "quality")  # what is known of plans, and not of each task

Row = Mapping[str, str]


def statistics_json(store: Store, ids: Ids, facets: Mapping[str, tuple[str, ...]], today: str) -> bytes:
    """What is here, due, changed since last year, missing, and newest: of everything, or of what the facets leave."""
    kept = to_kept(store, Asked(facets=facets))
    plans = replace(Kept(), **{name: getattr(kept, name) for name in OF_PLANS})
    counted = _counted(store, ids, engine_of(store, ids), kept) if kept != Kept() else _totals(store, ids)
    yearly: list[Row] = counted.pop("rows")
    years = sorted({int(row["year"]) for row in yearly if "year" in row})
    quality = next(iter(select_strings(store, asking.quality_query(ids, plans))), {})
    held = next(iter(select_strings(store, asking.documents_query(ids, plans))), {})
    return to_json(
        {
            "today": today,
            "documents": int(held.get("documents", 0)),
            **counted,
            "by_year": _grouped(yearly, "year"),
            "by_level": [{**one, "level": coded(one["level"])} for one in _grouped(yearly, "level")],
            "by_year_and_place": [_yearly(ids, row) for row in yearly[-_CELLS:]],
            "more_places": len(yearly) > _CELLS,
            "due": _due(store, dt.date.fromisoformat(today), kept),
            "changes": _changes(store, ids, plans, years[-1] if years else None),
            "quality": {
                "doubts": int(held.get("doubts", 0)),
                "tasks_without_unit": int(quality.get("tasksWithoutUnit", 0)),
                "tasks_without_deadline": int(quality.get("tasksWithoutDeadline", 0)),
                "unresolved_citations": int(quality.get("unresolvedCitations", 0)),
                "numbering_gaps": int(quality.get("numberingGaps", 0)),
            },
            "newest": _newest(store, ids, kept, plans),
            "whole": list(_WHOLE) if of_tasks(kept) else [],
            "query": asking.yearly_query(ids) if kept == Kept() else asking.by_year_query(kept),
        }
    )


def _totals(store: Store, ids: Ids) -> Item:
    """What is here, by kept totals."""
    yearly = list(select_strings(store, asking.yearly_query(ids)))
    things = {row["what"]: int(row["n"]) for row in select_strings(store, asking.things_query(ids)) if "what" in row}
    return {
        "rows": yearly,
        **{name: _sum(yearly, name) for name in _MEASURES},
        "units": things.get("units", 0),
        "instruments": things.get("instruments", 0),
        "busiest_units": _top(store, ids, "units"),
        "most_cited": _top(store, ids, "instruments"),
    }


def _counted(store: Store, ids: Ids, engine: Engine, kept: Kept) -> Item:
    """What the facets leave, as the index counts it; plans, units and instruments are those of the tasks that are left."""
    kinds = {kind: count for (kind,), count in count_crossed(engine, kept, ("kind",)).items()}
    units, cited = count_matching(engine, kept, "unit"), count_matching(engine, kept, "instrument")
    return {
        "rows": list(_rows(store, ids, count_crossed(engine, kept, ("year", "place", "level", "plan", "kind")))),
        "plans": len(count_matching(engine, kept, "plan")),
        "tasks": kinds.get("task", 0),
        "statements": kinds.get("statement", 0),
        "units": len(units),
        "instruments": len(cited),
        "busiest_units": _named(store, ids, units),
        "most_cited": _named(store, ids, cited),
    }


def _rows(store: Store, ids: Ids, crossed: Mapping[tuple[str, ...], int]) -> Iterator[Row]:
    """Rows like those of kept totals, by year and place."""
    counts: dict[tuple[str, str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(("tasks", "statements"), 0))
    plans: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for (year, place, level, plan, kind), count in crossed.items():
        counts[year, place, level][f"{kind}s"] += count
        plans[year, place, level].add(plan)
    places = {place: f"{ids.base}jurisdiction/{place}" for _, place, _ in counts}
    labels = first_rows(select_strings(store, asking.names_query(list(places.values()))), "one") if places else {}
    for (year, place, level), told in sorted(counts.items()):
        name = labels.get(places[place], {}).get("label", place)
        yield {
            "year": year, "place": places[place], "place_label": name, "level": code("level", level),
            "plans": str(len(plans[year, place, level])), **{each: str(count) for each, count in told.items()},
        }  # fmt: skip


def _named(store: Store, ids: Ids, counts: Mapping[str, int]) -> list[Item]:
    top = list(counts)[:_TOP]
    rows = first_rows(select_strings(store, asking.names_query(top)), "one") if top else {}
    return [{**(thing(ids, rows[iri], "one", "label") or {}), "tasks": counts[iri]} for iri in top if iri in rows]


def _sum(rows: Iterable[Row], name: str) -> int:
    return sum(int(row.get(name, 0)) for row in rows)


def _grouped(rows: Iterable[Row], name: str) -> list[Item]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.get(name, "")].append(row)
    return [
        {name: (int(value) if value.isdigit() else value or None), **{each: _sum(some, each) for each in _MEASURES}}
        for value, some in sorted(found.items())
    ]


def _yearly(ids: Ids, row: Row) -> Item:
    counts = {each: int(row.get(each, 0)) for each in _MEASURES}
    return {"year": number(row, "year"), "place": thing(ids, row, "place"), "level": coded(row.get("level")), **counts}


def _due(store: Store, today: dt.date, kept: Kept) -> list[Item]:
    """How many tasks are due in this month and the next, by the keys that are kept of each task."""
    months = [f"{today.year + (today.month - 1 + ahead) // 12}-{(today.month - 1 + ahead) % 12 + 1:02}" for ahead in range(_MONTHS)]
    found = {row["month"]: int(row["n"]) for row in select_strings(store, asking.due_months_query(months, kept)) if "month" in row}
    return [{"month": month, "tasks": found.get(month, 0)} for month in months]


def _changes(store: Store, ids: Ids, plans: Kept, year: int | None) -> Item | None:
    """What the plans of the last year carried on from those of the year before."""
    if year is None:
        return None
    query = asking.compared_query(ids, "continues", replace(plans, year=(str(year),)))
    row: dict[str, Any] = next(iter(select_strings(store, query)), {})
    return {"year": year, **{name: int(row.get(name, 0)) for name in ("pairs", "verbatim", "edited", "rewritten", "new", "dropped")}}


def _newest(store: Store, ids: Ids, kept: Kept, plans: Kept) -> list[Item]:
    """The latest plans, with the documents that print them."""
    if of_tasks(kept):
        plans = replace(plans, plans=tuple(count_matching(engine_of(store, ids), kept, "plan"))[:_MOST_NAMED])
    found = [row["plan"] for row in select_strings(store, asking.newest_query(plans, _NEWEST)) if "plan" in row]
    told = {item["iri"]: item for item in told_plans(store, ids, found)}
    return [told[plan] for plan in dict.fromkeys(found) if plan in told]


def _top(store: Store, ids: Ids, kind: str) -> list[Item]:
    rows = select_strings(store, asking.top_query(ids, kind, _TOP))
    return [{**(thing(ids, row, "one", "label") or {}), "tasks": int(row["n"])} for row in rows if "one" in row]


# --- the matrix -------------------------------------------------------------------------------------------------------


def matrix_json(store: Store, ids: Ids, by: str, facets: Mapping[str, tuple[str, ...]], size: tuple[int, int]) -> bytes:
    """Units against instruments or matters: in how many tasks they meet. The most frequent ones only, and it says so."""
    kept, (rows, columns) = to_kept(store, Asked(facets=facets)), size
    units, all_rows = _most_frequent(store, ids, "unit", kept, rows)
    heads, all_columns = _most_frequent(store, ids, by, kept, columns)
    names, tops = [row["unit"] for row in units[:rows]], [row["column"] for row in heads[:columns]]
    query = asking.cells_query(by, kept, names, tops)
    found = {(row["unit"], row["column"]): int(row["n"]) for row in select_strings(store, query) if "unit" in row} if names and tops else {}
    return to_json(
        {
            "by": by,
            "rows": [
                {**(thing(ids, row, "unit", "label") or {}), "place": row.get("place"), "tasks": int(row["n"])} for row in units[:rows]
            ],
            "columns": [{**(thing(ids, row, "column", "label") or {}), "tasks": int(row["n"])} for row in heads[:columns]],
            "cells": [[names.index(unit), tops.index(column), n] for (unit, column), n in sorted(found.items())],
            "more_rows": len(units) > rows,
            "more_columns": len(heads) > columns,
            "total_rows": all_rows if len(units) > rows else len(units),
            "total_columns": all_columns if len(heads) > columns else len(heads),
            "query": query,
        }
    )


def _most_frequent(store: Store, ids: Ids, what: str, kept: Kept, most: int) -> tuple[list[dict[str, str]], int | None]:
    """The most frequent units, instruments or matters, one more than wanted; over all plans from kept totals, with how many there are."""
    name = "unit" if what == "unit" else "column"
    if kept == Kept() and what != "matter":
        rows = select_strings(store, asking.top_query(ids, f"{what}s", most + 1))
        total = next(iter(select_strings(store, asking.how_many_query(ids, f"{what}s"))))
        return [{**row, name: row["one"]} for row in rows if "one" in row], int(total["n"])
    if what != "matter" and (engine := engine_if_there(store, ids)):
        counts = count_matching(engine, kept, what)
        top = list(counts)[: most + 1]
        named = first_rows(select_strings(store, asking.names_query(top)), "one") if top else {}
        return [{**named[iri], name: iri, "n": str(counts[iri])} for iri in top if iri in named], len(counts)
    query = asking.rows_query(kept, most) if what == "unit" else asking.columns_query(what, kept, most)
    return [row for row in select_strings(store, query) if name in row], None
