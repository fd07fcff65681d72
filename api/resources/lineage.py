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
OneSided = Annotated[Literal["new", "dropped"], Query(description="新增的，或不再提的 / that came, or that went")]
Either = Annotated[str, a.name("计划或任务：标识符、文号、标题，或“计划#编号”", "a plan or a task", "澄政办发〔2021〕20号")]


@a.get(
    router,
    "/api/lineage",
    summary="任务之间的谱系 / links between tasks",
    **a.listed({"iri": "…", "score": 0.98, "relation": {"code": "continues"}}),
)
async def links(
    request: Request, paging: a.Paged, chosen: a.Facets, task: TaskName = None, band: a.Band = None, shape: a.Shape = None,
    matter: a.Matter = None, earlier_plan: a.PlanName = None, earlier_year: a.Year = None, earlier_place: a.Place = None,
) -> Response:  # fmt: skip
    """Each link with both wordings, and their differences word by word.

    `plan` is either of the two; all other facets are those of the later plan and the later task.
    """
    filters = {
        "task": task, "band": band, "shape": shape, "matter": matter, "earlier_plan": earlier_plan, "earlier_year": earlier_year,
        "earlier_place": earlier_place,
    }  # fmt: skip
    return await a.list_answer(request, work.list_links, filters, paging, chosen=chosen)


@a.get(router, "/api/lineage/pairs", summary="比对过的计划 / plans that were compared", **a.listed({"iri": "…", "verbatim": 12, "new": 9}))
async def pairs(
    request: Request, paging: a.Paged, chosen: a.Facets, earlier_plan: a.PlanName = None, earlier_year: a.Year = None,
    earlier_place: a.Place = None,
) -> Response:  # fmt: skip
    """How many tasks each pair carried on, edited, rewrote, dropped and added: all of them, or those that the facets of tasks leave."""
    filters = {"earlier_plan": earlier_plan, "earlier_year": earlier_year, "earlier_place": earlier_place}
    return await a.list_answer(request, work.list_pairs, filters, paging, chosen=chosen)


@a.get(router, "/api/lineage/tasks", summary="只有一边有的任务 / tasks that only one side has", **a.listed({"iri": "…", "text": "…"}))
async def one_sided(
    request: Request, end: OneSided, paging: a.Paged, chosen: a.Facets, earlier_plan: a.PlanName = None, earlier_year: a.Year = None,
    earlier_place: a.Place = None,
) -> Response:  # fmt: skip
    """The tasks that the later plans of compared pairs added, or those of the earlier ones that they dropped."""
    filters = {"earlier_plan": earlier_plan, "earlier_year": earlier_year, "earlier_place": earlier_place}
    return await a.list_answer(request, work.list_one_sided, filters, paging, end, chosen)


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
    chosen: a.Facets,
    by: Annotated[Literal["plan", "place"], Query(description="节点是一份计划，或一地一年 / what a node is")] = "place",
) -> Response:
    """Nodes and links for a Sankey diagram, from the kept counts of compared plans; with facets of tasks, from the tasks they leave."""
    return await a.answer(request, work.flow_json, chosen.values, by)
