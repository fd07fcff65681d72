"""One worker process, seen from the server."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import os
import signal
from typing import Any, BinaryIO, cast

from api.pool.memory import held_memory
from api.pool.wire import Answer, Done, Failed, Frames, frame
from kg.errors import ZhengpuError

_SAID = 4096  # last bytes of standard error that are looked at
_KILLED = -9
_NICE = 15  # how far a long call steps back behind short ones


class WorkerDied(Exception):
    """The process ended before it answered. `code` as the system has it, negative for a signal; `said` on standard error."""

    def __init__(self, code: int, said: str) -> None:
        self.code, self.said = code, said
        super().__init__(f"exit {code}: {said[-200:]}")


class Worker(asyncio.Protocol):
    """A process that does one thing at a time. Its wire tells it what the process says, the nursery when it ends."""

    def __init__(self, pid: int, errors: BinaryIO) -> None:
        self.pid = pid
        self.version = ""
        self.slow = False
        self.stopped = False  # by us
        self.reason: ZhengpuError | None = None  # that whoever waits for it is told
        self._before = 0  # bytes that it held when it had opened the store
        self._errors = errors
        self._code = 0
        self._frames = Frames()
        self._answer: asyncio.Future[Answer] | None = None
        self._wire: asyncio.WriteTransport | None = None
        self._closed = False  # the wire
        self._exited = self._orphaned = False
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def ended(self) -> bool:
        return self._exited or self._closed

    async def run(self, message: object) -> Done:
        """What came of a message; the error that it ended with, or WorkerDied."""
        if self.ended or self._wire is None:
            await asyncio.wait({self._ended}, timeout=1)
            raise self._death()
        self._answer = asyncio.get_running_loop().create_future()
        self._wire.write(frame(message))
        answer = await self._answer
        if isinstance(answer, Failed):
            raise _error(answer)
        self.version = answer.version or self.version
        return answer

    def step_back(self) -> None:
        """Let shorter calls go first; for good, as only root may raise a priority again."""
        self.slow = True
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, _NICE)

    def settled(self) -> None:
        """It has opened the store: what it holds beyond that is what calls cost."""
        self._before = held_memory(self.pid)

    @property
    def grown(self) -> int:
        """Bytes that it holds beyond what an idle worker does; one that is ended no longer counts."""
        return 0 if self.stopped or self.ended else max(0, held_memory(self.pid) - self._before)

    def kill(self, reason: ZhengpuError | None = None) -> None:
        """End the process now; whoever waits for it is told the reason, if there is one."""
        self.stopped, self.reason = True, self.reason or reason
        if not self._exited:
            with contextlib.suppress(OSError):
                os.kill(self.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    async def close(self, wait: float) -> None:
        """End the process once it is done, within `wait` seconds."""
        self.stopped = True
        if self._answer and not self._answer.done():
            await asyncio.wait({self._answer}, timeout=wait)
        if self._wire:
            self._wire.close()
        await asyncio.wait({self._ended}, timeout=1)
        self.kill()
        await asyncio.wait({self._ended}, timeout=5)

    # --- what is told of the process --------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._wire = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        message = self._frames.feed(data)
        if message is not None and self._answer and not self._answer.done():
            self._answer.set_result(message)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the name is asyncio's
        self._closed = True
        if self._orphaned:
            self._exited, self._code = True, _KILLED
        self._end_if_over()

    def orphaned(self) -> None:
        """Nobody will tell any more when this process ends: the end of its wire has to do."""
        self._orphaned = True
        if self._closed:
            self.exited(_KILLED)

    def exited(self, code: int) -> None:
        """The process has ended; `code` is negative for a signal."""
        self._exited, self._code = True, code
        if self._wire and code:
            self._wire.close()
        self._end_if_over()

    def _end_if_over(self) -> None:
        if not (self._closed and self._exited) or self._ended.done():
            return
        self._ended.set_result(None)
        if self._answer and not self._answer.done():
            self._answer.set_exception(self._death())
        else:
            self._errors.close()

    def _death(self) -> WorkerDied:
        said = b""
        if not self._errors.closed:
            size = self._errors.seek(0, os.SEEK_END)
            self._errors.seek(max(0, size - _SAID))
            said = self._errors.read()
            self._errors.close()
        return WorkerDied(self._code, said.decode("utf-8", "replace"))


def _error(failed: Failed) -> ZhengpuError:
    kind: Any = getattr(importlib.import_module(failed.module), failed.name)
    zh, en, file, place = failed.words
    error: ZhengpuError = kind(zh, en, file=file, place=place)
    return error
