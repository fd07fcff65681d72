"""How a route asks the store: `call`, `stream` and `change` run a top-level function in a worker, within this client's limits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, cast

from fastapi import Security
from fastapi.security import HTTPBearer, SecurityScopes
from starlette.requests import Request

from api.errors import Cancelled, LimitError, NoToken, RequestError, TimeLimit, WrongScope
from api.negotiation import choose_encoding
from api.pool import Done, Task
from api.pool.wire import Encoding
from api.server import Reply, Running, Server, server_of
from api.settings import Scope
from kg.errors import QueryError, ZhengpuError

_WATCH = 0.05  # seconds after which it is worth looking whether the client has gone
_SHORTEST = 0.001  # seconds that a client may ask for
_SHOWN = 500  # characters of a query that are shown to whoever lists what is running
# what the description of the service says of tokens; api/tokens.py reads them, long before a route is found
_TOKEN = HTTPBearer(
    scheme_name="token", auto_error=False,
    description="zhengpu token create --scope …；也可作 Basic 的密码 / also taken as the password of Basic",
)  # fmt: skip

__all__ = ["ClientGone", "Reply", "call", "change", "limit_of", "needs", "require", "stream", "with_or_without"]


class ClientGone(Exception):
    """Whoever asked has closed the connection."""


async def call(request: Request, function: Callable[..., Any], *arguments: object, limit: float | None = None, text: str = "") -> Reply:
    """What `function(store, ids, *arguments)` gives back, run in a worker: bytes, which are compressed as the client
    likes, or a value that can be pickled. `limit` is in seconds, by default the client's; `text` is shown in the list of what runs."""
    return await _read(request, Task.of(function, *arguments, encoding=_encoding(request)), limit, text)


async def stream(
    request: Request, function: Callable[..., Any], *arguments: object, limit: float | None = None, text: str = "", plain: bool = False,
    endless: bool = False,
) -> Reply:  # fmt: skip
    """The same for `function(store, ids, out, *arguments)`, which writes bytes of any length to `out` and gives back a value beside.
    `plain`: what is written is for us and not compressed for the client. `endless`: it may be longer than answers usually may."""
    encoding = "" if plain else _encoding(request)
    return await _read(request, Task.of(function, *arguments, streams=True, encoding=encoding, endless=endless), limit, text)


async def change(request: Request, function: Callable[..., Any], *arguments: object, limit: float | None = None, text: str = "") -> Any:
    """What `function(store, ids, *arguments)` gives back, run by the one writer. What it changed is safe, and every later
    call sees it. The scope is for the route to check, by `require`."""
    server = server_of(request)
    limit = limit or server.settings.write_timeout
    task = Task.of(function, *arguments)
    done = await _run(request, server, limit, text, lambda: server.writer.call(task, limit), watch=False)
    if done.version:
        server.pool.version = done.version
    return done.value


def require(request: Request, scope: Scope) -> None:
    """An error unless the request came with a token for this."""
    record = request.scope.get("token")
    if record is None:
        raise NoToken(
            f"这里需要有 {scope} 权限的令牌：Authorization: Bearer …；用 zhengpu token create --scope {scope} 创建",
            f"this needs a token with the scope {scope}: Authorization: Bearer …; make one by zhengpu token create --scope {scope}",
        )
    if scope not in record.scopes and "admin" not in record.scopes:
        raise WrongScope(
            f"这个令牌没有 {scope} 权限（有：{'、'.join(sorted(record.scopes))}）",
            f"the token has no scope {scope}, only {', '.join(sorted(record.scopes))}",
        )


def needs(scope: Scope) -> Any:
    """A dependency of a route that takes a token with this scope only: checked before its parameters, and described."""
    return Security(_checked, scopes=[scope])


def with_or_without(scope: Scope) -> dict[str, Any]:
    """What the description says of a route that does more for whoever has a token with this scope."""
    return {"security": [{}, {_TOKEN.scheme_name: [scope]}]}


async def _checked(request: Request, asked: SecurityScopes, _: Annotated[object, Security(_TOKEN)]) -> None:
    for scope in asked.scopes:
        require(request, cast(Scope, scope))


def limit_of(request: Request, asked: str | None = None) -> float:
    """Seconds for the work of this request: what it asks for by `timeout`, in its address or as given, up to the ceiling."""
    settings = server_of(request).settings
    asked = request.query_params.get("timeout") if asked is None else asked
    if not asked:
        return settings.timeout
    try:
        seconds = float(asked)
    except ValueError:
        seconds = 0.0
    if not _SHORTEST <= seconds < float("inf"):
        zh = f"timeout 应是秒数，至少 {_SHORTEST:g}，这里是“{asked[:40]}”"
        raise RequestError(zh, f"timeout should be a number of seconds, at least {_SHORTEST:g}, not {asked[:40]!r}")
    return min(seconds, settings.timeout_ceiling)


async def _read(request: Request, task: Task, limit: float | None, text: str) -> Reply:
    server = server_of(request)
    limit = limit or limit_of(request)
    file = server.spool / request.scope["call_id"]()
    task = task._replace(spool=str(file))
    begun = time.monotonic()
    try:
        done = await _run(request, server, limit, text, lambda: server.pool.call(task, limit), watch=True)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return Reply(
        value=done.value,
        body=done.body,
        file=file if done.spooled else None,
        version=done.version,
        encoding=done.encoding,
        seconds=time.monotonic() - begun,
    )


async def _run(
    request: Request, server: Server, limit: float, text: str, work: Callable[[], Awaitable[Done]], *, watch: bool
) -> Done:  # fmt: skip
    """The work, listed among what is running, charged to the client, and broken off when the client goes or somebody cancels it."""
    client = request.scope["client_key"]
    server.budget.check(client)
    begun, failed = time.monotonic(), False
    what = f"{request.method} {request.scope['path']}"
    entry = Running(id=request.scope["call_id"](), client=client, what=what, text=text[:_SHOWN], limit=limit, task=asyncio.current_task())
    server.running[entry.id] = entry
    try:
        return await (_watched(request, work()) if watch else _finished(work()))
    except asyncio.CancelledError:
        if entry.cancelled and entry.task:
            entry.task.uncancel()
            raise Cancelled("这个查询被取消了", "this query was cancelled") from None
        raise
    except (LimitError, QueryError) as error:
        failed = True
        if isinstance(error, TimeLimit):
            request.scope["limits"] = {"limit": limit, "elapsed": round(time.monotonic() - begun, 3)}
        raise
    except ZhengpuError:
        failed = True
        raise
    finally:
        del server.running[entry.id]
        server.budget.charge(client, time.monotonic() - begun, failed=failed)


async def _watched(request: Request, work: Awaitable[Done]) -> Done:
    """What the work gives back; it is broken off where the client closes the connection. Done here and not in a task of its own,
    which would take as long as the rest of a short call."""
    gone: list[asyncio.Task[None]] = []
    us = cast("asyncio.Task[Any]", asyncio.current_task())
    timer = asyncio.get_running_loop().call_later(_WATCH, lambda: gone.append(asyncio.ensure_future(_gone(request, us))))
    try:
        return await work
    except asyncio.CancelledError:
        if any(each.done() and not each.cancelled() for each in gone):
            us.uncancel()
            raise ClientGone from None
        raise
    finally:
        timer.cancel()
        for each in gone:
            each.cancel()


async def _gone(request: Request, waiting: asyncio.Task[Any]) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    waiting.cancel()


async def _finished(work: Awaitable[Done]) -> Done:
    """What the work gives back; it goes on where the client has gone, and ends where somebody cancels it."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.cancel()
        raise


def _encoding(request: Request) -> Encoding:
    return choose_encoding(request.headers.get("accept-encoding"))
