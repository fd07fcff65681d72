"""The Graph Store Protocol beyond the W3C's tests: scopes, forms, names, several parts, the description of the service."""

from __future__ import annotations

import time

import httpx
import pyoxigraph as ox
import pytest

_TURTLE = b"<urn:a> <urn:b> [ <urn:c> 1 ] ."
_HEADERS = {"Content-Type": "text/turtle"}


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_graph_is_changed_with_a_token_only(method: str, client: httpx.Client) -> None:
    assert client.request(method, "/graphs?graph=urn:x", content=_TURTLE, headers=_HEADERS).status_code == 401


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("", id="no-name"),
        pytest.param("?graph=urn:a&default", id="two-names"),
        pytest.param("?graph=urn:a&graph=urn:b", id="two-graphs"),
        pytest.param("?graph=relative", id="relative"),
        pytest.param("?graph=not%20an%20iri", id="no-iri"),
        pytest.param("?graph=urn:a%3E%20%7B%7D%20%3B%20DROP%20ALL", id="an-update-in-it"),
    ],
)
def test_a_graph_has_one_name_that_is_an_iri(query: str, writer: httpx.Client) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert writer.request(method, f"/graphs{query}", content=_TURTLE, headers=_HEADERS).status_code == 400


@pytest.mark.parametrize(
    ("media", "content"),
    [
        ("text/turtle", b"<urn:a> <urn:b> <urn:c> ."),
        ("application/n-triples", b"<urn:a> <urn:b> <urn:c> .\n"),
        ("application/ld+json", b'{"@id":"urn:a","urn:b":{"@id":"urn:c"}}'),
        ("application/rdf+xml", b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
         b'<r:Description r:about="urn:a">'
         b'<u:b r:resource="urn:c"/></r:Description></r:RDF>'),
        ("text/n3", b"<urn:a> <urn:b> <urn:c> ."),
        ("", b"<urn:a> <urn:b> <urn:c> ."),
    ],
)  # fmt: skip
def test_a_graph_comes_in_every_form(media: str, content: bytes, writer: httpx.Client) -> None:
    headers = {"Content-Type": media} if media else {}
    writer.put("/graphs?graph=urn:form", content=content, headers=headers).raise_for_status()
    answer = writer.get("/graphs?graph=urn:form", headers={"Accept": "application/n-triples"})
    assert answer.text == "<urn:a> <urn:b> <urn:c> .\n"
    assert writer.delete("/graphs?graph=urn:form").status_code == 204


@pytest.mark.parametrize(("media", "status"), [("image/png", 415), ("application/trig", 415), ("text/turtle", 400)])
def test_what_is_no_graph_is_refused(media: str, status: int, writer: httpx.Client) -> None:
    answer = writer.put("/graphs?graph=urn:no", content=b"<urn:a> nonsense", headers={"Content-Type": media})
    assert answer.status_code == status
    assert writer.get("/graphs?graph=urn:no").status_code == 404


def test_blank_nodes_of_two_bodies_stay_apart(writer: httpx.Client) -> None:
    for _ in range(2):
        writer.post("/graphs?graph=urn:blank", content=b"_:x <urn:b> 1 .", headers=_HEADERS).raise_for_status()
    answer = writer.get("/graphs?graph=urn:blank", headers={"Accept": "application/n-triples"})
    assert len({quad.subject for quad in ox.parse(answer.content, ox.RdfFormat.N_TRIPLES)}) == 2
    writer.delete("/graphs?graph=urn:blank").raise_for_status()


def test_an_empty_graph_is_there(writer: httpx.Client) -> None:
    assert writer.put("/graphs?graph=urn:empty", content=b"", headers=_HEADERS).status_code == 201
    assert writer.get("/graphs?graph=urn:empty").status_code == 200
    assert writer.put("/graphs?graph=urn:empty", content=b"", headers=_HEADERS).status_code == 204
    assert writer.delete("/graphs?graph=urn:empty").status_code == 204
    assert writer.delete("/graphs?graph=urn:empty").status_code == 404


def test_a_graph_may_be_large(writer: httpx.Client) -> None:
    lines = b"".join(b"<urn:s%d> <urn:p> %d .\n" % (number, number) for number in range(20_000))
    writer.put("/graphs?graph=urn:large", content=lines, headers=_HEADERS).raise_for_status()
    answer = writer.get("/graphs?graph=urn:large", headers={"Accept": "application/n-triples"})
    assert answer.text.count("\n") == 20_000
    writer.delete("/graphs?graph=urn:large").raise_for_status()


def test_a_form_of_many_parts_has_an_end(writer: httpx.Client) -> None:
    files = [("f", (f"{number}.ttl", b"<urn:a> <urn:b> 1 .", "text/turtle")) for number in range(200)]
    assert writer.post("/graphs?graph=urn:parts", files=files).status_code == 400


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void", "/.well-known/sparql-examples"])
@pytest.mark.parametrize(
    ("media", "form"), [("text/turtle", ox.RdfFormat.TURTLE), ("application/ld+json", ox.RdfFormat.JSON_LD), ("*/*", ox.RdfFormat.TURTLE)]
)
def test_the_service_describes_itself(path: str, media: str, form: ox.RdfFormat, client: httpx.Client) -> None:
    answer = client.get(path, headers={"Accept": media})
    triples = {(quad.predicate.value, str(quad.object)) for quad in ox.parse(answer.content, form, base_iri="urn:base")}
    wanted = {
        "/sparql": "http://www.w3.org/ns/sparql-service-description#endpoint",
        "/.well-known/void": "http://rdfs.org/ns/void#propertyPartition",
        "/.well-known/sparql-examples": "http://www.w3.org/ns/shacl#select",
    }
    assert wanted[path] in {predicate for predicate, _ in triples}
    for _ in range(20):  # what a test before has changed may come to be shown meanwhile; only an answer of one state has a tag
        if "etag" in answer.headers:
            break
        time.sleep(0.2)
        answer = client.get(path, headers={"Accept": media})
    again = client.get(path, headers={"Accept": media, "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
