"""Units and groups, and what they owe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from api.resources.work.facets import count_matching, engine_of
from api.resources.work.listing import Asked, Item, Listed, batches, cut_page, to_json, to_kept
from api.resources.work.search import hits_of
from api.resources.work.shown import address_of, by_thing, coded, find_thing, first_rows, last_part, number, thing, totals
from api.resources.work.tasks import full_tasks
from kg.graph.resources import tasks as asking_tasks
from kg.graph.resources import units as asking
from kg.graph.resources.base import Kept
from kg.ids import Ids, code
from kg.store import Store
from kg.store.rows import select_strings

_BY_TASKS = ("year", "plan", "role", "instrument", "deadline", "relation")  # facets that say what a unit owes; the others what it is
_RELATED = 1000  # members of a group, groups of a unit
_FOUND = 200  # hits of a search by name


def list_units(store: Store, ids: Ids, asked: Asked) -> Listed:
    """Units and groups. By words of their names the best first; by tasks that they owe, those with most first; else by place."""
    words = asked.filters.get("q", "")
    kept = to_kept(store, replace(asked, filters={name: value for name, value in asked.filters.items() if name != "q"}), "unit-kind")
    if words or any(getattr(kept, name) for name in _BY_TASKS):
        return _found(store, ids, asked, words, kept)
    query = asking.units_query(kept, asked.part)
    items, more = cut_page(_units(store, ids, list(first_rows(select_strings(store, query), "unit").values())), asked.limit)
    return Listed(items=items, query=query, more=more)


def _found(store: Store, ids: Ids, asked: Asked, words: str, kept: Kept) -> Listed:
    """The units that are what the facets say and owe what they say, in the order of words or of how much."""
    of_tasks = replace(Kept(), **{name: getattr(kept, name) for name in _BY_TASKS})
    owing = count_matching(engine_of(store, ids), of_tasks, "unit") if of_tasks != Kept() else {}
    ordered = hits_of(store, ids, words, "unit", _FOUND) if words else list(owing)
    if owing or of_tasks != Kept():
        ordered = [iri for iri in ordered if iri in owing]
    if any((kept.place, kept.level, kept.function, kept.unit, kept.kind)):
        own = {row["unit"] for row in select_strings(store, asking.own_query(kept)) if "unit" in row}
        ordered = [iri for iri in ordered if iri in own]
    page = ordered[asked.offset : asked.offset + asked.limit]
    query = asking.units_query(replace(Kept(), iris=tuple(page)), None)
    rows = first_rows(select_strings(store, query), "unit") if page else {}
    items = _units(store, ids, [rows[iri] for iri in page if iri in rows])
    told = [item | ({"matching": owing[item["iri"]]} if owing else {}) for item in items]
    shown = asking.owing_query(of_tasks) if owing and not words else query
    return Listed(items=told, query=shown, more=len(ordered) > asked.offset + asked.limit, total=len(ordered))


def _units(store: Store, ids: Ids, rows: Sequence[Mapping[str, str]]) -> list[Item]:
    units = [row["unit"] for row in rows]
    if not units:
        return []
    names = by_thing(store, asking.names_query(units), "unit")
    counts = totals(store, asking.totals_query(ids, units), "unit")
    return [_unit(ids, row, names.get(row["unit"], []), counts.get(row["unit"], {})) for row in rows]


def _unit(ids: Ids, row: Mapping[str, str], names: Sequence[Mapping[str, str]], counts: Mapping[str, int]) -> Item:
    path = address_of(ids, row["unit"])
    return {
        "iri": row["unit"],
        "label": row.get("label", ""),
        "group": row["group"] == "true",
        "place": thing(ids, row, "place"),
        "kind": coded(row.get("kind")),
        "functions": sorted(
            ({"code": last_part(one["function"]), "zh": one["zh"], "en": one["en"]} for one in names if "function" in one),
            key=lambda one: one["code"],
        ),
        "aliases": sorted({each["alias"] for each in names if "alias" in each}),
        "parent": thing(ids, row, "parent"),
        "tasks": counts.get("tasks", 0),
        "lead": counts.get("leadTasks", 0),
        "responsible": counts.get("responsibleTasks", 0),
        "support": counts.get("supportTasks", 0),
        "links": {"self": path, **{name: f"{path}/{name}" for name in ("obligations", "aliases", "load")}},
    }


def unit_json(store: Store, ids: Ids, name: str) -> bytes:
    """A unit or a group, with whom it belongs to."""
    unit = find_thing(store, ids, "unit", name)
    query = asking.units_query(Kept(iris=(unit,)), None)
    item = _units(store, ids, list(first_rows(select_strings(store, query), "unit").values()))[0]
    told: dict[str, list[Item | None]] = defaultdict(list)
    for row in select_strings(store, asking.related_query(unit, _RELATED)):
        told[row["what"]].append(thing(ids, row, "other", "label"))
    names = ("bound_through", "member", "also_named", "name_board_of", "part", "replaced_by")
    return to_json({**item, **{name: told.get(name, []) for name in names}, "load": _load(store, ids, unit), "query": query})


def list_obligations(store: Store, ids: Ids, asked: Asked) -> Listed:
    """The tasks of a unit, each with its roles; those that bind it through a group say through which."""
    unit = find_thing(store, ids, "unit", asked.subject)
    kept = to_kept(store, asked)
    others, kept = kept.unit, replace(kept, unit=(unit,))
    query = asking_tasks.tasks_query(kept, asked.part, others)
    items, more = cut_page(full_tasks(store, ids, query), asked.limit)
    roles = _roles(store, ids, unit, [item["iri"] for item in items])
    for item in items:
        item["owed"] = roles.get(item["iri"], [])
    return Listed(items=items, query=query, more=more, total=None if others else _total(store, ids, unit, kept), beside={"unit": unit})


def _roles(store: Store, ids: Ids, unit: str, tasks: Sequence[str]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for some in batches(tasks):
        for row in select_strings(store, asking.roles_query(unit, some)):
            role = coded(code("role", row["role"]))
            found[row["task"]].append({"role": role, "through": thing(ids, row, "through")})
    return found


def _total(store: Store, ids: Ids, unit: str, kept: Kept) -> int | None:
    """How many tasks there are, where the kept totals of the unit say so."""
    narrowed = (kept.plan, kept.level, kept.instrument, kept.deadline, kept.start, kept.end, kept.relation, kept.function)
    if any(narrowed) or (kept.kind not in {"", "task"}):
        return None
    measures = {"direct": ["tasks"], "group": ["through"], "any": ["tasks", "only_through"]}[kept.through or "direct"]
    if kept.role:
        if measures != ["tasks"] or len(kept.role) > 1:
            return None
        measures = [kept.role[0]]
    rows = [row for row in _load(store, ids, unit) if not kept.year or str(row["year"]) in kept.year]
    if kept.place:
        rows = [row for row in rows if (row["place"] or {}).get("iri") in kept.place]
    return sum(int(row[measure]) for row in rows for measure in measures)


def list_load(store: Store, ids: Ids, asked: Asked) -> Listed:
    """A row for each year and place: how many tasks a unit leads, is responsible for, supports, and has through groups."""
    unit = find_thing(store, ids, "unit", asked.subject)
    rows = _load(store, ids, unit)
    items, more = cut_page(rows[asked.offset :], asked.limit)
    return Listed(items=items, query=asking.load_query(ids, unit), more=more, total=len(rows))


def _load(store: Store, ids: Ids, unit: str) -> list[Item]:
    measures = ("tasks", "lead", "responsible", "support", "through", "only_through")
    return [
        {"year": number(row, "year"), "place": thing(ids, row, "place"), **{name: int(row.get(name, 0)) for name in measures}}
        for row in select_strings(store, asking.load_query(ids, unit))
    ]


def list_aliases(store: Store, ids: Ids, asked: Asked) -> Listed:
    """How documents print a unit: each form, in which plan, how often, and the first place."""
    unit = find_thing(store, ids, "unit", asked.subject)
    query = asking.aliases_query(unit, asked.part)
    items, more = cut_page([_alias(ids, row) for row in select_strings(store, query) if "printed" in row], asked.limit)
    return Listed(items=items, query=query, more=more)


def _alias(ids: Ids, row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "printed": row["printed"],
        "resolution": coded(row.get("resolution")),
        "times": number(row, "times"),
        "plan": thing(ids, row, "plan"),
        "year": number(row, "year"),
        "file": row.get("file"),
        "stands": row.get("stands"),
        "task": row.get("first"),
        "links": {"task": address_of(ids, row["first"])} if "first" in row else {},
    }
