"""What Virtuoso 7 does otherwise than the standards, found by trying it."""

from __future__ import annotations

from pyoxigraph import RdfFormat, parse, serialize

from kg.errors import StoreError

# The graphs that a new database has of its own.
OWN_GRAPHS = frozenset(
    {
        "http://www.openlinksw.com/schemas/virtrdf#",
        "http://www.w3.org/ns/ldp#",
        "http://www.w3.org/2002/07/owl#",
        "http://localuriqaserver/sparql",
        "http://localhost:8890/sparql",
        "http://localhost:8890/DAV/",
        "urn:activitystreams-owl:map",
        "urn:core:services:sparql",
        "urn:rules.skos",
        "b3sifp",
        "b3sonto",
        "facets",
        "virtrdf-label",
    }
)
_TRIPLES = 500  # in one update: its compiler takes some thousands, and is slow with them
_LITERAL = 60_000  # bytes in one line of N-Triples; its reader fails with 500 at about 80,000


def short_enough(triples: bytes) -> bool:
    """Whether the triples fit into one update."""
    return triples.count(b"\n") <= _TRIPLES


def xml_of(triples: bytes) -> tuple[str, bytes] | None:
    """The triples as RDF/XML where a literal is too long for its reader of N-Triples, such as the whole text of a document."""
    if all(len(line) < _LITERAL for line in triples.splitlines()):
        return None
    xml = serialize(parse(triples, RdfFormat.N_TRIPLES), format=RdfFormat.RDF_XML) or b""
    return "application/rdf+xml", xml.replace(b"\r", b"&#xD;")


def cut_error(rows: str, where: str) -> StoreError:
    """It gives no more rows than its ini allows."""
    return StoreError(
        f"服务器最多给 {rows} 行，结果被截断，没有采用。请提高 ResultSetMaxRows，或用 LIMIT 和 OFFSET 分页（每页不到 {rows} 行）",
        f"the server cut the answer at {rows} rows; it was not used. Raise ResultSetMaxRows in virtuoso.ini, "
        f"or ask in pages with LIMIT and OFFSET (less than {rows} rows each)",
        file=where,
    )
