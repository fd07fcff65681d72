"""From files to a stored, checked graph: one document, many, and one among many again."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.derive import derive
from kg.ids import Ids
from kg.ingestion import find_stored, ingest, withdraw
from kg.pipeline import Knowledge, read, to_checked_graph
from kg.resolve import resolve
from kg.store import Store, open_store
from tests.bench.figures import milliseconds, milliseconds_once, resident, row, workers
from tests.bench.plans import make_plan

_TASKS = 20  # of a document where there are many
_UPDATES = 60


def report_stages(paths: list[Path]) -> None:
    """Where the time of one document goes."""
    print("文件到入库的图，一个核心 / from a file to a stored, checked graph, one core")
    row("文件 / file", "read", "resolve", "graph", "gate", "all, new", "all, again", "triples")
    knowledge = Knowledge.load()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store", create=True) as store:
        list(ingest(paths[:1], store, knowledge.ids, jobs=1))
        for path in paths:
            _report_one(path, knowledge, store)
    print()


def _report_one(path: Path, knowledge: Knowledge, store: Store) -> None:
    reading = read(path)
    _, graph = to_checked_graph(reading, knowledge)
    new, again = _stored(path, knowledge.ids, store)
    times = {
        "read": milliseconds(lambda: read(path), 5),
        "resolve": milliseconds(lambda: resolve(reading, knowledge.registry), 5),
        "to graph": milliseconds(lambda: to_checked_graph(reading, knowledge), 5),
        "gate": milliseconds(lambda: knowledge.gate.violations(graph.triples + graph.identities), 5),
    }
    made = times["to graph"] - times["gate"] - times["resolve"]
    row(path.name, *(f"{value:.0f}" for value in (times["read"], times["resolve"], made, times["gate"], new, again)), f"{graph.size}")


def _stored(path: Path, ids: Ids, store: Store, runs: int = 7) -> tuple[float, float]:
    """The milliseconds from a file to its stored graph, of a document that is new and of one that is there: medians."""
    new, again = [], []
    for _ in range(runs):
        withdraw(store, ids, find_stored(store, ids, str(path)))
        new.append(milliseconds_once(lambda: list(ingest([path], store, ids, jobs=1))))
        again.append(milliseconds_once(lambda: list(ingest([path], store, ids, jobs=1))))
    return statistics.median(new), statistics.median(again)


def report_many(count: int) -> None:
    """Many documents into one store, then one of them again and again."""
    print(f"{count} 份文件（各 {_TASKS} 项任务）入库，全部核心 / documents ingested, all cores")
    with tempfile.TemporaryDirectory() as folder:
        paths = list(_write(Path(folder) / "in", count))
        where = Path(folder) / "store"
        with open_store(where, create=True) as store:
            _report_ingestion(store, paths)
            _report_updates(store, paths)
            _timed("推导 / derive", lambda: derive(store, Ids.configured()))
            triples = store.count()
            _timed("优化 / optimize", store.optimize)
        size = sum({found.st_ino: found.st_size for found in (path.stat() for path in where.rglob("*") if path.is_file())}.values())
        row("优化以后 / after optimize", f"{size / triples:.0f} B a triple", f"{triples} triples", f"{size / 1e9:.2f} GB")
    print()


def _report_ingestion(store: Store, paths: list[Path]) -> None:
    row("已入库 / stored", "parent MB", "workers MB", "documents/s", "triples/s")
    marks = {mark for mark in (100, 1_000, 5_000, 10_000, len(paths)) if mark <= len(paths)}
    started, triples = time.perf_counter(), 0
    for done, one in enumerate(ingest(paths, store, Ids.configured()), 1):
        triples += one.prepared.graph.size if one.prepared.graph else 0
        if one.error:
            print(f"  未入库 / not stored: {one.error}")
        if done in marks:
            passed = time.perf_counter() - started
            row(f"{done}", f"{resident(os.getpid()):.0f}", f"{workers():.0f}", f"{done / passed:.1f}", f"{triples / passed:.0f}")


def _report_updates(store: Store, paths: list[Path]) -> None:
    """A document whose words have changed, among all the others."""
    knowledge, times = Knowledge.load(), []
    for at in range(_UPDATES):
        path = paths[at * len(paths) // _UPDATES]
        path.write_text(path.read_text("utf-8").replace("公开", "及时公开", at % 3 + 1), "utf-8")
        started = time.perf_counter()
        list(ingest([path], store, knowledge.ids, jobs=1))
        times.append((time.perf_counter() - started) * 1000)
    median, worst = statistics.median(times), statistics.quantiles(times, n=20)[18]
    row("一份更新 / one document again", f"p50 {median:.0f} ms", f"p95 {worst:.0f} ms")


def _timed(label: str, work: Callable[[], object]) -> None:
    started = time.perf_counter()
    work()
    row(label, f"{time.perf_counter() - started:.1f} s")


def _write(folder: Path, count: int) -> Iterator[Path]:
    folder.mkdir()
    for seed in range(count):
        path = folder / f"plan{seed}.txt"
        path.write_text(make_plan(seed, tasks=_TASKS), "utf-8")
        yield path
