"""`/api/search`, `/api/suggest`, `/api/facets`."""

# ruff: noqa: PLR0917 - the framework gives them by name
from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.errors import RequestError
from api.resources import answers as a
from api.resources.work import facets as facets_work
from api.resources.work import search as work

router = APIRouter(tags=["search"])
Kinds = Annotated[
    list[Literal["unit", "plan", "instrument", "section", "task", "statement"]],
    Query(max_length=6, description="种类，可给几个 / kinds; several may be given"),
]
FacetName = Literal["year", "place", "level", "plan", "unit", "function", "role", "instrument", "deadline", "relation"]


@a.get(
    router,
    "/api/search",
    summary="全文检索 / search",
    **a.told({"words": "财政 公开", "total": 12, "hits": [{"kind": "task", "iri": "…"}]}),
)
async def search(
    request: Request,
    chosen: a.Facets,
    kind: Kinds = [],  # noqa: B006 - as the framework has it
    q: Annotated[str, Query(max_length=500, description="词；可用拼音、“短语”、-排除 / words", examples=["财政 公开"])] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    facets: Annotated[bool, Query(description="附分面计数 / with counts by facets")] = True,
) -> Response:
    """Tasks, units, instruments, plans and sections that have the words, the best first; marks say where they matched."""
    return await a.answer(request, work.search_json, q, chosen.values | {"kind": tuple(kind)}, (limit, page), facets)


@a.get(
    router,
    "/api/suggest",
    summary="边输边提示 / suggestions",
    **a.told({"typed": "caizheng", "suggestions": [{"text": "区财政局", "kind": "unit"}]}),
)
async def suggest(
    request: Request, q: Annotated[str, Query(max_length=200, examples=["caizheng"])], limit: Annotated[int, Query(ge=1, le=50)] = 10
) -> Response:  # fmt: skip
    """Names first, then words; by characters, pinyin and initials."""
    return await a.answer(request, work.suggest_json, q, limit)


@a.get(
    router,
    "/api/facets",
    summary="分面 / facets",
    **a.told({"facets": [{"name": "year", "values": [{"value": "2023", "count": 300}], "total": 4}], "counted": ["task", "statement"]}),
)
async def facets(
    request: Request,
    chosen: a.Facets,
    kind: Kinds = [],  # noqa: B006 - as the framework has it
    q: Annotated[str, Query(max_length=500, description="只计检索到的；此时不给 kind 就计全部种类 / only what these words find")] = "",
    name: Annotated[FacetName | None, Query(description="只要一个分面 / one facet only")] = None,
    find: Annotated[str, Query(max_length=100, description="在分面里找名称含这些字的值 / words of the names of values")] = "",
) -> Response:
    """The values of the ten facets, each with the exact number of tasks and statements that have it (without `kind`), under all
    that is chosen in the other facets. `total` says how many values there are; the 20 most frequent are listed, and those that are
    chosen; `name` and `find` look for others.
    """
    if find and not name:
        raise RequestError("find 要和 name 一起给", "find needs the name of a facet")
    kinds = tuple(kind) or (() if q else facets_work.COUNTED)
    return await a.answer(request, facets_work.facets_json, chosen.values, kinds, q, (name or "", find))
