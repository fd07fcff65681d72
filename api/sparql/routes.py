"""`/sparql`: queries, updates, and what the service can do."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.calls import change, limit_of, require, stream, with_or_without
from api.description.routes import describe_service
from api.errors import NotAcceptable
from api.forms import GRAPHS, MEDIA, ROWS, TRUTH, forms_of
from api.replies import etag_of, not_modified, to_answer
from api.server import server_of
from api.sparql.answers import Question, answer
from api.sparql.requests import Operation, read_operation
from api.sparql.updates import Change, update
from api.urls import own_url
from kg.store.serving import Dataset

router = APIRouter(tags=["sparql"])
_METHODS = "GET, HEAD, POST, OPTIONS"
_OFFERS = {"rows": ROWS, "truth": TRUTH, "graph": GRAPHS}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "结果，格式由 Accept 决定 / the answer, in the form that Accept asks for",
        "content": {each: {} for each in (*ROWS, "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")},
    },
    400: {"description": "查询有误 / the query cannot be run"},
    406: {"description": "没有可接受的格式 / no acceptable form"},
    422: {"description": "超过内存上限，或过于复杂 / the memory limit was reached, or the query is too complex"},
    429: {"description": "额度用完 / the budget is spent"},
    503: {"description": "服务器忙 / busy"},
    504: {"description": "超过时限 / the time limit was reached"},
}
_QUERY = {
    "parameters": [
        {"name": name, "in": "query", "required": False, "description": about, "schema": schema}
        for name, about, schema in (
            ("query", "SPARQL 查询；不给则返回服务描述 / a query; without one the service is described", {"type": "string"}),
            ("default-graph-uri", "默认图 / the default graph", {"type": "array", "items": {"type": "string"}}),
            ("named-graph-uri", "命名图 / named graphs", {"type": "array", "items": {"type": "string"}}),
            ("timeout", "时限，秒 / seconds that the query may take", {"type": "number", "minimum": 0.001}),
            ("format", "结果格式，优先于 Accept / the form of the answer, before Accept", {"type": "string"}),
        )
    ]
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "properties": {"query": {"type": "string"}, "update": {"type": "string"}}}
            },
            "application/sparql-query": {"schema": {"type": "string"}},
            "application/sparql-update": {"schema": {"type": "string"}},
        },
    },
    **with_or_without("update"),
}


@router.api_route("/sparql/", methods=["GET", "HEAD", "POST"], include_in_schema=False)
@router.head("/sparql", include_in_schema=False)
@router.get("/sparql", summary="SPARQL 查询 / a query", responses=_ANSWERS, openapi_extra=_QUERY, response_class=Response)
async def sparql(request: Request) -> Response:
    """SPARQL 1.1 Protocol: a query by GET; without one, the description of the service."""
    operation = await read_operation(request)
    if operation is None:
        return await describe_service(request)
    if operation.kind == "update":
        return await _update(request, operation)
    return await _query(request, operation)


@router.post(
    "/sparql", summary="SPARQL 查询或更新 / a query or an update", responses=_ANSWERS, openapi_extra=_BODY, response_class=Response
)
async def sparql_post(request: Request) -> Response:
    """SPARQL 1.1 Protocol: a query or an update by POST, in a form or directly. An update needs a token with the scope update."""
    return await sparql(request)


@router.options("/sparql/", include_in_schema=False)
@router.options("/sparql", include_in_schema=False)
async def options() -> Response:
    return Response(status_code=204, headers={"Allow": _METHODS, "Accept-Post": "application/sparql-query, application/sparql-update"})


async def _query(request: Request, operation: Operation) -> Response:
    settings = server_of(request).settings
    asked = operation.parameters.get("format") or operation.parameters.get("output", "")
    union = operation.flag("union-default-graph", settings.union)
    dataset = Dataset(default=operation.default, named=operation.named, union=union)
    forms = forms_of(request, asked)
    etag = etag_of(request, operation.text, repr(dataset), repr(forms))
    if etag and (same := not_modified(request, etag)):
        return same
    question = Question(
        text=operation.text, dataset=dataset, forms=forms, base=_base(request), services=settings.services
    )  # fmt: skip
    limit = limit_of(request, operation.parameters.get("timeout", ""))
    reply = await stream(request, answer, question, limit=limit, text=operation.text)
    kind, form = reply.value
    if not form:
        offers = ", ".join(_OFFERS[kind])
        raise NotAcceptable(f"Accept 里没有可用的格式；可用：{offers}", f"none of the accepted forms can be given; there are {offers}")
    headers = {"Server-Timing": f"store;dur={reply.seconds * 1000:.1f}"}
    # the store may have moved on between the tag and the answer
    if etag and reply.version == server_of(request).version:
        headers |= {"ETag": etag, "Cache-Control": "no-cache"}
    return to_answer(reply, MEDIA[form], headers)


async def _update(request: Request, operation: Operation) -> Response:
    require(request, "update")
    services = server_of(request).settings.services
    told = Change(text=operation.text, default=operation.default, named=operation.named, base=_base(request), services=services)
    await change(request, update, told, text=operation.text)
    return Response(status_code=204)


def _base(request: Request) -> str:
    """What relative IRIs stand for: the address of the service."""
    return own_url(request) + "/sparql"
