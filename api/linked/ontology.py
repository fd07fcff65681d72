"""`/ontology`: the ontology at its IRI's path, for people and for machines; `/shapes`, and the JSON-LD context."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.calls import stream
from api.forms import MEDIA
from api.linked.routes import OFFERS, RDF, both_of, form_asked, frame_of, no_form
from api.linked.vocabulary import vocabulary_data, vocabulary_page
from api.linked.work import FORMS
from api.negotiation import choose
from api.pages import MEDIA as HTML
from api.replies import etag_of, not_modified, to_answer
from api.urls import own_url
from ontology import read

router = APIRouter(tags=["ontology"])
_both = both_of(router)
_RDF: dict[str, dict[str, object]] = {media: {} for _, media in FORMS.values()}
_SEEN = {
    200: {"description": "网页或 RDF / a page or RDF", "content": {"text/html": {}, **_RDF}},
    406: {"description": "no acceptable form"},
}
_DATA = {200: {"description": "RDF", "content": _RDF}, 406: {"description": "no acceptable form"}}
_CONTEXT = {200: {"description": "JSON-LD context", "content": {"application/ld+json": {}}}}


@_both("/ontology", summary="政谱本体 / the ontology", responses=_SEEN)
async def ontology(request: Request) -> Response:
    """Classes, properties and code lists: a page, or RDF as Accept or `format` asks for it. A term is an anchor: `/ontology#Task`."""
    form = form_asked(request) or choose(request.headers.get("accept"), OFFERS)
    if form is None:
        raise no_form()
    if form != "html":
        return await _data(request, "ontology", form)
    frame = frame_of(request)
    etag = etag_of(request, "ontology", repr(frame))
    if etag and (same := not_modified(request, etag)):
        return same
    reply = await stream(request, vocabulary_page, frame)
    headers = {"Vary": "Accept, Accept-Encoding, Accept-Language", "Content-Language": frame.language, "Link": _links(request)}
    return to_answer(reply, HTML, {**headers, **_tagged(etag)})


@_both("/ontology/context.jsonld", summary="JSON-LD 上下文 / the JSON-LD context", responses=_CONTEXT)
async def context() -> Response:
    """Short names for every term that the graph is written with."""
    return Response(read("context.jsonld"), headers={"Cache-Control": "max-age=3600"}, media_type="application/ld+json")


@_both("/ontology/codes", summary="代码表 / the code lists", responses=_DATA)
async def code_lists(request: Request) -> Response:
    """The code lists as SKOS, in the form of RDF that is asked for."""
    return await _data(request, "codes", _form(request))


@_both("/shapes", summary="约束 SHACL / the shapes", responses=_DATA)
async def shapes(request: Request) -> Response:
    """The shapes that every graph of a document has to fit, in the form of RDF that is asked for."""
    return await _data(request, "shapes", _form(request))


async def _data(request: Request, name: str, form: str) -> Response:
    etag = etag_of(request, name, form)
    if etag and (same := not_modified(request, etag)):
        return same
    reply = await stream(request, vocabulary_data, name, form)
    return to_answer(reply, MEDIA[form], {"Link": _links(request), **_tagged(etag)})


def _form(request: Request) -> str:
    form = form_asked(request) or choose(request.headers.get("accept"), RDF)
    if form is None:
        raise no_form()
    return form


def _links(request: Request) -> str:
    url = own_url(request)
    links = [f'<{url}/ontology?format={form}>; rel="alternate"; type="{media}"' for form, (_, media) in FORMS.items()]
    return ", ".join([*links, f'<{url}/ontology/context.jsonld>; rel="http://www.w3.org/ns/json-ld#context"'])


def _tagged(etag: str) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": "no-cache"} if etag else {}
