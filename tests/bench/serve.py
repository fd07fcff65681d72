"""How the server holds: point queries and large answers beside other servers, many clients, hostile queries, connections that are held.

python -m tests.bench.serve [--store STORE] [--seconds 300] [--only peers,hostile,large,held]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import httpx
import pyoxigraph as ox

from kg.store.folder import Folder
from tests.api.hostile import DEAR, GRAPH, lines
from tests.api.serving import Served, make_store, serving
from tests.bench.clients import Held, ask_at_once, ask_one_by_one, fetch
from tests.bench.figures import resident
from tests.bench.peers import available

_POINT = "SELECT ?p ?o {{ <urn:n{0}> ?p ?o }}"
_LARGE = "SELECT * { ?a ?b ?c . ?d <urn:value> ?e FILTER(STR(?d) < 'urn:n1027') }"  # 200,000 rows
_IDLE, _BUSY = 1000, 50
_CLIENTS = 8
_OURS = "zhengpu"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line a figure; the load of the machine beside each part, as nothing is fast on a busy one."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--store", type=Path)
    given.add_argument("--seconds", type=float, default=300, help="how long connections are held")
    given.add_argument("--only", default="peers,large,hostile,held")
    given.add_argument("--count", type=int, default=300, help="point queries of one client")
    asked = given.parse_args(arguments)
    _raise_limits()
    with tempfile.TemporaryDirectory() as folder:
        store = asked.store or make_store(Path(folder) / "store", {GRAPH: lines()})
        parts = {
            "peers": lambda served: _peers(served, asked.count),
            "large": _large,
            "hostile": _hostile,
            "held": lambda served: _held(served, asked.seconds),
        }
        with serving(store, timeout=4, timeout_ceiling=60, memory=512, log="off") as served:
            for name in asked.only.split(","):
                print(f"\n{name}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
                for what, figure in parts[name](served):
                    print(f"  {what:64}  {figure}", flush=True)


def _raise_limits() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


# --- beside others --------------------------------------------------------------------------------------------------


def _peers(served: Served, count: int) -> Iterator[tuple[str, str]]:
    """Point queries: the bare store, ours, and each other server while it runs, ours again beside it."""
    yield "point query in process, median", _ms(_bare(served.store))
    found: dict[str, tuple[float, float]] = {}
    for name, url in chain([(_OURS, f"{served.url}/sparql")], available(served.store)):
        if url.startswith("-"):
            yield name, url[2:]
            continue
        times, many, passed = _points(url, count)
        found[name] = (statistics.median(times), len(many) / passed)
        yield f"{name}: point query over HTTP, median and p95", _spread(times)
        yield f"{name}: {_CLIENTS} clients, median and p95; queries a second", f"{_spread(many)}; {found[name][1]:.0f}"
    ours = found.pop(_OURS)
    lost = [f"{name} (one client)" for name, (median, _) in found.items() if median < ours[0]]
    lost += [f"{name} ({_CLIENTS} clients)" for name, (_, rate) in found.items() if rate > ours[1]]
    yield "ours loses to", ", ".join(lost) or "none"


def _points(url: str, count: int) -> tuple[list[float], list[float], float]:
    queries = [_POINT.format(i) for i in range(count)]
    ask_one_by_one(url, queries[:50])
    times = ask_one_by_one(url, queries)
    many, passed = ask_at_once(url, [queries[: max(1, count // 3)] for _ in range(_CLIENTS)])
    return times, many, passed


def _bare(store: Path) -> list[float]:
    database = ox.Store.read_only(str(Folder(store).checkpoints()[-1]))
    return [_timed(lambda i=i: database.query(_POINT.format(i)).serialize(format=ox.QueryResultsFormat.JSON)) for i in range(500)]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _large(served: Served) -> Iterator[tuple[str, str]]:
    """A long answer: the store's own serialiser in memory, then over HTTP; three times each, the fastest counts."""
    database = ox.Store.read_only(str(Folder(served.store).checkpoints()[-1]))

    def own() -> int:
        answer = database.query(_LARGE, use_default_graph_as_union=True).serialize(format=ox.QueryResultsFormat.JSON)
        return len(answer or b"")

    size = own()
    before = resident(served.process.pid)
    ours: list[float] = []
    alone: list[float] = []
    for _ in range(3):  # in turn, so that a load that comes and goes is both's
        alone.append(_timed(own))
        ours.append(fetch(f"{served.url}/sparql", _LARGE, "&timeout=60")[0])
    yield f"an answer of {size >> 20} MB: the store's own serialiser", f"{min(alone):.2f} s"
    yield "the same over HTTP", f"{min(ours):.2f} s, {(min(ours) / min(alone) - 1) * 100:+.0f}%"
    yield "front process, growth meanwhile", f"{resident(served.process.pid) - before:.0f} MB"
    for name, url in available(served.store):
        if url.startswith("-") or name == "rdflib-endpoint":  # which takes minutes
            continue
        try:
            seconds, got = min(fetch(url, _LARGE) for _ in range(2))
            yield f"{name}: the same", f"{seconds:.2f} s" + ("" if got > size // 2 else f", cut at {got >> 20} MB")
        except (AssertionError, OSError) as error:
            yield f"{name}: the same", f"not given: {str(error)[:80]}"


# --- what it holds --------------------------------------------------------------------------------------------------


def _hostile(served: Served) -> Iterator[tuple[str, str]]:
    yield from asyncio.run(_beside_hostile(served))
    yield "workers afterwards, and their memory", f"{len(served.workers())}, {sum(map(resident, served.workers())):.0f} MB"
    yield "front process, memory", f"{resident(served.process.pid):.0f} MB"


async def _beside_hostile(served: Served) -> list[tuple[str, str]]:
    """Ten hostile queries at once beside three readers; when the last is ended, what the readers saw."""
    async with httpx.AsyncClient(base_url=served.url, timeout=60, limits=httpx.Limits(max_connections=None)) as client:

        async def hostile(text: str) -> tuple[int, float]:
            begun = time.perf_counter()
            answer = await client.post("/sparql", data={"query": text})
            return answer.status_code, time.perf_counter() - begun

        work = [asyncio.ensure_future(hostile(text)) for text in list(DEAR.values())[:10]]
        times: list[float] = []
        while not all(each.done() for each in work):
            begun = time.perf_counter()
            answers = await asyncio.gather(*(client.get("/sparql", params={"query": _POINT.format(len(times) + i)}) for i in range(3)))
            times.append(time.perf_counter() - begun)
            assert all(each.status_code == 200 for each in answers), [each.text for each in answers]
        ended = [each.result() for each in work]
    return [
        ("readers beside ten hostile queries, median and p95", _spread(times)),
        ("the hostile ones: statuses, longest (limit 4 s)", f"{sorted(s for s, _ in ended)}, {max(t for _, t in ended):.2f} s"),
    ]


def _held(served: Served, seconds: float) -> Iterator[tuple[str, str]]:
    """Idle and busy connections, held: errors, and what the front process holds at a tenth of the time and at its end."""
    pid, watch = served.process.pid, list[tuple[float, float]]()
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    held = Held(f"{served.url}/sparql", _IDLE, _BUSY)
    asyncio.run(held.hold(seconds, watch, max(1.0, seconds / 60), lambda: resident(pid)))
    early, late = watch[len(watch) // 10][1], watch[-1][1]
    yield f"{_IDLE} idle and {_BUSY} busy connections for {seconds:.0f} s: answers, errors", f"{held.asked}, {len(held.errors)}"
    for error in sorted(set(held.errors))[:3]:
        yield "  an error", error
    yield "front process, memory at a tenth of the time and at the end", f"{early:.0f} MB, {late:.0f} MB"
    time.sleep(1)
    yield "open files before and afterwards", f"{files}, {len(list(Path(f'/proc/{pid}/fd').iterdir()))}"
    yield "workers afterwards, and their memory", f"{len(served.workers())}, {sum(map(resident, served.workers())):.0f} MB"


def _ms(times: list[float]) -> str:
    return f"{statistics.median(times) * 1000:.2f} ms"


def _spread(times: list[float]) -> str:
    return f"{_ms(times)}, {sorted(times)[int(len(times) * 0.95)] * 1000:.2f} ms"


if __name__ == "__main__":
    main()
