"""Files as they are uploaded, and the events of a job read as a client reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.api.serving import Served

DOCUMENTS = Path(__file__).parent.parent / "samples" / "documents"
FILES = ("city-2021.docx", "city-2022.docx", "district-2021.txt", "district-2022.txt", "province-2021.html")
BROKEN = "../../坏的.docx"
Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A server that was filled by an upload, the job as it ended, and every event of it."""

    server: Served
    job: dict[str, Any]
    events: list[Event]


def sent(broken: str, names: tuple[str, ...] = FILES) -> list[tuple[str, tuple[str, bytes]]]:
    """The parts of a form: the samples, one of them cut in the middle under the name `broken`, and one again."""
    parts = [("file", (name, (DOCUMENTS / name).read_bytes())) for name in names]
    parts.insert(1, ("file", (broken, (DOCUMENTS / names[0]).read_bytes()[:5000])))
    parts.append(("file", (names[-1], (DOCUMENTS / names[-1]).read_bytes())))
    return parts


def follow(client: httpx.Client, job: str, headers: Mapping[str, str] | None = None) -> Iterator[Event]:
    """The events of a job until it is over."""
    with client.stream("GET", f"/api/ingestions/{job}/events", headers=dict(headers or {}), timeout=300) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        event: Event = {}
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            if name in {"id", "event"}:
                event[name] = value
            elif name == "data":
                event["data"] = json.loads(value)
            elif not line and "event" in event:
                yield event
                event = {}
