"""`/graphs`: single graphs, named in the address by `?graph=` or `?default`, or being that address themselves."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.calls import call, change, needs, stream
from api.errors import NotAcceptable, NotFound, RequestError
from api.forms import GRAPHS, MEDIA, forms_of
from api.graphs.bodies import parts_of
from api.graphs.work import drop, exists, parse, put, read
from api.replies import etag_of, not_modified, to_answer
from api.server import server_of
from api.urls import own_url

router = APIRouter(tags=["graphs"])
_METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
_NAMED = {
    "parameters": [
        {"name": name, "in": "query", "required": False, "schema": {"type": "string"}, "description": about}
        for name, about in (("graph", "图的 IRI / the IRI of the graph"), ("default", "无名的图 / the graph without a name"))
    ]
}
_BODY = {"requestBody": {"content": {media: {"schema": {"type": "string"}} for media in GRAPHS}}, **_NAMED}
_MADE: dict[int | str, dict[str, Any]] = {
    201: {"description": "新建了 / it was made"},
    204: {"description": "原来就有，已改 / it was there and has been changed"},
}
_WRITERS = [needs("update")]
_SAFE = "/:@!$&'()*+,;=-._~%"  # what an IRI of a path keeps as it is written


@router.get("/graphs", summary="读一个图 / one graph", response_class=Response, openapi_extra=_NAMED)
@router.head("/graphs", include_in_schema=False)
@router.api_route("/graphs/{rest:path}", methods=["GET", "HEAD"], include_in_schema=False)
async def get_graph(request: Request) -> Response:
    """Graph Store Protocol: the graph as RDF in the form that Accept asks for."""
    graph = _graph_of(request)
    form = forms_of(request, request.query_params.get("format", "")).graph
    if form is None:
        raise NotAcceptable(f"可用的格式：{'、'.join(GRAPHS)}", f"the forms are {', '.join(GRAPHS)}")
    etag = etag_of(request, "graph", graph, form)
    if request.method == "HEAD":
        found = (await call(request, exists, graph)).value
        if not found:
            raise _no_graph(graph)
        return Response(headers={"ETag": etag} if etag else {}, media_type=MEDIA[form])
    if etag and (same := not_modified(request, etag)):
        return same
    reply = await stream(request, read, graph, form)
    if not reply.value:
        raise _no_graph(graph)
    headers = {"ETag": etag, "Cache-Control": "no-cache"} if etag and reply.version == server_of(request).version else {}
    return to_answer(reply, MEDIA[form], headers)


@router.put(
    "/graphs", summary="换下一个图 / replace a graph", status_code=201, response_class=Response, responses=_MADE, openapi_extra=_BODY,
    dependencies=_WRITERS,
)  # fmt: skip
@router.put("/graphs/{rest:path}", include_in_schema=False, dependencies=_WRITERS)
async def put_graph(request: Request) -> Response:
    """Graph Store Protocol: what comes takes the place of the graph. Needs a token with the scope update."""
    return await _store(request, _graph_of(request), replace=True)


@router.post(
    "/graphs", summary="并入一个图，或新建 / add to a graph, or make one", status_code=201, response_class=Response, responses=_MADE,
    openapi_extra=_BODY, dependencies=_WRITERS,
)  # fmt: skip
@router.post("/graphs/{rest:path}", include_in_schema=False, dependencies=_WRITERS)
async def post_graph(request: Request) -> Response:
    """Graph Store Protocol: what comes is added to the graph; without a graph's name a new one is made. Needs a token."""
    if request.url.path.rstrip("/") == "/graphs" and not {"graph", "default"} & set(request.query_params):
        graph = f"{own_url(request)}/graphs/{uuid.uuid4()}"
        answer = await _store(request, graph, replace=False)
        answer.headers["Location"] = graph
        return answer
    return await _store(request, _graph_of(request), replace=False)


@router.delete(
    "/graphs", summary="删除一个图 / drop a graph", status_code=204, response_class=Response, openapi_extra=_NAMED, dependencies=_WRITERS
)
@router.delete("/graphs/{rest:path}", include_in_schema=False, dependencies=_WRITERS)
async def delete_graph(request: Request) -> Response:
    """Graph Store Protocol: the graph goes as a whole. Needs a token with the scope update."""
    graph = _graph_of(request)
    if not await change(request, drop, graph):
        raise _no_graph(graph)
    return Response(status_code=204)


@router.options("/graphs", include_in_schema=False)
@router.options("/graphs/{rest:path}", include_in_schema=False)
async def graph_options() -> Response:
    return Response(status_code=204, headers={"Allow": _METHODS})


async def _store(request: Request, graph: str, *, replace: bool) -> Response:
    async with parts_of(request) as parts:
        base = graph or own_url(request) + "/graphs"
        lines = await stream(request, parse, parts, base, plain=True)
        path = lines.file or _written(request, lines.body or b"")
    try:
        new = await change(request, put, graph, str(path), replace)
    finally:
        path.unlink(missing_ok=True)
    return Response(status_code=201 if new else 204)


def _written(request: Request, lines: bytes) -> Path:
    """A file with what was short enough to come in memory."""
    path: Path = server_of(request).spool / request.scope["call_id"]()
    path.write_bytes(lines)
    return path


def _graph_of(request: Request) -> str:
    """The graph that a request names; "" for the one without a name."""
    names = request.query_params.getlist("graph")
    default = "default" in request.query_params
    path = request.scope.get("raw_path", b"").partition(b"?")[0].decode("ascii", "replace") or quote(request.url.path, safe=_SAFE)
    direct = path.rstrip("/").removeprefix(request.scope.get("root_path", "")) != "/graphs"
    if len(names) + default + direct != 1:
        raise RequestError(
            "请用 ?graph=IRI 或 ?default 说明是哪个图，只能一个", "name one graph, by ?graph=IRI, by ?default, or by the address itself"
        )
    if default:
        return ""
    return names[0] if names else own_url(request) + path.removeprefix(request.scope.get("root_path", ""))


def _no_graph(graph: str) -> NotFound:
    return NotFound(f"没有图 {graph[:200]}", f"there is no graph {graph[:200]}")
