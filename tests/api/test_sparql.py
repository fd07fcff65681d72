"""The SPARQL Protocol beyond what the W3C's tests ask: every form, negotiation, datasets, tags, compression, errors."""

from __future__ import annotations

import csv
import io

import httpx
import pyoxigraph as ox
import pytest
import zstandard

from tests.api.hostile import DEAR, GRAPH

_ROWS = "SELECT ?v { <urn:n1> <urn:value> ?v }"
_TRIPLES = "CONSTRUCT { <urn:n1> <urn:value> ?v } WHERE { <urn:n1> <urn:value> ?v }"
_JSON, _XML = "application/sparql-results+json", "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        pytest.param("*/*", _JSON, id="anything"),
        pytest.param("", _JSON, id="nothing-said"),
        pytest.param(_JSON, _JSON, id="json"),
        pytest.param(_XML, _XML, id="xml"),
        pytest.param("text/csv", "text/csv", id="csv"),
        pytest.param("text/tab-separated-values", "text/tab-separated-values", id="tsv"),
        pytest.param("application/json", _JSON, id="json-by-its-common-name"),
        pytest.param(f"text/csv;q=0.5, {_XML};q=0.9", _XML, id="by-quality"),
        pytest.param(f"{_JSON};q=0, */*;q=0.1", _XML, id="all-but-one"),
        pytest.param("application/*;q=0.5, text/*;q=0.9", "text/csv", id="ranges"),
        pytest.param("text/html, application/xhtml+xml, */*;q=0.8", _JSON, id="a-browser"),
        pytest.param("text/turtle, text/csv;q=0.1", "text/csv", id="what-fits-the-answer"),
        pytest.param("text/csv; charset=utf-8", "text/csv", id="with-a-parameter"),
    ],
)
def test_rows_come_in_the_form_that_is_valued_most(accept: str, media: str, client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": _ROWS}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("text/n3", ox.RdfFormat.N3),
    ],
)
def test_graphs_come_in_every_form(media: str, form: ox.RdfFormat, client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": _TRIPLES}, headers={"Accept": media})
    assert answer.headers["content-type"].partition(";")[0] == media
    assert [quad.object.value for quad in ox.parse(answer.content, form)] == ["value 1919"]  # type: ignore[union-attr]


def test_what_cannot_be_given_is_said(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": _ROWS}, headers={"Accept": "image/png", "Accept-Language": "en"})
    assert answer.status_code == 406
    assert _JSON in answer.json()["detail"]


def test_the_form_can_be_named_in_the_address(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": _ROWS, "format": "csv", "whatever": "1"}, headers={"Accept": _JSON})
    assert list(csv.reader(io.StringIO(answer.text))) == [["v"], ["value 1919"]]


def test_a_truth_has_its_forms(client: httpx.Client) -> None:
    told = [client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": media}) for media in (_JSON, _XML, "text/csv")]
    assert [answer.status_code for answer in told] == [200, 200, 200]
    assert told[0].json()["boolean"] is True
    assert "<boolean>true</boolean>" in told[1].text
    assert told[2].text == "true\n"


def test_the_default_graph_is_the_union_unless_it_is_said_otherwise(client: httpx.Client) -> None:
    ask = {"query": "ASK { <urn:n1> <urn:value> ?v }"}
    assert client.get("/sparql", params=ask).json()["boolean"] is True
    assert client.get("/sparql", params={**ask, "union-default-graph": "false"}).json()["boolean"] is False
    assert client.get("/sparql", params={**ask, "default-graph-uri": GRAPH}).json()["boolean"] is True
    assert client.get("/sparql", params={**ask, "default-graph-uri": "urn:other"}).json()["boolean"] is False
    assert client.get("/sparql", params={**ask, "named-graph-uri": GRAPH}).json()["boolean"] is False


def test_our_prefixes_need_no_declaration(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": "ASK { ?task a zp:Task }"}).json() == {"head": {}, "boolean": False}


def test_what_was_seen_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/sparql", params={"query": _ROWS})
    again = client.get("/sparql", params={"query": _ROWS}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/sparql", params={"query": _ROWS}, headers={"If-None-Match": first.headers["etag"], "Accept": "text/csv"})
    assert other.status_code == 200


def test_a_tag_changes_with_the_store(client: httpx.Client, writer: httpx.Client) -> None:
    first = client.get("/sparql", params={"query": _ROWS}).headers["etag"]
    writer.post("/sparql", data={"update": "INSERT DATA { GRAPH <urn:tagged> { <urn:a> <urn:b> 1 } }"}).raise_for_status()
    assert client.get("/sparql", params={"query": _ROWS}, headers={"If-None-Match": first}).status_code == 200
    writer.delete("/graphs?graph=urn:tagged").raise_for_status()


@pytest.mark.parametrize(
    ("query", "tagged"),
    [
        pytest.param("SELECT (NOW() AS ?x) {}", False, id="clock"),
        pytest.param("SELECT (now #then\n() AS ?x) {}", False, id="clock-behind-comment"),
        pytest.param("SELECT (1+RAND() AS ?x) {}", False, id="chance"),
        pytest.param("SELECT (STRUUID() AS ?x) {}", False, id="names"),
        pytest.param("SELECT (BNODE() AS ?x) {}", False, id="blank-nodes"),
        pytest.param('SELECT * { ?s <urn:service> ?o, "the service of now()" }', True, id="in-literal-and-iri"),
        pytest.param("SELECT * { ?service ?now ?o # SERVICE NOW()\n }", True, id="in-variable-and-comment"),
        pytest.param("PREFIX x: <urn:> SELECT * { ?s x:service ?rand, x:now }", True, id="in-prefixed-name"),
    ],
)
def test_only_what_changes_by_itself_has_no_tag(query: str, tagged: bool, client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 200, answer.text
    assert ("etag" in answer.headers) == tagged


@pytest.mark.parametrize("timeout", ["0", "-1", "5e-324", "nan", "inf", "soon", "0.0000001"])
@pytest.mark.parametrize("way", ["in the address", "in the form"])
def test_a_time_limit_that_is_none_is_refused(timeout: str, way: str, client: httpx.Client) -> None:
    given = {"query": "ASK {}", "timeout": timeout}
    answer = client.get("/sparql", params=given) if way == "in the address" else client.post("/sparql", data=given)
    assert answer.status_code == 400
    assert timeout in answer.json()["detail"]


def test_a_time_limit_in_a_form_counts(client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": DEAR["chain"], "timeout": "0.3"})
    assert (answer.status_code, answer.json()["limit"]) == (504, 0.3)


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip", "gzip"), ("zstd", "zstd"), ("gzip;q=0.5, zstd", "zstd"), ("identity", None)])
def test_long_answers_are_compressed_as_the_client_likes(accepted: str, encoding: str | None, client: httpx.Client) -> None:
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s"
    plain = client.get("/sparql", params={"query": query}, headers={"Accept-Encoding": "identity"})
    with client.stream("GET", "/sparql", params={"query": query}, headers={"Accept-Encoding": accepted}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == encoding
    assert int(answer.headers["content-length"]) == len(raw)
    assert _unpacked(raw, encoding) == plain.content
    assert len(plain.json()["results"]["bindings"]) >= 6000


def _unpacked(raw: bytes, encoding: str | None) -> bytes:
    if encoding == "gzip":
        import gzip

        return gzip.decompress(raw)
    return zstandard.ZstdDecompressor().decompressobj().decompress(raw) if encoding else raw


def test_a_head_is_an_answer_without_its_body(client: httpx.Client) -> None:
    whole = client.get("/sparql", params={"query": _ROWS})
    head = client.head("/sparql", params={"query": _ROWS})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_pages_of_other_origins_may_ask(client: httpx.Client) -> None:
    asked = {"Origin": "https://editor.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-y"}
    assert client.options("/sparql", headers=asked).headers["access-control-allow-origin"] == "*"
    assert client.get("/sparql", params={"query": "ASK {}"}, headers=asked).headers["access-control-allow-origin"] == "*"
    assert client.options("/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        pytest.param("SELECT * { ?s ?p }", "syntax", id="syntax"),
        pytest.param("SELECT ?x { ?s un:known ?o }", "syntax", id="unknown-prefix"),
        pytest.param("INSERT DATA { <urn:a> <urn:b> 1 }", "query", id="an-update"),
        pytest.param("hello", "syntax", id="no-query"),
        pytest.param("", "syntax", id="empty"),
    ],
)
def test_a_wrong_query_is_explained(query: str, kind: str, client: httpx.Client) -> None:
    told = {language: client.post("/sparql", data={"query": query}, headers={"Accept-Language": language}) for language in ("zh", "en")}
    for language, answer in told.items():
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["content-language"] == language
        assert answer.json()["type"].endswith(kind)
        assert answer.json()["request"] == answer.headers["x-request-id"]
    assert told["zh"].json()["detail"] != told["en"].json()["detail"]


def test_an_update_needs_a_token(client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"update": "DROP ALL"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_what_was_written_is_read_at_once(writer: httpx.Client, client: httpx.Client) -> None:
    for number in range(5):
        insert = f"INSERT DATA {{ GRAPH <urn:c> {{ <urn:a> <urn:n> {number} }} }}"
        update = f"DELETE {{ GRAPH <urn:c> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <urn:c> {{ ?s ?p ?o }} }} ; {insert}"
        writer.post("/sparql", content=update, headers={"Content-Type": "application/sparql-update"}).raise_for_status()
        rows = client.get("/sparql", params={"query": "SELECT ?n { GRAPH <urn:c> { ?s ?p ?n } }", "format": "csv"}).text
        assert rows.split() == ["n", str(number)]
    writer.delete("/graphs?graph=urn:c").raise_for_status()


def test_an_update_happens_as_a_whole_or_not_at_all(writer: httpx.Client, client: httpx.Client) -> None:
    update = "INSERT DATA { GRAPH <urn:half> { <urn:a> <urn:b> 1 } } ; DROP GRAPH <urn:not-there>"
    assert writer.post("/sparql", data={"update": update}).status_code == 400
    assert client.get("/graphs?graph=urn:half").status_code == 404


def test_an_update_that_takes_too_long_changes_nothing(writer: httpx.Client, client: httpx.Client) -> None:
    assert client.get("/health").status_code == 200
    assert writer.post("/sparql", data={"update": "INSERT { GRAPH <urn:x> { ?a ?b ?c } } WHERE { ?a ?b ?c . nonsense }"}).status_code == 400
    assert client.get("/graphs?graph=urn:x").status_code == 404


def test_an_answer_is_longer_than_the_memory_of_the_client_needs(client: httpx.Client) -> None:
    """A long answer comes with its length, so that one that breaks off is seen."""
    query = "SELECT * { ?s ?p ?o . ?a <urn:next> ?b FILTER(?a IN (<urn:n1>, <urn:n2>, <urn:n3>)) }"
    with client.stream("GET", "/sparql", params={"query": query, "timeout": "20"}, headers={"Accept-Encoding": "identity"}) as answer:
        size = sum(map(len, answer.iter_raw()))
    assert size == int(answer.headers["content-length"]) > 1 << 20


@pytest.mark.parametrize(
    ("text", "status", "name"),
    [
        pytest.param("LOAD <http://example.org/x>", 403, "refused", id="refused"),
        pytest.param(
            "PREFIX ex: <http://example.org/> INSERT DATA { <urn:load> ex:p 1 } ; LOAD ex:x", 403, "refused", id="after-another-step"
        ),
        pytest.param("LOAD <http://example.org/x> INTO <urn:g>", 400, "syntax", id="no-update"),
        pytest.param("BASE <http://example.org/> LOAD <x> ; LOAD", 400, "syntax", id="no-update-at-its-end"),
    ],
)
def test_what_is_no_update_is_told_before_what_is_refused(text: str, status: int, name: str, writer: httpx.Client) -> None:
    answer = writer.post("/sparql", data={"update": text})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (status, name)
    assert writer.post("/sparql", data={"query": "ASK { <urn:load> ?p ?o }"}).json()["boolean"] is False
