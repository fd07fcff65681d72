"""HTTP as uvicorn speaks it by httptools, with limits on the head of a request: how long it is, and how long its client may take."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_HEAD = 32 * 1024  # bytes of the head of a request


class _TooLong(Exception):
    """The head is longer than the limit."""


def protocol(patience: float, idle: float) -> type[asyncio.Protocol]:
    """The protocol of a connection that is kept for `idle` seconds before the first request, whose head comes within `patience`."""

    class Patient(HttpToolsProtocol):
        """Closes a connection whose client does not get to the end of what it wants."""

        _slow: asyncio.TimerHandle | None = None
        _hurried = False  # the head has begun
        _size = 0  # of the head so far
        _complete = True

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._slow = self.loop.call_later(idle, transport.close)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self._complete:
                self._stop_waiting()
            elif not self._hurried:
                self._stop_waiting()
                self._slow, self._hurried = self.loop.call_later(patience, self.transport.close), True

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_waiting()
            super().connection_lost(exc)

        def on_message_begin(self) -> None:
            self._complete, self._size = False, 0
            super().on_message_begin()

        def on_url(self, url: bytes) -> None:
            self._grow(len(url))
            super().on_url(url)

        def on_header(self, name: bytes, value: bytes) -> None:
            self._grow(len(name) + len(value) + 4)
            super().on_header(name, value)

        def on_headers_complete(self) -> None:
            self._complete = True
            super().on_headers_complete()

        def _grow(self, size: int) -> None:
            """What is raised here is answered by 400, and the connection is closed."""
            self._size += size
            if self._size > _HEAD:
                raise _TooLong

        def _stop_waiting(self) -> None:
            self._hurried = False
            if self._slow:
                self._slow.cancel()
                self._slow = None

    return Patient
