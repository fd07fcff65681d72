"""Jobs: what is to be done, how far it is, and every event of it for whoever watches, now or later."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

State = Literal["queued", "running", "waiting", "refreshing", "done", "cancelled", "failed"]
OVER: frozenset[State] = frozenset({"done", "cancelled", "failed"})


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
    note: Callable[[Job, Event], None] = lambda *_: None  # called with each event, to keep it
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def over(self) -> bool:
        return self.state in OVER

    async def tell(self, kind: str, state: State | None = None, **data: Any) -> None:
        """Add an event, with the state that the job is in from now on, and what it adds to what is known of the job."""
        self._learn(kind, state or self.state, dt.datetime.now(dt.UTC), data)
        self.note(self, self.events[-1])
        async with self._changed:
            self._changed.notify_all()

    def retell(self, kind: str, time: dt.datetime, data: dict[str, Any]) -> None:
        """Add an event that was told by a server that is gone."""
        self._learn(kind, data["state"], time, data)

    def _learn(self, kind: str, state: State, time: dt.datetime, data: dict[str, Any]) -> None:
        self.state = state
        self.cancelled = self.cancelled or kind == "cancelling"
        if "report" in data:
            self.reports.append(data["report"])
        if "part" in data:
            self.refreshed.append(data["part"])
        if self.over:
            self.ended, self.message = time, data.get("message")
        told = {**data, "state": self.state, "progress": self.progress}
        self.events.append(Event(number=len(self.events) + 1, kind=kind, data=told))

    @property
    def tries(self) -> int:
        """How often the file that is next was begun."""
        last = max((event.number for event in self.events if event.kind == "file"), default=0)
        return sum(event.kind == "reading" for event in self.events[last:])

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
