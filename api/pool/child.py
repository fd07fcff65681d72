"""The worker process: opens the store, runs one function after another, and says what came of each."""

from __future__ import annotations

import importlib
import os
import select
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

from api.pool.spool import Spool
from api.pool.wire import Answer, Done, Failed, Spec, Task, frame, read_frame
from kg.errors import ZhengpuError
from kg.ids import Ids
from kg.store import Settings, Store, kind_of, open_store
from kg.store.embedded import EmbeddedStore
from kg.store.folder import Folder

if sys.platform != "win32":
    import resource

_LOOK = 0.3  # seconds
_FINISH = 10.0  # seconds that a change has to be finished when the server is gone
_HEAVY = 256 << 20  # bytes that a worker may grow by before it is replaced
_WRITER = 1 << 30  # bytes of address space that a writer may use at least: its threads reserve more than they use
_SAID_EVERY = 16  # calls between looks at the memory


def main() -> None:
    """Be a worker on standard input and output; whatever else prints goes to standard error."""
    incoming, outgoing = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    work(os.fdopen(incoming, "rb"), os.fdopen(outgoing, "wb", buffering=0))


def work(incoming: BinaryIO, outgoing: RawIOBase | BinaryIO) -> None:
    """Serve the process at the other end until it closes the wire."""
    spec: Spec = read_frame(incoming)
    Thread(target=_end_with_server, args=(incoming.fileno(), _FINISH if spec.writes else 0.0), daemon=True).start()
    worker = _Worker(spec)
    opened: Answer
    try:
        worker.open()
        opened = Done(version=worker.version)
    except ZhengpuError as error:
        opened = Failed.of(error)
    _say(outgoing, opened)
    while isinstance(opened, Done) and (task := read_frame(incoming)) is not None:
        _say(outgoing, worker.run(task) if isinstance(task, Task) else worker.rest())
    worker.rest()


def _say(outgoing: RawIOBase | BinaryIO, answer: Answer) -> None:
    data = memoryview(frame(answer))
    while data:
        data = data[outgoing.write(data) :]


def _end_with_server(wire: int, grace: float) -> None:
    """End this process when the server has closed the wire or is gone, whatever is being worked on."""
    if hasattr(select, "poll"):
        watch = select.poll()
        watch.register(wire, 0)  # for the other end's going only
        watch.poll()
    else:
        parent = os.getppid()
        while os.getppid() == parent:
            time.sleep(_LOOK)
    time.sleep(grace or _LOOK)
    os._exit(1)


class _Worker:
    """One store, opened, and what it has cost so far."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._ids = Ids.configured()
        self._store: Store | None = None
        self.version = ""  # of what is read
        self._mapped = 0
        self._calls = 0
        self._size = 0

    def open(self) -> None:
        """Open the store, which a writer does only when there is something to write, then take on the limits."""
        if self._spec.writes:
            return
        self._store = self._opened()
        self.version = _version(self._store)
        _forbid(self._spec)
        self._mapped = _mapped()
        self._size = _peak()

    def _opened(self) -> Store:
        settings = Settings(base_iri=self._ids.base, wait=self._spec.wait)
        if kind_of(self._spec.where) != "folder":
            return open_store(self._spec.where, read_only=not self._spec.writes, settings=settings)
        folder = Folder(Path(self._spec.where))
        folder.check(settings)
        return EmbeddedStore.writing(folder, settings) if self._spec.writes else EmbeddedStore.pinned(folder, settings)

    def rest(self) -> Answer:
        """Let go of the store; a writer thereby lets others write."""
        if self._store:
            self._store.close()
            self._store = None
        return Done()

    def run(self, task: Task) -> Answer:
        """What the function of the task gives back, or the error that it ends with. Faults of ours end the process."""
        try:
            self._move(task.version)
            done = self._called(task)
        except ZhengpuError as error:
            return Failed.of(error)
        return done

    def _move(self, version: str) -> None:
        """To the newest checkpoint where another than ours is wanted."""
        if self._store is None or (version and version != self.version):
            new = self._opened()
            if self._store:
                self._store.close()
            self._store, self.version = new, _version(new)
            self._mapped = _mapped()

    def _called(self, task: Task) -> Done:
        function: Callable[..., Any] = getattr(importlib.import_module(task.module), task.name)
        spool = Spool(task.spool, task.encoding, 0 if task.endless else self._spec.longest)
        tempfile.tempdir = os.path.dirname(task.spool) or None  # noqa: PTH120 - with every call; what is sorted on disk goes there too
        given = (self._store, self._ids, spool) if task.streams else (self._store, self._ids)
        with spool, _limited(self._most(), endless=task.endless):
            value = function(*given, *task.arguments)
            if isinstance(value, bytes):
                spool.write(value)
                value = None
            body = spool.finish()
        self._calls += 1
        return Done(
            value=value, body=body, spooled=body is None, version=self._shown(), encoding=spool.encoding, heavy=self._is_heavy(),
        )  # fmt: skip

    def _most(self) -> int:
        """Bytes of address space; a writer's own threads need some of it at any time."""
        if self._spec.writes:
            return _mapped() + max(self._spec.memory, _WRITER)
        return self._mapped + self._spec.memory

    def _shown(self) -> str:
        """The version that was read, or after a change the one that shows it."""
        if self._spec.writes and isinstance(self._store, EmbeddedStore) and self._store.folder:
            self._store.publish()
            return self._store.folder.version()
        return self.version

    def _is_heavy(self) -> bool:
        return not self._spec.writes and self._calls % _SAID_EVERY == 1 and _peak() > self._size + _HEAVY


def _version(store: Store) -> str:
    return store.version if isinstance(store, EmbeddedStore) else ""


def _forbid(spec: Spec) -> None:
    """No files longer than an answer may be, and no core dumps."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_FSIZE, (spec.longest, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def _limited(most: int, *, endless: bool) -> Iterator[None]:
    """No more address space than that while the block lasts; opening another checkpoint, outside of it, may take more for a moment.
    `endless`: and files of any length."""
    if sys.platform == "win32":
        yield
        return
    before, length = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    if endless:
        resource.setrlimit(resource.RLIMIT_FSIZE, (length[1], length[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
        if endless:
            resource.setrlimit(resource.RLIMIT_FSIZE, length)


def _mapped() -> int:
    """Bytes of address space in use; where the system does not say, what a worker was measured to map."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 1 << 30


def _peak() -> int:
    """The most memory that was ever in use, in bytes; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
