"""The W3C's tests of the protocols and of the service description: all of them."""

from __future__ import annotations

import pytest

from tests.conformance.manifests import PROTOCOLS, needs_manifests
from tests.conformance.outcomes import Ran
from tests.conformance.protocols import run_protocols
from tests.conformance.servers import empty_server

pytestmark = needs_manifests
COUNTS = {"protocol": 34, "graph-store": 13, "description": 3}


@pytest.fixture(scope="module")
def ran() -> dict[str, Ran]:
    with empty_server() as server:
        return {one.suite: one for one in run_protocols(server)}


@pytest.mark.parametrize("suite", PROTOCOLS)
def test_all_tests_pass(suite: str, ran: dict[str, Ran]) -> None:
    assert [f"{one.name}: {one.said}" for one in ran[suite].failed] == []
    assert len(ran[suite].server) == COUNTS[suite]
