"""How the routes of resources take parameters and answer: one thing as JSON, lists in pages, always with the tag of the store's version."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from api.calls import Reply, call, stream
from api.errors import NotAcceptable
from api.negotiation import choose
from api.problems import MEDIA as PROBLEM
from api.replies import etag_of, not_modified, to_answer
from api.resources.work.listing import Asked, Form, Lister, write_list
from api.server import server_of
from api.urls import own_url

JSON = "application/json"
LONGEST_PAGE, FURTHEST, LONGEST_NAME = 200, 1_000_000, 500
_OFFERS: Mapping[str, Form] = {JSON: "json", "text/csv": "csv"}
_MEDIA: Mapping[Form, str] = {
    "json": JSON,
    "csv": "text/csv; charset=utf-8; header=present",
    "query": "application/sparql-query; charset=utf-8",
}
_F = TypeVar("_F", bound=Callable[..., Any])

# --- parameters ----------------------------------------------------------------------------------------------------

NAME = Query(max_length=LONGEST_NAME)


def name(zh: str, en: str, example: str = "") -> Any:
    """A parameter that takes a name or an IRI."""
    return Query(description=f"{zh} / {en}", max_length=LONGEST_NAME, examples=[example] if example else None)


Year = Annotated[int | None, Query(ge=1900, le=2200, description="计划年度 / year of the plan", examples=[2023])]
Place = Annotated[str | None, name("行政区划：名称、六位代码或标识符", "place: name, six-digit code or IRI", "澄湖区")]
Level = Annotated[Literal["country", "province", "prefecture", "county"] | None, Query(description="层级 / level of the place")]
PlanName = Annotated[str | None, name("计划：标题、文号、文件名或标识符", "plan: title, number, file name or IRI")]
UnitName = Annotated[
    str | None, name("单位：名称、简称或标识符；几处都有的写 区财政局@澄湖区", "unit: name, short name or IRI", "区财政局@澄湖区")
]
InstrumentName = Annotated[str | None, name("法规文件：标题、简称、文号或标识符", "instrument: title, number or IRI", "政府信息公开条例")]
FunctionName = Annotated[str | None, name("职能：名称或代码", "function: name or code", "财政")]
Role = Annotated[Literal["lead", "responsible", "support"] | None, Query(description="牵头、责任、配合 / role")]
DeadlineKind = Annotated[
    Literal["fixed", "relative", "standing", "prompt", "recurring", "none"] | None,
    Query(description="时限的种类；none：没有时限 / kind of deadline"),
]
Relation = Annotated[
    Literal["continues", "adapts", "breaks-down", "parallels"] | None,
    Query(description="谱系关系：延续、承接上级、分解、并行 / relation of lineage"),
]
Band = Annotated[Literal["verbatim", "edited", "rewritten"] | None, Query(description="文字异同 / how far the wording was kept")]
Words = Annotated[str | None, Query(max_length=200, description="按名称找：汉字、拼音、首字母 / words of the name")]


class Paging:
    """Which page of a list, and in which form."""

    def __init__(
        self,
        limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE, description="一页几条 / items on a page")] = 50,
        offset: Annotated[int, Query(ge=0, le=FURTHEST, description="从第几条起，首条为 0 / where the page begins")] = 0,
        format: Annotated[Literal["json", "csv"] | None, Query(description="优先于 Accept / before Accept")] = None,
        text: Annotated[bool, Query(description="只要背后的 SPARQL / only the SPARQL behind it")] = False,
    ) -> None:
        self.limit, self.offset, self.format, self.text = limit, offset, format, text


Paged = Annotated[Paging, Depends()]

# --- what is documented ---------------------------------------------------------------------------------------------

_ITEM: dict[str, Any] = {"type": "object", "additionalProperties": True}
_LIST: dict[str, Any] = {
    "type": "object",
    "required": ["items", "limit", "offset", "total", "more", "links", "query"],
    "properties": {
        "items": {"type": "array", "items": _ITEM},
        "limit": {"type": "integer"},
        "offset": {"type": "integer"},
        "total": {"type": ["integer", "null"], "description": "只有已存的统计能说出时才给 / where a kept count tells it"},
        "more": {"type": "boolean", "description": "后面还有 / more follow"},
        "links": {"type": "object", "additionalProperties": {"type": "string"}},
        "query": {"type": "string", "description": "背后的 SPARQL / the SPARQL behind it"},
    },
}
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {each: {"type": "string"} for each in ("type", "title", "detail", "request")} | {"status": {"type": "integer"}},
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {"description": "没有做成，说明怎么办 / a problem that says what to do", "content": {PROBLEM: {"schema": _PROBLEM}}}
}


def listed(example: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What is documented of a route that lists; `example` is one item."""
    page = {"items": [example], "limit": 50, "offset": 0, "total": 1, "more": False, "links": {"self": "…"}, "query": "SELECT …"}
    media: dict[str, Any] = {"schema": _LIST, **({"example": page} if example else {})}
    text = {"schema": {"type": "string"}}
    content = {JSON: media, "text/csv": text, "application/sparql-query": text}
    return {
        "responses": {200: {"description": "一页 / a page", "content": content}, 304: _SAME, 422: _WRONG, **PROBLEMS},
        "response_class": Response,
    }


def told(example: Mapping[str, Any] | None = None, schema: Mapping[str, Any] | None = None, media: str = JSON) -> dict[str, Any]:
    """What is documented of a route that answers one thing."""
    content = {media: {"schema": dict(schema or _ITEM), **({"example": example} if example else {})}}
    return {
        "responses": {200: {"description": "答案 / the answer", "content": content}, 304: _SAME, 422: _WRONG, **PROBLEMS},
        "response_class": Response,
    }


_SAME: dict[str, Any] = {"description": "没有变 / as before"}
_WRONG: dict[str, Any] = {"description": "参数有误 / wrong parameters", "content": {PROBLEM: {"schema": _PROBLEM}}}


def get(router: APIRouter, path: str, **about: Any) -> Callable[[_F], _F]:
    """A route for GET, and the same for HEAD, which is not listed."""

    def register(function: _F) -> _F:
        router.get(path, **about)(function)
        router.head(path, include_in_schema=False)(function)
        return function

    return register


# --- answers --------------------------------------------------------------------------------------------------------


async def list_answer(request: Request, lister: Lister, filters: Mapping[str, object], paging: Paging, subject: str = "") -> Response:
    """One page of a list, with links to its neighbours."""
    form = _form(request, paging)
    given = {each: str(value) for each, value in filters.items() if value not in {None, ""}}
    asked = Asked(filters=given, limit=paging.limit, offset=paging.offset, form=form, subject=subject)
    asked = replace(asked, links={rel: page_url(request, paging, at) for rel, at in _neighbours(paging).items()})
    etag = etag_of(request, lister.__module__, lister.__qualname__, repr(asked))
    if etag and (same := not_modified(request, etag)):
        return same
    reply = await stream(request, write_list, lister, asked, text=_shown(request))
    links = {rel: url for rel, url in asked.links.items() if rel != "self" and (rel != "next" or reply.value.more)}
    headers = _headers(request, reply, etag)
    headers["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items())
    if form == "csv":
        headers["Content-Disposition"] = (
            f"attachment; filename={request.url.path.rstrip('/').rpartition('/')[2].encode('ascii', 'ignore').decode()}.csv"
        )
    return to_answer(reply, _MEDIA[form], headers)


def _form(request: Request, paging: Paging) -> Form:
    if paging.text:
        return "query"
    form = paging.format or choose(request.headers.get("accept"), _OFFERS)
    if form is None:
        raise NotAcceptable(f"可用的格式：{'、'.join(_OFFERS)}", f"the forms are {', '.join(_OFFERS)}")
    return "csv" if form == "csv" else "json"


def _neighbours(paging: Paging) -> dict[str, int]:
    """Where the pages around this one begin."""
    found = {"self": paging.offset, "first": 0, "next": paging.offset + paging.limit}
    return found | ({"prev": max(0, paging.offset - paging.limit)} if paging.offset else {})


def page_url(request: Request, paging: Paging, offset: int) -> str:
    """The address of another page of the same list."""
    pairs = [(each, value) for each, value in request.query_params.multi_items() if each not in {"limit", "offset"}]
    pairs += [("limit", str(paging.limit)), ("offset", str(offset))]
    return f"{own_url(request)}{quote(request.url.path, safe='/:@')}?{urlencode(pairs)}"


async def answer(
    request: Request, function: Callable[..., Any], *arguments: object, media: str = JSON, limit: float | None = None
) -> Response:
    """What `function` gives back as bytes."""
    etag = etag_of(request, function.__module__, function.__qualname__, repr(arguments))
    if etag and (same := not_modified(request, etag)):
        return same
    reply = await call(request, function, *arguments, limit=limit, text=_shown(request))
    return to_answer(reply, media, _headers(request, reply, etag))


def _headers(request: Request, reply: Reply, etag: str) -> dict[str, str]:
    headers = {"Server-Timing": f"store;dur={reply.seconds * 1000:.1f}"}
    if etag and reply.version == server_of(request).version:
        headers |= {"ETag": etag, "Cache-Control": "no-cache"}
    return headers


def _shown(request: Request) -> str:
    return json.dumps(dict(request.query_params), ensure_ascii=False)
