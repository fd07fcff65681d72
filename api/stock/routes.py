"""`/api/queries`: the stock queries, and a route for each."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.calls import Reply, stream
from api.errors import NotAcceptable, NotFound
from api.negotiation import choose, choose_language
from api.problems import problem
from api.replies import etag_of, not_modified, to_answer
from api.server import server_of
from api.stock.described import (
    FLAGS,
    FURTHEST,
    LONGEST_PAGE,
    LONGEST_TIME,
    LONGEST_VALUE,
    MEDIA,
    OFFERS,
    PAGING,
    answers,
    described,
    expected,
    listed_by,
    operation,
    own_parameters,
    words_of,
)
from api.stock.work import Answered, Form, Unclear, Wanted, ask, page_url
from api.urls import own_url
from kg.errors import QueryError
from kg.ids import CODES
from queries import Parameter, StockQuery, find_query, load_library
from queries.terms import to_term

router = APIRouter(tags=["stock queries"])
_VARY = "Accept, Accept-Encoding, Accept-Language"
_TAG = {
    "name": "tag",
    "in": "query",
    "required": False,
    "description": "只列这一类 / only those with this tag",
    "schema": {"type": "string"},
}
_LIST: dict[str, Any] = {"summary": "有哪些现成查询 / the stock queries", "openapi_extra": {"parameters": [_TAG]}}
_SECONDS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,30})?")
Errors = list[dict[str, str]]


@router.head("/api/queries", include_in_schema=False)
@router.get("/api/queries", **_LIST)
async def stock_queries(request: Request) -> JSONResponse:
    """Every stock query with what it answers, its parameters and an example; `tag` leaves those of one kind."""
    tag = request.query_params.get("tag", "")
    found = [query for query in load_library().values() if not tag or tag in query.tags]
    tags = sorted({each for query in load_library().values() for each in query.tags})
    return JSONResponse({"queries": [described(query, own_url(request)) for query in found], "tags": tags})


def _route(query: StockQuery) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        return await _answer(request, query)

    return answer


for _query in load_library().values():
    _path, _about = f"/api/queries/{_query.name}", f"{_query.description}\n\n{_query.description_en}"
    router.head(_path, include_in_schema=False)(_route(_query))
    router.get(
        _path, name=_query.name, operation_id=f"query-{_query.name}", summary=f"{_query.summary} / {_query.summary_en}", description=_about,
        responses=answers(_query), response_class=Response, openapi_extra=operation(_query),
    )(_route(_query))  # fmt: skip


@router.get("/api/queries/{name}", include_in_schema=False)
async def unknown(name: str) -> Response:
    """What a query that there is not is answered with."""
    try:
        find_query(name)
    except QueryError as error:
        zh = error.zh.partition("；")[0]
        raise NotFound(f"{zh}；/api/queries 列出全部", f"no stock query is called {name!r}; /api/queries lists them all") from error
    raise NotFound("没有这个查询", "no such query")


async def _answer(request: Request, query: StockQuery) -> Response:
    asked = _read(request, query)
    if isinstance(asked, list):
        return _wrong(request, asked)
    etag = etag_of(request, "stock", repr(asked), query.text)
    if etag and (same := not_modified(request, etag)):
        return same
    reply = await stream(request, ask, asked, text=query.name)
    if isinstance(reply.value, Unclear):
        return _unclear(request, query, reply.value)
    headers = _headers(reply, asked, query)
    if etag and reply.version == server_of(request).version:
        headers |= {"ETag": etag, "Cache-Control": "no-cache"}
    return to_answer(reply, MEDIA[asked.form], headers)


def _headers(reply: Reply, asked: Wanted, query: StockQuery) -> dict[str, str]:
    """How to get the other pages, and the name of a file."""
    links = []
    if asked.limit is not None and asked.form != "text":
        links.append(f'<{page_url(asked, 0)}>; rel="first"')
        if asked.offset:
            links.append(f'<{page_url(asked, max(0, asked.offset - asked.limit))}>; rel="prev"')
        if cast(Answered, reply.value).next:
            links.append(f'<{page_url(asked, asked.offset + asked.limit)}>; rel="next"')
    headers = {"Vary": _VARY, "Server-Timing": f"store;dur={reply.seconds * 1000:.1f}"}
    if links:
        headers["Link"] = ", ".join(links)
    if asked.form in {"csv", "xlsx"}:
        headers["Content-Disposition"] = f'attachment; filename="{query.name}.{asked.form}"'
    return headers


# --- what is asked --------------------------------------------------------------------------------------------


def _read(request: Request, query: StockQuery) -> Wanted | Errors:
    """What a request asks for; or all that is wrong with it."""
    pairs = request.query_params.multi_items()
    given, errors = dict(pairs), _repeated(pairs)
    values = {name: value for name, value in given.items() if name not in FLAGS}
    known = {one.name: one for one in own_parameters(query)}
    errors += [_unknown(name, query) for name in values if name not in known]
    errors += [_missing(one) for one in known.values() if one.required and not values.get(one.name)]
    errors += [wrong for name, one in known.items() if values.get(name) and (wrong := _check(one, values[name]))]
    usual = {one.name: one.default for one in query.parameters if one.name in PAGING and one.default}
    limit = _whole(given.get("limit") or usual.get("limit"), "limit", 1, LONGEST_PAGE, errors)
    offset = _whole(given.get("offset") or usual.get("offset"), "offset", 0, FURTHEST, errors)
    _check_timeout(given.get("timeout", ""), errors)
    flags = {name: _flag(given, name, errors) for name in ("total", "text", "bom")}
    if errors:
        return errors
    if "lang" in known and not values.get("lang"):
        values["lang"] = choose_language(request.headers.get("accept-language"))
    return Wanted(
        name=query.name,
        values=values,
        form=_form(request, flags["text"]),
        limit=limit,
        offset=offset or 0,
        total=flags["total"],
        bom=flags["bom"],
        address=f"{own_url(request)}/api/queries/{query.name}",
        pairs=tuple(pair for pair in pairs if pair[0] != "offset"),
    )


def _form(request: Request, text: bool) -> Form:
    asked = request.query_params.get("format")
    form = "text" if text else choose(request.headers.get("accept"), OFFERS) if asked is None else asked
    if form not in MEDIA:
        forms = ", ".join(OFFERS if asked is None else MEDIA)
        raise NotAcceptable(f"可用的格式：{forms}", f"the forms are {forms}")
    return cast(Form, form)


def _check(parameter: Parameter, value: str) -> dict[str, str] | None:
    """What is wrong with a value; a name for an IRI is looked up later, in the store."""
    zh, en = expected(parameter)
    if len(value) > LONGEST_VALUE:
        return _error(parameter.name, f"最多 {LONGEST_VALUE} 字", f"at most {LONGEST_VALUE} characters")
    if parameter.type == "iri":
        allowed = words_of(parameter)
        known = not allowed or value in allowed or value.startswith(CODES)
        return None if known else _error(parameter.name, f"应是{zh}，不是“{value[:80]}”", f"should be {en}, not {value[:80]!r}")
    try:
        to_term(parameter, value)
    except QueryError:
        return _error(parameter.name, f"应是{zh}，不是“{value[:80]}”", f"should be {en}, not {value[:80]!r}")
    return None


def _whole(value: str | None, name: str, least: int, most: int, errors: Errors) -> int | None:
    if value is None or value == "":
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most):
        errors.append(
            _error(name, f"应是 {least} 到 {most} 的整数，不是“{value[:40]}”", f"should be a whole number from {least} to {most}")
        )
        return None
    return int(value)


def _check_timeout(value: str, errors: Errors) -> None:
    if value and not (_SECONDS.fullmatch(value) and 1 <= float(value) <= LONGEST_TIME):
        zh, en = f"应是 1 到 {LONGEST_TIME} 的秒数，不是“{value[:40]}”", f"should be a number of seconds from 1 to {LONGEST_TIME}"
        errors.append(_error("timeout", zh, en))


def _flag(given: dict[str, str], name: str, errors: Errors) -> bool:
    value = given.get(name, "")
    if value not in {"", "0", "1"}:
        errors.append(_error(name, f"应是 0 或 1，不是“{value[:40]}”", "should be 0 or 1"))
    return value == "1"


def _repeated(pairs: list[tuple[str, str]]) -> Errors:
    names = [name for name, _ in pairs]
    return [_error(name[:80], "只能给一次", "may be given once") for name in dict.fromkeys(names) if names.count(name) > 1]


def _unknown(name: str, query: StockQuery) -> dict[str, str]:
    taken = ", ".join([*(one.name for one in own_parameters(query)), *sorted(FLAGS)])
    return _error(name[:80], f"没有这个参数；可用：{taken}", f"there is no such parameter; there are {taken}")


def _missing(parameter: Parameter) -> dict[str, str]:
    return _error(parameter.name, f"缺少这个参数：{parameter.zh}", f"is missing: {parameter.en}")


def _error(name: str, zh: str, en: str) -> dict[str, str]:
    return {"at": f"query.{name}", "zh": zh, "en": en}


# --- what goes wrong ------------------------------------------------------------------------------------------


_WRONG = (422, "parameters", "参数有误", "Wrong parameters")
_NOTHING = (404, "not-found", "没有找到", "Not found")


def _wrong(request: Request, errors: Errors, kind: tuple[int, str, str, str] = _WRONG) -> Response:
    """What is expected of each parameter, in the client's language."""
    language = choose_language(request.headers.get("accept-language"))
    told = [{"at": each["at"], "message": each[language]} for each in errors]
    zh, en = ("; ".join(f"{each['at'].removeprefix('query.')} {each[one]}" for each in errors) for one in ("zh", "en"))
    status, name, *title = kind
    return problem(request, status, name, (title[0], title[1]), (zh, en), more={"errors": told})


def _unclear(request: Request, query: StockQuery, unclear: Unclear) -> Response:
    """404 where a name means nothing; 409 where it means several things, with an address for each."""
    name, text = unclear.parameter, unclear.text[:80]
    if not unclear.count:
        zh, en = expected(cast(Parameter, query.parameter(name)))
        zh, en = f"“{text}”在库里没有；应是{zh}", f"nothing is called {text!r}; should be {en}"
        if where := listed_by(unclear.kind):
            zh, en = f"{zh}；{where} 列出有的", f"{en}; {where} lists what there is"
        return _wrong(request, [_error(name, zh, en)], _NOTHING)
    given = [pair for pair in request.query_params.multi_items() if pair[0] != name]
    address = f"{own_url(request)}/api/queries/{query.name}"
    choices = [
        {"iri": one.iri, "label": one.label, "note": one.note, "url": f"{address}?{urlencode([*given, (name, one.iri)])}"}
        for one in unclear.candidates
    ]
    zh = f"{name}“{text}”可能指 {unclear.count} 个事物，请从 choices 里选一个标识符，或给出 place"
    en = f"{name} {text!r} may mean {unclear.count} things; take an IRI from choices, or add place"
    more = {"parameter": name, "count": unclear.count, "choices": choices}
    return problem(request, 409, "ambiguous", ("名称不唯一", "The name is ambiguous"), (zh, en), more=more)
