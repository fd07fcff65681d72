"""Servers: which kind they are, what they refuse, what they get wrong, and what is said then."""

from __future__ import annotations

import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest

from kg.errors import QueryError, StoreError
from kg.store import Parcel, Settings, Store, open_store
from kg.store.remote import RemoteStore
from tests.store.conftest import address
from tests.store.samples import CATALOGUE, again, entry, graph_of, new, ordered, plan_of, triples
from tests.store.servers import free_port

SERVERS = ("virtuoso", "fuseki")
QUICK = Settings(timeout=1)


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RemoteStore]:
    with cast("RemoteStore", open_store(address(request.param, request, tmp_path))) as store:
        store.apply(Parcel(drop=tuple(store.graphs())))
        yield store


def test_the_kind_of_a_server_is_found_out(server: RemoteStore, request: pytest.FixtureRequest) -> None:
    assert server.kind in request.node.name
    assert "dba" not in server.where


@pytest.mark.parametrize("path", ["", "/sparql", "/sparql-auth"])
def test_virtuoso_is_known_by_any_of_its_addresses(virtuoso_url: str, path: str) -> None:
    with open_store(virtuoso_url.replace("//", "//dba:dba@") + path) as store:
        assert store.kind == "virtuoso"


def test_the_name_and_password_may_stand_in_the_environment(virtuoso_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGPU_STORE_USER", "dba")
    monkeypatch.setenv("ZHENGPU_STORE_PASSWORD", "dba")
    with open_store(virtuoso_url) as store:
        store.apply(new(1))
        store.apply(Parcel(drop=(graph_of(1), CATALOGUE)))


@pytest.mark.parametrize(("user", "status"), [("dba:wrong@", "401"), ("", "403")])
def test_virtuoso_refuses_those_whom_it_does_not_know(virtuoso_url: str, user: str, status: str) -> None:
    with pytest.raises(StoreError, match=status) as told:
        open_store(virtuoso_url.replace("//", f"//{user}"))
    assert "wrong@" not in str(told.value)


def test_anyone_may_read(virtuoso_url: str) -> None:
    with open_store(virtuoso_url, read_only=True) as store:
        assert store.count() >= 0
        with pytest.raises(QueryError, match="只读"):
            store.apply(new(1))


def test_a_dataset_without_the_union_is_refused(fuseki_url: str) -> None:
    with pytest.raises(StoreError, match="unionDefaultGraph"):
        open_store(f"{fuseki_url}/plain")


def test_a_dataset_that_is_not_there(fuseki_url: str) -> None:
    with pytest.raises(StoreError, match="请检查网址和数据集的名字"):
        open_store(f"{fuseki_url}/none")


# --- answers that Virtuoso cuts -----------------------------------------------------------------------------------


@pytest.fixture
def full(virtuoso_url: str) -> Iterator[Store]:
    """A Virtuoso that holds more than it gives in one answer."""
    with open_store(virtuoso_url.replace("//", "//dba:dba@")) as store:
        store.apply(Parcel(drop=tuple(store.graphs()), add={graph_of(1): triples(1, 1000)}))
        yield store
        store.apply(Parcel(drop=(graph_of(1),)))


ALL = f"{{ GRAPH <{graph_of(1)}> {{ ?s ?p ?o }} }}"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (f"SELECT * {ALL}", "json"),
        (f"SELECT * {ALL}", "csv"),
        (f"SELECT * {ALL} LIMIT 11000", "tsv"),
        (f"CONSTRUCT {{ ?s ?p ?o }} {ALL}", "nt"),
        (f"# all\nPREFIX construct: <urn:x#>\nCONSTRUCT {{ ?s construct:y ?p }} {ALL}", "ttl"),
        (f"CONSTRUCT WHERE {ALL}", "nt"),
    ],
)
def test_half_an_answer_is_not_taken(full: Store, text: str, form: str) -> None:
    with pytest.raises(StoreError, match="10000"):
        full.query(text, form)


def test_pages_are_whole(full: Store) -> None:
    assert [len(full.select(f"SELECT ?s {ALL} LIMIT 9000 OFFSET {start}")) for start in (0, 9000)] == [9000, 3003]


# --- a document on its way ----------------------------------------------------------------------------------------


def test_a_graph_that_stayed_alone_is_cleared_away(server: RemoteStore) -> None:
    server.apply(new(1))
    server.apply(Parcel(add={graph_of(2): triples(2), graph_of(3): triples(3, 200), "urn:other": triples(4)}))
    assert server.recover() == sorted([graph_of(2), graph_of(3)])
    assert server.graphs() == sorted([graph_of(1), CATALOGUE, "urn:other"])
    assert server.recover() == []


def test_large_entries_in_a_shared_graph_are_replaced(server: RemoteStore) -> None:
    """More triples than go into one update of Virtuoso."""
    plan = plan_of(1)
    server.apply(Parcel(add={CATALOGUE: triples(1, 60) + entry(2)}))
    server.apply(Parcel(forget=((CATALOGUE, plan),), add={CATALOGUE: triples(1, 60, "改")}))
    graph = server.graph(CATALOGUE).decode()
    assert entry(2).decode().splitlines()[0] in graph
    server.apply(Parcel(drop=(CATALOGUE,), add={CATALOGUE: triples(1, 61)}))
    assert server.graph(CATALOGUE) == ordered(triples(1, 61))


def test_a_document_is_replaced_while_others_ask(server: RemoteStore) -> None:
    server.apply(new(1, 60))
    for version in range(3):
        server.apply(again(1, 60 + version, f"第{version}稿"))
        assert server.graph(graph_of(1)) == ordered(triples(1, 60 + version, f"第{version}稿"))


# --- servers that fail --------------------------------------------------------------------------------------------

YES = b'{"head": {}, "boolean": true}'
ROWS = b'{"head": {"vars": ["s", "p"]}, "results": {"bindings": []}}'


class Failing(BaseHTTPRequestHandler):
    """Answers as a store does until a query or an update has the word in it; then as `fail` says."""

    fail: Any
    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.do_POST()

    def do_PUT(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.seen.append(body)
        if "fail" in body:
            self.fail(self)
        else:
            self.say(200, ROWS if "SELECT" in body else YES)

    def say(self, status: int, body: bytes, *, length: int | None = None, asks: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        if asks:
            self.send_header("WWW-Authenticate", asks)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@contextmanager
def failing(fail: Any) -> Iterator[tuple[str, list[str]]]:
    """The URL of such a server, and the bodies that it is sent."""
    seen: list[str] = []
    kind = type("Handler", (Failing,), {"fail": staticmethod(fail), "seen": seen})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/ds", seen
        server.shutdown()
        thread.join()


def cut_off(handler: Failing) -> None:
    handler.say(200, ROWS[:20], length=len(ROWS))


def hang(handler: Failing) -> None:
    time.sleep(1.5)


def hang_up(handler: Failing) -> None:
    handler.close_connection = True


def page(handler: Failing) -> None:
    handler.say(200, b"<html>Welcome</html>")


FAILURES = {
    "401": (lambda handler: handler.say(401, b"", asks='Basic realm="x"'), "ZHENGPU_STORE_USER"),
    "403": (lambda handler: handler.say(403, b""), "没有权限"),
    "404": (lambda handler: handler.say(404, b""), "没有这个地址"),
    "413": (lambda handler: handler.say(413, b""), "太大"),
    "500": (lambda handler: handler.say(500, "内部错误".encode()), "内部错误"),
    "503": (lambda handler: handler.say(503, b"busy"), "503"),
    "cut off": (cut_off, "中途断了"),
    "a timeout": (hang, "1 秒没有回答"),
    "hung up": (hang_up, "连接断了"),
}


@pytest.mark.parametrize(("fail", "said"), [*FAILURES.values(), (page, "不合 SPARQL 标准")], ids=[*FAILURES, "a page"])
def test_a_question_that_fails(fail: Any, said: str) -> None:
    with failing(fail) as (url, _), open_store(url, settings=QUICK) as store:
        with pytest.raises(StoreError, match=said) as told:
            store.select("SELECT ?fail {}")
        assert told.value.en


@pytest.mark.parametrize(("fail", "said"), FAILURES.values(), ids=FAILURES.keys())
def test_a_document_that_fails(fail: Any, said: str) -> None:
    with failing(fail) as (url, _), open_store(url, settings=QUICK) as store, pytest.raises(StoreError, match=said):
        store.apply(Parcel(add={"urn:fail": triples(1)}))


def test_only_what_does_no_harm_is_tried_again() -> None:
    with failing(hang_up) as (url, seen), open_store(url, settings=QUICK) as store:
        for change in (
            lambda: store.select("SELECT ?fail {}"),
            lambda: store.apply(Parcel(add={"urn:fail": triples(1)})),
            lambda: store.update("INSERT { ?s ?p 'fail' } WHERE { ?s ?p ?o }"),
        ):
            with pytest.raises(StoreError):
                change()
    assert [sum(word in body for body in seen) for word in ("SELECT+%3Ffail", "urn:fail", "WHERE")] == [3, 3, 1]


def test_a_server_that_was_busy_is_asked_again() -> None:
    times = iter([503, 503, 200])
    with failing(lambda handler: handler.say(next(times), ROWS)) as (url, _), open_store(url) as store:
        assert store.select("SELECT ?fail {}") == []


def test_no_server() -> None:
    with pytest.raises(StoreError, match="连不上"):
        open_store(f"http://127.0.0.1:{free_port()}/ds")


def test_a_name_and_a_password_are_sent_where_they_are_asked_for() -> None:
    right = "Basic " + b64encode("王:密 码".encode()).decode()
    asked: list[str | None] = []

    class Guarded(Failing):
        def do_POST(self) -> None:
            asked.append(self.headers.get("Authorization"))
            if asked[-1] == right:
                super().do_POST()
            else:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.say(401, b"", asks='Basic realm="x"')

    with ThreadingHTTPServer(("127.0.0.1", 0), Guarded) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        with open_store(f"http://%E7%8E%8B:%E5%AF%86%20%E7%A0%81@127.0.0.1:{server.server_port}/ds") as store:
            store.update("INSERT DATA { GRAPH <urn:a> { <urn:a> <urn:b> 1 } }")
        server.shutdown()
        thread.join()
    assert asked[0] is None
    assert asked[-1] == right


def test_addresses_may_be_named() -> None:
    with failing(hang_up) as (url, seen), open_store(url, settings=Settings(update_url=f"{url}/change", timeout=1)) as store:
        assert (store.kind, store.where) == ("sparql", url)
        assert any(body.startswith("DROP SILENT") for body in seen)
