"""What was acknowledged is there, whatever process is killed and whenever."""

from __future__ import annotations

import contextlib
import os
import random
import threading
import time
from pathlib import Path

import httpx

from kg.ids import Ids
from kg.ingestion import open_ours
from tests.api.serving import Served, children, kill_one, make_store, serving

_KILLS = int(os.environ.get("ZHENGPU_KILLS", "40"))  # two hundred take three minutes
_WRITES = 20  # acknowledged at the least, however slow the machine
_FAILS = (httpx.TransportError, httpx.HTTPStatusError)


def test_an_acknowledged_write_survives_every_kill(tmp_path: Path) -> None:
    """Processes of the server are killed at any moment, the server itself among them, while clients read and write."""
    store = make_store(tmp_path / "store")
    acknowledged: list[int] = []
    kills, number, random_ = 0, 0, random.Random(7)
    while kills < _KILLS or len(acknowledged) < _WRITES:
        with serving(store, log="off", write_wait=20) as served:
            stop = threading.Event()
            killer = threading.Thread(target=_kill_workers, args=(served, stop, random_, counts := [0]))
            reader = threading.Thread(target=_read, args=(served, stop))
            killer.start()
            reader.start()
            with served.client(token=True) as client:
                end = time.monotonic() + 10
                while time.monotonic() < end:
                    number += 1
                    try:
                        _write(client, number)
                    except _FAILS:
                        continue
                    acknowledged.append(number)
            stop.set()
            killer.join()
            reader.join()
            served.process.kill()
            kills += counts[0] + 1
    with open_ours(str(store), Ids.configured(), read_only=True) as kept:
        found = {int(str(row["n"].value)) for row in kept.select("SELECT ?n { GRAPH <urn:kept> { ?s <urn:n> ?n } }")}  # type: ignore[union-attr]
    assert set(acknowledged) <= found


def _write(client: httpx.Client, number: int) -> None:
    update = f"INSERT DATA {{ GRAPH <urn:kept> {{ <urn:w{number}> <urn:n> {number} }} }}"
    client.post("/sparql", data={"update": update}).raise_for_status()


def _read(served: Served, stop: threading.Event) -> None:
    """Ask again and again, so that workers that were killed are replaced."""
    with served.client() as client:
        while not stop.wait(0.01):
            with contextlib.suppress(*_FAILS):
                client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})


def _kill_workers(served: Served, stop: threading.Event, chance: random.Random, counts: list[int]) -> None:
    """Kill one process after another: mostly workers, the writer among them, now and then the zygote."""
    while not stop.wait(chance.uniform(0.02, 0.08)):
        pids = served.workers() if chance.random() < 0.98 else children(served.process.pid)
        counts[0] += kill_one(chance.sample(pids, len(pids)))
