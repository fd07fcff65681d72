"""What every request passes through: it is given a number, its client is known, its answer carries our headers and is logged."""

from __future__ import annotations

import asyncio
import ipaddress
import itertools
import re
import secrets
import time
import traceback

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.calls import ClientGone
from api.errors import NoToken
from api.log import log
from api.problems import fault, to_response
from api.server import Server
from api.tokens import token_of
from kg.errors import ZhengpuError

_ID = re.compile(r"[\w.-]{1,64}")
_GONE = 499  # as nginx notes it
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
}


_RAW = [(name.lower().encode(), value.encode("latin-1")) for name, value in HEADERS.items()]


class Front:
    """The outermost part of the application."""

    def __init__(self, app: ASGIApp, server: Server) -> None:
        self._app, self._server = app, server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, begun, told = Headers(scope=scope), time.monotonic(), _Told()
        scope["request_id"] = number = _number(headers)
        count = itertools.count(1)
        scope["call_id"] = lambda: f"{number}-{next(count)}-{secrets.token_hex(4)}"
        scope["client_key"] = scope["client_address"] = self._address(scope, headers)
        dressed = self._dressed(scope, send, told)
        try:
            self._know(scope, headers)
            await self._app(scope, receive, dressed)
        except ClientGone:
            told.status = _GONE
        except ZhengpuError as error:  # from outside the routes
            await to_response(HTTPConnection(scope), error)(scope, receive, dressed)
        except BaseException as error:
            if not isinstance(error, asyncio.CancelledError):
                log(event="fault", request=number, trace=traceback.format_exc())
            if not told.status:
                await fault(HTTPConnection(scope))(scope, receive, dressed)
            raise
        finally:
            self._note(scope, told, time.monotonic() - begun)

    def _address(self, scope: Scope, headers: Headers) -> str:
        """Where the request comes from; what a proxy that is believed says of it."""
        peer = str((scope.get("client") or ("", 0))[0])
        forwarded = headers.get("x-forwarded-for", "")
        if forwarded and peer in self._server.settings.proxies:
            for each in reversed([part.strip() for part in forwarded.split(",")]):
                if each not in self._server.settings.proxies:
                    peer = each
                    break
        return _network(peer)

    def _know(self, scope: Scope, headers: Headers) -> None:
        """Who asks: by a valid token, else by the address. A token that is not valid is refused, also where none is needed."""
        scope["token"] = None
        token = token_of(headers.get("authorization"))
        if token is None:
            return
        record = self._server.tokens.find(token)
        if record is None:
            raise NoToken(
                "令牌无效或已过期。请检查，或用 zhengpu token create 另建",
                "the token is not valid, or has expired. Check it, or make another",
            )
        scope["token"], scope["client_key"] = record, f"token {record.name}"

    def _dressed(self, scope: Scope, send: Send, told: _Told) -> Send:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                told.status = message["status"]
                before = message.get("headers", [])
                said = {name for name, _ in before}
                own = {"X-Request-ID": scope["request_id"], **self._server.budget.headers(scope["client_key"])}
                message["headers"] = [
                    *before,
                    *(pair for pair in _RAW if pair[0] not in said),
                    *((name.lower().encode(), value.encode("latin-1")) for name, value in own.items()),
                ]
            elif message["type"] == "http.response.body":
                told.size += len(message.get("body", b""))
            await send(message)

        return dressed

    def _note(self, scope: Scope, told: _Told, seconds: float) -> None:
        # a plain route, as the one that answers queries without the detour of a description, leaves only its endpoint
        route = getattr(scope.get("route"), "path", scope["path"] if "endpoint" in scope and not scope.get("path_params") else "other")
        metrics = self._server.metrics
        metrics.requests.labels(scope["method"] if scope["method"] in _METHODS else "other", route, told.status).inc()
        metrics.seconds.labels(route).observe(seconds)
        metrics.written.inc(told.size)
        if self._server.settings.log == "json":
            log(
                request=scope["request_id"], client=scope["client_key"], method=scope["method"], path=scope["path"],
                route=route, status=told.status, bytes=told.size, ms=round(seconds * 1000, 1),
            )  # fmt: skip


_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}


class _Told:
    """What was sent."""

    def __init__(self) -> None:
        self.status = self.size = 0


def _number(headers: Headers) -> str:
    """The request's id: the one that a proxy gave it, else one of our own."""
    given = headers.get("x-request-id", "")
    return given if _ID.fullmatch(given) else secrets.token_hex(8)


def _network(address: str) -> str:
    """One client's address: of version 6 the network that it was given, as it may choose among all addresses in it."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(known, ipaddress.IPv6Address) and not known.is_loopback:
        return str(known.ipv4_mapped or ipaddress.ip_network(f"{address}/64", strict=False))
    return str(known)
