"""Whatever is asked, the server lives: what is too much ends with an error that says so, and others are answered meanwhile."""

from __future__ import annotations

import gzip
import http.server
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from tests.api.hostile import DEAR, DEEP, REACHING, REACHING_UPDATES
from tests.api.serving import Served

_PATIENCE = 30  # seconds: a request that ends at no limit fails its test


def _post(client: httpx.Client, query: str) -> httpx.Response:
    return client.post("/sparql", data={"query": query}, timeout=_PATIENCE)


@pytest.mark.parametrize("name", DEEP)
def test_what_a_parser_does_not_survive_is_refused(name: str, client: httpx.Client) -> None:
    answer = _post(client, DEEP[name])
    assert answer.status_code in {400, 413, 422}, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", DEAR)
def test_what_takes_too_much_ends_at_a_limit(name: str, client: httpx.Client) -> None:
    answer = _post(client, DEAR[name])
    assert answer.status_code in {422, 504}, answer.text[:500]
    if answer.status_code == 504:
        assert answer.json()["limit"] == 2


def test_the_error_of_too_much_memory_names_the_limit(client: httpx.Client) -> None:
    query = DEAR["cross-product-sort"]
    answer = client.post("/sparql?timeout=20", data={"query": query}, headers={"Accept-Language": "en"}, timeout=_PATIENCE)
    assert answer.status_code == 422, answer.text
    assert "128 MB" in answer.json()["detail"]


def test_others_are_answered_beside_ten_hostile_queries(served: Served) -> None:
    with served.client() as client, ThreadPoolExecutor(10) as pool:
        work = [pool.submit(_post, client, query) for query in list(DEAR.values())[:10]]
        answers = []
        while not all(each.done() for each in work):
            answers.append(client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}))
        assert all(each.json()["boolean"] for each in answers)
        assert {each.result().status_code for each in work} <= {422, 504}
    assert answers  # how many depends on the machine: `make bench` tells


def test_no_process_is_left_and_none_is_slow_afterwards(served: Served) -> None:
    with served.client() as client:
        assert _post(client, DEAR["cross-product-sort"]).status_code in {422, 504}
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            counts = client.get("/ready").json()["workers"]
            if not counts["long"] and not counts["starting"]:
                break
            time.sleep(0.1)
        assert counts["long"] == counts["waiting"] == 0
        assert len(served.workers()) == counts["idle"] + counts["busy"]


def test_a_worker_is_free_when_its_client_goes(served: Served) -> None:
    with served.client() as client:
        with pytest.raises(httpx.ReadTimeout):
            client.get("/sparql", params={"query": DEAR["chain"], "timeout": "20"}, timeout=0.5)
        deadline = time.monotonic() + 10
        while client.get("/api/running").json()["running"] and time.monotonic() < deadline:
            time.sleep(0.05)
        assert client.get("/api/running").json() == {"running": []}


# --- reaching out --------------------------------------------------------------------------------------------------


@contextmanager
def _listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and what it was asked."""
    asked: list[str] = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET  # noqa: N815 - the name is the library's

        def log_message(self, *_: object) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", REACHING)
def test_a_query_reaches_no_other_server(name: str, client: httpx.Client) -> None:
    with _listener() as (url, asked):
        answer = _post(client, REACHING[name].format(url))
        assert answer.status_code in {400, 403}, answer.text
        assert asked == []


@pytest.mark.parametrize("name", REACHING_UPDATES)
def test_an_update_reaches_no_other_server(name: str, writer: httpx.Client) -> None:
    with _listener() as (url, asked):
        answer = writer.post("/sparql", data={"update": REACHING_UPDATES[name].format(url)})
        assert answer.status_code == (204 if name == "load-silent" else 403), answer.text
        assert asked == []


def test_from_names_graphs_of_the_store_only(client: httpx.Client) -> None:
    with _listener() as (url, asked):
        answer = _post(client, f"SELECT * FROM <{url}/x> FROM NAMED <file:///etc/hostname> {{ ?s ?p ?o }}")
        assert answer.json()["results"]["bindings"] == []
        assert asked == []


# --- what is no query at all ----------------------------------------------------------------------------------------


def test_a_body_that_is_too_long_is_refused(client: httpx.Client, writer: httpx.Client) -> None:
    assert client.post("/sparql", data={"query": "SELECT * {} #" + "x" * 3_000_000}).status_code == 413
    headers = {"Content-Type": "text/turtle"}
    assert writer.put("/graphs?graph=urn:long", content=b"#" * (2 << 20), headers=headers).status_code == 413


def test_a_body_without_a_length_is_counted(writer: httpx.Client) -> None:
    answer = writer.put("/graphs?graph=urn:long", content=(b"#" * 65536 for _ in range(64)), headers={"Content-Type": "text/turtle"})
    assert answer.status_code == 413


def test_a_compressed_body_is_not_unpacked(client: httpx.Client) -> None:
    bomb = gzip.compress(b"query=" + b"A" * 10_000_000)
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/sparql", content=bomb, headers=headers).status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(("application/ld+json", b'{"@id":"urn:a","urn:p":' * 5000 + b"1" + b"}" * 5000), id="json-ld-nested"),
        pytest.param(("application/ld+json", b"[" * 100_000), id="json-brackets"),
        pytest.param(("text/turtle", b"<urn:a> <urn:p> " + b"[ <urn:p> " * 50_000), id="turtle-blank-nodes"),
        pytest.param(("text/turtle", b"<urn:a> <urn:p> " + b"( " * 100_000), id="turtle-lists"),
        pytest.param(("text/n3", b"{ " * 100_000), id="n3-formulas"),
        pytest.param(("application/rdf+xml", b"<a>" * 100_000), id="xml-nested"),
        pytest.param(
            ("application/rdf+xml", b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + b"".join(
                b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
            ) + b']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:a" '
            b'xmlns:x="urn:x"><x:p>&j;</x:p></rdf:Description></rdf:RDF>'), id="xml-entities"),
        pytest.param(("application/rdf+xml", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;</r>'), id="xml-external"),
        pytest.param(("application/ld+json", b'{"@context":"http://127.0.0.1:1/context","a":1}'), id="json-ld-context"),
    ],
)  # fmt: skip
def test_foreign_rdf_that_breaks_a_parser_costs_one_worker_at_most(body: tuple[str, bytes], writer: httpx.Client) -> None:
    media, content = body
    answer = writer.put("/graphs?graph=urn:foreign", content=content, headers={"Content-Type": media}, timeout=_PATIENCE)
    assert answer.status_code in {400, 413, 422, 504}, answer.text
    assert writer.get("/graphs?graph=urn:foreign").status_code == 404


def test_a_client_that_never_ends_its_head_is_let_go(served: Served) -> None:
    with _connected(served) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\n")
        for _ in range(100):
            try:
                connection.sendall(b"X-Slow: 1\r\n")
            except OSError:
                return
            time.sleep(0.2)
    pytest.fail("the connection was kept")


def test_a_client_that_never_ends_its_body_is_let_go(served: Served) -> None:
    with _connected(served) as connection:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 1000\r\n\r\nASK")
        connection.settimeout(_PATIENCE)
        assert b" 408 " in connection.recv(1000)


def test_a_flood_of_headers_is_refused(served: Served) -> None:
    with _connected(served) as connection:
        connection.settimeout(_PATIENCE)
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n")
        try:
            for number in range(20_000):
                connection.sendall(b"X-%d: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" % number)
            told = connection.recv(1000)
        except OSError:
            return
        assert told == b"" or b" 400 " in told or b" 431 " in told


@contextmanager
def _connected(served: Served) -> Iterator[socket.socket]:
    host, port = served.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=_PATIENCE) as connection:
        yield connection


def test_the_server_lives_after_all_that(served: Served, client: httpx.Client) -> None:
    assert served.process.poll() is None
    assert client.get("/health").json() == {"status": "ok"}
    assert [line for line in served.log if "said" in line] == []
