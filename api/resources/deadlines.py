"""`/api/deadlines` and the calendar of them."""

# ruff: noqa: PLR0917 - the framework gives them by name
from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.errors import RequestError
from api.resources import answers as a
from api.resources.plans import Kind, Through
from api.resources.work import deadlines as work
from api.urls import own_url

router = APIRouter(tags=["deadlines"])
_CALENDAR = "text/calendar"
By = Literal["month", "day", "unit", "unit-month"]
From = Annotated[
    str | None, Query(alias="from", pattern=r"^\d{4}-\d{2}-\d{2}$", description="从哪一天起（含）/ first day", examples=["2023-09-01"])
]
To = Annotated[
    str | None, Query(alias="to", pattern=r"^\d{4}-\d{2}-\d{2}$", description="到哪一天止（含）/ last day", examples=["2023-12-31"])
]


@a.get(
    router,
    "/api/deadlines",
    summary="一段时间内到期的任务 / what is due",
    **a.listed({"iri": "…", "due": [{"date": "2023-09-30", "reckoned": False}]}),
)
async def deadlines(
    request: Request, paging: a.Paged, chosen: a.Facets, start: From = None, end: To = None, through: Through = None, kind: Kind = None,
) -> Response:  # fmt: skip
    """Tasks whose last day, printed or reckoned from an event whose day is known, lies between two days, both included."""
    filters = {"start": start or "0001-01-01", "end": end, "through": through, "kind": kind}
    return await a.list_answer(request, work.list_deadlines, filters, paging, chosen=chosen)


@a.get(
    router,
    "/api/deadlines/counts",
    summary="每月、每天、每个单位到期几项 / how many tasks are due by month, day or unit",
    **a.listed({"month": "2023-09", "tasks": 12}),
)
async def counts(
    request: Request, paging: a.Paged, chosen: a.Facets, by: Annotated[By, Query(description="按什么计 / counted by")] = "month",
    start: From = None, end: To = None, through: Through = None, kind: Kind = None,
) -> Response:  # fmt: skip
    """Months need no stretch of days; days and units do. Months and days in their order, units by what they owe."""
    if by != "month" and not (start and end):
        raise RequestError(f"by={by} 要有 from 和 to", f"by={by} needs from and to")
    filters = {"by": by, "start": start, "end": end, "through": through, "kind": kind}
    return await a.list_answer(request, work.count_deadlines, filters, paging, chosen=chosen)


@a.get(router, "/api/deadlines.ics", summary="时限日历 / a calendar of deadlines", **a.told(media=_CALENDAR, schema={"type": "string"}))
async def calendar(request: Request, chosen: a.Facets, start: From = None, end: To = None, through: Through = None) -> Response:
    """All-day events that Outlook, Thunderbird and phones take. Standing, prompt and recurring duties have no day and are left out."""
    filters = a.filled({"start": start or "0001-01-01", "end": end, "through": through})
    return await a.answer(request, work.calendar, chosen.values, filters, own_url(request), media="text/calendar; charset=utf-8")
