"""Whether the server lives, what it does at present, and how it is doing."""

from __future__ import annotations

import time
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from api.calls import require, with_or_without
from api.errors import NotFound
from api.server import Running, Server, server_of

router = APIRouter(tags=["operations"])


@router.get("/health", summary="进程是否活着 / whether the process lives")
async def health() -> dict[str, str]:
    """Always ok while the server answers at all."""
    return {"status": "ok"}


@router.get("/ready", summary="能否回答查询 / whether queries are answered", responses={503: {"description": "not yet, or no more"}})
async def ready(request: Request) -> JSONResponse:
    """Whether a worker is there to answer."""
    server = server_of(request)
    counts = server.pool.counts
    good = not server.stopping and counts["idle"] + counts["busy"] > 0
    told = {"status": "ready" if good else "not ready", "version": server.version, "workers": counts}
    return JSONResponse(told, 200 if good else 503)


@router.get(
    "/metrics", summary="供 Prometheus 抓取的指标 / figures for Prometheus", response_class=PlainTextResponse,
    openapi_extra=with_or_without("admin"),
)  # fmt: skip
async def metrics(request: Request) -> Response:
    """On a public server for a token with the scope admin only."""
    server = server_of(request)
    if server.settings.public:
        require(request, "admin")
    return Response(server.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/api/running", summary="正在执行的查询 / what is being worked on", openapi_extra=with_or_without("admin"))
async def running(request: Request) -> dict[str, Any]:
    """The calls of this client; with a token of the scope admin those of all clients."""
    server = server_of(request)
    return {"running": [_shown(each) for each in server.running.values() if _may_see(request, each)]}


@router.delete(
    "/api/running/{number}", status_code=204, summary="取消一个查询 / cancel one", responses={404: {"description": "no such"}},
    openapi_extra=with_or_without("admin"),
)  # fmt: skip
async def cancel(request: Request, number: str) -> Response:
    """Break a call off; its client is told that it was cancelled."""
    entry = _find(request, server_of(request), number)
    entry.cancelled = True
    if entry.task:
        entry.task.cancel()
    return Response(status_code=204)


def _find(request: Request, server: Server, number: str) -> Running:
    entry = server.running.get(number)
    if entry is None or not _may_see(request, entry):
        raise NotFound("没有这个正在执行的查询", "nothing of that number is running")
    return entry


def _may_see(request: Request, entry: Running) -> bool:
    """Whether a call is this client's own, or the client may see all."""
    token = request.scope.get("token")
    return bool(token and "admin" in token.scopes) or entry.client == request.scope["client_key"]


def _shown(entry: Running) -> dict[str, Any]:
    seconds = round(time.time() - entry.since, 3)
    return {"id": entry.id, "client": entry.client, "what": entry.what, "text": entry.text, "seconds": seconds, "limit": entry.limit}
