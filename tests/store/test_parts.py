"""The parts that the stores are made of."""

from __future__ import annotations

import random

import pytest

from kg.store.questions import calls_servers, check_query, names_graphs, verb, with_prefixes
from kg.store.writing import sorted_lines

VERBS = {
    "SELECT * {}": "SELECT",
    "# INSERT\nask {}": "ASK",
    "PREFIX insert: <http://x/#> BASE <http://y/>\nPREFIX : <z>\nCONSTRUCT {} {}": "CONSTRUCT",
    "PREFIX a: <http://x/#>DESCRIBE a:b": "DESCRIBE",
    "WITH <a:b> DELETE {} WHERE {}": "WITH",
    "": "",
    "{}": "",
}


@pytest.mark.parametrize(("text", "word"), VERBS.items())
def test_the_word_that_says_what_a_query_does(text: str, word: str) -> None:
    assert verb(text) == word


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("SELECT * FROM <a:b> {}", True),
        ("SELECT *\nfrom named <a:b> {}", True),
        ("SELECT ?from { ?from <http://x/from> ' FROM ' } # FROM", False),
        ("PREFIX from: <http://x/> SELECT * { ?s from:x 'it\\'s FROM' }", False),
    ],
)
def test_whether_a_query_names_its_graphs(text: str, named: bool) -> None:
    assert names_graphs(text) == named


def test_lines_are_sorted_on_disk_when_they_are_many() -> None:
    lines = [f"{random.randrange(10**6)}\n".encode() for _ in range(5000)]
    assert list(sorted_lines(iter(lines), run=1000)) == sorted(lines)
    assert list(sorted_lines([])) == []
