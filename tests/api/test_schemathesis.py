"""What /openapi.json says against what the server does, as schemathesis sees it: all checks, on requests of its own making."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.ids import Ids
from kg.ingestion import open_ours
from kg.refresh import refresh
from tests.api.sampled import sampled_store
from tests.api.serving import Served, serving

CONFIG = Path(__file__).with_name("schemathesis.toml")
PROGRAM = Path(sys.executable).with_name("schemathesis")
LIMIT = 300  # seconds


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of its own: with a token the requests change what is in it."""
    folder = sampled_store(tmp_path_factory.mktemp("schemathesis") / "store")
    with open_ours(str(folder), Ids()) as store:
        for _ in refresh(store, Ids()):
            pass
    with serving(folder, workers=2) as server:
        yield server


# What it found once, so that a short run does not lose it.
FOUND = {
    "graph that is no IRI": ("/api/dump?graph=c5", 400),
    "facet that is nobody's name": ("/api/facets?place=c5", 400),
    "search in a place that is none": ("/api/search?q=公开&place=c5", 400),
    "form that is empty": ("/api/queries/plans?format=", 406),
}


@pytest.mark.parametrize(("address", "status"), FOUND.values(), ids=FOUND)
def test_what_is_wrong_is_told_so(address: str, status: int, server: Served) -> None:
    with server.client() as client:
        answer = client.get(address)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.skipif(not PROGRAM.exists(), reason="没有 schemathesis / no schemathesis")
def test_the_server_does_what_its_description_says(server: Served, tmp_path: Path) -> None:
    command = [str(PROGRAM), "--config-file", str(CONFIG), "--no-color", "run", f"{server.url}/openapi.json", "--workers", "2"]
    done = subprocess.run(
        [*command, "--header", f"Authorization: Bearer {server.token}"],
        capture_output=True, text=True, encoding="utf-8", timeout=LIMIT, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
