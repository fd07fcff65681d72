"""What a request of the SPARQL Protocol asks for, before anything of it is parsed as SPARQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

from starlette.requests import Request

from api.errors import RequestError, TooLarge, UnsupportedMedia
from api.replies import read_body
from api.server import server_of

_FORM = "application/x-www-form-urlencoded"
_DIRECT: Mapping[str, Literal["query", "update"]] = {"application/sparql-query": "query", "application/sparql-update": "update"}
_FIELDS = 1000  # in a form; each graph is one
_GROWS = 3  # a form writes a character as three

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One query or update, with the graphs that the request names for it."""

    kind: Literal["query", "update"]
    text: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    parameters: Mapping[str, str]  # all others, the first of each name

    def flag(self, name: str, usual: bool) -> bool:
        """What a parameter says that is true or false."""
        value = self.parameters.get(name, "").lower()
        return usual if value not in {"true", "false", "1", "0", "yes", "no"} else value in {"true", "1", "yes"}


async def read_operation(request: Request) -> Operation | None:
    """The operation that a request asks for; None where it asks for none, and so for the description of the service."""
    address = _pairs(request.scope["query_string"])
    if request.method in {"GET", "HEAD"}:
        if any(name == "update" for name, _ in address):
            raise RequestError("更新要用 POST 发送", "an update is sent by POST, not by GET")
        return _operation(address, server_of(request).settings.query_size, optional=True)
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in {_FORM, *_DIRECT}:
        zh = f"POST 的 Content-Type 应是 {_FORM}、{'、'.join(_DIRECT)} 之一"
        raise UnsupportedMedia(zh, f"the Content-Type of a POST should be one of {_FORM}, {', '.join(_DIRECT)}")
    _check_charset(request.headers.get("content-type", ""))
    size = server_of(request).settings.query_size
    body = await read_body(request, size * (_GROWS if media == _FORM else 1) + 4096)
    if media == _FORM:
        return _operation([*address, *_pairs(body)], size)
    if any(name in {"query", "update"} for name, _ in address):
        raise RequestError("查询既在地址里又在正文里", "the query stands both in the address and in the body")
    return _operation([*address, (_DIRECT[media], _decoded(body))], size)


def _operation(pairs: Pairs, size: int, *, optional: bool = False) -> Operation | None:
    texts = [(name, value) for name, value in pairs if name in {"query", "update"}]
    if not texts and optional:
        return None
    if len(texts) != 1:
        raise RequestError(
            f"一次请求应有一个 query 或 update，这里有 {len(texts)} 个", f"a request has one query or update, this one has {len(texts)}"
        )
    kind, text = texts[0]
    if len(text.encode("utf-8", "replace")) > size:
        raise TooLarge(f"查询超过上限 {size} 字节。请拆成几个", f"the query is longer than the limit of {size} bytes. Ask in parts")
    mine, other = ("", "using-") if kind == "query" else ("using-", "")
    if kind == "query" and any(name.startswith(other) for name, _ in pairs):
        raise RequestError("using-… 只用于更新", "using-… parameters are for updates only")
    default = "default-graph-uri" if kind == "query" else "using-graph-uri"
    named = "named-graph-uri" if kind == "query" else "using-named-graph-uri"
    return Operation(
        kind="query" if kind == "query" else "update",
        text=text,
        default=tuple(_values(pairs, default)),
        named=tuple(_values(pairs, named)),
        parameters={name: value for name, value in reversed(pairs) if name not in {"query", "update", f"{mine}graph-uri"}},
    )


def _values(pairs: Pairs, name: str) -> Iterator[str]:
    return (value for key, value in pairs if key == name)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    """The fields of a form or an address, decoded once; an error where they are not UTF-8."""
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except (UnicodeDecodeError, ValueError) as error:
        raise RequestError("参数不是正确编码的 UTF-8，或太多", "the parameters are not well-formed UTF-8, or too many") from error


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError("查询不是 UTF-8 编码", "the query is not in UTF-8") from error


def _check_charset(content_type: str) -> None:
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise UnsupportedMedia(f"只接受 UTF-8，这里是 {value.strip()[:40]}", f"only UTF-8 is taken, this is {value.strip()[:40]}")
