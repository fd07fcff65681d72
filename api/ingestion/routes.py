"""`/api/ingestions`, withdrawing a document, and `/api/dump`."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from api.calls import change, needs, stream
from api.errors import NotFound, RequestError
from api.forms import MEDIA
from api.ingestion import work
from api.ingestion.jobs import OVER, Job
from api.ingestion.running import Jobs
from api.ingestion.uploads import read_upload
from api.replies import etag_of, not_modified, to_answer
from api.resources import answers as a
from api.server import Server, server_of

router = APIRouter(tags=["ingestion"], dependencies=[needs("ingest")])
dumps = APIRouter(tags=["ingestion"])  # for everybody
_JOB = {
    "id": "9f2c…", "kind": "ingestion", "state": "done", "progress": {"files": 2, "done": 2, "stored": 1, "failed": 1}, "tasks": 66,
    "links": {"self": "/api/ingestions/9f2c…", "events": "/api/ingestions/9f2c…/events"},
}  # fmt: skip
_SCHEMA = {
    "type": "object",
    "required": ["id", "state", "progress", "links"],
    "properties": {"id": {"type": "string"}, "state": {"type": "string"}},
}
_EVENT = {
    "type": "object", "description": "一个事件 / one event",
    "properties": {"id": {"type": "string"}, "event": {"type": "string"}, "data": {"type": "string", "description": "JSON"}},
}  # fmt: skip
_UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}}}
            }
        },
    }
}


def jobs_of(request: Request) -> Jobs:
    return cast(Jobs, request.app.state.jobs)


@router.post(
    "/api/ingestions", status_code=202, summary="上传文件入库 / upload documents", response_class=Response, openapi_extra=_UPLOAD,
    responses={
        202: {
            "description": "排上了 / accepted", "content": {a.JSON: {"schema": _SCHEMA, "example": _JOB}},
            "links": {
                "job": {"operationRef": "#/paths/~1api~1ingestions~1{name}/get", "parameters": {"name": "$response.body#/id"}},
                "events": {"operationRef": "#/paths/~1api~1ingestions~1{name}~1events/get", "parameters": {"name": "$response.body#/id"}},
            },
        },
        **a.PROBLEMS,
    },
)  # fmt: skip
async def upload(request: Request) -> Response:
    """Take files and begin a job that reads and stores them, whether or not the client stays. Needs a token with the scope ingest."""
    jobs = jobs_of(request)
    folder = jobs.new_folder()
    try:
        files = await read_upload(request, folder)
        job = await jobs.add("ingestion", request.scope["client_key"], folder, tuple(files))
    except BaseException:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        raise
    return JSONResponse(job.to_json(), 202, {"Location": f"/api/ingestions/{job.id}"})


@a.get(router, "/api/ingestions", summary="入库任务 / jobs", **a.told({"items": [_JOB]}))
async def listed(request: Request) -> Response:
    """The jobs that wait, run, or ended not long ago, the newest first. Needs a token with the scope ingest."""
    return _fresh({"items": [job.to_json(full=False) for job in reversed(jobs_of(request).jobs.values())]})


@a.get(router, "/api/ingestions/{name}", summary="一个入库任务 / a job", **a.told(_JOB))
async def one(request: Request, name: str) -> Response:
    """How far it is, and of each file whether it is stored, its plans and tasks, what is doubtful and where, notes, or the error."""
    return _fresh(jobs_of(request).find(name).to_json())


@a.get(
    router,
    "/api/ingestions/{name}/events",
    summary="任务的进展 / events of a job",
    **a.told(media="text/event-stream", schema=_EVENT),
)
async def events(
    request: Request, name: str, after: Annotated[int, Query(ge=0, description="从这一号之后 / behind this number")] = 0
) -> Response:
    """Server-sent events until the job is over; Last-Event-ID goes on where a connection broke."""
    job = jobs_of(request).find(name)
    last = request.headers.get("last-event-id", "")
    if last and not (last.isascii() and last.isdigit() and len(last) < 10):
        raise RequestError("Last-Event-ID 应是整数", "Last-Event-ID should be a number")
    if request.method == "HEAD":
        return Response(media_type="text/event-stream")
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_told(job, int(last or after), server_of(request)), headers=headers, media_type="text/event-stream")


async def _told(job: Job, after: int, server: Server) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"
    async for event in job.follow(after, lambda: server.stopping):
        if event is None:
            yield ": \n\n"
        else:
            yield f"id: {event.number}\nevent: {event.kind}\ndata: {json.dumps(event.data, ensure_ascii=False)}\n\n"


@router.delete(
    "/api/ingestions/{name}", summary="取消一个任务 / cancel a job", response_class=Response,
    responses={200: {"description": "…", "content": {a.JSON: {"schema": _SCHEMA, "example": _JOB}}}, **a.PROBLEMS},
)  # fmt: skip
async def cancel(request: Request, name: str) -> Response:
    """The file that is being stored is finished; those behind it are left. What was stored stays. Needs a token with the scope ingest."""
    job = jobs_of(request).find(name)
    if job.state not in OVER:
        job.cancelled = True
        await job.tell("cancelling")
    return _fresh(job.to_json())


@router.delete(
    "/api/documents/{sha256}", summary="撤出一份文件 / withdraw a document", response_class=Response,
    responses={200: {"description": "…", "content": {a.JSON: {"schema": {"type": "object"}}}}, **a.PROBLEMS},
)  # fmt: skip
async def withdraw(request: Request, sha256: str) -> Response:
    """Take a document out with all that it said; what follows from it is brought up to date by the job that is named. Scope ingest."""
    if len(sha256) < 6 or not all(each in "0123456789abcdef" for each in sha256.lower()):
        raise NotFound(
            "文件以 SHA-256（或开头至少 6 位）指明；/api/documents 列出全部",
            "name a document by its SHA-256, or at least 6 characters of it",
        )
    found: list[dict[str, Any]] = await change(request, work.take_out, sha256)
    if not found:
        raise NotFound("库中没有这份文件；/api/documents 列出全部", "there is no such document; /api/documents lists them")
    if len(found) > 1:
        shown = "、".join(f"{each['sha256'][:12]} {each['file']}" for each in found[:5])
        raise RequestError(f"有几份文件以此开头：{shown}。请多给几位", "several documents begin so: give more characters")
    job = await jobs_of(request).refresh(request.scope["client_key"])
    return _fresh({"withdrawn": found[0], "job": job.to_json(full=False)})


@a.get(dumps, "/api/dump", summary="全部数据 / a dump", **a.told(media="application/trig", schema={"type": "string"}))
async def dump(
    request: Request,
    form: Annotated[
        Literal["trig", "nq", "ttl", "nt", "rdfxml"], Query(alias="format", description="trig、nq 保留图 / these two keep graphs")
    ] = "trig",
    graph: Annotated[list[str], Query(max_length=100, description="只要这些图 / these graphs only")] = [],  # noqa: B006 - as the framework has it
) -> Response:
    """Everything in the store at one moment, in an order of its own that is the same each time; compressed as the client likes. It is
    written as a whole before the first byte is sent, however long it is."""
    etag = etag_of(request, "dump", form, *graph)
    if etag and (same := not_modified(request, etag)):
        return same
    limit = server_of(request).settings.dump_timeout
    reply = await stream(request, work.dump, form, tuple(graph), limit=limit, text=form, endless=True)
    headers = {"Content-Disposition": f"attachment; filename=zhengpu.{form}"}
    if etag and reply.version == server_of(request).version:
        headers |= {"ETag": etag, "Cache-Control": "no-cache"}
    return to_answer(reply, MEDIA[form], headers)


def _fresh(told: object) -> JSONResponse:
    return JSONResponse(told, headers={"Cache-Control": "no-store"})
