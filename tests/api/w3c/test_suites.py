"""The W3C's query, update and result suites over HTTP: not one test fewer than pyoxigraph passes by itself in the same run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.serving import Served, make_store, serving
from tests.api.w3c.engines import Bare, OverHttp
from tests.api.w3c.manifests import needs_suites, read_cases
from tests.api.w3c.suites import passes

pytestmark = needs_suites
SUITES = {name: read_cases(f"manifest-sparql11-{name}.ttl") for name in ("query", "update", "results")}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(make_store(tmp_path_factory.mktemp("suites") / "store"), log="json") as server:
        yield server


@pytest.mark.parametrize("suite", SUITES)
def test_the_server_passes_what_the_store_passes(suite: str, served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    bare = Bare()
    with served.client(token=True) as client:
        ours = OverHttp(client)
        told = {case.name: (passes(case, bare), passes(case, ours)) for case in SUITES[suite]}
    theirs_only = [name for name, (theirs, us) in told.items() if theirs and not us]
    with capsys.disabled():
        print(f"\n{suite}: bare {sum(a for a, _ in told.values())}, over HTTP {sum(b for _, b in told.values())} of {len(told)}")
    assert not theirs_only
