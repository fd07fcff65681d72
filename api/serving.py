"""The server process: uvicorn on a loop and a port of ours."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from typing import cast

import uvicorn
from fastapi import FastAPI

from api import create_app
from api.log import log
from api.settings import Settings
from api.wire import protocol
from kg.errors import SettingError

if sys.platform != "win32":
    import resource


def serve(settings: Settings) -> None:
    """Serve until the process is told to end; requests that have begun are finished."""
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # what it would say is in our own log
    _raise_limits()
    app = create_app(settings)
    with _listening(settings) as listener:
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{port}"
        log(event="starting", url=url, store=settings.store, public=settings.public)
        if sys.stderr.isatty():  # somebody looks on
            print(f"请在浏览器打开 {url}/ ，Ctrl-C 结束 / open it in a browser; Ctrl-C ends", file=sys.stderr, flush=True)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_run(_Server(to_config(settings, app)), app, listener))
        log(event="ended")


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The faster loop, where the system has it."""
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.new_event_loop


def _raise_limits() -> None:
    """As many open files as this process may have: every connection is one."""
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with contextlib.suppress(ValueError, OSError):  # macOS says "no limit" and takes no more than it has
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _run(uvicorn_server: _Server, app: FastAPI, listener: socket.socket) -> None:
    """The workers first, so that an error of the store is the user's to read; then the port."""
    loop = asyncio.get_running_loop()
    async with app.router.lifespan_context(app):
        for number in (signal.SIGINT, signal.SIGTERM):
            if sys.platform == "win32":
                signal.signal(number, uvicorn_server.handle_exit)
            else:
                loop.add_signal_handler(number, uvicorn_server.handle_exit, number, None)
        await uvicorn_server.serve([listener])


class _Server(uvicorn.Server):
    """Leaves signals to us: it would end the process before the workers are told to end."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        log(event="ready")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Those who follow a job are let go, so that nobody waits for them."""
        cast("FastAPI", self.config.app).state.server.stopping = True
        await super().shutdown(sockets)


def to_config(settings: Settings, app: FastAPI) -> uvicorn.Config:
    """How uvicorn is to serve."""
    return uvicorn.Config(
        app,
        http=protocol(settings.slow_client, settings.idle),
        ws="none",
        loop="none",  # begun by us
        lifespan="off",  # begun by us
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,  # `front` believes the proxies of the settings
        limit_concurrency=settings.connections,
        timeout_keep_alive=max(1, round(settings.idle)),
        timeout_graceful_shutdown=max(1, round(settings.grace)),
    )


def _listening(settings: Settings) -> socket.socket:
    """The open port; an error that says whether another has it."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, or asyncio leaves Nagle on: 40 ms an answer
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise SettingError(
            f"不能在 {settings.host}:{settings.port} 上服务（{error.strerror}）。请换一个端口 --port，或结束占用它的程序",
            f"cannot listen on {settings.host}:{settings.port}. Choose another --port, or end what uses it",
        ) from error
    listener.set_inheritable(True)
    return listener
