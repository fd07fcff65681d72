"""Errors as RFC 9457 problem bodies, in the language that the client prefers, each saying what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import Response

from api import errors
from api.negotiation import choose_language
from api.server import server_of
from kg.errors import CheckError, FilterError, QueryError, QuerySyntaxError, StoreHeld, ZhengpuError

MEDIA = "application/problem+json"
TYPES = "https://w3id.org/zhengpu/problem/"

# The first class that an error is of counts: its status, its name, its title in Chinese and in English.
_KINDS: tuple[tuple[type[ZhengpuError], int, str, str, str], ...] = (
    (errors.NotAcceptable, 406, "not-acceptable", "没有可接受的格式", "No acceptable form"),
    (errors.UnsupportedMedia, 415, "unsupported-media-type", "不支持的内容类型", "Unsupported media type"),
    (errors.TooLarge, 413, "too-large", "内容过大", "Content too large"),
    (errors.TooSlow, 408, "request-timeout", "请求发送太慢", "Request timeout"),
    (errors.RequestError, 400, "bad-request", "请求有误", "Bad request"),
    (errors.NotFound, 404, "not-found", "没有找到", "Not found"),
    (errors.Refused, 403, "refused", "不允许", "Refused"),
    (errors.NoToken, 401, "token-needed", "需要令牌", "A token is needed"),
    (errors.WrongScope, 403, "scope-missing", "令牌无此权限", "The token lacks the scope"),
    (errors.TimeLimit, 504, "time-limit", "超过时限", "Time limit reached"),
    (errors.MemoryLimit, 422, "memory-limit", "超过内存上限", "Memory limit reached"),
    (errors.TooComplex, 422, "too-complex", "过于复杂", "Too complex"),
    (errors.AnswerTooLong, 422, "answer-too-long", "答案太长", "Answer too long"),
    (errors.MemorySpent, 503, "memory-spent", "内存用完", "Memory spent"),
    (errors.DiskFull, 507, "disk-full", "磁盘已满", "The disk is full"),
    (errors.BudgetSpent, 429, "budget-spent", "额度用完", "Budget spent"),
    (errors.Overloaded, 503, "overloaded", "服务器忙", "Overloaded"),
    (errors.Cancelled, 503, "cancelled", "已被取消", "Cancelled"),
    (errors.Fault, 500, "fault", "程序内部错误", "A fault of ours"),
    (QuerySyntaxError, 400, "syntax", "语法有误", "The syntax is wrong"),
    (QueryError, 400, "query", "查询有误", "The query cannot be run"),
    (FilterError, 400, "filter", "筛选有误", "The filters are wrong"),
    (StoreHeld, 503, "store-held", "库正被别的程序写入", "The store is held by another program"),
    (CheckError, 422, "check", "不合本体的规则", "The rules of the ontology are broken"),
    (ZhengpuError, 500, "store", "库出错", "The store has failed"),
)
_RETRY = {503: "2"}
_FAULT_ZH = "程序内部错误。请连同请求编号报告"
_FAULT_EN = "a fault of ours. Report it with the request id"

# Errors that the framework makes itself.
_HTTP: dict[int, tuple[str, str, str]] = {
    400: ("bad-request", "请求有误", "Bad request"),
    404: ("not-found", "没有找到", "Not found"),
    405: ("method-not-allowed", "不支持的方法", "Method not allowed"),
    413: ("too-large", "内容过大", "Content too large"),
    422: ("parameters", "参数有误", "Wrong parameters"),
}


def kind_of_error(error: ZhengpuError) -> tuple[int, str, str, str]:
    """Status, name, and title in Chinese and in English."""
    return next((status, name, zh, en) for kind, status, name, zh, en in _KINDS if isinstance(error, kind))


def to_response(connection: HTTPConnection, error: ZhengpuError) -> Response:
    """The error as an answer."""
    status, name, zh, en = kind_of_error(error)
    headers: dict[str, str] = {}
    more: dict[str, Any] = {}
    if status in _RETRY:
        headers["Retry-After"] = _RETRY[status]
    if isinstance(error, errors.NoToken):
        headers["WWW-Authenticate"] = 'Bearer realm="zhengpu"'
    if isinstance(error, errors.BudgetSpent):
        client = connection.scope.get("client_key", "")
        headers["Retry-After"] = str(server_of(connection).budget.retry_after(client))
    if isinstance(error, (errors.TimeLimit, errors.MemoryLimit)):
        more = dict(connection.scope.get("limits", {}))
    place = error.place if not isinstance(error, errors.Fault) else ""
    detail_zh, detail_en = (f"{place}：{error.zh}" if place else error.zh), error.en
    return problem(connection, status, name, (zh, en), (detail_zh, detail_en), headers=headers, more=more)


def problem(
    connection: HTTPConnection,
    status: int,
    name: str,
    title: tuple[str, str],
    detail: tuple[str, str],
    *,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """A problem body; `title` and `detail` in Chinese and English."""
    language = choose_language(connection.headers.get("accept-language"))
    at = language == "en"
    body = {
        "type": TYPES + name,
        "title": title[at],
        "status": status,
        "detail": detail[at],
        "request": connection.scope.get("request_id", ""),
        **(more or {}),
    }
    headers = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store", **(headers or {})}
    return Response(json.dumps(body, ensure_ascii=False), status, headers, MEDIA)


def http_problem(connection: HTTPConnection, status: int, detail: str, headers: Mapping[str, str] | None) -> Response:
    """What the framework refuses, as a problem body."""
    name, zh, en = _HTTP.get(status, ("error", "请求有误", "Request failed"))
    return problem(
        connection, status, name, (zh, en), (zh if not detail or detail == en else f"{zh}：{detail}", detail or en), headers=headers
    )


def fault(connection: HTTPConnection) -> Response:
    """An error that nobody foresaw; what it was stands in the log only."""
    return problem(connection, 500, "fault", ("程序内部错误", "A fault of ours"), (_FAULT_ZH, _FAULT_EN))
