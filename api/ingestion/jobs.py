"""Jobs: what is to be done, how far it is, and every event of it for whoever watches, now or later."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

State = Literal["queued", "running", "waiting", "refreshing", "done", "cancelled", "stopped", "failed"]
OVER: frozenset[State] = frozenset({"done", "cancelled", "stopped", "failed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in a job; numbered from 1."""

    number: int
    kind: str
    data: dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Job:
    """One upload, or the work that follows from a change."""

    id: str
    kind: Literal["ingestion", "refresh"]
    client: str
    folder: Path
    files: tuple[Path, ...] = ()
    state: State = "queued"
    created: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    ended: dt.datetime | None = None
    reports: list[dict[str, Any]] = field(default_factory=list)
    refreshed: list[dict[str, str]] = field(default_factory=list)
    message: dict[str, str] | None = None
    cancelled: bool = False
    events: list[Event] = field(default_factory=list)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def over(self) -> bool:
        return self.state in OVER

    async def tell(self, kind: str, state: State | None = None, **data: Any) -> None:
        """Add an event, with the state that the job is in from now on."""
        if state:
            self.state = state
        if self.over and self.ended is None:
            self.ended = dt.datetime.now(dt.UTC)
        self.events.append(Event(number=len(self.events) + 1, kind=kind, data={"state": self.state, "progress": self.progress, **data}))
        async with self._changed:
            self._changed.notify_all()

    async def follow(self, after: int, ended: Callable[[], bool]) -> AsyncIterator[Event | None]:
        """Every event behind the number `after`, until the job is over or all has `ended`; None now and then where nothing happens."""
        at, quiet = max(0, after), 0
        while not ended():
            while at < len(self.events):
                at, quiet = at + 1, 0
                yield self.events[at - 1]
            if self.over:
                return
            try:
                async with asyncio.timeout(1), self._changed:
                    await self._changed.wait_for(lambda: at < len(self.events) or self.over)  # noqa: B023 - awaited here
            except TimeoutError:
                quiet += 1
                if quiet % _QUIET == 0:
                    yield None

    @property
    def progress(self) -> dict[str, int]:
        stored = sum(one["stored"] for one in self.reports)
        return {"files": len(self.files), "done": len(self.reports), "stored": stored, "failed": len(self.reports) - stored}

    def to_json(self, *, full: bool = True) -> dict[str, Any]:
        """The job for a client; in lists without the reports of its files."""
        told: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "progress": self.progress,
            "tasks": sum(one["tasks"] for one in self.reports),
            "doubts": sum(len(one["doubts"]) for one in self.reports),
            "created": _stamp(self.created),
            "ended": _stamp(self.ended),
            "message": self.message,
            "links": {"self": f"/api/ingestions/{self.id}", "events": f"/api/ingestions/{self.id}/events"},
        }
        if full:
            told |= {"names": [path.name for path in self.files], "files": self.reports, "refreshed": self.refreshed}
        return told


_QUIET = 15  # seconds without an event until a watcher is told that the connection is alive


def _stamp(moment: dt.datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
