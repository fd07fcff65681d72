"""Plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from api.resources.work.facets import count_matching, engine_if_there
from api.resources.work.listing import Asked, Item, Listed, cut_page, to_json, to_kept
from api.resources.work.shown import address_of, by_thing, coded, find_thing, first_rows, last_part, number, thing, totals
from api.resources.work.tasks import evidence_of, full_tasks
from kg.graph.resources import plans as asking
from kg.graph.resources import tasks as asking_tasks
from kg.graph.resources import totals as counting
from kg.graph.resources.base import Kept, of_tasks
from kg.ids import Ids
from kg.store import Store
from kg.store.rows import select_strings

_MOST_NAMED = 2000  # plans that a query names one by one
_MOST = 5000  # tasks, or sections, of one plan that are told at once


def list_plans(store: Store, ids: Ids, asked: Asked) -> Listed:
    """Plans; with facets of tasks those that have such tasks, which the index knows quicker than the store."""
    kept = to_kept(store, asked, "plan-kind")
    tasks = asking_tasks.tasks_in_plans(kept) if of_tasks(kept) else ""
    query = asking.plans_query(kept, asked.part, tasks)
    found = first_rows(select_strings(store, _quick(store, ids, kept, asked) or query), "plan")
    items, more = cut_page(_plans(store, ids, list(found.values())[: asked.limit + 1]), asked.limit)
    return Listed(items=items, query=query, more=more, total=_total(store, ids, kept))


def _quick(store: Store, ids: Ids, kept: Kept, asked: Asked) -> str:
    """A query for the same plans by their IRIs; empty where the index does not know them, or knows too many to name."""
    alone = kept.unit and not any((kept.function, kept.role, kept.instrument, kept.deadline, kept.relation))
    if not of_tasks(kept) or alone or (engine := engine_if_there(store, ids)) is None:
        return ""
    plans = tuple(count_matching(engine, replace(kept, kind=""), "plan"))
    return asking.plans_query(replace(kept, iris=plans), asked.part) if len(plans) <= _MOST_NAMED else ""


def _total(store: Store, ids: Ids, kept: Kept) -> int | None:
    """How many plans there are, from the totals by year and place; None for what these do not tell apart."""
    if kept.kind or kept.plan or of_tasks(kept):
        return None
    return sum(
        int(row["plans"])
        for row in select_strings(store, counting.yearly_query(ids))
        if all(row.get(name) in getattr(kept, name) for name in ("year", "place", "level") if getattr(kept, name))
    )


def told_plans(store: Store, ids: Ids, plans: Sequence[str]) -> list[Item]:
    """These plans, as lists tell of them."""
    query = asking.plans_query(Kept(iris=tuple(plans)), None)
    return _plans(store, ids, list(first_rows(select_strings(store, query), "plan").values())) if plans else []


def _plans(store: Store, ids: Ids, rows: Sequence[Any]) -> list[Item]:
    plans = [row["plan"] for row in rows]
    if not plans:
        return []
    files = by_thing(store, asking.documents_query(plans), "plan")
    counts = totals(store, asking.totals_query(ids, plans), "plan")
    return [_plan(ids, row, files.get(row["plan"], []), counts.get(row["plan"], {})) for row in rows]


def _plan(ids: Ids, row: Any, files: Sequence[Any], counts: dict[str, int]) -> Item:
    path = address_of(ids, row["plan"])
    return {
        "iri": row["plan"],
        "label": row.get("label") or last_part(row["plan"]),
        "number": row.get("number"),
        "year": number(row, "year"),
        "place": thing(ids, row, "place"),
        "level": coded(row.get("level")),
        "kind": coded(row.get("kind")),
        "issuer": row.get("issuer"),
        "day": row.get("day"),
        "tasks": counts.get("tasks", 0),
        "statements": counts.get("statements", 0),
        "documents": [
            {"iri": one["document"], "label": one["file"], "links": {"self": address_of(ids, one["document"])}}
            for one in sorted(files, key=lambda one: one["file"])
        ],
        "links": {"self": path, "tasks": f"{path}/tasks"},
    }


def plan_json(store: Store, ids: Ids, name: str) -> bytes:
    """A plan with its sections and its tasks."""
    plan = find_thing(store, ids, "plan", name)
    query = asking.plans_query(Kept(iris=(plan,)), None)
    item = _plans(store, ids, list(first_rows(select_strings(store, query), "plan").values()))[0]
    told: dict[str, list[Item]] = defaultdict(list)
    for row in select_strings(store, asking.details_query(plan)):
        value = row["value"]
        told[row["what"]].append(thing(ids, row, "value", "label") or {} if value.startswith(ids.base) else {"label": value})
    sections = list(first_rows(select_strings(store, asking.sections_query(plan, _MOST)), "section").values())
    tasks_query = asking_tasks.tasks_query(Kept(plan=(plan,)), asked_part())
    tasks = full_tasks(store, ids, tasks_query)
    item |= {
        "totals": totals(store, asking.totals_query(ids, [plan]), "plan").get(plan, {}),
        **{name: told.get(name, []) for name in ("series", "applies", "part", "whole")},
        "openness": [one["label"] for one in told.get("openness", [])],
        "recipients": [one["label"] for one in told.get("recipient", [])],
        "copied_to": [one["label"] for one in told.get("copied_to", [])],
        "issued_by": told.get("issuer", []),
        "citations": _citations(store, ids, plan),
        "evidence": evidence_of(store, ids, [plan]).get(plan, []),
        "sections": [
            {
                "iri": row["section"], "label": row.get("label", ""), "number": row.get("number"),
                "parent": row["parent"], "level": number(row, "level"), "order": number(row, "order"),
            }
            for row in sections[:_MOST]
        ],
        "items": tasks[:_MOST],
        "more": len(tasks) > _MOST or len(sections) > _MOST,
        "query": tasks_query,
    }  # fmt: skip
    return to_json(item)


def asked_part() -> Any:
    return Asked(limit=_MOST).part


def _citations(store: Store, ids: Ids, plan: str) -> list[Item]:
    from api.resources.work.tasks import citation

    return [citation(ids, row) for row in first_rows(select_strings(store, asking_tasks.citations_query([plan])), "one").values()]
