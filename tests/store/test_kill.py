"""A writer that is killed at any moment loses nothing that it acknowledged and leaves nothing half done."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.store import Store, open_store
from tests.store.conftest import address
from tests.store.samples import CATALOGUE, entry, graph_of, ordered, triples
from tests.store.writer import TASKS

COUNT = 400


def killed(where: str, how: str, first: int, after: float) -> list[int]:
    """Run a writer and kill it so many seconds after it began; what it acknowledged."""
    command = [sys.executable, "-m", "tests.store.writer", where, how, str(first), str(COUNT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "open\n"
        time.sleep(after)
        writer.kill()
        return [int(line) for line in writer.stdout.read().splitlines() if line]


def check_whole(store: Store, numbers: range, acknowledged: list[int]) -> None:
    """Every acknowledged document is whole, and so is every other that is there at all."""
    listed = set(store.graph(CATALOGUE).splitlines(keepends=True))
    there = set(store.graphs())
    for number in numbers:
        whole = graph_of(number) in there
        assert whole or number not in acknowledged
        assert set(entry(number).splitlines(keepends=True)) & listed == (set(entry(number).splitlines(keepends=True)) if whole else set())
        if whole:
            assert store.graph(graph_of(number)) == ordered(triples(number, TASKS))


@pytest.mark.parametrize("how", ["apply", "load"])
def test_killed_among_new_documents(tmp_path: Path, how: str) -> None:
    where = str(tmp_path / "data")
    random.seed(how)
    for turn in range(3):
        acknowledged = killed(where, how, turn * COUNT, random.uniform(0.05, 1.2))
        with open_store(where) as store:
            check_whole(store, range(turn * COUNT, (turn + 1) * COUNT), acknowledged)
        assert not list(Path(where).glob("live-1/bulk-*")), "what a killed bulk load left is cleared away"


def test_killed_while_a_document_is_replaced(tmp_path: Path) -> None:
    where = str(tmp_path / "data")
    last = 0
    for turn in range(3):
        acknowledged = killed(where, "replace", turn * COUNT, random.uniform(0.2, 1.0))
        last = max([last, *acknowledged])
        with open_store(where, read_only=True) as store:  # a reader sees it too
            found = re.search("第([0-9]+)稿", store.graph(graph_of(0)).decode())
            if not found:
                assert (last, store.count()) == (0, 0)
                continue
            assert int(found[1]) >= last
            assert store.graph(graph_of(0)) == ordered(triples(0, TASKS, found[0]))
            assert store.graph(CATALOGUE) == ordered(entry(0))


def test_killed_on_the_way_to_virtuoso(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    where = address("virtuoso", request, tmp_path)
    for turn in range(2):
        first = 10_000 + turn * COUNT
        acknowledged = killed(where, "load", first, random.uniform(0.1, 0.6))
        with open_store(where) as store:
            store.recover()
            check_whole(store, range(first, first + COUNT), acknowledged)
