"""The server process: uvicorn, with a limit on how long a client may take to say what it wants."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Iterator
from typing import Any, cast

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from api import create_app
from api.log import log
from api.settings import Settings
from kg.errors import SettingError

_HEAD = 32 * 1024  # bytes of the head of a request


def serve(settings: Settings) -> None:
    """Serve until the process is told to end; requests that have begun are finished."""
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # what it would say is in our own log
    app = create_app(settings)
    with _listening(settings) as listener:
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{port}"
        log(event="starting", url=url, store=settings.store, public=settings.public)
        if sys.stderr.isatty():  # somebody looks on
            print(f"请在浏览器打开 {url}/ ，Ctrl-C 结束 / open it in a browser; Ctrl-C ends", file=sys.stderr, flush=True)
        asyncio.run(_run(_Server(to_config(settings, app)), app, listener))
        log(event="ended")


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
    """How uvicorn is to serve. h11 is chosen for its limit on the head of a request."""
    return uvicorn.Config(
        app,
        http=_protocol(settings.slow_client, settings.idle),
        ws="none",
        loop="asyncio",
        lifespan="off",  # begun by us
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,  # `front` believes the proxies of the settings
        limit_concurrency=settings.connections,
        h11_max_incomplete_event_size=_HEAD,
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


def _protocol(patience: float, idle: float) -> type[asyncio.Protocol]:
    class Patient(H11Protocol):
        """Closes a connection whose client does not get to the end of what it wants."""

        _slow: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._wait(idle)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state is not h11.IDLE:  # the head is complete
                self._stop_waiting()
            elif self._slow is None or self._slow.when() > self.loop.time() + patience:
                self._wait(patience)

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_waiting()
            super().connection_lost(exc)

        def _wait(self, seconds: float) -> None:
            self._stop_waiting()
            self._slow = self.loop.call_later(seconds, self.transport.close)

        def _stop_waiting(self) -> None:
            if self._slow:
                self._slow.cancel()
                self._slow = None

    return Patient
