"""What every store does, whatever it is made of."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import QueryError, StoreError
from kg.store import Parcel, Store
from tests.store import samples
from tests.store.samples import CATALOGUE, ZP, again, gone, graph_of, new, ordered, plan_of, triples

TASKS = f"SELECT ?task ?order {{ ?task <{ZP}order> ?order }} ORDER BY ?order"


def test_a_new_document_is_stored_as_it_is(store: Store) -> None:
    store.apply(new(1))
    assert store.graph(graph_of(1)) == ordered(triples(1))
    assert store.graphs() == sorted([graph_of(1), CATALOGUE])
    assert store.count() == len(triples(1).splitlines()) + 3


def test_a_document_read_again_takes_the_place_of_the_first(store: Store) -> None:
    for number in (1, 2):
        store.apply(new(number))
    store.apply(again(1, tasks=2, wording="（修订）"))
    assert store.graph(graph_of(1)) == ordered(triples(1, 2, "（修订）"))
    assert store.graph(graph_of(2)) == ordered(triples(2))
    assert store.graph(CATALOGUE) == ordered(samples.entry(1) + samples.entry(2))


def test_the_same_document_again_changes_nothing(store: Store) -> None:
    store.apply(new(1))
    before = exported(store)
    store.apply(again(1))
    assert exported(store) == before


def test_a_document_withdrawn_leaves_nothing(store: Store) -> None:
    store.apply(new(1))
    store.apply(new(2))
    store.apply(gone(1))
    assert store.graphs() == sorted([graph_of(2), CATALOGUE])
    assert store.graph(graph_of(1)) == b""
    assert store.graph(CATALOGUE) == ordered(samples.entry(2))


def test_a_graph_that_is_not_there_may_be_dropped(store: Store) -> None:
    store.apply(gone(7))
    assert store.graphs() == []


def test_what_comes_is_added_to_a_shared_graph(store: Store) -> None:
    store.apply(Parcel(add={CATALOGUE: samples.entry(1)}))
    store.apply(Parcel(add={CATALOGUE: samples.entry(2)}))
    assert store.graph(CATALOGUE) == ordered(samples.entry(1) + samples.entry(2))


def test_a_long_document_with_its_whole_text(store: Store) -> None:
    """More triples than one update of Virtuoso takes, and a literal longer than its reader does."""
    words = "第一条　“公开”\\n\\t" * 9000
    text = f'<{plan_of(1)}> <{ZP}sourceText> "{words}\\r\\n完" .\n'.encode()
    data = triples(1, 250) + text
    store.apply(Parcel(add={graph_of(1): data, CATALOGUE: samples.entry(1)}))
    assert store.graph(graph_of(1)) == ordered(data)
    changed = triples(1, 251, "改") + text
    store.apply(Parcel(drop=(graph_of(1),), forget=((CATALOGUE, graph_of(1)),), add={graph_of(1): changed, CATALOGUE: samples.entry(1)}))
    assert store.graph(graph_of(1)) == ordered(changed)
    assert store.graph(CATALOGUE) == ordered(samples.entry(1))


def test_a_graph_larger_than_an_answer_of_the_server(store: Store) -> None:
    data = triples(1, 1000)
    store.apply(Parcel(add={graph_of(1): data}))
    assert store.count() == 12_003
    assert store.graph(graph_of(1)) == ordered(data)


def test_many_documents_are_acknowledged_one_by_one(store: Store) -> None:
    parcels = [new(number) for number in range(20)]
    assert list(store.load(iter(parcels))) == parcels
    assert store.graphs() == sorted([*(graph_of(number) for number in range(20)), CATALOGUE])
    assert store.graph(graph_of(13)) == ordered(triples(13))


def test_among_many_documents_one_may_replace_another(store: Store) -> None:
    store.apply(new(1))
    parcels = [new(2), again(1, 5), new(3)]
    assert list(store.load(parcels)) == parcels
    assert store.graph(graph_of(1)) == ordered(triples(1, 5))
    assert store.graph(CATALOGUE) == ordered(b"".join(map(samples.entry, (1, 2, 3))))


def test_triples_that_are_none_change_nothing(store: Store) -> None:
    store.apply(new(1))
    before = exported(store)
    for data in (b"<a:b> <a:c> .\n", b"<a:b> <a:c> <a d> .\n", b'<a:b> <a:c> "x" . } } ; DROP ALL\n'):
        parcel = Parcel(drop=(graph_of(1),), add={graph_of(2): triples(2), graph_of(1): data})
        with pytest.raises(StoreError, match="不合规范"):
            store.apply(parcel)
        assert exported(store) == before


@pytest.mark.parametrize("iri", ["", "no iri", "urn:a> } ; DROP ALL ; {"])
def test_a_graph_whose_name_is_no_iri_is_refused(store: Store, iri: str) -> None:
    with pytest.raises(StoreError):
        store.apply(Parcel(add={iri: triples(1)}))
    with pytest.raises(StoreError):
        store.apply(Parcel(drop=(iri,)))
    assert store.graphs() == []


# --- questions --------------------------------------------------------------------------------------------------


def test_rows_have_terms(store: Store) -> None:
    store.apply(new(1, 2))
    assert store.select(TASKS) == [
        {"task": ox.NamedNode(f"{plan_of(1)}/task/{n}"), "order": ox.Literal(str(n), datatype=ox.NamedNode(f"{samples.XSD}integer"))}
        for n in (1, 2)
    ]


def test_a_variable_that_is_not_bound_is_not_in_the_row(store: Store) -> None:
    store.apply(new(1, 1))
    rows = store.select(f"SELECT ?task ?note {{ ?task a <{ZP}Task> OPTIONAL {{ ?task <{ZP}note> ?note }} }}")
    assert rows == [{"task": ox.NamedNode(f"{plan_of(1)}/task/1")}]


def test_the_default_graph_is_the_union(store: Store) -> None:
    store.apply(new(1))
    both = f"SELECT ?file ?title {{ ?g <{ZP}fileName> ?file ; <{ZP}sourceDocument> ?d . ?p <{ZP}sourceDocument> ?d ; ?t ?title }}"
    assert [row["file"] for row in store.select(both + " LIMIT 1")] == [ox.Literal("要点1.docx")]


def test_a_query_may_name_its_graphs(store: Store) -> None:
    store.apply(new(1, 2))
    store.apply(new(2, 3))
    assert len(store.select(f"SELECT * FROM <{graph_of(1)}> {{ ?s a <{ZP}Task> }}")) == 2
    assert len(store.select(f"SELECT * {{ GRAPH <{graph_of(2)}> {{ ?s a <{ZP}Task> }} }}")) == 3


CHINESE = f"SELECT ?plan {{ ?plan a <{ZP}Plan> FILTER(?plan = <{plan_of(1)}>) }}"


@pytest.mark.parametrize(
    ("form", "read"),
    [
        ("json", lambda data: json.loads(data)["results"]["bindings"][0]["plan"]["value"]),
        ("csv", lambda data: data.decode().splitlines()[1].strip('"')),
        ("tsv", lambda data: data.decode().splitlines()[1].strip("<>")),
        ("xml", lambda data: ET.fromstring(data).findtext(".//{*}uri")),
    ],
    ids=["json", "csv", "tsv", "xml"],
)
def test_rows_in_each_form(store: Store, form: str, read: Callable[[bytes], str]) -> None:
    store.apply(new(1))
    assert read(store.query(CHINESE, form)) == plan_of(1)


@pytest.mark.parametrize(("pattern", "answer"), [("?s ?p ?o", True), ("<urn:no> ?p ?o", False)])
def test_yes_and_no_in_each_form(store: Store, pattern: str, answer: bool) -> None:
    store.apply(new(1))
    ask = f"ASK {{ {pattern} }}"
    assert json.loads(store.query(ask, "json"))["boolean"] is answer
    assert ET.fromstring(store.query(ask, "xml")).findtext("{*}boolean") == str(answer).lower()
    assert store.query(ask, "csv") == f"{answer}\n".lower().encode()


@pytest.mark.parametrize("form", ["nt", "ttl"])
def test_a_graph_in_each_form(store: Store, form: str) -> None:
    store.apply(new(1))
    data = store.query(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{graph_of(1)}> {{ ?s ?p ?o }} }}", form)
    kind = {"nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE}[form]
    assert {quad.triple for quad in ox.parse(data, kind)} == {quad.triple for quad in ox.parse(triples(1), ox.RdfFormat.N_TRIPLES)}


def test_a_described_node(store: Store) -> None:
    store.apply(new(1))
    assert any(triple.subject == ox.NamedNode(plan_of(1)) for triple in store.construct(f"DESCRIBE <{plan_of(1)}>"))


WRONG = {
    "a brace is missing": ("SELECT * { ?s ?p ?o", "json"),
    "a word is unknown": ("SELEKT * { ?s ?p ?o }", "json"),
    "an IRI is broken": ("SELECT * { <a b> ?p ?o }", "json"),
    "an update": ("INSERT DATA { <a:a> <a:b> <a:c> }", "json"),
    "an update behind a comment and a prefix": ("# SELECT\nPREFIX select: <http://x/#>\nDELETE WHERE { ?s ?p ?o }", "json"),
    "rows as a graph": ("SELECT * { ?s ?p ?o }", "ttl"),
    "a graph as rows": ("CONSTRUCT WHERE { ?s ?p ?o }", "csv"),
    "a form that is none": ("SELECT * { ?s ?p ?o }", "xlsx"),
}


@pytest.mark.parametrize(("text", "form"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_query_is_said_so(store: Store, text: str, form: str) -> None:
    store.apply(new(1))
    with pytest.raises(QueryError) as told:
        store.query(text, form)
    assert told.value.zh
    assert told.value.en
    assert store.graph(graph_of(1)) == ordered(triples(1))


def test_the_line_of_the_error_is_said(store: Store) -> None:
    with pytest.raises(QueryError, match="第2行"):
        store.select("SELECT *\n{ ?s ?p }")


def test_rows_are_not_taken_from_a_graph(store: Store) -> None:
    with pytest.raises(QueryError):
        store.select("CONSTRUCT WHERE { ?s ?p ?o }")
    with pytest.raises(QueryError):
        store.construct(TASKS)


def test_an_update(store: Store) -> None:
    store.apply(new(1))
    store.update(f'INSERT DATA {{ GRAPH <urn:备注> {{ <{plan_of(1)}> <{ZP}note> "已核〔1〕" }} }}')
    assert store.graph("urn:备注") == f'<{plan_of(1)}> <{ZP}note> "已核〔1〕" .\n'.encode()
    store.update("DROP SILENT GRAPH <urn:备注>")
    assert "urn:备注" not in store.graphs()


def test_a_wrong_update_changes_nothing(store: Store) -> None:
    store.apply(new(1))
    with pytest.raises(QueryError):
        store.update(f"DROP GRAPH <{graph_of(1)}> ; INSERT DATA {{ <a:b> }}")
    assert store.graph(graph_of(1)) == ordered(triples(1))


# --- the whole --------------------------------------------------------------------------------------------------


def exported(store: Store, form: str = "nq") -> bytes:
    out = io.BytesIO()
    store.export(out, form, prefixes={"zp": ZP})
    return out.getvalue()


FORMATS = {
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_content_gives_the_same_bytes(store: Store, form: str) -> None:
    for number in (3, 1, 2):
        store.apply(new(number))
    first = exported(store, form)
    with_graphs = form in {"trig", "nq"}
    quads = {quad if with_graphs else quad.triple for quad in ox.parse(first, FORMATS[form])}
    assert len(quads) == store.count()
    store.apply(Parcel(drop=tuple(store.graphs())))
    for number in (1, 3, 2):
        store.apply(new(number, 4))
        store.apply(again(number))
    assert exported(store, form) == first


def test_lines_are_sorted_and_trig_has_prefixes(store: Store) -> None:
    store.apply(new(1))
    for form in ("nq", "nt"):
        assert exported(store, form) == ordered(exported(store, form))
    assert b"@prefix zp:" in exported(store, "trig")
    assert b"zp:Plan" in exported(store, "trig")


def test_some_graphs_are_exported(store: Store) -> None:
    store.apply(new(1))
    out = io.BytesIO()
    store.export(out, "nt", [graph_of(1)])
    assert out.getvalue() == ordered(triples(1))
    with pytest.raises(StoreError, match="可用"):
        store.export(out, "docx")


def test_optimizing_keeps_everything(store: Store) -> None:
    store.apply(new(1))
    before = exported(store)
    store.optimize()
    assert exported(store) == before


def test_nothing_is_left_to_recover(store: Store) -> None:
    store.apply(new(1))
    assert store.recover() == []
    assert store.count() > 0


# --- whatever the words are ---------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0￾￿", exclude_categories=("Cs", "Cn")), max_size=60)
NAMES = st.text(st.sampled_from("渝府办〔2031〕号关于的通知（试行）·—𠀀abcXYZ019-._~"), min_size=1, max_size=20).filter(
    lambda name: name not in {".", ".."}  # segments that a server takes out of an IRI, as RFC 3986 says; no name of ours is one
)
TRICKY = [
    '"',
    "\\",
    "\n",
    "\r\n",
    "\t",
    "'",
    '"""',
    "\\u4e2d",
    "{ } ; DROP ALL",
    "<a> .",
    " . ",
    "😀𠀀",
    "&amp;<b>",
    "\x01\x7f\x85\u2028",
    "$$",
    "%d",
    "??",
    "",
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=1, max_size=4), name=NAMES)
def test_words_come_back_as_they_went(store: Store, words: list[str], name: str) -> None:
    round_trip(store, words, name)


def test_tricky_words_come_back_as_they_went(store: Store) -> None:
    round_trip(store, TRICKY, "渝府办〔2031〕5号")


def round_trip(store: Store, words: list[str], name: str) -> None:
    graph, subject = f"{samples.BASE}graph/{name}", ox.NamedNode(f"{samples.BASE}plan/{name}")
    said = ox.NamedNode(f"{ZP}text")
    data = ox.serialize([ox.Triple(subject, said, ox.Literal(word)) for word in words], format=ox.RdfFormat.N_TRIPLES)
    store.apply(Parcel(drop=(graph,), add={graph: data or b""}))
    rows = store.select(f"SELECT ?text {{ GRAPH <{graph}> {{ {subject} {said} ?text }} }}")
    assert sorted(row["text"].value for row in rows if isinstance(row["text"], ox.Literal)) == sorted(set(words))
    triples = {quad.triple for quad in ox.parse(store.graph(graph), ox.RdfFormat.N_TRIPLES)}
    assert triples == {ox.Triple(subject, said, ox.Literal(word)) for word in words}
    store.apply(Parcel(drop=(graph,)))
    assert graph not in store.graphs()
