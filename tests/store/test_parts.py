"""The parts that the stores are made of."""

from __future__ import annotations

import random

import pytest

from kg.errors import QueryError
from kg.store import open_store
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


ELSEWHERE = "<http://127.0.0.1:1/x>"
CALL = f"SERVICE {ELSEWHERE} {{ ?s ?p ?o }}"
CALLS = {
    "plain": f"SELECT * {{ {CALL} }}",
    "small and silent": f"SELECT * {{ service silent {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "glued": f"SELECT * {{ ?s ?p 1SERVICE{ELSEWHERE}{{?s ?p ?o}} }}",
    "behind a name": f"PREFIX e: <e:> SELECT * {{ ?s ?p e:o.SERVICE{ELSEWHERE}{{?s ?p ?o}} }}",
    "by a prefix without name": f"PREFIX : {ELSEWHERE} SELECT * {{ ?s ?p trueSERVICE:{{?s ?p ?o}} }}",
    "behind an escaped quote": f"PREFIX e: <e:> SELECT * {{ {{ e:a\\' e:b 1 }} UNION {{ {CALL} }} UNION {{ e:a\\' e:b 1 }} }}",
    "behind an escaped hash": f"PREFIX e: <e:> SELECT * {{ e:a\\#b e:b ?x . {CALL} }}",
    "behind an escape in an IRI": f"SELECT * {{ VALUES ?v {{ <http://x/\\u0041#y> }} {CALL} }}",
    "behind a quote in an IRI": f"SELECT * {{ VALUES ?v {{ <http://x/'y> }} {CALL} VALUES ?w {{ <http://x/'y> }} }}",
    "behind a comparison": f"SELECT * {{ BIND(1<2 AS ?b) {CALL} FILTER(1>0) }}",
    "behind a comment that a carriage return ends": f"SELECT * {{ # x\r {CALL} \n }}",
}


@pytest.mark.parametrize("text", CALLS.values(), ids=CALLS.keys())
def test_a_query_that_asks_other_servers_is_refused(text: str) -> None:
    assert calls_servers(text)
    with pytest.raises(QueryError, match="SERVICE"):
        check_query(text)
    check_query(text, federated=True)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service a <http://x/service> } # SERVICE",
        "PREFIX cpsv: <http://x/> SELECT * { ?s a cpsv:PublicService ; cpsv:note 'SERVICE <x>' }",
        'ASK { ?s ?p """a "SERVICE" b""" }',
    ],
)
def test_the_word_alone_asks_nobody(text: str) -> None:
    check_query(text)


DEEP = {
    "braces": lambda count: "SELECT * " + "{" * count + "}" * count,
    "brackets": lambda count: "SELECT (" + "(" * count + "1" + ")" * count + " AS ?x) {}",
    "lists": lambda count: "SELECT * { ?s ?p " + "(" * count + "1" + ")" * count + " }",
    "nodes": lambda count: "SELECT * { ?s ?p " + "[ ?p " * count + "1" + "]" * count + " }",
    "EXISTS": lambda count: "SELECT * { " + "FILTER EXISTS { " * count + "}" * count + " }",
    "sums": lambda count: "SELECT (1" + "+1" * count + " AS ?x) {}",
    "no": lambda count: "SELECT * { FILTER(" + "!" * count + "true) }",
    "or": lambda count: "SELECT * { FILTER(1=1" + " || 1=1" * count + ") }",
    "UNION": lambda count: "SELECT * { {}" + " UNION {}" * count + " }",
    "OPTIONAL": lambda count: "SELECT * { " + "OPTIONAL { ?s ?p ?o }" * count + " }",
    "BIND": lambda count: "SELECT * { " + "".join(f"BIND(1 AS ?x{at}) " for at in range(count)) + " }",
    "a path": lambda count: "SELECT * { ?s <a:a>" + "|<a:a>" * count + " ?o }",
}


@pytest.mark.parametrize("shape", DEEP)
def test_a_query_that_would_break_the_parser_is_refused(shape: str) -> None:
    """The parser and the evaluator end the process at some hundreds or thousands of these; what passes is asked of a real store."""
    with open_store("memory") as store:
        store.query(DEEP[shape](40), "json")
        for count in (400, 5000):
            with pytest.raises(QueryError, match="最多"):
                store.query(DEEP[shape](count), "json")


def test_many_values_are_no_deep_query() -> None:
    with open_store("memory") as store:
        assert len(store.select("SELECT ?x { VALUES (?x ?y) {" + "(1 2)" * 5000 + "} }")) == 5000


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("ASK {}", "PREFIX a: <urn:a> PREFIX b: <urn:b> ASK {}"),
        ("prefix a: <urn:x>\nASK {}", "PREFIX b: <urn:b> prefix a: <urn:x>\nASK {}"),
        ("# PREFIX a: <urn:x>\nASK {}", "PREFIX a: <urn:a> PREFIX b: <urn:b> # PREFIX a: <urn:x>\nASK {}"),
    ],
)
def test_prefixes_that_a_query_does_not_declare(text: str, full: str) -> None:
    assert with_prefixes(text, {"a": "urn:a", "b": "urn:b"}) == full


def test_lines_are_sorted_on_disk_when_they_are_many() -> None:
    lines = [f"{random.randrange(10**6)}\n".encode() for _ in range(5000)]
    assert list(sorted_lines(iter(lines), run=1000)) == sorted(lines)
    assert list(sorted_lines([])) == []
