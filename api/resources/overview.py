"""`/api/statistics`, `/api/matrix`, `/api/graph` and `/api/path`."""

# ruff: noqa: PLR0917 - the framework gives them by name
from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.resources import answers as a
from api.resources.work import around as around_work
from api.resources.work import statistics as work
from api.resources.work import whole as whole_work
from kg.graph.resources.around import RELATIONS
from kg.graph.resources.base import Slice

router = APIRouter(tags=["overview"])
Node = Annotated[str, a.name("事物：标识符，或只指它一个的名称", "a thing: its IRI, or a name that only it has", "区财政局@澄湖区")]


@a.get(
    router,
    "/api/statistics",
    summary="总览 / overview",
    **a.told({"documents": 19, "plans": 21, "tasks": 1164, "by_year": [{"year": 2021}]}),
)
async def statistics(
    request: Request, chosen: a.Facets, today: Annotated[dt.date | None, Query(description="以哪天为今天 / the day to go by")] = None
) -> Response:  # fmt: skip
    """What is here, due, changed since last year, and missing: from kept totals, or counted of what the facets leave.

    `whole` names what is not narrowed by the facets of tasks, and so is told of all tasks of these plans.
    """
    return await a.answer(request, work.statistics_json, chosen.values, (today or dt.date.today()).isoformat())


@a.get(
    router,
    "/api/matrix",
    summary="单位和文件、事项的矩阵 / units against instruments or matters",
    **a.told({"by": "instrument", "cells": [[0, 0, 3]]}),
)
async def matrix(
    request: Request,
    chosen: a.Facets,
    by: Annotated[Literal["instrument", "matter"], Query(description="列是法规文件还是事项 / what the columns are")] = "instrument",
    rows: Annotated[int, Query(ge=1, le=100)] = 30, columns: Annotated[int, Query(ge=1, le=100)] = 30,
) -> Response:  # fmt: skip
    """The most frequent units and columns; a cell is [row, column, number of tasks], counted from 0."""
    return await a.answer(request, work.matrix_json, by, chosen.values, (rows, columns))


@a.get(
    router,
    "/api/graph",
    summary="一个事物周围的图 / the graph around a node",
    **a.told({"node": {}, "relations": [], "nodes": [], "edges": []}),
)
async def graph(
    request: Request, node: Node,
    relation: Annotated[str, Query(max_length=40, description=f"只看一种，可加 :in 或 :out / one of {', '.join(RELATIONS)}")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50, offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    counts: Annotated[bool, Query(description="附各关系的计数；只看一种时可免 / with counts; may be left out with one relation")] = True,
) -> Response:  # fmt: skip
    """The node, its relations with counts (no more than 10,000 are counted), and a page of its neighbours with labels and kinds."""
    return await a.answer(request, around_work.around_json, node, relation, Slice(limit=limit, offset=offset), counts)


@a.get(
    router,
    "/api/graph/overview",
    summary="全图 / the graph as a whole",
    **a.told(
        {"nodes": [{"iri": "…", "kind": "Task", "label": "…"}], "edges": [[0, 1, 0]], "relations": ["plan"], "left_out": {"tasks": 0}}
    ),
)
async def whole(request: Request, chosen: a.Facets, limit: Annotated[int, Query(ge=10, le=10_000)] = 10_000) -> Response:
    """What the facets leave, the latest years first, and what it hangs on. An edge is [from, to, relation], counted from 0.

    `left_out` says how many tasks and how many other things are not there.
    """
    return await a.answer(request, whole_work.whole_json, chosen.values, limit)


@a.get(
    router,
    "/api/path",
    summary="两个事物之间的最短路径 / the shortest way between two",
    **a.told({"found": True, "nodes": [], "edges": []}),
)
async def path(
    request: Request,
    start: Annotated[str, Query(alias="from", max_length=a.LONGEST_NAME)],
    end: Annotated[str, Query(alias="to", max_length=a.LONGEST_NAME)],
    deepest: Annotated[int, Query(ge=1, le=6, description="最多几步 / steps at most")] = 6,
) -> Response:  # fmt: skip
    """At most six steps; `bounded` where the search was cut short before all was looked at."""
    return await a.answer(request, around_work.path_json, start, end, deepest)
