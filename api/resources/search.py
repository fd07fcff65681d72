"""`/api/search`, `/api/suggest`, `/api/facets`."""

# ruff: noqa: PLR0917 - the framework gives them by name
from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from api.resources import answers as a
from api.resources.work import search as work
from kg.search.model import FACETS

router = APIRouter(tags=["search"])
_Values = Annotated[list[str], Query(max_length=50)]


class Chosen:
    """Values of facets; a facet may be given several times."""

    def __init__(
        self, kind: _Values = [], year: _Values = [], place: _Values = [], level: _Values = [], unit: _Values = [],  # noqa: B006 - as the framework has it
        function: _Values = [], instrument: _Values = [], deadline: _Values = [], relation: _Values = [],  # noqa: B006
    ) -> None:  # fmt: skip
        given = locals()
        self.values = {name: tuple(given[name]) for name in FACETS}


Facets = Annotated[Chosen, Depends()]


@a.get(
    router,
    "/api/search",
    summary="全文检索 / search",
    **a.told({"words": "财政 公开", "total": 12, "hits": [{"kind": "task", "iri": "…"}]}),
)
async def search(
    request: Request,
    chosen: Facets,
    q: Annotated[str, Query(max_length=500, description="词；可用拼音、“短语”、-排除 / words", examples=["财政 公开"])] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    facets: Annotated[bool, Query(description="附分面计数 / with counts by facets")] = True,
) -> Response:
    """Tasks, units, instruments, plans and sections that have the words, the best first; marks say where they matched."""
    return await a.answer(request, work.search_json, q, chosen.values, (limit, page), facets)


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
    router, "/api/facets", summary="分面 / facets", **a.told({"facets": [{"name": "year", "values": [{"value": "2023", "count": 300}]}]})
)
async def facets(request: Request, chosen: Facets) -> Response:
    """The values of every facet with the exact number of things that have them, under the facets that are chosen."""
    return await a.answer(request, work.facets_json, chosen.values)
