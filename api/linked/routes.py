"""Addresses of things, and of the documents about them: `/id/…` and `/code/…` lead to `/page/…` or `/data/…`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.calls import call, stream
from api.errors import NotAcceptable, NotFound, RequestError
from api.forms import GRAPHS, MEDIA
from api.linked.addresses import CODE, DATA, PAGE, THINGS, document_path, iris_of, to_uri
from api.linked.nodes import FURTHEST, By
from api.linked.work import FORMS, LINKING, Asked, Document, data, find, page
from api.negotiation import choose, choose_language
from api.pages import LANGUAGES, Frame
from api.pages import MEDIA as HTML
from api.replies import etag_of, not_modified, to_answer
from api.server import server_of
from api.urls import own_path, own_url
from kg.graph.nodes import Way
from kg.ids import CODES

router = APIRouter(tags=["linked data"])
RDF: Mapping[str, str] = {media: form for media, form in GRAPHS.items() if form in FORMS}
OFFERS: Mapping[str, str] = {"text/html": "html", "application/xhtml+xml": "html", **RDF}
_VARY = "Accept, Accept-Encoding, Accept-Language"
_LONGEST = 4000  # characters of an IRI
_LONG_PATH = 500
_RDF_ANSWER: Mapping[str, object] = {media: {} for _, media in FORMS.values()}
_MISSING = {"description": "库里没有这个标识符 / nothing is known of this IRI"}
_SEE: dict[int | str, dict[str, Any]] = {
    303: {"description": "去看它的网页或数据，由 Accept 决定 / see its page or its data, as Accept asks for"},
    404: _MISSING,
    406: {"description": "没有可接受的格式 / no acceptable form"},
}
_WRONG = {"description": "参数有误 / wrong parameters"}
_PAGE: dict[int | str, dict[str, Any]] = {200: {"description": "网页 / a page", "content": {"text/html": {}}}, 400: _WRONG, 404: _MISSING}
_DATA: dict[int | str, dict[str, Any]] = {200: {"description": "RDF", "content": _RDF_ANSWER}, 400: _WRONG, 404: _MISSING, 406: _SEE[406]}


def _parameter(name: str, about: str, schema: Mapping[str, object], *, required: bool = False) -> dict[str, object]:
    return {"name": name, "in": "query", "required": required, "description": about, "schema": schema}


_LANG = _parameter("lang", "语言，优先于 Accept-Language / language, before Accept-Language", {"enum": list(LANGUAGES)})
_IRI = _parameter("iri", "标识符 / the IRI", {"type": "string", "format": "iri", "maxLength": _LONGEST}, required=True)
_FORMAT = _parameter("format", "格式，优先于 Accept / the form, before Accept", {"enum": list(FORMS)})
_OFFSET = _parameter("offset", "从第几个起 / from which on", {"type": "integer", "minimum": 0, "maximum": FURTHEST})
_OF = [
    _parameter("property", "只列这个属性的 / only the neighbours by this property", {"type": "string", "format": "iri"}),
    _parameter("direction", "in：谁指向它；out：它指向谁 / which way", {"enum": ["in", "out"], "default": "in"}),
    _OFFSET,
]


Route = Callable[..., Any]


def both_of(router: APIRouter) -> Callable[..., Callable[[Route], Route]]:
    """Makes routes for GET, and for HEAD alike."""

    def both(path: str, **about: Any) -> Callable[[Route], Route]:
        def added(endpoint: Route) -> Route:
            router.head(path, include_in_schema=False)(endpoint)
            router.get(path, response_class=Response, **about)(endpoint)
            return endpoint

        return added

    return both


both = both_of(router)


# --- things ---------------------------------------------------------------------------------------------------


@both("/id/{rest:path}", summary="一个事物 / a thing", responses=_SEE, status_code=303)
async def thing(request: Request, rest: str) -> Response:  # noqa: ARG001 - the path is read as it came over the wire
    """303 to the page or the data about the thing whose IRI ends in this path."""
    return await _see(request, iris_of(server_of(request).ids.base, _rest_of(request, THINGS)))


@both("/code/{rest:path}", summary="一个代码 / a code", responses=_SEE, status_code=303)
async def code(request: Request, rest: str) -> Response:  # noqa: ARG001
    """303 to the page or the data about a code of our code lists."""
    return await _see(request, iris_of(CODES, _rest_of(request, CODE)))


async def _see(request: Request, iris: tuple[str, ...]) -> Response:
    form = choose(request.headers.get("accept"), OFFERS)
    if form is None:
        raise no_form()
    iri = (await call(request, find, iris)).value
    if not iri:
        return await _page(request, Asked(iris=iris, frame=frame_of(request))) if form == "html" else _unknown(iris[0])
    ids, root = server_of(request).ids, own_path(request)
    if form == "html":
        path = document_path(PAGE, iri, ids, {"lang": request.query_params.get("lang", "")})
    else:
        path = document_path(DATA, iri, ids, {"format": form})
    return Response(status_code=303, headers={"Location": root + path, "Vary": "Accept", "Link": _alternates(request, iri)})


# --- pages ----------------------------------------------------------------------------------------------------


@both("/page", summary="任一标识符的网页 / the page about any IRI", responses=_PAGE, openapi_extra={"parameters": [_IRI, _LANG, *_OF]})
async def page_of_iri(request: Request) -> Response:
    """What the graph says of an IRI, whether it lies under our base or not."""
    return await _page(request, _asked(request, (_iri(request),)))


@both("/page/{rest:path}", summary="一个事物的网页 / the page about a thing", responses=_PAGE, openapi_extra={"parameters": [_LANG, *_OF]})
async def page_of_thing(request: Request, rest: str) -> Response:  # noqa: ARG001
    """Name, values, evidence, what links to it, and where all this is from; with `property` only its neighbours by that, page by page."""
    return await _page(request, _asked(request, iris_of(server_of(request).ids.base, _rest_of(request, PAGE + "/"))))


async def _page(request: Request, asked: Asked) -> Response:
    etag = etag_of(request, "page", repr(asked))
    if etag and (same := not_modified(request, etag)):
        return same
    reply = await stream(request, page, asked)
    headers = {"Vary": _VARY, "Content-Language": asked.frame.language}
    if not reply.value:
        return to_answer(reply, HTML, {**headers, "Cache-Control": "no-store"}, 404)
    headers["Link"] = _alternates(request, reply.value) + f', <{to_uri(reply.value)}>; rel="describes"'
    return to_answer(reply, HTML, {**headers, **_tagged(request, etag, reply.version)})


def _asked(request: Request, iris: tuple[str, ...]) -> Asked:
    given = request.query_params
    way: Way = "out" if given.get("direction", "in") == "out" else "in"
    if given.get("direction", "in") not in {"in", "out"}:
        raise RequestError("direction 应是 in 或 out", "direction should be in or out")
    prop = given.get("property", "")
    return Asked(iris=iris, frame=frame_of(request), by=By(property=prop, way=way, offset=_offset(request)) if prop else None)


def frame_of(request: Request) -> Frame:
    """The language of the page, and where it stands."""
    language = language_of(request)
    other = "zh" if language == "en" else "en"
    return Frame(
        language=language, root=own_path(request), here=f"?{request.url.include_query_params(lang=other).query}"
    )  # fmt: skip


def language_of(request: Request) -> str:
    """The language that `lang` asks for, else the one that the client prefers."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else choose_language(request.headers.get("accept-language"))


# --- data -----------------------------------------------------------------------------------------------------


@both("/data", summary="任一标识符的数据 / the data about any IRI", responses=_DATA, openapi_extra={"parameters": [_IRI, _FORMAT, _OFFSET]})
async def data_of_iri(request: Request) -> Response:
    """What the graph says of an IRI as RDF, whether it lies under our base or not."""
    return await _data(request, (_iri(request),))


@both(
    "/data/{rest:path}",
    summary="一个事物的数据 / the data about a thing",
    responses=_DATA,
    openapi_extra={"parameters": [_FORMAT, _OFFSET]},
)
async def data_of_thing(request: Request, rest: str) -> Response:  # noqa: ARG001
    """What is said of the thing, the words behind it, the names of what it links to, and what links to it: a thousand at a time,
    with a `Link` to the next."""
    return await _data(request, iris_of(server_of(request).ids.base, _rest_of(request, DATA + "/")))


async def _data(request: Request, iris: tuple[str, ...]) -> Response:
    asked = Document(iris=iris, form=_form(request), url=own_url(request), offset=_offset(request))
    etag = etag_of(request, "data", repr(asked))
    if etag and (same := not_modified(request, etag)):
        return same
    reply = await stream(request, data, asked)
    iri, more = reply.value
    if not iri:
        _unknown(iris[0])
    links = [_alternates(request, iri), f'<{to_uri(iri)}>; rel="describes"']
    if more:
        following = document_path(DATA, iri, server_of(request).ids, {"format": asked.form, "offset": asked.offset + LINKING})
        links.append(f'<{own_path(request)}{following}>; rel="next"')
    return to_answer(reply, MEDIA[asked.form], {"Link": ", ".join(links), **_tagged(request, etag, reply.version)})


def _form(request: Request) -> str:
    form = form_asked(request) or choose(request.headers.get("accept"), RDF)
    if form is None:
        raise no_form()
    return form


def form_asked(request: Request) -> str | None:
    """The form of RDF that `format` asks for, by its name or media type; None where it does not."""
    asked = request.query_params.get("format", "")
    if not asked:
        return None
    form = asked if asked in FORMS else RDF.get(asked.strip().lower().replace(" ", "+"))  # a plus that was not encoded
    if form is None:
        raise no_form()
    return form


# --- parts of a request and of an answer ----------------------------------------------------------------------


def _rest_of(request: Request, start: str) -> str:
    """What follows in the path, as it came over the wire; percent-encoding is part of an IRI."""
    raw = request.scope.get("raw_path") or request.url.path.encode()
    path = raw.partition(b"?")[0].decode("latin-1").removeprefix(request.scope.get("root_path", ""))
    return path.removeprefix(start)[:_LONGEST]


def _iri(request: Request) -> str:
    iri = request.query_params.get("iri", "")
    if not iri or len(iri) > _LONGEST:
        raise RequestError("请用 ?iri= 给出标识符", "name the IRI by ?iri=")
    return iri


def _offset(request: Request) -> int:
    asked = request.query_params.get("offset", "0")
    if not (asked.isascii() and asked.isdigit()) or len(asked) > 9 or int(asked) > FURTHEST:
        zh = f"offset 应是 0 到 {FURTHEST} 的整数；更远的请用 SPARQL 查询"
        raise RequestError(zh, f"offset should be a whole number up to {FURTHEST}; ask for what is beyond by SPARQL")
    return int(asked)


def _alternates(request: Request, iri: str) -> str:
    """The documents about an IRI, as a Link header has them; of a long one only two, as proxies take no long headers."""
    ids, root = server_of(request).ids, own_path(request)
    page = root + document_path(PAGE, iri, ids)
    links = [f'<{page}>; rel="alternate"; type="text/html"']
    for form, (_, media) in FORMS.items():
        if len(page) < _LONG_PATH or form == "ttl":
            links.append(f'<{root}{document_path(DATA, iri, ids, {"format": form})}>; rel="alternate"; type="{media}"')
    return ", ".join(links)


def _tagged(request: Request, etag: str, version: str) -> dict[str, str]:
    """The tag, unless the store has moved on in between."""
    return {"ETag": etag, "Cache-Control": "no-cache"} if etag and version == server_of(request).version else {}


def _unknown(iri: str) -> Response:
    raise NotFound(f"库里没有标识符 {iri[:300]}", f"nothing is known of {iri[:300]}")


def no_form() -> NotAcceptable:
    """The error where no form can be given that the client takes."""
    forms = ", ".join(media for _, media in FORMS.values())
    return NotAcceptable(f"可用的格式：text/html, {forms}", f"the forms are text/html, {forms}")
