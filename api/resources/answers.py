"""How the routes of resources take parameters and answer: one thing as JSON, lists in pages, always with the tag of the store's version."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.exceptions import RequestValidationError
from pydantic import Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from api.calls import Reply, call, stream
from api.errors import NotAcceptable
from api.negotiation import choose, choose_language
from api.problems import MEDIA as PROBLEM
from api.replies import etag_of, not_modified, to_answer
from api.resources.work.listing import Asked, Form, Lister, write_list
from api.server import server_of
from api.urls import own_url
from kg.graph.resources.base import FACETS

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_PAGE, LONGEST_TABLE, FURTHEST, LONGEST_NAME = 200, 20_000, 1_000_000, 500
_MOST_VALUES = 50  # of one facet
_OFFERS: Mapping[str, Form] = {JSON: "json", "text/csv": "csv", XLSX: "xlsx"}
_MEDIA: Mapping[Form, str] = {
    "json": JSON,
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": XLSX,
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
PlanName = Annotated[str | None, name("计划：标题、文号、文件名或标识符", "plan: title, number, file name or IRI")]
LevelCode = Literal["country", "province", "prefecture", "county"]
RoleCode = Literal["lead", "responsible", "support"]
DeadlineCode = Literal["fixed", "relative", "standing", "prompt", "recurring", "none"]
RelationCode = Literal["continues", "adapts", "breaks-down", "parallels"]
Band = Annotated[Literal["verbatim", "edited", "rewritten"] | None, Query(description="文字异同 / how far the wording was kept")]
Matter = Annotated[str | None, Query(max_length=LONGEST_NAME, pattern=r"^https?://", description="事项脉络的标识符 / IRI of a matter")]
Shape = Annotated[Literal["one", "broken-down", "merged"] | None, Query(description="一对一、拆分、合并 / one to one, broken down, merged")]
Words = Annotated[str | None, Query(max_length=200, description="按名称找：汉字、拼音、首字母 / words of the name")]


_Name = Annotated[str, StringConstraints(max_length=LONGEST_NAME)]
_Year = Annotated[int, Field(ge=1900, le=2200)]


def _several(zh: str, en: str) -> Any:
    """A parameter that may be given several times."""
    return Query(max_length=_MOST_VALUES, description=f"{zh} / {en}")


_Years = Annotated[list[_Year], _several("计划年度", "year of the plan")]
_Places = Annotated[list[_Name], _several("行政区划：名称、六位代码或标识符", "place: name, six-digit code or IRI")]
_Levels = Annotated[list[LevelCode], _several("层级", "level of the place")]
_Plans = Annotated[list[_Name], _several("计划：标题、文号、文件名或标识符", "plan: title, number, file name or IRI")]
_Units = Annotated[list[_Name], _several("单位：名称、简称或标识符；几处都有的写 区财政局@澄湖区", "unit: name, short name or IRI")]
_Functions = Annotated[list[_Name], _several("所写单位的职能：名称或代码", "function of the units that are named: name or code")]
_Roles = Annotated[list[RoleCode], _several("角色；选了单位的，是这些单位的角色", "role, of the units that are chosen where there are any")]
_Instruments = Annotated[
    list[_Name], _several("引用的法规文件：标题、简称、文号或标识符", "instrument that is cited: title, number or IRI")
]
_Deadlines = Annotated[list[DeadlineCode], _several("时限的种类；none：没有时限", "kind of deadline; none: without one")]
_Relations = Annotated[
    list[RelationCode], _several("任务怎样由来：延续上年、承接上级、分解自、各地并行", "how a task comes from another one")
]


class Chosen:
    """What the ten facets are narrowed to. Each may be given several times: any of its values will do; all the facets have to hold."""

    def __init__(  # noqa: PLR0917 - the framework gives them by name
        self, year: _Years = [], place: _Places = [], level: _Levels = [], plan: _Plans = [], unit: _Units = [],  # noqa: B006 - as the framework has it
        function: _Functions = [], role: _Roles = [], instrument: _Instruments = [], deadline: _Deadlines = [],  # noqa: B006
        relation: _Relations = [],  # noqa: B006
    ) -> None:  # fmt: skip
        given = locals()
        self.values: dict[str, tuple[str, ...]] = {
            name: values for name in FACETS if (values := tuple(str(one) for one in given[name] if one))
        }


Facets = Annotated[Chosen, Depends()]


class Paging:
    """Which page of a list, and in which form."""

    def __init__(
        self,
        limit: Annotated[
            int, Query(ge=1, le=LONGEST_TABLE, description=f"一页几条；json 至多 {LONGEST_PAGE} / items on a page; {LONGEST_PAGE} for json")
        ] = 50,
        offset: Annotated[int, Query(ge=0, le=FURTHEST, description="从第几条起，首条为 0 / where the page begins")] = 0,
        format: Annotated[Literal["json", "csv", "xlsx"] | None, Query(description="优先于 Accept / before Accept")] = None,
        lang: Annotated[Literal["zh", "en"] | None, Query(description="表头的语言，优先于 Accept-Language / language of heads")] = None,
        text: Annotated[bool, Query(description="只要背后的 SPARQL / only the SPARQL behind it")] = False,
    ) -> None:
        self.limit, self.offset, self.format, self.lang, self.text = limit, offset, format, lang, text


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
    "default": {
        "description": "没有做成，说明怎么办；请求头太长时只有一行字 / a problem that says what to do; one line where the head is too long",
        "content": {PROBLEM: {"schema": _PROBLEM}, "text/plain": {"schema": {"type": "string"}}},
    }
}


def listed(example: Mapping[str, Any] | None = None, opens: Sequence[str] = ()) -> dict[str, Any]:
    """What is documented of a route that lists; `example` is one item, `opens` are the routes that an item leads to."""
    page = {"items": [example], "limit": 50, "offset": 0, "total": 1, "more": False, "links": {"self": "…"}, "query": "SELECT …"}
    media: dict[str, Any] = {"schema": _LIST, **({"example": page} if example else {})}
    text = {"schema": {"type": "string"}}
    content = {JSON: media, "text/csv": text, XLSX: {"schema": {"type": "string", "format": "binary"}}, "application/sparql-query": text}
    return {
        "responses": {
            200: {"description": "一页 / a page", "content": content, **({"links": _links(opens)} if opens else {})},
            304: _SAME, 422: _WRONG, **PROBLEMS,
        },
        "response_class": Response,
    }  # fmt: skip


def _links(paths: Sequence[str]) -> dict[str, Any]:
    """From a list on to one of its items, as OpenAPI tells it."""
    return {
        re.sub(r"\W+", "-", path).strip("-"): {
            "operationRef": f"#/paths/{path.replace('/', '~1')}/get",
            "parameters": {"sha256": "$response.body#/items/0/sha256"} if "{sha256}" in path else {"name": "$response.body#/items/0/iri"},
        }
        for path in paths
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


async def list_answer(  # noqa: PLR0917
    request: Request, lister: Lister, filters: Mapping[str, object], paging: Paging, subject: str = "", chosen: Chosen | None = None
) -> Response:
    """One page of a list, with links to its neighbours."""
    form = _form(request, paging)
    if paging.limit > LONGEST_PAGE and form not in {"csv", "xlsx"}:
        said = f"一页至多 {LONGEST_PAGE} 条，表格可以更多 / {LONGEST_PAGE} items at most, but for tables"
        raise RequestValidationError([{"loc": ("query", "limit"), "msg": said, "type": "less_than_equal", "input": paging.limit}])
    language = paging.lang or choose_language(request.headers.get("accept-language"))
    asked = Asked(
        facets=chosen.values if chosen else {}, filters=filled(filters), limit=paging.limit, offset=paging.offset, form=form,
        language=language, subject=subject,
    )  # fmt: skip
    asked = replace(asked, links={rel: page_url(request, paging, at) for rel, at in _neighbours(paging).items()})
    etag = etag_of(request, lister.__module__, lister.__qualname__, repr(asked))
    if etag and (same := not_modified(request, etag)):
        return same
    reply = await stream(request, write_list, lister, asked, text=_shown(request))
    links = {rel: url for rel, url in asked.links.items() if rel != "self" and (rel != "next" or reply.value.more)}
    headers = _headers(request, reply, etag)
    headers["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items())
    if form in {"csv", "xlsx"}:
        name = request.url.path.rstrip("/").rpartition("/")[2].encode("ascii", "ignore").decode()
        headers |= {
            "Content-Disposition": f"attachment; filename={name}.{form}",
            "Content-Language": language,
            "Vary": "Accept, Accept-Language",
        }
    return to_answer(reply, _MEDIA[form], headers)


def _form(request: Request, paging: Paging) -> Form:
    if paging.text:
        return "query"
    form = paging.format or choose(request.headers.get("accept"), _OFFERS)
    for each in _MEDIA:
        if each == form:
            return each
    raise NotAcceptable(f"可用的格式：{'、'.join(_OFFERS)}", f"the forms are {', '.join(_OFFERS)}")


def filled(filters: Mapping[str, object]) -> dict[str, str]:
    """The filters that say something."""
    return {each: str(value) for each, value in filters.items() if value not in {None, ""}}


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
