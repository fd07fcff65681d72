"""`/api/plans` and `/api/tasks`."""

# ruff: noqa: PLR0917 - the framework gives them by name
from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.resources import answers as a
from api.resources.work import plans as work
from api.resources.work import tasks as tasks_work

router = APIRouter(tags=["plans and tasks"])
_PLAN = {
    "iri": "https://w3id.org/zhengpu/id/plan/990102/2023/b41da2bdc881038e", "label": "澄湖区2023年政务公开工作台账（区直部门）",
    "year": 2023, "tasks": 26, "links": {"self": "/api/plans/990102/2023/b41da2bdc881038e"},
}  # fmt: skip
_TASK = {
    "iri": "https://w3id.org/zhengpu/id/plan/990102/2023/b41da2bdc881038e/task/1", "label": "依托市政府网站“规划库”…", "kind": "task",
    "number": "1", "text": "…", "units": [{"label": "澄湖区发展和改革局", "role": {"code": "lead", "zh": "牵头", "en": "lead"}}],
    "links": {"self": "/api/tasks/990102/2023/b41da2bdc881038e/task/1"},
}  # fmt: skip
Kind = Annotated[Literal["task", "statement"] | None, Query(description="任务，或没有写明单位的要求 / tasks, or statements without units")]
Through = Annotated[
    Literal["direct", "group", "any"] | None, Query(description="写明的、经由集合称谓的、都要；默认写明的 / named, through a group, both")
]
Day = Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$", description="某日，如 2023-09-30 / a day")]


@a.get(router, "/api/plans", summary="计划 / plans", **a.listed(_PLAN, ["/api/plans/{name}", "/api/plans/{name}/tasks"]))
async def plans(
    request: Request,
    paging: a.Paged,
    chosen: a.Facets,
    kind: Annotated[str | None, a.name("种类：名称或代码", "kind of plan", "实施方案")] = None,
) -> Response:
    """Plans of these years, places, levels and kind, in which there are tasks that the other facets leave; with `unit` alone also
    those that it issued."""
    return await a.list_answer(request, work.list_plans, {"kind": kind}, paging, chosen=chosen)


@a.get(router, "/api/plans/{name:path}/tasks", summary="一份计划的任务 / the tasks of a plan", **a.listed(_TASK))
async def tasks_of_plan(request: Request, name: str, paging: a.Paged, kind: Kind = None) -> Response:
    """In the order in which the plan prints them."""
    return await a.list_answer(request, tasks_work.list_tasks_of_plan, {"kind": kind}, paging, name)


@a.get(router, "/api/plans/{name:path}", summary="一份计划 / a plan", **a.told(_PLAN))
async def plan(request: Request, name: str) -> Response:
    """A plan with its sections, tasks, citations and evidence; named by the end of its IRI, its number, title or file name."""
    return await a.answer(request, work.plan_json, name)


@a.get(router, "/api/tasks", summary="任务 / tasks", **a.listed(_TASK, ["/api/tasks/{name}"]))
async def tasks(
    request: Request, paging: a.Paged, chosen: a.Facets, through: Through = None, kind: Kind = None, due_from: Day = None,
    due_to: Day = None, matter: a.Matter = None,
) -> Response:  # fmt: skip
    """Tasks and statements with units, deadlines and citations, in order of years and plans."""
    filters = {"through": through, "kind": kind, "start": due_from, "end": due_to, "matter": matter}
    return await a.list_answer(request, tasks_work.list_tasks, filters, paging, chosen=chosen)


@a.get(router, "/api/tasks/{name:path}", summary="一项任务 / a task", **a.told(_TASK))
async def task(request: Request, name: str) -> Response:
    """All that a task says, the words that say it with their places, and its line up and down with the differences of the words."""
    return await a.answer(request, tasks_work.task_json, name)
