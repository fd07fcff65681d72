"""Where jobs lie on disk, so that a server that is started again goes on with them.

data.jobs/              beside the store; one server at a time has it
  lock
  9f2c…/                a job; without job.json an upload that never came to its end
    job.json            what it is, once all its files are there
    events.jsonl        a line for each event: what has become of it is told again from them
    0/计划.docx          its files, until they are stored
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from api.ingestion.jobs import Event, Job
from api.log import log
from api.settings import Settings
from kg.store import kind_of
from kg.store.folder import sync
from kg.store.lock import try_lock

_FORMAT = 1
_HEADER, _EVENTS = "job.json", "events.jsonl"


def jobs_folder(settings: Settings) -> Path:
    """Where the jobs of this server are kept."""
    if settings.jobs:
        return Path(settings.jobs)
    store = Path(settings.store if kind_of(settings.store) == "folder" else "data")
    return store.with_name(store.name + ".jobs")


@dataclass(slots=True)
class Shelf:
    """The folder of the jobs; `lasting` where it outlives the server."""

    folder: Path
    lasting: bool
    _lock: IO[bytes] | None = None

    @classmethod
    def open(cls, folder: Path, spool: Path) -> Self:
        """The shelf at `folder`; where another server has it, or nothing can be written there, one below `spool`."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = (folder / "lock").open("ab")
        except OSError as error:
            log(event="jobs", kept=False, folder=str(folder), error=str(error))
        else:
            if try_lock(lock):
                return cls(folder, True, lock)
            lock.close()
            log(event="jobs", kept=False, folder=str(folder), error="another server has it")
        other = spool / "jobs"
        other.mkdir()
        return cls(other, False)

    def new(self) -> Path:
        """A folder for a job; its name is that of the job."""
        folder = self.folder / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        return folder

    def load(self) -> list[Job]:
        """The jobs that were kept, the oldest first. What is left of uploads that never came to their end goes."""
        jobs = []
        for folder in [each for each in self.folder.iterdir() if each.is_dir()]:
            if not (folder / _HEADER).exists():
                shutil.rmtree(folder, ignore_errors=True)
            elif job := _read(folder):
                jobs.append(job)
        return sorted(jobs, key=lambda job: job.created)

    def close(self) -> None:
        """Let another server have it."""
        if self._lock:
            self._lock.close()


# --- one job --------------------------------------------------------------------------------------------------------


def keep(job: Job) -> None:
    """Write down what the job is, and make its files safe: from now on it outlives the server."""
    told = {
        "format": _FORMAT, "kind": job.kind, "client": job.client, "created": job.created.isoformat(),
        "files": [path.relative_to(job.folder).as_posix() for path in job.files],
    }  # fmt: skip
    for path in job.files:
        sync(path)
        sync(path.parent)
    new = job.folder / f"{_HEADER}.new"
    with new.open("w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    new.replace(job.folder / _HEADER)
    sync(job.folder)
    sync(job.folder.parent)


def note(job: Job, event: Event) -> None:
    """Write an event down. A disk that is full ends no job: at worst it is done again."""
    line = json.dumps({"kind": event.kind, "time": dt.datetime.now(dt.UTC).isoformat(), **event.data}, ensure_ascii=False)
    with contextlib.suppress(OSError), (job.folder / _EVENTS).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def clear(job: Job) -> None:
    """Remove the files of a job that is over; what it was and what became of it stays."""
    for each in job.folder.iterdir() if job.folder.exists() else ():
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        elif each.name not in {_HEADER, _EVENTS}:
            each.unlink(missing_ok=True)


def forget(jobs: Iterable[Job]) -> None:
    """Remove all that is kept of these jobs."""
    for job in jobs:
        shutil.rmtree(job.folder, ignore_errors=True)


def _read(folder: Path) -> Job | None:
    """The job as its events tell it; None where it was kept by a newer version, whose it stays."""
    told = json.loads((folder / _HEADER).read_text("utf-8"))
    if told["format"] > _FORMAT:
        return None
    job = Job(
        id=folder.name,
        kind=told["kind"],
        client=told["client"],
        folder=folder,
        files=tuple(folder / path for path in told["files"]),
        created=dt.datetime.fromisoformat(told["created"]),
    )
    for line in _lines(folder / _EVENTS):
        job.retell(line.pop("kind"), dt.datetime.fromisoformat(line.pop("time")), line)
    return job


def _lines(path: Path) -> Iterator[dict[str, str]]:
    """The events that were written whole."""
    if path.exists():
        for line in path.read_text("utf-8", "replace").splitlines():
            with contextlib.suppress(ValueError):  # the one that a kill cut short
                yield json.loads(line)
