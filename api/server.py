"""What all routes share: the settings, the workers, who is asking, and what is running."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from starlette.requests import HTTPConnection

from api.budget import Budget
from api.log import log
from api.metrics import Metrics
from api.pool import Nursery, Pool, Spec, Task, Writer
from api.pool.pool import Limits, settle
from api.pool.spool import make_folder
from api.settings import Settings
from api.tokens import Tokens, tokens_file
from kg.errors import StoreError, ZhengpuError
from kg.ids import Ids
from kg.store import kind_of
from kg.store.folder import Folder

_WARM = (
    "api.sparql.answers",
    "api.sparql.updates",
    "api.description.service",
    "api.graphs.work",
    "api.linked.work",
    "api.linked.warm",
    "api.stock.work",
    "api.resources.work",
    "api.resources.warm",
    "api.ingestion.work",
)
_LOOK = 0.25  # seconds between looks for a newer checkpoint
_UNSHOWN = 8  # looks until a change that a killed writer left is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a function gave back: a value, or bytes in memory, or bytes in a file that is ours to remove."""

    value: Any
    body: bytes | None
    file: Path | None
    version: str
    encoding: str
    seconds: float


@dataclass(slots=True, kw_only=True)
class Running:
    """One call that is being worked on."""

    id: str
    client: str
    what: str  # the method and the path
    text: str  # the beginning of a query
    limit: float
    since: float = field(default_factory=time.time)
    task: asyncio.Task[Any] | None = None
    cancelled: bool = False


@dataclass(slots=True, kw_only=True)
class Server:
    """One running server."""

    settings: Settings
    ids: Ids
    nursery: Nursery
    pool: Pool
    writer: Writer
    tokens: Tokens
    budget: Budget
    metrics: Metrics
    spool: Path
    spool_lock: IO[bytes]
    running: dict[str, Running] = field(default_factory=dict)
    described: dict[tuple[str, ...], Reply] = field(default_factory=dict)  # descriptions of what the store holds, by its version
    stopping: bool = False

    @property
    def version(self) -> str:
        """Names what the store holds as readers see it; empty where that cannot be told."""
        return self.pool.version

    @property
    def folder(self) -> Folder | None:
        return Folder(Path(self.settings.store)) if kind_of(self.settings.store) == "folder" else None


def server_of(connection: HTTPConnection) -> Server:
    """The server that a request came to."""
    return cast(Server, connection.app.state.server)


def make_server(settings: Settings) -> Server:
    """The server of these settings, not yet started."""
    if kind_of(settings.store) == "memory":
        raise StoreError(
            "内存里的库只属于一个进程，不能提供服务。请用文件夹：zhengpu ingest … --store data，再 zhengpu serve --store data",
            "a store in memory belongs to one process and cannot be served. Fill a folder first",
        )
    metrics = Metrics()
    spool, lock = make_folder(settings.spool or tempfile.gettempdir())

    def spec(*, writes: bool) -> Spec:
        wait = settings.write_wait
        return Spec(
            where=settings.store, writes=writes, memory=settings.memory_bytes, longest=settings.answer_bytes, wait=wait
        )  # fmt: skip

    def note(why: str, said: str) -> None:
        metrics.killed.labels(why).inc()
        if said:
            log(event="worker", why=why, said=said[-2000:])

    limits = Limits(
        workers=settings.workers, long_calls=settings.most_long_calls, patience=settings.patience, queue=settings.queue,
        memory=settings.memory_total << 20,
    )  # fmt: skip
    nursery = Nursery(_WARM)
    pool = Pool(nursery, spec(writes=False), limits, ended=note)
    server = Server(
        settings=settings,
        ids=Ids.configured(),
        nursery=nursery,
        pool=pool,
        writer=Writer(nursery, spec(writes=True), settings.queue),
        tokens=Tokens(settings.tokens, tokens_file(settings)),
        budget=Budget(*settings.budget),
        metrics=metrics,
        spool=spool,
        spool_lock=lock,
    )
    metrics.watch(lambda: server.pool.counts, lambda: len(server.running))
    return server


@asynccontextmanager
async def run_server(server: Server) -> AsyncIterator[None]:
    """The server's processes while the block lasts."""
    watcher: asyncio.Task[None] | None = None
    try:
        if folder := server.folder:
            if not folder.shown:
                await _show(server)
            server.pool.version = folder.version()
            watcher = asyncio.get_running_loop().create_task(_watch(server, folder))
        await server.pool.start()
        yield
    finally:
        server.stopping = True
        if watcher:
            watcher.cancel()
        await asyncio.gather(server.pool.stop(server.settings.grace), server.writer.stop(server.settings.grace))
        await server.nursery.stop()
        shutil.rmtree(server.spool, ignore_errors=True)
        server.spool_lock.close()


async def _watch(server: Server, folder: Folder) -> None:
    """Move the workers on whenever any program has stored something."""
    unshown = 0
    while True:
        await asyncio.sleep(_LOOK)
        with contextlib.suppress(OSError, ZhengpuError):  # the folder is being replaced: look again
            version = folder.version()
            if version and version != server.pool.version:
                await server.pool.move(version)
            unshown = 0 if folder.shown else unshown + 1
            if unshown >= _UNSHOWN:
                unshown = 0
                await _show(server)


async def _show(server: Server) -> None:
    """Show what a killed writer left; not while another writes, who does so himself."""
    with contextlib.suppress(ZhengpuError):
        await server.writer.call(Task.of(settle), server.settings.write_timeout)
