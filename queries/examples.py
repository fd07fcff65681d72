"""The stock queries as SHACL executables, the form in which other endpoints publish their examples, for editors and language models."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import QueryError
from kg.store import Store
from ontology import prefixes
from queries.binding import bind
from queries.catalogue import StockQuery, load_library
from queries.names import resolve_name, the_one
from queries.terms import string

_SCHEMA = "https://schema.org/"
_HEADS = re.compile(r"^#\+.*\n", re.MULTILINE)
_KINDS = ("sh:SPARQLExecutable", "sh:SPARQLSelectExecutable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A stock query with the values of its example, where the store knows them; else as its file has it, every value open."""

    query: StockQuery
    text: str


def find_examples(store: Store) -> Iterator[Example]:
    """Each stock query as an example that runs on this store."""
    for query in load_library().values():
        try:
            text = bind(query, _resolved(store, query))
        except QueryError:  # the names of the example are not in this store
            text = query.text
        yield Example(query=query, text=_HEADS.sub("", text).strip() + "\n")


def _resolved(store: Store, query: StockQuery) -> dict[str, str]:
    given = {one.name: one.default for one in query.parameters if one.default is not None} | dict(query.example)
    place = the_one(resolve_name(store, "place", given["place"]), "place", given["place"]) if "place" in given else ""
    for one in query.parameters:
        if one.type == "iri" and one.name in given:
            text = given[one.name]
            given[one.name] = place if one.name == "place" else the_one(resolve_name(store, one.kind, text, place=place), one.kind, text)
    return given


def to_turtle(store: Store, *, base: str, endpoint: str) -> str:
    """The examples as Turtle: each at `base` and its name, to be asked at `endpoint`."""
    lines = [
        "@prefix sh: <http://www.w3.org/ns/shacl#> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        f"@prefix schema: <{_SCHEMA}> .\n",
    ]
    for prefix, namespace in prefixes().items():
        declared = f"[ sh:prefix {string(prefix)} ; sh:namespace {string(namespace)}^^xsd:anyURI ]"
        lines.append(f"<{base}prefixes> sh:declare {declared} .")
    for one in find_examples(store):
        query = one.query
        keywords = ", ".join(map(string, query.tags))
        lines += [
            f"\n<{base}{query.name}> a {', '.join(_KINDS)} ;",
            f"  rdfs:label {string(query.summary)}@zh, {string(query.summary_en)}@en ;",
            f"  rdfs:comment {string(query.description)}@zh, {string(query.description_en)}@en ;",
            f"  schema:keywords {keywords} ;",
            f"  schema:target <{endpoint}> ;",
            f"  sh:prefixes <{base}prefixes> ;",
            f"  sh:select {string(one.text)} .",
        ]
    return "\n".join(lines) + "\n"


def to_jsonld(store: Store, *, base: str, endpoint: str) -> str:
    """The same as JSON-LD."""
    context = {
        "sh": "http://www.w3.org/ns/shacl#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "schema": _SCHEMA,
    }
    declared = [
        {"sh:prefix": prefix, "sh:namespace": {"@value": namespace, "@type": "xsd:anyURI"}} for prefix, namespace in prefixes().items()
    ]
    graph: list[dict[str, object]] = [{"@id": f"{base}prefixes", "sh:declare": declared}]
    for one in find_examples(store):
        query = one.query
        graph.append(
            {
                "@id": f"{base}{query.name}",
                "@type": list(_KINDS),
                "rdfs:label": _both(query.summary, query.summary_en),
                "rdfs:comment": _both(query.description, query.description_en),
                "schema:keywords": list(query.tags),
                "schema:target": {"@id": endpoint},
                "sh:prefixes": {"@id": f"{base}prefixes"},
                "sh:select": one.text,
            }
        )
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=2) + "\n"


def _both(zh: str, en: str) -> list[dict[str, str]]:
    return [{"@value": zh, "@language": "zh"}, {"@value": en, "@language": "en"}]
