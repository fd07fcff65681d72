"""The description of the service at `/sparql` and under `/.well-known`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.calls import stream
from api.description.service import SERVICE_FORMS, Endpoint, describe, describe_data, describe_examples
from api.errors import NotAcceptable
from api.forms import GRAPHS, MEDIA
from api.negotiation import choose, choose_encoding
from api.replies import etag_of, not_modified, to_answer
from api.server import server_of
from api.urls import own_url

router = APIRouter(tags=["description"])
_MAKERS = {"endpoint": describe, "void": describe_data, "examples": describe_examples}
_KEPT = 64  # descriptions in memory
_RDF: dict[int | str, dict[str, Any]] = {200: {"description": "RDF", "content": {each: {} for each in SERVICE_FORMS}}}


async def describe_service(request: Request) -> Response:
    """What the endpoint can do and what it holds."""
    return await _described(request, "endpoint")


@router.get("/.well-known/void", summary="数据集描述 VoID / what the data consist of", responses=_RDF, response_class=Response)
async def void(request: Request) -> Response:
    """Classes, properties, vocabularies and counts, as editors for SPARQL read them."""
    return await _described(request, "void")


@router.get(
    "/.well-known/sparql-examples", summary="现成查询作为例子 / the stock queries as examples", responses=_RDF, response_class=Response
)
async def examples(request: Request) -> Response:
    """The stock queries as `sh:SPARQLExecutable`, with values that this store knows, as editors for SPARQL read them."""
    return await _described(request, "examples")


async def _described(request: Request, what: str) -> Response:
    """A description, which is made once for each state of the store: counting everything takes its time."""
    form = choose(request.headers.get("accept"), GRAPHS)
    if form is None:
        raise NotAcceptable(f"可用的格式：{'、'.join(SERVICE_FORMS)}", f"the forms are {', '.join(SERVICE_FORMS)}")
    server = server_of(request)
    etag = etag_of(request, what, form, own_url(request))
    if etag and (same := not_modified(request, etag)):
        return same
    headers = {"ETag": etag, "Cache-Control": "no-cache"} if etag else {}
    encoding = choose_encoding(request.headers.get("accept-encoding"))
    key = (server.version, what, form, own_url(request), encoding)
    if not server.version or key not in server.described:
        endpoint = Endpoint(url=own_url(request), union=server.settings.union, federated=bool(server.settings.services))
        reply = await stream(request, _MAKERS[what], endpoint, form, limit=server.settings.timeout_ceiling)
        if reply.body is None or reply.version != server.version:
            return to_answer(reply, MEDIA[form])
        server.described = {known: each for known, each in server.described.items() if known[0] == server.version}
        if len(server.described) < _KEPT:
            server.described[key] = reply
        return to_answer(reply, MEDIA[form], headers)
    return to_answer(server.described[key], MEDIA[form], headers)
