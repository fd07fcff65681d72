"""IRIs to addresses and back."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.linked.addresses import DATA, PAGE, document_path, iris_of, page_path, to_uri
from kg.ids import Ids, segment, unescape

IDS = Ids("https://example.org/id/")
SEGMENTS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1).map(segment).filter(bool), min_size=1, max_size=4)


@given(SEGMENTS)
def test_whatever_is_printed_its_address_leads_back(parts: list[str]) -> None:
    rest = "/".join(parts)
    sent = quote(rest, safe="/%~")  # what a browser sends for it
    assert unescape(sent) == rest
    assert iris_of(IDS.base, sent)[0] == IDS.base + rest


@given(SEGMENTS)
def test_a_document_has_a_path_of_its_own(parts: list[str]) -> None:
    iri = IDS.base + "/".join(parts)
    address = urlsplit(document_path(PAGE, iri, IDS))
    if address.path == PAGE:
        assert parse_qs(address.query)["iri"] == [iri]
    else:
        assert iris_of(IDS.base, address.path.removeprefix(f"{PAGE}/"))[0] == iri
    assert address.path.isascii()
    assert to_uri(iri).isascii()


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        ("https://example.org/id/plan/1/task/3", "/data/plan/1/task/3?format=ttl"),
        ("https://example.org/id/计划", "/data/%E8%AE%A1%E5%88%92?format=ttl"),
        ("https://example.org/id/a%20b", "/data/a%20b?format=ttl"),
        ("https://example.org/id/a?b", "/data?iri=https%3A%2F%2Fexample.org%2Fid%2Fa%3Fb&format=ttl"),
        ("https://example.org/id/a/../b", "/data?iri=https%3A%2F%2Fexample.org%2Fid%2Fa%2F..%2Fb&format=ttl"),
        ("https://example.org/id//a", "/data?iri=https%3A%2F%2Fexample.org%2Fid%2F%2Fa&format=ttl"),
        ("https://example.org/id/", "/data?iri=https%3A%2F%2Fexample.org%2Fid%2F&format=ttl"),
        ("urn:x", "/data?iri=urn%3Ax&format=ttl"),
    ],
)
def test_what_a_path_cannot_hold_is_named_by_a_parameter(iri: str, path: str) -> None:
    assert document_path(DATA, iri, IDS, {"format": "ttl", "offset": 0}) == path


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("%E8%AE%A1%E5%88%92", "计划"),
        ("%e8%ae%a1", "计"),
        ("%C3%97", "%C3%97"),
        ("%c3%97", "%C3%97"),
        ("%2F", "%2F"),
        ("%41", "A"),
        ("%2541", "%2541"),
        ("%FF", "%FF"),
        ("a b", "a b"),
        ("100%", "100%"),
    ],
)
def test_escapes_are_decoded_once_and_only_where_identifiers_have_none(sent: str, meant: str) -> None:
    assert unescape(sent) == meant


def test_the_iri_as_it_was_sent_may_be_meant_too() -> None:
    assert iris_of("urn:", "%c3%97%2f") == ("urn:%C3%97%2F", "urn:%c3%97%2f", "urn:×%2f")


def test_a_term_is_read_about_on_the_page_of_the_ontology() -> None:
    assert page_path("https://w3id.org/zhengpu/ontology#Task", IDS) == "/ontology#Task"
    assert page_path("https://w3id.org/zhengpu/ontology", IDS, "en") == "/ontology?lang=en"
    assert page_path("https://w3id.org/zhengpu/code/role/lead", IDS).startswith("/page?iri=")
