"""The API on a store behind a server: filled by an upload, asked for resources, held to the same limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.serving import Served, serving
from tests.api.uploads import DOCUMENTS, follow
from tests.conftest import PLACES
from tests.store import servers

FILES = ("city-2021.docx", "district-2021.txt", "district-2022.txt")
UNIT = "区财政局@澄湖区"
LIMIT = 3  # seconds


@pytest.fixture(scope="module", params=["fuseki", "virtuoso"])
def behind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of ours on a store behind another, which the samples were uploaded to."""
    folder = tmp_path_factory.mktemp(request.param)
    settings = {"tokens_file": folder / "tokens.toml", "jobs": folder / "jobs", "timeout": 60, "timeout_ceiling": 120, "write_timeout": 300}
    with getattr(servers, request.param)(folder) as url:
        where = f"{url}/ds" if request.param == "fuseki" else url.replace("http://", "http://dba:dba@")
        with (
            serving(where, places=PLACES, workers=2, catch_up=False, **settings) as server,
            server.client(token=True, timeout=600) as client,
        ):
            files = [("file", (name, (DOCUMENTS / name).read_bytes())) for name in FILES]
            job = client.post("/api/ingestions", files=files).json()
            last = list(follow(client, job["id"]))[-1]
            told = client.get(f"/api/ingestions/{job['id']}").json()
            assert (last["event"], told["progress"]["stored"]) == ("done", len(FILES)), told
            yield server


@pytest.fixture
def asker(behind: Served) -> Iterator[httpx.Client]:
    with behind.client(timeout=120) as client:
        yield client


def asked(client: httpx.Client, path: str, **parameters: object) -> dict[str, Any]:
    answer = client.get(path, params={name: str(value) for name, value in parameters.items()} or None)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


LISTS = (
    "/api/plans", "/api/tasks", "/api/units", "/api/instruments", "/api/documents", "/api/lineage", "/api/lineage/pairs",
    f"/api/units/{UNIT}/obligations", "/api/deadlines", "/api/plans/澄政办发〔2021〕20号/tasks",
)  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
def test_lists_have_items_and_pages(path: str, asker: httpx.Client) -> None:
    page = asked(asker, path, limit=2)
    assert page["items"]
    if page["more"]:
        assert asked(asker, path, limit=2, offset=2)["items"] != page["items"]


def test_lists_are_narrowed(asker: httpx.Client) -> None:
    tasks = asked(asker, "/api/tasks", unit=UNIT, limit=200)["items"]
    assert 0 < len(tasks) < len(asked(asker, "/api/tasks", limit=200)["items"])
    assert {plan["year"] for plan in asked(asker, "/api/plans", year=2022)["items"]} == {2022}


def test_one_thing_is_told_with_all_that_it_says(asker: httpx.Client) -> None:
    task = asked(asker, "/api/tasks", limit=1)["items"][0]
    assert asked(asker, task["links"]["self"])["iri"] == task["iri"]
    assert asked(asker, f"/api/units/{UNIT}")["iri"]
    document = asked(asker, "/api/documents")["items"][0]
    assert "政务公开" in asker.get(f"/api/documents/{document['sha256']}/text").text


def test_the_graph_around_a_node_and_figures(asker: httpx.Client) -> None:
    around = asked(asker, "/api/graph", node=UNIT)
    assert len(around["nodes"]) > 2
    assert around["edges"]
    assert asked(asker, "/api/statistics")["plans"]
    assert asked(asker, "/api/matrix")


def test_queries_search_and_dumps(asker: httpx.Client) -> None:
    rows = asked(asker, "/sparql", query="SELECT (COUNT(DISTINCT ?t) AS ?n) { ?t a zp:Task }")["results"]["bindings"]
    assert int(rows[0]["n"]["value"]) > 100
    assert asked(asker, "/api/queries/tasks-of-unit", unit=UNIT, limit=3)["rows"]
    assert asked(asker, "/api/search", q="财政")["hits"]
    assert b"zhengpu" in asker.get("/api/dump?format=nq").content


def test_limits_hold_and_others_are_answered(asker: httpx.Client) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?c), STR(?f)) = STR(?i)) }"
    answer = asker.post("/sparql", data={"query": query, "timeout": str(LIMIT)})
    assert answer.status_code == 504, answer.text
    assert answer.json()["limit"] == LIMIT
    assert asked(asker, "/sparql", query="ASK { ?s a zp:Plan }")["boolean"] is True


@pytest.mark.parametrize("path", ["/ready", "/.well-known/void", "/sparql", "/metrics"])
def test_the_server_tells_of_itself(path: str, asker: httpx.Client) -> None:
    assert asker.get(path, headers={"Accept": "*/*"}).status_code == 200
