"""Tokens, budgets, what runs, what is told of the server, and how it ends."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from kg.ids import Ids
from kg.ingestion import open_ours
from tests.api.hostile import DEAR, GRAPH, lines
from tests.api.serving import Served, alive, children, kill_one, make_store, run_command, serving

_UPDATE = {"update": "INSERT DATA { GRAPH <urn:t> { <urn:a> <urn:b> 1 } }"}
_LONG = DEAR["chain"]


@pytest.mark.parametrize(
    ("scope", "status"), [("read", 403), ("ingest", 403), ("update", 204), ("admin", 204)]
)  # fmt: skip
def test_a_token_may_do_what_its_scopes_say(scope: str, status: int, served: Served) -> None:
    token = run_command("token", "create", f"one for {scope}", "--scope", scope, "--store", str(served.store)).splitlines()[0]
    with served.client() as client:
        headers = {"Authorization": f"Bearer {token}"}
        assert client.post("/sparql", data=_UPDATE, headers=headers).status_code == status
        assert client.post("/sparql", data=_UPDATE, auth=("anybody", token)).status_code == status
        run_command("token", "revoke", f"one for {scope}", "--store", str(served.store))
        assert client.post("/sparql", data=_UPDATE, headers=headers).status_code == 401


def test_only_the_hash_of_a_token_is_kept(served: Served) -> None:
    file = served.store.with_name(served.store.name + ".tokens.toml")
    assert served.token not in file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0
    assert not any(served.token in str(line) for line in served.log)


@pytest.mark.parametrize("given", ["Bearer nonsense", "Bearer", "Basic !!!", "Basic YTpi"])
def test_a_wrong_token_is_refused_also_where_none_is_needed(given: str, client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Authorization": given})
    assert answer.status_code == 401
    assert "detail" in answer.json()


def test_what_runs_is_listed_and_can_be_cancelled(served: Served) -> None:
    answers: list[httpx.Response] = []
    with served.client() as client:
        asking = threading.Thread(target=lambda: answers.append(client.get("/sparql", params={"query": _LONG, "timeout": "20"})))
        asking.start()
        entry = _wait_for_entry(client)
        assert entry["text"] == _LONG[: len(str(entry["text"]))]
        assert client.delete(f"/api/running/{entry['id']}").status_code == 204
        asking.join(20)
        assert client.delete(f"/api/running/{entry['id']}").status_code == 404
    assert answers[0].status_code == 503
    assert answers[0].json()["type"].endswith("cancelled")


def _wait_for_entry(client: httpx.Client) -> dict[str, object]:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if running := client.get("/api/running").json()["running"]:
            return dict(running[0])
        time.sleep(0.05)
    raise AssertionError("nothing runs")


def test_a_client_does_not_see_what_others_ask(served: Served) -> None:
    token = run_command("token", "create", "somebody", "--scope", "read", "--store", str(served.store)).splitlines()[0]
    with served.client() as client, httpx.Client(base_url=served.url, headers={"Authorization": f"Bearer {token}"}) as other:
        asking = threading.Thread(target=lambda: client.get("/sparql", params={"query": _LONG}))
        asking.start()
        entry = _wait_for_entry(client)
        assert other.get("/api/running").json() == {"running": []}
        assert other.delete(f"/api/running/{entry['id']}").status_code == 404
        asking.join(20)


def test_the_server_tells_how_it_is(client: httpx.Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    told = client.get("/ready").json()
    assert told["status"] == "ready"
    assert told["version"]
    client.get("/sparql", params={"query": "ASK {}"})
    figures = client.get("/metrics").text
    assert 'zhengpu_requests_total{method="GET",route="/sparql",status="200"}' in figures
    assert 'zhengpu_workers{state="idle"}' in figures


def test_what_is_described_as_needing_a_token_refuses_whoever_has_none(served: Served, client: httpx.Client) -> None:
    told = client.get("/openapi.json").json()
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    routes = [
        (verb, path, method["security"])
        for path, methods in told["paths"].items()
        for verb, method in methods.items()
        if "security" in method
    ]
    needed = [(verb, path) for verb, path, schemes in routes if {} not in schemes]
    assert len(needed) >= 9
    with httpx.Client(base_url=served.url) as nobody:
        answers = {(verb, path): nobody.request(verb, path.replace("{name}", "x").replace("{sha256}", "abcdef")) for verb, path in needed}
    assert {place: answer.status_code for place, answer in answers.items() if answer.status_code != 401} == {}


def test_every_answer_has_our_headers(client: httpx.Client) -> None:
    for path in ("/health", "/nowhere", "/sparql?query=x", "/openapi.json"):
        answer = client.get(path, headers={"X-Request-ID": "abc-1"})
        assert answer.headers["x-request-id"] == "abc-1"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "server" not in answer.headers


@pytest.mark.parametrize("path", ["/nowhere", "/api/running/none", "/graphs?graph=urn:none"])
def test_what_is_not_there_is_a_problem_in_both_languages(path: str, client: httpx.Client) -> None:
    for language in ("zh", "en"):
        answer = client.delete(path) if "running" in path else client.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("method", "path"), [("PATCH", "/graphs"), ("PUT", "/sparql"), ("PATCH", "/graphs/a/b"), ("POST", "/health")])
def test_a_method_that_is_not_taken_is_refused_with_those_that_are(method: str, path: str, client: httpx.Client) -> None:
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    if path.startswith("/graphs"):
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"}


def test_a_client_has_a_budget_on_a_public_server(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", {GRAPH: lines()})
    with serving(store, "--public", seconds_a_minute=2, errors_a_minute=3, timeout=3) as served, served.client() as client:
        first = client.get("/sparql", params={"query": "ASK {}"})
        assert first.headers["ratelimit-policy"] == '"seconds";q=2;w=60, "errors";q=3;w=60'
        assert client.get("/metrics").status_code == 401
        for _ in range(3):
            assert client.get("/sparql", params={"query": "nonsense"}).status_code == 400
        spent = client.get("/sparql", params={"query": "ASK {}"})
        assert spent.status_code == 429
        assert int(spent.headers["retry-after"]) > 0
        assert client.get("/health").status_code == 200
        with served.client(token=True) as other:
            assert other.get("/sparql", params={"query": "ASK {}"}).status_code == 200
            assert other.get("/sparql", params={"query": _LONG}).status_code == 504
            assert other.get("/sparql", params={"query": "ASK {}"}).status_code == 429


def test_what_another_program_stores_is_seen_soon(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", {GRAPH: lines()})
    with serving(store) as served, served.client() as client:
        with open_ours(str(store), Ids.configured()) as other:
            other.update("INSERT DATA { GRAPH <urn:other> { <urn:a> <urn:b> 1 } }")
        deadline = time.monotonic() + 20
        while client.get("/graphs?graph=urn:other").status_code == 404 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert client.get("/graphs?graph=urn:other").status_code == 200


def test_a_write_says_who_holds_the_store(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store")
    with serving(store, write_wait=0.2) as served, served.client(token=True) as client:
        with open_ours(str(store), Ids.configured()):
            answer = client.post("/sparql", data=_UPDATE)
            assert answer.status_code == 503
            assert "进程" in answer.json()["detail"]
            assert answer.headers["retry-after"]
        assert client.post("/sparql", data=_UPDATE).status_code == 204


def test_others_can_write_when_the_server_has_nothing_to(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store")
    with serving(store) as served, served.client(token=True) as client:
        client.post("/sparql", data=_UPDATE).raise_for_status()
        with open_ours(str(store), Ids.configured()) as other:
            assert other.count() == 1
        client.post("/sparql", data=_UPDATE).raise_for_status()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_what_has_begun_is_finished_when_the_server_is_stopped(ending: signal.Signals, tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", {GRAPH: lines()})
    answers: list[httpx.Response] = []
    with serving(store, timeout=1) as served, served.client() as client:
        asking = threading.Thread(target=lambda: answers.append(client.get("/sparql", params={"query": _LONG})))
        asking.start()
        _wait_for_entry(client)
        served.process.send_signal(ending)
        asking.join(20)
        assert served.process.wait(20) == 0
    assert answers[0].status_code == 504


def test_no_process_survives_a_server_that_is_killed(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store", {GRAPH: lines()})
    with serving(store) as served:
        with served.client() as client:
            asking = threading.Thread(target=_ask_and_lose, args=(client,))
            asking.start()
            _wait_for_entry(client)
        started = [*served.workers(), *children(served.process.pid)]
        served.process.kill()
        asking.join(20)
        deadline = time.monotonic() + 20
        while any(map(alive, started)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert [pid for pid in started if alive(pid)] == []


def _ask_and_lose(client: httpx.Client) -> None:
    with pytest.raises((httpx.TransportError, RuntimeError)):
        client.get("/sparql", params={"query": _LONG, "timeout": "20"})


@pytest.mark.parametrize("who", ["worker", "zygote"])
def test_a_killed_process_costs_nobody_an_answer(who: str, served: Served) -> None:
    killed = 0
    with served.client() as client:
        for _ in range(5):
            killed += kill_one(served.workers() if who == "worker" else children(served.process.pid))
            assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    assert killed
