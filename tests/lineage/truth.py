"""The samples' truth as plans to be compared: every pair of plans with the links between them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from kg.lineage.model import Axis, LinkPlan, LinkTask, Pairing
from kg.model import Citation, Jurisdiction, Span, Unit
from kg.resolve import load_jurisdictions, load_registry
from kg.resolve.instruments import resolve_instruments
from kg.resolve.units import resolve_unit
from tests.lineage.forms import sources

TRUTH = Path(__file__).parent.parent / "samples" / "truth"
Fact = dict[str, Any]
SAME = ("verbatim", "edited")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Two plans, the relation of every two tasks that are linked, and the matters of every task."""

    pairing: Pairing
    links: Mapping[tuple[str, str], str]
    matters: Mapping[str, frozenset[str]]

    def matters_of(self, plan: LinkPlan) -> list[frozenset[str]]:
        return [frozenset().union(*(self.matters[part] for part in sources(task.iri))) for task in plan.tasks]


@cache
def load_known() -> tuple[Known, ...]:
    """Every pair of plans of the samples between which there are links. The places of the samples must be known."""
    lineage = json.loads((TRUTH / "lineage.json").read_text("utf-8"))
    entries: dict[str, Fact] = {entry["id"]: entry for entry in lineage["tasks"]}
    matters = {name: frozenset(entry["matters"]) for name, entry in entries.items()}
    plans: dict[str, LinkPlan] = {}
    for file in sorted(TRUTH.glob("*.json")):
        if file.stem != "lineage":
            plans |= _plans(json.loads(file.read_text("utf-8")), entries)
    pairs: defaultdict[tuple[str, str, str], dict[tuple[str, str], str]] = defaultdict(dict)
    for link in lineage["links"]:
        pairs[_plan_of(entries[link["from"]]), _plan_of(entries[link["to"]]), link["axis"]][link["from"], link["to"]] = link["relation"]
    return tuple(
        Known(pairing=Pairing(later=plans[later], earlier=plans[earlier], axis=cast("Axis", axis)), links=links, matters=matters)
        for (later, earlier, axis), links in sorted(pairs.items())
    )


def _plan_of(entry: Fact) -> str:
    return f"{entry['document']}/{entry['plan']}"


def _plans(truth: Fact, entries: Mapping[str, Fact]) -> dict[str, LinkPlan]:
    """The plans of one document by their names."""
    document, table = truth["document"], load_jurisdictions()
    row = table.at(document["jurisdiction"]["code"], document["year"])
    if row is None:
        raise LookupError(f"the places of the samples are not known: {document['jurisdiction']['name']}")
    place = table.jurisdiction(row)
    tasks: defaultdict[str, list[LinkTask]] = defaultdict(list)
    for fact in truth["tasks"]:
        plan = _plan_of(entries[fact["id"]])
        tasks[plan].append(_task(fact, plan, len(tasks[plan]) + 1, place, document["year"]))
    return {
        name: LinkPlan(iri=name, title=document["title"], year=document["year"], place=place.code, tasks=tuple(each))
        for name, each in tasks.items()
    }


def _task(fact: Fact, plan: str, order: int, place: Jurisdiction, year: int) -> LinkTask:
    units, leads = fact["units"], [unit for unit in fact["units"] if unit["role"] == "lead"]
    return LinkTask(
        iri=fact["id"],
        plan=plan,
        order=order,
        text=fact["text"],
        number=fact["seq"] or "",
        headings=tuple(fact["path"]),
        leads=tuple(unit["name"] for unit in leads),
        others=tuple(unit["name"] for unit in units if unit["role"] != "lead"),
        lead_functions=frozenset(code for unit in leads or units[:1] for code in _functions(unit, place, year)),
        functions=frozenset(code for unit in units for code in _functions(unit, place, year)),
        instruments=_instruments(fact["citations"], place, year),
        measures=tuple(measure["text"] for measure in fact["measures"]),
        deadlines=tuple(deadline["text"] for deadline in fact["deadlines"]),
        form=fact["form"],
    )


def _functions(unit: Fact, place: Jurisdiction, year: int) -> tuple[str, ...]:
    found = resolve_unit(unit["name"], group=unit["group"], jurisdiction=place, year=year).unit
    return found.functions if isinstance(found, Unit) else ()


def _instruments(citations: list[Fact], place: Jurisdiction, year: int) -> frozenset[str]:
    printed = [
        Citation(
            title=one.get("title"),
            number=one.get("number"),
            numbers=tuple(one.get("numbers", ())),
            short_for=one.get("short_for"),
            span=Span(at, at + 1),
        )
        for at, one in enumerate(citations)
    ]
    found = resolve_instruments(printed, load_registry(), year=year, place=place).values()
    return frozenset(one.instrument.title if one.instrument else one.citation.number or one.citation.title or "" for one in found)
