"""`/api/units` and `/api/instruments`."""

# ruff: noqa: PLR0917 - the framework gives them by name
from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.resources import answers as a
from api.resources.plans import Day, Kind, Through
from api.resources.work import instruments as instruments_work
from api.resources.work import units as work

router = APIRouter(tags=["units and instruments"])
_UNIT = {
    "iri": "https://w3id.org/zhengpu/id/unit/990102/b6244592a66b8e12", "label": "澄湖区发展和改革局", "group": False,
    "aliases": ["区发展和改革局", "区发展改革局"], "tasks": 31, "links": {"self": "/api/units/990102/b6244592a66b8e12"},
}  # fmt: skip
_INSTRUMENT = {
    "iri": "https://w3id.org/zhengpu/id/instrument/98e254ded210053f", "label": "中华人民共和国政府信息公开条例",
    "status": {"code": "in-force", "zh": "现行有效", "en": "in force"}, "links": {"self": "/api/instruments/98e254ded210053f"},
}  # fmt: skip
InstrumentKind = Annotated[str | None, a.name("种类：名称或代码", "kind of instrument", "行政法规")]
Status = Annotated[str | None, a.name("状态：名称或代码", "status", "in-force")]

_ABOUT_A_UNIT = [f"/api/units/{{name}}{what}" for what in ("", "/obligations", "/aliases", "/load")]
_ABOUT_AN_INSTRUMENT = [f"/api/instruments/{{name}}{what}" for what in ("", "/citations", "/years")]


@a.get(router, "/api/units", summary="单位和集合称谓 / units and groups", **a.listed(_UNIT, _ABOUT_A_UNIT))
async def units(
    request: Request,
    paging: a.Paged,
    chosen: a.Facets,
    q: a.Words = None,
    kind: Annotated[str | None, a.name("类型：名称或代码", "kind of unit", "department")] = None,
) -> Response:
    """Units by what they are: place, level, function, kind; and by the tasks they owe: year, plan, role, instrument, deadline, relation.

    With one of the latter those come first that owe most of these tasks; `matching` says how many. With `q`, those whose names have
    the words, the best first.
    """
    return await a.list_answer(request, work.list_units, {"q": q, "kind": kind}, paging, chosen=chosen)


@a.get(router, "/api/units/{name:path}/obligations", summary="一个单位的任务 / what a unit owes", **a.listed())
async def obligations(
    request: Request, name: str, paging: a.Paged, chosen: a.Facets, through: Through = None, kind: Kind = None, due_from: Day = None,
    due_to: Day = None,
) -> Response:  # fmt: skip
    """Tasks that name the unit; with `through=group` those that bind it through a group or a body with its name board. `owed` says how.

    `unit` narrows them to those that one of these owes as well.
    """
    filters = {"through": through or "direct", "kind": kind, "start": due_from, "end": due_to}
    return await a.list_answer(request, work.list_obligations, filters, paging, name, chosen)


@a.get(router, "/api/units/{name:path}/aliases", summary="各处怎样写一个单位 / how a unit is printed", **a.listed())
async def aliases(request: Request, name: str, paging: a.Paged) -> Response:
    """Each printed form with the plan, how often, how it was resolved, and the first place."""
    return await a.list_answer(request, work.list_aliases, {}, paging, name)


@a.get(router, "/api/units/{name:path}/load", summary="一个单位历年的任务数 / the load of a unit", **a.listed())
async def load(request: Request, name: str, paging: a.Paged) -> Response:
    """A row for each year and place, from kept totals."""
    return await a.list_answer(request, work.list_load, {}, paging, name)


@a.get(router, "/api/units/{name:path}", summary="一个单位 / a unit", **a.told(_UNIT))
async def unit(request: Request, name: str) -> Response:
    """A unit or a group: names, place, functions, whom it belongs to, its load by year."""
    return await a.answer(request, work.unit_json, name)


@a.get(router, "/api/instruments", summary="法规文件 / instruments", **a.listed(_INSTRUMENT, _ABOUT_AN_INSTRUMENT))
async def instruments(
    request: Request, paging: a.Paged, chosen: a.Facets, q: a.Words = None, kind: InstrumentKind = None, status: Status = None
) -> Response:  # fmt: skip
    """Those cited by most first: with facets by most of the tasks that they leave, and `matching` says by how many; with `q`, those
    whose titles have the words."""
    filters = {"q": q, "kind": kind, "status": status}
    return await a.list_answer(request, instruments_work.list_instruments, filters, paging, chosen=chosen)


@a.get(router, "/api/instruments/{name:path}/citations", summary="谁引用一份文件 / who cites an instrument", **a.listed())
async def citations(request: Request, name: str, paging: a.Paged, chosen: a.Facets) -> Response:
    """Each citation as it is printed; `replaced` where what it names is no longer in force."""
    return await a.list_answer(request, instruments_work.list_citations, {}, paging, name, chosen)


@a.get(router, "/api/instruments/{name:path}/years", summary="一份文件历年在各地被引用几次 / citations by year and place", **a.listed())
async def years(request: Request, name: str, paging: a.Paged) -> Response:
    """A row for each year and place, from kept totals."""
    return await a.list_answer(request, instruments_work.list_years, {}, paging, name)


@a.get(router, "/api/instruments/{name:path}", summary="一份法规文件 / an instrument", **a.told(_INSTRUMENT))
async def instrument(request: Request, name: str) -> Response:
    """An instrument with its editions, their status, what replaced it, and its citations by year and place."""
    return await a.answer(request, instruments_work.instrument_json, name)
