"""The ontology, its codes, shapes, rules and checks, read from the files beside this one. Imports nothing of ours.

Graphs are those of rdflib, which takes a fifth of a second to import, and so only when one is asked for. What every
document needs (the gate, the codes) reads its files with the parser of pyoxigraph.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import pyoxigraph as ox

if TYPE_CHECKING:
    from rdflib import Graph

Severity = Literal["contradiction", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("contradiction", "warning", "info")

CODES = "https://w3id.org/zhengpu/code/"
_PREFIXES = MappingProxyType(
    {
        "zp": "https://w3id.org/zhengpu/ontology#",
        "zpc": CODES,
        "zps": "https://w3id.org/zhengpu/shapes#",
        "cpov": "http://data.europa.eu/m8g/",
        "dcterms": "http://purl.org/dc/terms/",
        "eli": "http://data.europa.eu/eli/ontology#",
        "eli-dl": "http://data.europa.eu/eli/eli-draft-legislation-ontology#",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "time": "http://www.w3.org/2006/time#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
_RDF_TERMS = ("rdf:type", "rdfs:label", "rdfs:comment")
_PRAGMA = re.compile(r"^#\+ (\w+): *(.*?) *$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """推导规则: one CONSTRUCT over the whole store, whose triples go into the graph of the rules."""

    name: str
    title: str
    title_en: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """检查: one SELECT over the whole store; each row is something missing or contradictory.

    `say` tells a row in words, its variables in braces; ?place and ?quote are where the row has evidence.
    """

    name: str
    title: str
    title_en: str
    severity: Severity
    say: str
    say_en: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """代码: one concept of a code list."""

    code: str
    zh: str
    en: str
    also: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()


def read(name: str) -> str:
    """The text of a file of the ontology."""
    return resources.files("ontology").joinpath(name).read_text("utf-8")


def prefixes() -> Mapping[str, str]:
    """The prefixes that all our files and queries use."""
    return _PREFIXES


def expand(short: str) -> str:
    """The IRI behind a prefixed name such as zp:Task."""
    prefix, _, local = short.partition(":")
    return _PREFIXES[prefix] + local


@cache
def load_ontology() -> Graph:
    """The classes and properties. Shared by all who ask: not to be changed."""
    return _graph("zhengpu.ttl")


@cache
def load_codes() -> Graph:
    """The code lists. Shared by all who ask: not to be changed."""
    return _graph("codes.ttl")


@cache
def load_shapes() -> Graph:
    """The shapes. Shared by all who ask: not to be changed."""
    return _graph("shapes.ttl")


@cache
def codes(scheme: str) -> Mapping[str, Code]:
    """The concepts of one code list by their codes, in the order of the file."""
    about: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
    for triple in ox.parse(input=read("codes.ttl"), format=ox.RdfFormat.TURTLE):
        about.setdefault(str(triple.subject), {}).setdefault(triple.predicate.value, []).append(triple.object)
    start = f"{CODES}{scheme}/"
    found = {}
    for name, said in about.items():
        if name.startswith(f"<{start}"):
            code = name[1:-1].removeprefix(start)
            words = [each for each in said[expand("skos:prefLabel")] if isinstance(each, ox.Literal)]
            labels = {each.language: each.value for each in words}
            found[code] = Code(
                code=code,
                zh=labels["zh"],
                en=labels["en"],
                also=tuple(each.value for each in said.get(expand("skos:altLabel"), ())),
                broader=tuple(each.value.removeprefix(start) for each in said.get(expand("skos:broader"), ())),
            )
    return MappingProxyType(found)


@cache
def printed_codes(scheme: str) -> Mapping[str, str]:
    """The code behind every word that is printed for it: 工作要点 is work-key-points, 逐月 is month."""
    return MappingProxyType({word: each.code for each in codes(scheme).values() for word in (each.zh, *each.also)})


@cache
def vocabulary() -> bytes:
    """The classes, properties and codes as N-Triples, as a store holds them beside its data: only what has a name."""
    named = (triple for file in ("zhengpu.ttl", "codes.ttl") for triple in ox.parse(input=read(file), format=ox.RdfFormat.TURTLE))
    kept = {
        f"{each.triple} .\n" for each in named if not isinstance(each.subject, ox.BlankNode) and not isinstance(each.object, ox.BlankNode)
    }
    return "".join(sorted(kept)).encode("utf-8")


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules, by name."""
    return tuple(Rule(name=name, title=about["title"], title_en=about["title_en"], query=query) for name, about, query in _queries("rules"))


@cache
def load_checks() -> tuple[Check, ...]:
    """The checks: contradictions first, then what is missing, then what is good to know."""
    found = [
        Check(
            name=name,
            title=about["title"],
            title_en=about["title_en"],
            severity=_severity(about["severity"]),
            say=about["say"],
            say_en=about["say_en"],
            query=query,
        )
        for name, about, query in _queries("checks")
    ]
    return tuple(sorted(found, key=lambda check: (SEVERITIES.index(check.severity), check.name)))


@cache
def context() -> Mapping[str, Any]:
    """The JSON-LD context: short English names for every term that is written."""
    return MappingProxyType(json.loads(read("context.jsonld")))


@cache
def known_terms() -> frozenset[str]:
    """Every term that a graph may be written with: ours, those of the vocabularies used, and the codes."""
    from rdflib import URIRef

    ours = {str(term) for graph in (load_ontology(), load_codes()) for term in graph.subjects() if isinstance(term, URIRef)}
    return frozenset(ours | vocabulary_terms().keys() | {expand(term) for term in _RDF_TERMS})


@cache
def vocabulary_terms() -> Mapping[str, str]:
    """The terms of the foreign vocabularies as their snapshots list them: IRI to what it is (class, property, individual)."""
    folder = resources.files("ontology").joinpath("vocabularies")
    found: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".txt"):
            rows = (line.split() for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#"))
            found |= {iri: kind for kind, iri in rows}
    return MappingProxyType(found)


def _graph(name: str) -> Graph:
    from rdflib import Graph

    return Graph().parse(data=read(name), format="turtle")


def _queries(folder: str) -> Iterator[tuple[str, dict[str, str], str]]:
    files = [file for file in resources.files("ontology").joinpath(folder).iterdir() if file.name.endswith(".rq")]
    for file in sorted(files, key=lambda each: each.name):
        query = file.read_text("utf-8")
        yield file.name.removesuffix(".rq"), dict(_PRAGMA.findall(query)), query


def _severity(text: str) -> Severity:
    return next(each for each in SEVERITIES if each == text)
