"""Where workers come from: forked by the zygote, or started one by one where the system has no fork."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from collections import deque
from collections.abc import Mapping
from tempfile import TemporaryFile
from typing import Any, cast

from api.pool.wire import Spec
from api.pool.worker import Worker, WorkerDied

if sys.platform != "win32":
    from api.pool.zygote import STARTED, TOLD

_KILLED = -9


class Nursery:
    """Starts workers and knows when they end."""

    def __init__(self, warm: tuple[str, ...]) -> None:
        self._warm = warm
        self._zygote: _Zygote | None = None
        self._lock = asyncio.Lock()
        self._workers: set[Worker] = set()

    async def start_worker(self, spec: Spec) -> Worker:
        """A worker that has opened the store; the error that it met where it cannot."""
        worker = await (self._started() if sys.platform == "win32" else self._forked())
        try:
            await worker.run(spec)
        except BaseException:
            worker.kill()
            raise
        worker.settled()
        self._workers = {each for each in self._workers if not each.ended} | {worker}
        return worker

    @property
    def grown(self) -> int:
        """Bytes that all workers hold together beyond what they do when they are idle."""
        return sum(worker.grown for worker in self._workers)

    async def stop(self) -> None:
        """Let the zygote end."""
        if self._zygote:
            await self._zygote.close()

    async def _forked(self) -> Worker:
        async with self._lock:
            for _ in range(2):  # it may have been killed, and this not have been noticed
                if self._zygote is None or self._zygote.gone:
                    self._zygote = await _Zygote.start(self._warm)
                try:
                    return await self._zygote.fork()
                except WorkerDied:
                    self._zygote = None
            raise WorkerDied(_KILLED, "no worker can be started")

    async def _started(self) -> Worker:
        """A worker with a Python of its own."""
        errors = TemporaryFile()  # noqa: SIM115 - the worker closes it
        loop = asyncio.get_running_loop()
        command = (sys.executable, "-c", "from api.pool.child import main; main()")
        transport, pipes = await loop.subprocess_exec(_Pipes, *command, env=_environment(), stderr=errors)
        worker = pipes.worker = Worker(transport.get_pid(), errors)
        worker.connection_made(cast(asyncio.WriteTransport, transport.get_pipe_transport(0)))
        return worker


class _Pipes(asyncio.SubprocessProtocol):
    """Tells a worker what its own process says."""

    worker: Worker

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == 1:
            self.worker.data_received(data)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        if fd == 1:
            self.worker.connection_lost(exc)

    def process_exited(self) -> None:
        self.worker.exited(_KILLED)


class _Zygote(asyncio.Protocol):
    """The zygote, seen from the server."""

    def __init__(self) -> None:
        self.gone = False
        self._workers: dict[int, Worker] = {}
        self._unborn: deque[tuple[Worker, asyncio.Future[None]]] = deque()  # the zygote tells of them in this order
        self._told = bytearray()
        self._ours: socket.socket | None = None
        self._transport: asyncio.BaseTransport | None = None
        self._process: asyncio.subprocess.Process | None = None

    @classmethod
    async def start(cls, warm: tuple[str, ...]) -> _Zygote:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        command = (sys.executable, "-c", "from api.pool.zygote import main; main()", "api.pool.child", *warm)
        # a session of its own: Ctrl-C on a terminal is for the server, which then ends its workers itself
        process = await asyncio.create_subprocess_exec(*command, stdin=theirs.fileno(), env=_environment(), start_new_session=True)
        theirs.close()
        _, zygote = await asyncio.get_running_loop().create_connection(cls, sock=ours)
        zygote._ours, zygote._process = ours, process
        return zygote

    async def fork(self) -> Worker:
        """A new process, which waits for its first message."""
        ours, theirs = socket.socketpair()
        errors = TemporaryFile()  # noqa: SIM115 - the worker closes it
        loop = asyncio.get_running_loop()
        worker, born = Worker(0, errors), loop.create_future()
        with theirs:
            try:
                socket.send_fds(cast(socket.socket, self._ours), [b"+"], [theirs.fileno(), errors.fileno()])
                self._unborn.append((worker, born))
                await born
            except BaseException as error:
                ours.close()
                errors.close()
                if isinstance(error, OSError):
                    raise WorkerDied(_KILLED, str(error)) from error
                raise
        ours.setblocking(False)
        await loop.create_connection(lambda: worker, sock=ours)
        return worker

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._told += data
        while len(self._told) >= TOLD.size:
            pid, status = TOLD.unpack_from(self._told)
            del self._told[: TOLD.size]
            if status == STARTED:
                self._bear(pid)
            elif worker := self._workers.pop(pid, None):
                worker.exited(os.waitstatus_to_exitcode(status))

    def _bear(self, pid: int) -> None:
        """Whom the number belongs to is known before anything else is read: the end of a worker may be told right behind its start."""
        worker, born = self._unborn.popleft()
        worker.pid = pid
        self._workers[pid] = worker
        if not born.done():  # else nobody waits for it any more, and it ends by itself as its wire is closed
            born.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the name is asyncio's
        """The zygote has ended; its workers live on."""
        self.gone = True
        for _, born in self._unborn:
            if not born.done():
                born.set_exception(WorkerDied(_KILLED, "the zygote has ended"))
        for worker in self._workers.values():
            worker.orphaned()
        self._workers.clear()

    async def close(self) -> None:
        if self._transport:
            self._transport.close()
        if self._process:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), 5)
            if self._process.returncode is None:
                self._process.kill()
                await self._process.wait()


def _environment() -> Mapping[str, Any]:
    """Ours, with the places that this Python looks for modules in. Two arenas for all threads of a process: glibc's own for each take
    128 MB of address space at a time, and a writer that had reached its limit so could start no more threads."""
    return {"MALLOC_ARENA_MAX": "2", **os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each), "PYTHONUTF8": "1"}
