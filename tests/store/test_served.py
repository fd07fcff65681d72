"""The commands on a store behind a server, and on a server that fails in the middle of an ingestion."""

from __future__ import annotations

import gzip
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner, Result

import kg.ingestion
from kg.cli import main
from kg.ids import Ids
from kg.ingestion import list_stored
from kg.store import Parcel, Settings, open_store
from tests.plans import plan_text, write_plan
from tests.store.conftest import address

pytestmark = pytest.mark.usefixtures("sample_places")

NAMES = "SELECT DISTINCT ?name { ?task zp:responsibleUnit/skos:prefLabel ?name } ORDER BY ?name"


def run(*arguments: object) -> Result:
    ran = CliRunner().invoke(main, [str(one) for one in arguments])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran


def plans(folder: Path, count: int) -> list[Path]:
    return [
        write_plan(folder / f"{at}.txt", plan_text(title=f"2021年澄湖区第{at}批政务公开工作要点", number=f"澄政办发〔2021〕{at}号"))
        for at in range(count)
    ]


@pytest.fixture
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty server."""
    found = address(request.param, request, tmp_path)
    with open_store(found) as store:
        store.apply(Parcel(drop=tuple(store.graphs())))
    return found


SERVERS = pytest.mark.parametrize("where", ["virtuoso", "fuseki"], indirect=True)


def answer(*arguments: object, code: int = 0) -> str:
    """What a command prints, and says; it ends as is expected."""
    ran = run(*arguments)
    assert ran.exit_code == code, ran.output
    return ran.output


@SERVERS
def test_every_command_on_a_server(where: str, tmp_path: Path) -> None:
    here = ("--store", where)
    paths = plans(tmp_path / "in", 2)
    exports = [tmp_path / f"{at}.nq" for at in range(3)]
    for export in exports[:2]:
        assert "入库 2 份（6 项任务" in answer("ingest", *paths, "--jobs", 1, "--quiet", *here)
        answer("export", "--format", "nq", "--out", export, *here)
    assert exports[0].read_bytes() == exports[1].read_bytes()
    embedded = tmp_path / "data"
    answer("ingest", *paths, "--jobs", 1, "--quiet", "--store", embedded)
    answer("export", "--format", "nq", "--out", exports[2], "--store", embedded)
    assert exports[2].read_bytes() == exports[0].read_bytes().replace(b'"95.0"^^', b'"95"^^')  # Fuseki writes decimals in its own way

    names = [answer("query", NAMES, "--format", "csv", "--store", one) for one in (where, embedded)]
    assert sorted(names[0].split()) == sorted(names[1].split())
    assert "澄湖区财政局" in answer("query", NAMES, *here)
    for form in ("tsv", "json", "xml"):
        assert "澄湖区财政局" in answer("query", NAMES, "--format", form, *here)
    assert "是 / yes" in answer("query", "ASK { ?t a zp:Task }", *here)
    assert "公开办事指南" in answer("query", "CONSTRUCT { ?t zp:text ?x } WHERE { ?t a zp:Task ; zp:text ?x }", *here)
    assert "政务公开工作要点" in answer("query", "DESCRIBE ?p WHERE { ?p a zp:Plan }", *here)
    assert answer("check", "--format", "json", *here) == answer("check", "--format", "json", "--store", embedded)
    assert "0.txt" in answer("documents", *here)
    assert "2 份文件" in answer("doctor", *here)
    assert "国务院令第711号" in answer("registry", "show", "政府信息公开条例", *here)

    copy = tmp_path / "copy.nq.gz"
    answer("backup", copy, *here)
    assert sorted(gzip.decompress(copy.read_bytes()).splitlines()) == sorted(exports[0].read_bytes().splitlines())
    assert "已撤出" in answer("withdraw", "0.txt", *here)
    assert "0.txt" not in answer("documents", *here)
    assert "--replace" in answer("restore", copy, *here, code=1)
    answer("restore", copy, "--replace", *here)
    answer("export", "--format", "nq", "--out", exports[1], *here)
    assert exports[1].read_bytes() == exports[0].read_bytes()

    table = tmp_path / "more.csv"
    table.write_text("title,kind,number\n云溪市政务公开办法,normative,云政发〔2020〕3号\n", "utf-8")
    assert "新增 1 部" in answer("registry", "import", table, *here)
    assert "云政发〔2020〕3号" in answer("registry", "show", "云溪市", *here)


BROKEN = b"<urn:a> <urn:b> <urn:c> <urn:d> .\n"


@SERVERS
@pytest.mark.parametrize("content", [BROKEN + b"hello\n", BROKEN + b"<urn:a> <urn:b> <urn:c> .\n"], ids=["not quads", "no graph"])
def test_what_is_no_backup_changes_nothing_on_a_server(where: str, content: bytes, tmp_path: Path) -> None:
    with open_store(where) as store:
        store.apply(Parcel(add={"urn:kept": b"<urn:a> <urn:b> <urn:c> .\n"}))
    (tmp_path / "copy.nq").write_bytes(content)
    assert "copy.nq" in answer("restore", tmp_path / "copy.nq", "--replace", "--store", where, code=1)
    with open_store(where) as store:
        assert store.graphs() == ["urn:kept"]


# --- a server that fails in the middle ----------------------------------------------------------------------------


class Passing(BaseHTTPRequestHandler):
    """Passes every request on to a server and its answer back, until one brings the plan whose title has the word; then it fails."""

    server_url: ClassVar[str]
    fail: Any
    word = "第3批".encode()
    hit: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.do_POST()

    def do_PUT(self) -> None:
        self.do_POST()

    def do_DELETE(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.word in body and b"zhengpu/ontology#Task>" in body:
            self.hit.append(self.command)
            self.fail(self, body)
        else:
            self.answer(*self.passed(body))

    def passed(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        headers = {name: self.headers[name] for name in ("Content-Type", "Accept", "Authorization") if name in self.headers}
        request = urllib.request.Request(self.server_url + self.path, data=body or None, method=self.command, headers=headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=30) as reply:
                return reply.status, dict(reply.headers), reply.read()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, dict(refusal.headers), refusal.read()

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name in ("Content-Type", "Fuseki-Request-Id"):
            if name in headers:
                self.send_header(name, headers[name])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@contextmanager
def passing(server_url: str, fail: Any) -> Iterator[tuple[str, list[str]]]:
    """The URL of such a server before another, and the requests at which it failed."""
    hit: list[str] = []
    kind = type("Handler", (Passing,), {"server_url": server_url, "fail": staticmethod(fail), "hit": hit})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/ds", hit
        server.shutdown()
        thread.join()


@pytest.fixture
def prepared(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a Fuseki that has the registry and no document."""
    where = address("fuseki", request, tmp_path)
    with kg.ingestion.open_ours(where, Ids()) as store:
        kg.ingestion.prepare_store(store, Ids())
        kg.ingestion.withdraw(store, Ids(), list_stored(store, Ids()))
    return where


def refuse(status: int, handler: Passing, body: bytes) -> None:
    handler.answer(status, {}, b"no")


def hang(handler: Passing, body: bytes) -> None:
    time.sleep(2.5)


def hang_up(handler: Passing, body: bytes) -> None:
    handler.close_connection = True


def lose_the_answer(handler: Passing, body: bytes) -> None:
    """The server has stored it, and nobody hears of it."""
    handler.passed(body)
    handler.close_connection = True


FAILURES = {
    "401": (partial(refuse, 401), "ZHENGPU_STORE_USER"),
    "500": (partial(refuse, 500), "服务器出错"),
    "a timeout": (hang, "2 秒没有回答"),
    "hung up": (hang_up, "连接断了"),
    "the answer is lost": (lose_the_answer, "连接断了"),
}


@pytest.mark.parametrize("bulk_from", [1, 1000], ids=["in bulk", "one by one"])
@pytest.mark.parametrize("failure", FAILURES)
def test_a_server_that_fails_in_the_middle(
    failure: str, bulk_from: int, prepared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (fail, said), where = FAILURES[failure], prepared
    monkeypatch.setattr(kg.ingestion, "BULK_FROM", bulk_from)
    monkeypatch.setattr(kg.ingestion.bulk, "_BATCH_SECONDS", 0.0)
    monkeypatch.setattr(kg.ingestion.opening, "Settings", partial(Settings, timeout=2))
    paths, report = plans(tmp_path / "in", 5), tmp_path / "report.jsonl"
    with passing(where.removesuffix("/ds"), fail) as (url, hit):
        ran = run("ingest", *paths, "--store", url, "--report", report, "--jobs", 1, "--quiet")
    assert hit
    assert ran.exit_code == 1
    assert said in ran.stderr
    told = [json.loads(line)["graph"] for line in report.read_text("utf-8").splitlines()]
    assert f"入库 {len(told)} 份" in ran.stderr
    with open_store(where, read_only=True) as store:
        stored = {one.graph: one for one in list_stored(store, Ids())}
        assert len(told) == 3
        assert set(told) <= set(stored)
        assert [one.file for one in stored.values() if store.graph(one.graph).count(b"\n") != one.triples] == []
    assert run("ingest", *paths, "--store", where, "--jobs", 1, "--quiet").exit_code == 0
    assert answer("documents", "--store", where).count(".txt") == 5
