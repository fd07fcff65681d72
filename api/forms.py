"""The written forms of answers and graphs, by their media types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from starlette.requests import Request

from api.negotiation import choose
from kg.store.serving import Forms

# In order of our liking: the first is what a client gets that takes anything.
ROWS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
GRAPHS: Mapping[str, str] = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/trig": "trig",
    "application/n-quads": "nq",
    "text/n3": "n3",
    "text/plain": "nt",
    "application/json": "jsonld",
    "application/xml": "rdfxml",
    "text/xml": "rdfxml",
    "application/x-turtle": "ttl",
    "text/rdf+n3": "n3",
}
TRUTH: Mapping[str, str] = {**ROWS, "text/plain": "csv"}

_CHARSET = "; charset=utf-8"
MEDIA: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv" + _CHARSET + "; header=present",
    "tsv": "text/tab-separated-values" + _CHARSET,
    "ttl": "text/turtle" + _CHARSET,
    "nt": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "trig": "application/trig" + _CHARSET,
    "nq": "application/n-quads",
    "n3": "text/n3" + _CHARSET,
}
_NAMES = {
    "turtle": "ttl", "ntriples": "nt", "n-triples": "nt", "nquads": "nq", "n-quads": "nq", "rdf": "rdfxml", "rdf+xml": "rdfxml",
    "json-ld": "jsonld", "application/json": "json",
}  # fmt: skip


def forms_of(request: Request, asked: str = "") -> Forms:
    """The form for each kind of answer: as `format` asks for it by name or media type, else by the Accept header."""
    return _forms(request.headers.get("accept"), asked)


@lru_cache(maxsize=1024)
def _forms(accept: str | None, asked: str) -> Forms:
    named = asked.strip().lower().replace(" ", "+")
    if named:
        name = _NAMES.get(named, named)
        rows = ROWS.get(named) or (name if name in ROWS.values() else None)
        graph = GRAPHS.get(named) or (name if name in GRAPHS.values() else None)
        if rows or graph:
            fitting = {"json": "jsonld", "xml": "rdfxml"}.get(rows or "")
            return Forms(rows=rows or "json", truth=rows or "json", graph=graph or fitting or "ttl")
    return Forms(rows=choose(accept, ROWS), truth=choose(accept, TRUTH), graph=choose(accept, GRAPHS))
