"""How the server holds: point queries beside the bare store, many clients, hostile queries beside readers, large answers.

python -m tests.bench.serve [STORE]
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox

from kg.store.folder import Folder
from tests.api.hostile import DEAR, GRAPH, lines
from tests.api.serving import Served, make_store, serving

_POINT = "SELECT ?p ?o {{ <urn:n{0}> ?p ?o }}"


def main() -> None:
    """Print one line a figure."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(sys.argv[1]) if len(sys.argv) > 1 else make_store(Path(folder) / "store", {GRAPH: lines()})
        with serving(store, timeout=4, timeout_ceiling=60, memory=512, log="off") as served:
            for what, figure in _figures(served):
                print(f"{what:60}  {figure}", flush=True)


def _figures(served: Served) -> Iterator[tuple[str, str]]:
    yield "point query in process, median", _ms(_bare(served.store))
    with served.client() as client:
        yield "point query over HTTP, one client, median and p95", _spread(_point(client, 500))
    for clients in (8, 20):
        begun = time.perf_counter()
        times = asyncio.run(_many(served.url, clients, 100))
        yield f"{clients} clients, median and p95", _spread(times)
        yield f"{clients} clients, queries a second", f"{len(times) / (time.perf_counter() - begun):.0f}"
    yield from asyncio.run(_hostile(served))
    yield "workers afterwards, and their memory", f"{len(served.workers())}, {_memory(served):.0f} MB"
    yield from _large(served)
    yield "front process, memory", f"{_resident(served.process.pid):.0f} MB"


def _bare(store: Path) -> list[float]:
    database = ox.Store.read_only(str(Folder(store).checkpoints()[-1]))
    return [_timed(lambda i=i: database.query(_POINT.format(i)).serialize(format=ox.QueryResultsFormat.JSON)) for i in range(500)]


def _timed(work: object) -> float:
    begun = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - begun


def _point(client: httpx.Client, count: int) -> list[float]:
    return [_timed(lambda i=i: client.get("/sparql", params={"query": _POINT.format(i)}).raise_for_status()) for i in range(count)]


async def _many(url: str, clients: int, count: int) -> list[float]:
    async def one(number: int) -> list[float]:
        times = []
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            for i in range(count):
                begun = time.perf_counter()
                (await client.get("/sparql", params={"query": _POINT.format(number * count + i)})).raise_for_status()
                times.append(time.perf_counter() - begun)
        return times

    return [each for times in await asyncio.gather(*(one(i) for i in range(clients))) for each in times]


async def _hostile(served: Served) -> list[tuple[str, str]]:
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


def _large(served: Served) -> Iterator[tuple[str, str]]:
    query = "SELECT * { ?a ?b ?c . ?d <urn:value> ?e FILTER(STR(?d) < 'urn:n1020') }"
    database = ox.Store.read_only(str(Folder(served.store).checkpoints()[-1]))
    begun = time.perf_counter()
    answer = database.query(query, use_default_graph_as_union=True).serialize(format=ox.QueryResultsFormat.JSON) or b""
    yield f"an answer of {len(answer) >> 20} MB: the store's own serialiser", f"{time.perf_counter() - begun:.2f} s"
    with served.client() as client:
        before = _resident(served.process.pid)
        begun, size = time.perf_counter(), 0
        headers = {"Accept-Encoding": "identity"}
        with client.stream("POST", "/sparql", data={"query": query, "timeout": "60"}, params={"timeout": "60"}, headers=headers) as reply:
            for piece in reply.iter_raw():
                size += len(piece)
        yield f"the same over HTTP ({size >> 20} MB)", f"{time.perf_counter() - begun:.2f} s"
        yield "front process, growth meanwhile", f"{_resident(served.process.pid) - before:.0f} MB"


def _memory(served: Served) -> float:
    return sum(map(_resident, served.workers()))


def _resident(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / (1 << 20)


def _ms(times: list[float]) -> str:
    return f"{statistics.median(times) * 1000:.2f} ms"


def _spread(times: list[float]) -> str:
    return f"{_ms(times)}, {sorted(times)[int(len(times) * 0.95)] * 1000:.2f} ms"


if __name__ == "__main__":
    main()
