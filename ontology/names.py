"""What terms are called, for people: ours by their labels, those of the standards by a table of ours."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from urllib.parse import unquote

import pyoxigraph as ox

from ontology import expand, prefixes, read

Words = tuple[str, str]  # in Chinese and in English


@cache
def term_names() -> Mapping[str, Words]:
    """The names of all terms that the graph is written with, by their IRIs."""
    found = {expand(short): (words[0], words[1]) for table in _foreign().values() for short, words in table.items()}
    ours: dict[str, dict[str, str]] = {}
    for file in ("zhengpu.ttl", "codes.ttl"):
        for triple in ox.parse(input=read(file), format=ox.RdfFormat.TURTLE):
            if triple.predicate.value in _LABELS and isinstance(triple.object, ox.Literal) and isinstance(triple.subject, ox.NamedNode):
                ours.setdefault(triple.subject.value, {})[triple.object.language or ""] = triple.object.value
    found |= {iri: (words.get("zh", ""), words.get("en", "")) for iri, words in ours.items()}
    return MappingProxyType(found)


@cache
def foreign_properties() -> tuple[str, ...]:
    """The properties of the standards that have a name here."""
    return tuple(expand(short) for short in _foreign()["properties"])


@cache
def properties() -> tuple[str, ...]:
    """Every property that the graph may be written with: ours and those of the standards."""
    kinds = {expand(f"owl:{kind}Property") for kind in ("Object", "Datatype", "Annotation")}
    triples = ox.parse(input=read("zhengpu.ttl"), format=ox.RdfFormat.TURTLE)
    ours = {one.subject.value for one in triples if one.predicate.value == _TYPE and getattr(one.object, "value", "") in kinds}
    return tuple(sorted({*ours, *foreign_properties()}))


def short_name(iri: str) -> str:
    """A prefixed name such as zp:Task; where no prefix of ours fits, the last part of the IRI."""
    for prefix, start in prefixes().items():
        if iri.startswith(start) and iri != start:
            return f"{prefix}:{unquote(iri.removeprefix(start))}"
    return unquote(iri.rstrip("/#").replace("#", "/").rpartition("/")[2]) or iri


@cache
def _foreign() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(read("foreign.toml"))


_LABELS = frozenset({expand("rdfs:label"), expand("skos:prefLabel")})
_TYPE = expand("rdf:type")
