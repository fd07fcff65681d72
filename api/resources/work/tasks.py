"""Tasks and statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from api.errors import RequestError
from api.resources.work.facets import count_matching, engine_if_there
from api.resources.work.listing import Asked, Item, Listed, batches, cut_page, to_json, to_kept
from api.resources.work.shown import address_of, by_thing, coded, find_thing, first_rows, number, short, thing
from kg.graph.resources import plans as asking_plans
from kg.graph.resources import tasks as asking
from kg.graph.resources.base import Kept, Slice, of_tasks
from kg.ids import Ids
from kg.lineage.listing import BANDS, RELATIONS, SHAPES, list_links
from kg.lineage.listing import Listed as Link
from kg.lineage.words import differences
from kg.store import Store
from kg.store.rows import select_strings


def list_tasks(store: Store, ids: Ids, asked: Asked) -> Listed:
    """Tasks in the order of years, plans and their order there. Where many have what is asked for, how many each plan has of them
    says which plans a page lies in, so that no page sorts more tasks than these have."""
    kept = to_kept(store, asked)
    part, total = asked.part, None
    sizes = _sizes(store, ids, kept)
    if sizes is not None:
        kept, part, total = _within_plans(kept, part, sizes)
    query = asking.tasks_query(kept, part)
    items, more = cut_page(full_tasks(store, ids, query), asked.limit)
    return Listed(items=items, query=query, more=more, total=total)


def list_tasks_of_plan(store: Store, ids: Ids, asked: Asked) -> Listed:
    """The tasks of the plan that the path names."""
    plan = find_thing(store, ids, "plan", asked.subject)
    return list_tasks(store, ids, replace(asked, facets={**asked.facets, "plan": (plan,)}))


def _sizes(store: Store, ids: Ids, kept: Kept) -> dict[str, int] | None:
    """How many tasks there are in each plan that has any, in the order in which plans are listed: by kept totals, or as the index
    counts them; None where they are few, as those of a unit are, or where only the store can tell."""
    if any((kept.matter, kept.start, kept.end, kept.iris, kept.through not in {"", "direct"})):
        return None
    rows = first_rows(select_strings(store, asking_plans.sizes_query(ids, kept)), "plan")
    if not of_tasks(kept):
        names = {"task": ("tasks",), "statement": ("statements",)}.get(kept.kind, ("tasks", "statements"))
        return {plan: sum(int(row.get(name, 0)) for name in names) for plan, row in rows.items()}
    engine = engine_if_there(store, ids)
    if engine is None:
        return None
    counts = count_matching(engine, kept, "plan")
    return {plan: counts[plan] for plan in rows if plan in counts}


def _within_plans(kept: Kept, part: Slice, sizes: Mapping[str, int]) -> tuple[Kept, Slice, int]:
    """The plans that a page lies in, where it begins in them, and how many tasks there are in all."""
    plans, before, total = [], 0, 0
    for plan, size in sizes.items():
        if total + size <= part.offset:
            before = total + size
        elif total <= part.offset + part.limit and size:
            plans.append(plan)
        total += size
    narrowed = replace(kept, plans=tuple(plans)) if plans else replace(kept, iris=())
    return narrowed, Slice(limit=part.limit, offset=part.offset - before), total


def full_tasks(store: Store, ids: Ids, query: str) -> list[Item]:
    """The tasks of an answer, each with its units, deadlines and citations."""
    rows = list(first_rows(select_strings(store, query), "task").values())
    return [
        item
        for some in batches(row["task"] for row in rows)
        for item in _told(store, ids, [row for row in rows if row["task"] in set(some)])
    ]


def _told(store: Store, ids: Ids, rows: Sequence[Mapping[str, str]]) -> list[Item]:
    tasks = [row["task"] for row in rows]
    units = by_thing(store, asking.units_query(tasks), "task")
    deadlines = by_thing(store, asking.deadlines_query(tasks), "task")
    citations = by_thing(store, asking.citations_query(tasks), "task")
    return [
        task_item(ids, row)
        | {
            "units": _units(ids, units.get(row["task"], [])),
            "deadlines": [_deadline(one) for one in first_rows(deadlines.get(row["task"], []), "one").values()],
            "citations": [citation(ids, one) for one in first_rows(citations.get(row["task"], []), "one").values()],
        }
        for row in rows
    ]


def task_item(ids: Ids, row: Mapping[str, str]) -> Item:
    """A task without what hangs on it."""
    return {
        "iri": row["task"],
        "label": short(row["text"]),
        "kind": "statement" if row.get("statement") == "true" else "task",
        "number": row.get("number"),
        "order": number(row, "order"),
        "text": row["text"],
        "plan": thing(ids, row, "plan"),
        "year": number(row, "year"),
        "place": thing(ids, row, "place"),
        "section": thing(ids, row, "section"),
        "links": {"self": address_of(ids, row["task"])},
    }


def _units(ids: Ids, rows: Sequence[Mapping[str, str]]) -> list[Item]:
    ordered = sorted(first_rows(rows, "one").values(), key=lambda row: (int(row["rank"]), row["printed"]))
    return [
        {
            **(thing(ids, row, "unit") or {"iri": None, "label": row["printed"]}),
            "printed": row["printed"],
            "role": coded(row["role"]),
            "group": row["group"] == "true",
            "resolution": coded(row.get("resolution")),
            "assignment": row["one"],
        }
        for row in ordered
    ]


def _deadline(row: Mapping[str, str]) -> Item:
    return {
        "iri": row["one"],
        "printed": row["printed"],
        "kind": row["kind"].rsplit("#", 1)[-1].removesuffix("Deadline").lower(),
        "date": row.get("date"),
        "starts": row.get("starts"),
        "trigger": row.get("trigger"),
        "amount": number(row, "amount"),
        "amount_unit": coded(row.get("amount_unit")),
        "period": coded(row.get("period")),
        "reckoned": row.get("reckoned"),
        "reckoned_from": row.get("reckoned_from"),
        "note": row.get("note"),
    }


def citation(ids: Ids, row: Mapping[str, str]) -> Item:
    """A citation as it is printed, and what it means."""
    return {
        "iri": row["one"],
        "printed": row["printed"],
        "number": row.get("number"),
        "resolution": coded(row.get("resolution")),
        "instrument": thing(ids, row, "instrument"),
        "edition": row.get("edition"),
        "status": coded(row.get("status")),
        "replaced": row.get("replaced") == "true",
    }


# --- one task ------------------------------------------------------------------------------------------------------


def task_json(store: Store, ids: Ids, name: str) -> bytes:
    """A task with all that it says, the words that say it, and its line up and down."""
    task = find_thing(store, ids, "task", name)
    query = asking.tasks_query(Kept(iris=(task,)), None)
    found = full_tasks(store, ids, query)
    if not found:
        raise RequestError(f"“{name[:200]}”不是任务", f"{name[:200]!r} is no task")
    item = found[0]
    measures = list(first_rows(select_strings(store, asking.measures_query([task])), "one").values())
    about = next(iter(select_strings(store, asking.modality_query(task))), {})
    parts = [task, *(one["assignment"] for one in item["units"]), *(one["iri"] for one in (*item["deadlines"], *item["citations"]))]
    evidence = evidence_of(store, ids, [*parts, *(row["one"] for row in measures)])
    for one in (*item["units"], *item["deadlines"], *item["citations"]):
        one["evidence"] = evidence.get(one.get("assignment") or one["iri"], [])
    item |= {
        "modality": coded(about.get("modality")),
        "form": coded(about.get("form")),
        "open_list": about.get("open") == "true",
        "reporting": about.get("reporting") == "true",
        "measures": [_measure(row, evidence) for row in measures],
        "sections": _sections(store, item),
        "threads": [thing(ids, row, "thread", "label") for row in select_strings(store, asking.thread_query(task))],
        "evidence": evidence.get(task, []),
        "lineage": _line(store, ids, task),
        "query": query,
    }
    return to_json(item)


def _measure(row: Mapping[str, str], evidence: Mapping[str, list[Item]]) -> Item:
    return {
        "iri": row["one"], "printed": row["printed"], "operator": coded(row["operator"]), "value": float(row["value"]),
        "unit": row.get("unit"), "evidence": evidence.get(row["one"], []),
    }  # fmt: skip


def _sections(store: Store, item: Item) -> list[Item]:
    """The headings above a task, the outermost first."""
    if not item["section"]:
        return []
    rows = first_rows(select_strings(store, asking.sections_above_query(item["section"]["iri"])), "section").values()
    ordered = sorted(rows, key=lambda row: int(row["level"]))
    return [{"iri": row["section"], "label": row.get("label", ""), "number": row.get("number")} for row in ordered]


def evidence_of(store: Store, ids: Ids, things: Sequence[str]) -> dict[str, list[Item]]:
    """The words that each thing was read from, with their place in the document."""
    found: dict[str, list[Item]] = defaultdict(list)
    for some in batches(things):
        rows = list(select_strings(store, asking.evidence_query(some)))
        for row in {(row["thing"], row["words"], row.get("states", "")): row for row in rows}.values():
            found[row["thing"]].append(_evidence(ids, row))
    return {one: sorted(told, key=lambda each: (each["file"] or "", each["start"] or 0)) for one, told in found.items()}


def _evidence(ids: Ids, row: Mapping[str, str]) -> Item:
    path = address_of(ids, row["document"])
    return {
        "iri": row["words"],
        "states": row.get("states"),
        "quote": row.get("quote"),
        "prefix": row.get("prefix"),
        "suffix": row.get("suffix"),
        "start": number(row, "start"),
        "end": number(row, "end"),
        "stands": row.get("stands"),
        "page": number(row, "page"),
        "file": row.get("file"),
        "document": row["document"],
        "links": {"document": path},
    }


def _line(store: Store, ids: Ids, task: str) -> Item:
    """What a task came from, and what became of it, with the differences of the words."""
    line: dict[str, list[Item]] = {"up": [], "down": [], "beside": []}
    for link in list_links(store, ids, task=task):
        way = "beside" if link.relation == "parallels" else "up" if link.a.iri == task else "down"
        line[way].append(link_item(ids, link, other=link.b if link.a.iri == task else link.a))
    return dict(line)


def to_pieces(before: str, after: str) -> list[Item]:
    """Two wordings in stretches: kept, deleted, inserted, or replaced, each as it was before and is after."""
    return [{"kind": piece.kind, "before": piece.before, "after": piece.after} for piece in differences(before, after)]


def link_item(ids: Ids, link: Link, other: Any = None) -> Item:
    """A link with the differences from the earlier to the later words."""
    item: Item = {
        "relation": {"code": link.relation, "zh": RELATIONS[link.relation][1], "en": link.relation},
        "band": {"code": link.band, "zh": BANDS[link.band], "en": link.band},
        "shape": {"code": link.shape, "zh": SHAPES[link.shape], "en": link.shape},
        "score": link.score,
        "differences": to_pieces(link.b.text, link.a.text),
    }
    sides = {"task": other} if other else {"later": link.a, "earlier": link.b}
    return {**{name: side_item(ids, side) for name, side in sides.items()}, **item}


def side_item(ids: Ids, side: Any) -> Item:
    """A task as one side of a link."""
    return {
        "iri": side.iri,
        "label": short(side.text),
        "number": side.number or None,
        "order": side.order,
        "text": side.text,
        "file": side.file,
        "plan": {"iri": side.plan_iri, "label": side.plan, "links": {"self": address_of(ids, side.plan_iri)}},
        "links": {"self": address_of(ids, side.iri)},
    }
