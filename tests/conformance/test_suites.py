"""The W3C's suites of queries, updates and result formats over HTTP: not one test fewer than pyoxigraph passes alone in the same run."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from rdflib import Graph

from tests.conformance.manifests import LANGUAGES, PROTOCOLS, needs_manifests, read_cases
from tests.conformance.outcomes import REASONS, Outcome, Ran, passed
from tests.conformance.report import EARL, to_earl, to_markdown, to_row
from tests.conformance.servers import empty_server
from tests.conformance.suites import run_suites, why_no_node

PAGE = Path(__file__).parents[2] / "docs/conformance.md"
needs_node = pytest.mark.skipif(bool(why_no_node()), reason=why_no_node())


@pytest.fixture(scope="module")
def ran() -> dict[str, Ran]:
    with empty_server() as server:
        return {one.suite: one for one in run_suites(server)}


@needs_manifests
@needs_node
@pytest.mark.parametrize("suite", LANGUAGES)
def test_the_server_passes_what_the_store_passes(suite: str, ran: dict[str, Ran], capsys: pytest.CaptureFixture[str]) -> None:
    one = ran[suite]
    with capsys.disabled():
        print(f"\n{suite}: server {passed(one.server)}, store alone {passed(one.bare or {})} of {len(one.server)}")
    assert [f"{test.name}: {test.said}" for test in one.lost] == []
    assert set(one.server) == {str(case.node) for case in read_cases(LANGUAGES[suite][1])}


@needs_manifests
@needs_node
def test_each_failure_has_a_reason_and_each_reason_a_failure(ran: dict[str, Ran]) -> None:
    assert {test.name for one in ran.values() for test in one.failed} == set(REASONS)


@needs_manifests
@needs_node
def test_the_page_has_these_figures(ran: dict[str, Ran]) -> None:
    page = PAGE.read_text("utf-8")
    assert [row for row in map(to_row, ran.values()) if row not in page] == []
    assert [test.name for one in ran.values() for test in one.failed if f"| [{test.name}]" not in page] == []


# --- without the suites ---------------------------------------------------------------------------------------------


def _outcome(name: str, passed: bool) -> Outcome:
    return Outcome(test=f"http://example.org/folder/manifest#{name}", passed=passed, said="" if passed else "line one\nline two")


BOTH = {"both": (True, True), "neither": (False, False), "server": (True, False), "store": (False, True)}
SERVER = {name: _outcome(name, server) for name, (server, _) in BOTH.items()}
BARE = {name: _outcome(name, bare) for name, (_, bare) in BOTH.items()}
RAN = [Ran(suite="query", server=SERVER, bare=BARE), Ran(suite="protocol", server=SERVER)]


def test_differences_are_named() -> None:
    page = to_markdown(RAN)
    assert "| SPARQL 1.1 Query | 4 | 2 | 2 |" in page
    assert "`folder/store`：只有库通过 / passed by the store alone only：line one" in page
    assert "`folder/server`：只有服务器通过" in page
    assert [one.name for one in RAN[1].lost] == ["folder/neither", "folder/store"]  # with nothing to compare with, all have to pass
    assert set(PROTOCOLS) & set(LANGUAGES) == set()


def test_earl_has_an_assertion_for_each_outcome() -> None:
    graph = Graph().parse(data=to_earl(RAN, date(2026, 1, 2)), format="turtle")
    told = [graph.value(result, EARL.outcome) for result in graph.objects(None, EARL.result)]
    assert (told.count(EARL.passed), told.count(EARL.failed)) == (6, 6)


@pytest.mark.skipif(sys.platform == "win32", reason="没有这样的上限 / no such limit there")
def test_the_store_alone_reaches_nobody() -> None:
    asked = '{"update": "LOAD <http://127.0.0.1:9/>"}\n{"query": "ASK {", "media": "text/csv"}\n{"query": "ASK {}", "media": "text/csv"}\n'
    done = subprocess.run([sys.executable, "-m", "tests.conformance.bare"], input=asked, capture_output=True, text=True, check=True)
    reached, syntax, _ = done.stdout.splitlines()
    assert "error" in reached
    assert "Connection refused" not in reached
    assert '"syntax": true' in syntax
