"""`/api/lineage`."""

# ruff: noqa: PLR0917 - the framework gives them by name
from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.resources import answers as a
from api.resources.work import lineage as work

router = APIRouter(tags=["lineage"])
TaskName = Annotated[str | None, a.name("任务：标识符，或“计划#编号”", "task: IRI, or plan#number", "云政办发〔2022〕12号#1")]
Either = Annotated[str, a.name("计划或任务：标识符、文号、标题，或“计划#编号”", "a plan or a task", "澄政办发〔2021〕20号")]


@a.get(
    router,
    "/api/lineage",
    summary="任务之间的谱系 / links between tasks",
    **a.listed({"iri": "…", "score": 0.98, "relation": {"code": "continues"}}),
)
async def links(
    request: Request, paging: a.Paged, plan: a.PlanName = None, task: TaskName = None, relation: a.Relation = None, band: a.Band = None,
    year: a.Year = None, place: a.Place = None, level: a.Level = None,
) -> Response:  # fmt: skip
    """Each link with both wordings, and their differences word by word. `year`, `place` and `level` are those of the later plan."""
    filters = {"plan": plan, "task": task, "relation": relation, "band": band, "year": year, "place": place, "level": level}
    return await a.list_answer(request, work.list_links, filters, paging)


@a.get(router, "/api/lineage/pairs", summary="比对过的计划 / plans that were compared", **a.listed({"iri": "…", "verbatim": 12, "new": 9}))
async def pairs(
    request: Request, paging: a.Paged, plan: a.PlanName = None, relation: a.Relation = None, year: a.Year = None, place: a.Place = None,
    level: a.Level = None,
) -> Response:  # fmt: skip
    """How many tasks each pair carried on, edited, rewrote, dropped and added."""
    filters = {"plan": plan, "relation": relation, "year": year, "place": place, "level": level}
    return await a.list_answer(request, work.list_pairs, filters, paging)


@a.get(
    router,
    "/api/lineage/diff",
    summary="两份计划、两项任务的异同 / two plans, or two tasks, side by side",
    **a.told({"kind": "plans", "compared": []}),
)
async def diff(request: Request, a: Either, b: Either) -> Response:
    """Of two plans what became of each task: carried on, reworded, broken down, merged, dropped, new. Of two tasks the differences."""
    return await _answer(request, work.diff_json, a, b)


_answer = a.answer


@a.get(
    router, "/api/lineage/flow", summary="任务在年度和层级间的流向 / how tasks flow", **a.told({"by": "place", "nodes": [], "links": []})
)
async def flow(
    request: Request,
    by: Annotated[Literal["plan", "place"], Query(description="节点是一份计划，或一地一年 / what a node is")] = "place",
    relation: a.Relation = None, plan: a.PlanName = None, year: a.Year = None, place: a.Place = None, level: a.Level = None,
) -> Response:  # fmt: skip
    """Nodes and links for a Sankey diagram, from the kept counts of compared plans."""
    given = {"relation": relation, "plan": plan, "year": str(year) if year else None, "place": place, "level": level}
    return await a.answer(request, work.flow_json, {name: value for name, value in given.items() if value}, by)
