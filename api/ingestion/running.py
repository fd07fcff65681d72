"""The jobs of a server, one after another: each file is read by a worker that can be killed, and stored by the one writer."""

from __future__ import annotations

import asyncio
import datetime as dt
import traceback
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.errors import Fault, LimitError, NotFound, Overloaded
from api.ingestion import work
from api.ingestion.jobs import Job
from api.ingestion.shelf import Shelf, clear, forget, jobs_folder, keep, note
from api.log import log
from api.pool import Done, Task
from api.server import Server
from kg.errors import StoreHeld, ZhengpuError
from kg.refresh import is_due

_BROKE_OFF = "读这份文件时服务器几次中止，跳过了它 / the server ended several times while it read this file, which is left out"
_TRIES = 5  # at a file, by servers that ended in the middle of it
_KEPT, _WAITING = 200, 50  # jobs that are remembered; that may wait
_DEATHS = 2  # of the writer, in the middle of one thing, until it is given up
_LOOK = 0.5  # seconds between looks at how far the work that follows has come
_PATIENCE = 1.0  # seconds until a store that another program holds is tried again
_FOLLOW_LIMIT = 6 * 3600.0  # seconds for what follows: lineage and counts of a large store made anew


@dataclass(slots=True)
class Jobs:
    """All jobs of one server, and the one that runs."""

    server: Server
    jobs: dict[str, Job] = field(default_factory=dict)
    _queue: asyncio.Queue[Job] = field(default_factory=asyncio.Queue)
    _shelf: Shelf | None = None

    # --- what routes ask ----------------------------------------------------------------------------------------

    def find(self, name: str) -> Job:
        job = self.jobs.get(name)
        if job is None:
            raise NotFound(
                "没有这个入库任务，或已结束多时；/api/ingestions 列出全部",
                "there is no such job, or it ended long ago; /api/ingestions lists all",
            )
        return job

    def new_folder(self) -> Path:
        """A folder for a job and its files."""
        if self._queue.qsize() >= _WAITING:
            raise Overloaded("排队的入库任务太多。请稍后再传", "too many jobs are waiting. Try again later")
        return self._open_shelf().new()

    async def add(self, kind: Any, client: str, folder: Path, files: tuple[Path, ...] = ()) -> Job:
        """A new job behind those that wait; from now on it outlives the server."""
        job = Job(id=folder.name, kind=kind, client=client, folder=folder, files=files, note=note)
        await asyncio.to_thread(keep, job)
        self.jobs[job.id] = job
        self._forget_old()
        await job.tell("queued")
        self._queue.put_nowait(job)
        return job

    def _open_shelf(self) -> Shelf:
        if self._shelf is None:
            self._shelf = Shelf.open(jobs_folder(self.server.settings), self.server.spool)
        return self._shelf

    def _forget_old(self) -> None:
        """Forget jobs that ended long ago, and of many those that ended first."""
        over = [job for job in self.jobs.values() if job.over]
        since = dt.datetime.now(dt.UTC) - dt.timedelta(days=self.server.settings.jobs_days)
        old = over[: max(0, len(self.jobs) - _KEPT)] + [job for job in over if job.ended and job.ended < since]
        for job in old:
            self.jobs.pop(job.id, None)
        forget(old)

    async def resume(self) -> None:
        """Take up what a server before this one has left, in the order in which it came."""
        if jobs_folder(self.server.settings).exists():
            for job in await asyncio.to_thread(self._open_shelf().load):
                job.note = note
                self.jobs[job.id] = job
                if job.over:
                    clear(job)
                else:
                    await job.tell("resumed", "queued")
                    self._queue.put_nowait(job)
            self._forget_old()

    def close(self) -> None:
        """Leave what is not done to the next server."""
        if self._shelf:
            self._shelf.close()

    async def refresh(self, client: str) -> Job:
        """The job that brings up to date what follows; one that waits already will do."""
        waiting = next((each for each in self.jobs.values() if each.kind == "refresh" and each.state == "queued"), None)
        return waiting or await self.add("refresh", client, self.new_folder())

    # --- running ------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Do one job after another until the server stops."""
        caught_up = False
        while True:
            if not caught_up and self._queue.empty():  # what was left half done comes first, and may make up for all
                await _outcome(self._catch_up())
                caught_up = True
            job = await self._queue.get()
            error = await _outcome(self._run(job))
            if isinstance(error, ZhengpuError):
                await _end(job, "failed", error.zh, error.en)
            elif error:
                await _end(job, "failed", "程序内部错误。请连同任务编号报告", "a fault of ours. Report it with the number of the job")
            await asyncio.to_thread(clear, job)
            why = {"error": f"{error.en} {error.place}".strip()} if isinstance(error, ZhengpuError) else {}
            log(event="job", job=job.id, kind=job.kind, state=job.state, **job.progress, **why)

    async def _catch_up(self) -> None:
        """Where the store was filled by another version, or by a run that was killed, bring up to date what follows."""
        if not self.server.settings.catch_up:
            return
        done = await self.server.pool.call(Task.of(is_due), self.server.settings.timeout_ceiling)
        if done.value:
            await self.refresh("server")

    async def _run(self, job: Job) -> None:
        if job.kind == "ingestion" and not job.cancelled:
            await job.tell("started", "running")
            await self._write(job, work.begin)
            for path in job.files[len(job.reports) :]:
                if job.cancelled:
                    break
                await self._file(job, path)
        if job.kind == "refresh" or job.progress["stored"]:
            await self._follow(job)
        if job.cancelled:
            await _end(job, "cancelled", "已取消；取消之前入库的都在", "cancelled; what was stored before is there")
        else:
            await job.tell("done", "done")

    async def _file(self, job: Job, path: Path) -> None:
        """Read one file and store it; whatever is wrong with it is told of it, and the others go on."""
        if job.tries >= _TRIES:
            told = _failed(path, _BROKE_OFF)
        else:
            await job.tell("reading", "running", file=path.name)
            told = await self._stored(job, path, job.folder / "read")
        if [each.name for each in job.files].count(path.name) > 1:
            told["notes"].append({"zh": "这次上传里有几份同名的文件", "en": "several files of this upload have this name"})
        await job.tell("file", file=path.name, report=told)
        path.unlink(missing_ok=True)

    async def _stored(self, job: Job, path: Path, target: Path) -> dict[str, Any]:
        """What became of one file."""
        limit = self.server.settings.read_timeout
        try:
            error = str((await self.server.pool.call(Task.of(work.read_file, str(path), str(target)), limit)).value)
            report: dict[str, Any] = (await self._write(job, work.store_file, str(target))).value if not error else _failed(path, error)
        except (LimitError, Fault) as reached:
            return _failed(path, f"{path.name}：{reached.zh} / {reached.en}")
        finally:
            target.unlink(missing_ok=True)
        return report

    async def _follow(self, job: Job) -> None:
        """Work out what follows, telling of each part as it begins."""
        told = job.folder / "steps"
        told.unlink(missing_ok=True)  # of a server that ended in the middle
        begun = len(job.refreshed)
        await job.tell("refreshing", "refreshing")
        doing = asyncio.ensure_future(self._write(job, work.follow, str(told), limit=_FOLLOW_LIMIT))
        try:
            while not doing.done():
                await asyncio.wait({doing}, timeout=_LOOK)
                for line in _lines(told)[len(job.refreshed) - begun :]:
                    zh, _, en = line.partition("\t")
                    await job.tell("refreshing", part={"zh": zh, "en": en})
            doing.result()
        finally:
            doing.cancel()

    async def _write(self, job: Job, function: Callable[..., Any], *arguments: object, limit: float | None = None) -> Done:
        """Have the writer do something that may be done twice; where another program holds the store, wait until it lets go."""
        before, deaths = job.state, 0
        while True:
            try:
                done = await self.server.writer.call(Task.of(function, *arguments), limit or self.server.settings.write_timeout)
            except StoreHeld as held:
                if job.cancelled:
                    raise
                if job.state != "waiting":
                    await job.tell("waiting", "waiting", message={"zh": held.zh, "en": held.en})
                await asyncio.sleep(_PATIENCE)
                continue
            except Fault:  # the writer was killed: nothing is half done
                deaths += 1
                if deaths > _DEATHS:
                    raise
                continue
            if done.version:
                await self.server.pool.move(done.version)
            if job.state == "waiting":
                job.state = before
            return done


async def _outcome(work: Coroutine[Any, Any, None]) -> BaseException | None:
    """The error that some work ends with, so that whatever it is, the next job is done; a fault of ours is told in the log."""
    task = asyncio.get_running_loop().create_task(work)
    try:
        await asyncio.wait({task})
    finally:
        task.cancel()
    error = task.exception()
    if error and not isinstance(error, ZhengpuError):
        log(event="fault", error="".join(traceback.format_exception(error)))
    return error


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []


def _failed(path: Path, error: str) -> dict[str, Any]:
    return {
        "file": path.name, "stored": False, "error": error, "document": None, "plans": [], "tasks": 0, "triples": 0, "again": False,
        "notes": [], "doubts": [],
    }  # fmt: skip


async def _end(job: Job, state: Any, zh: str, en: str) -> None:
    await job.tell(state, state, message={"zh": zh, "en": en})


@asynccontextmanager
async def run_jobs(jobs: Jobs) -> AsyncIterator[None]:
    """The jobs go on while the block lasts. What is not done at its end is left to the next server."""
    await jobs.resume()
    running = asyncio.get_running_loop().create_task(jobs.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.wait({running}, timeout=jobs.server.settings.grace)
        jobs.close()
