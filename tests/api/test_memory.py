"""What all calls may use together: memory, and the disk that long answers go through."""

from __future__ import annotations

import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.errors import DiskFull
from api.pool import Spec
from api.pool.child import _Worker
from api.pool.memory import held_memory, machine_memory
from api.pool.spool import Spool, make_folder
from api.pool.wire import Failed, Task
from api.settings import Settings
from tests.api.hostile import GRAPH, lines
from tests.api.serving import make_store, serving

_MB = 1 << 20
_TOTAL = 320  # MB
_SORT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("memory") / "store", {GRAPH: lines()})


def test_all_calls_together_hold_no_more_than_they_may(store: Path) -> None:
    """Six sorts that would each take all that one call may: the largest is ended whenever they reach the limit together."""
    with serving(store, timeout=6, memory=256, memory_total=_TOTAL) as served, served.client() as client, ThreadPoolExecutor(6) as pool:
        idle, most = min(map(held_memory, served.workers())), 0
        work = [pool.submit(client.post, "/sparql", data={"query": _SORT}) for _ in range(6)]
        while not all(each.done() for each in work):
            most = max(most, sum(max(0, held_memory(worker) - idle) for worker in served.workers()))
            assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True
            time.sleep(0.02)
        answers = [each.result() for each in work]
        assert {answer.status_code for answer in answers} <= {422, 503, 504}
        spent = [answer for answer in answers if answer.status_code == 503]
        assert spent
        for answer in spent:
            assert answer.json()["type"].endswith("memory-spent")
            assert f"{_TOTAL} MB" in answer.json()["detail"]
            assert answer.headers["retry-after"]
        assert most < (_TOTAL + 256) * _MB  # a moment passes until it is seen
        assert 'why="memory together"' in client.get("/metrics").text


def test_one_call_may_not_use_more_than_all_together() -> None:
    assert Settings(memory=1024, memory_total=512).memory_bytes == 512 * _MB
    assert 64 * _MB < Settings().memory_total * _MB <= machine_memory()


def test_a_dump_may_be_longer_than_an_answer(store: Path) -> None:
    """Two megabytes, where an answer may have one."""
    with serving(store, answer=1) as served, served.client() as client:
        with served.client(token=True) as writer:
            for graph in range(4):
                many = b"".join(b'<urn:x%d-%d> <urn:long> "%s" .\n' % (graph, i, b"x" * 2000) for i in range(300))
                headers = {"Content-Type": "application/n-triples"}
                writer.put(f"/graphs?graph=urn:many{graph}", content=many, headers=headers).raise_for_status()
        asked = client.get("/sparql", params={"query": "SELECT * { ?s <urn:long> ?o }"}, headers={"Accept-Encoding": "identity"})
        assert asked.status_code == 422, asked.text
        assert asked.json()["type"].endswith("answer-too-long")
        with client.stream("GET", "/api/dump?format=nq", headers={"Accept-Encoding": "identity"}) as answer:
            assert answer.status_code == 200
            size = sum(map(len, answer.iter_raw()))
        assert size == int(answer.headers["content-length"]) > 2 * _MB
        again = client.get("/api/dump?format=nq", headers={"Accept-Encoding": "identity", "If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304


def test_a_full_disk_is_told_and_nothing_is_left(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room that is left to others is taken to be all there is."""
    monkeypatch.setattr("api.pool.spool._CHECKED_EVERY", 1)
    monkeypatch.setattr("api.pool.spool._LEFT", 1 << 62)
    monkeypatch.setattr("api.pool.spool._PART", 1)
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)  # which a worker sets for its own process
    worker = _Worker(Spec(where=str(store), writes=False, memory=1 << 40, longest=1 << 40))
    worker.open()
    told = worker.run(Task("tests.api.test_memory", "much", (), streams=True, spool=str(tmp_path / "spooled")))
    worker.rest()
    assert isinstance(told, Failed)
    assert (told.module, told.name) == (DiskFull.__module__, DiskFull.__name__)


def test_answers_of_a_killed_server_are_removed(tmp_path: Path) -> None:
    first, lock = make_folder(str(tmp_path))
    (first / "answer").write_bytes(b"x")
    second, other = make_folder(str(tmp_path))
    assert first.exists()  # its server lives
    lock.close()
    third, last = make_folder(str(tmp_path))
    assert sorted(tmp_path.iterdir()) == sorted([second, third])
    other.close()
    last.close()


def much(store: object, ids: object, out: Spool) -> None:
    """Write ten megabytes."""
    for _ in range(160):
        out.write(b"x" * 65536)


def test_a_long_call_that_needs_little_memory_is_left_alone(store: Path) -> None:
    with serving(store, timeout=2, memory=128, memory_total=128) as served, served.client() as client:
        answers = []
        asking = threading.Thread(target=lambda: answers.append(client.post("/sparql", data={"query": _COUNT})))
        asking.start()
        asking.join()
        assert answers[0].json()["type"].endswith("time-limit")


_COUNT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
