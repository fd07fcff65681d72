"""The overview, from kept totals only; and the matrix of units against instruments or matters."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from api.resources.work.listing import Asked, Item, to_json, to_kept
from api.resources.work.shown import coded, number, thing
from kg.graph.resources import totals as asking
from kg.ids import Ids
from kg.store import Store
from kg.store.rows import select_strings

_MONTHS = 3  # from this one on, in which tasks are due
_TOP = 10
_CELLS = 500  # years and places that are told one by one, the latest


def statistics_json(store: Store, ids: Ids, today: str) -> bytes:
    """What is here, what is due, what changed since last year, and what is missing."""
    yearly = list(select_strings(store, asking.yearly_query(ids)))
    years = sorted({int(row["year"]) for row in yearly if "year" in row})
    quality = next(iter(select_strings(store, asking.quality_query(ids))), {})
    held = next(iter(select_strings(store, asking.documents_query(ids))), {})
    things = {row["what"]: int(row["n"]) for row in select_strings(store, asking.things_query(ids)) if "what" in row}
    return to_json(
        {
            "today": today,
            "documents": int(held.get("documents", 0)),
            "plans": _sum(yearly, "plans"),
            "tasks": _sum(yearly, "tasks"),
            "statements": _sum(yearly, "statements"),
            "units": things.get("units", 0),
            "instruments": things.get("instruments", 0),
            "by_year": _grouped(yearly, "year"),
            "by_level": [{**one, "level": coded(one["level"])} for one in _grouped(yearly, "level")],
            "by_year_and_place": [_yearly(ids, row) for row in yearly[-_CELLS:]],
            "more_places": len(yearly) > _CELLS,
            "due": _due(store, dt.date.fromisoformat(today)),
            "changes": _changes(store, ids, years[-1] if years else None),
            "quality": {
                "doubts": int(held.get("doubts", 0)),
                "tasks_without_unit": int(quality.get("tasksWithoutUnit", 0)),
                "tasks_without_deadline": int(quality.get("tasksWithoutDeadline", 0)),
                "unresolved_citations": int(quality.get("unresolvedCitations", 0)),
                "numbering_gaps": int(quality.get("numberingGaps", 0)),
            },
            "busiest_units": _top(store, ids, "units"),
            "most_cited": _top(store, ids, "instruments"),
            "query": asking.yearly_query(ids),
        }
    )


def _sum(rows: Iterable[Mapping[str, str]], name: str) -> int:
    return sum(int(row.get(name, 0)) for row in rows)


def _grouped(rows: Iterable[Mapping[str, str]], name: str) -> list[Item]:
    found: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        found[row.get(name, "")].append(row)
    return [
        {name: (int(value) if value.isdigit() else value or None), **{each: _sum(some, each) for each in ("plans", "tasks", "statements")}}
        for value, some in sorted(found.items())
    ]


def _yearly(ids: Ids, row: Mapping[str, str]) -> Item:
    counts = {each: int(row.get(each, 0)) for each in ("plans", "tasks", "statements")}
    return {"year": number(row, "year"), "place": thing(ids, row, "place"), "level": coded(row.get("level")), **counts}


def _due(store: Store, today: dt.date) -> list[Item]:
    """How many tasks are due in this month and the next, by the keys that are kept of each task."""
    months = [f"{today.year + (today.month - 1 + ahead) // 12}-{(today.month - 1 + ahead) % 12 + 1:02}" for ahead in range(_MONTHS)]
    found = {row["month"]: int(row["n"]) for row in select_strings(store, asking.due_months_query(months)) if "month" in row}
    return [{"month": month, "tasks": found.get(month, 0)} for month in months]


def _changes(store: Store, ids: Ids, year: int | None) -> Item | None:
    """What the plans of the last year carried on from those of the year before."""
    if year is None:
        return None
    row: dict[str, Any] = next(iter(select_strings(store, asking.compared_query(ids, "continues", str(year)))), {})
    return {"year": year, **{name: int(row.get(name, 0)) for name in ("pairs", "verbatim", "edited", "rewritten", "new", "dropped")}}


def _top(store: Store, ids: Ids, kind: str) -> list[Item]:
    rows = select_strings(store, asking.top_query(ids, kind, _TOP))
    return [{**(thing(ids, row, "one", "label") or {}), "tasks": int(row["n"])} for row in rows if "one" in row]


# --- the matrix -------------------------------------------------------------------------------------------------------


def matrix_json(store: Store, ids: Ids, by: str, filters: Mapping[str, str], size: tuple[int, int]) -> bytes:
    """Units against instruments or matters: in how many tasks they meet. The most frequent ones only, and it says so."""
    kept, (rows, columns) = to_kept(store, Asked(filters=filters)), size
    units = [row for row in select_strings(store, asking.rows_query(kept, rows)) if "unit" in row]
    heads = [row for row in select_strings(store, asking.columns_query(by, kept, columns)) if "column" in row]
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
            "query": query,
        }
    )
