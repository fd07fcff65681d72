"""What the ontology says of its own terms, for the pages and documents that show it to people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal as OneOf

import pyoxigraph as ox

from ontology import CODES, Code, codes, expand, read

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Words = tuple[str, str]  # in Chinese and in English
Kind = OneOf["class", "object", "datatype", "annotation"]
_KINDS = {"class": "owl:Class", "object": "owl:ObjectProperty", "datatype": "owl:DatatypeProperty", "annotation": "owl:AnnotationProperty"}
_TRAITS = {"owl:FunctionalProperty": "functional", "owl:TransitiveProperty": "transitive", "owl:SymmetricProperty": "symmetric"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How a class has a property: how often, and with which values: those of a term, of a code list, or IRIs of a pattern."""

    property: str
    label: str
    count: str
    kind: OneOf["term", "code", "iri"]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class or property of ours."""

    iri: str
    label: Words
    definition: Words
    example: Words
    above: tuple[str, ...]  # of a class
    domain: tuple[str, ...]
    range: tuple[str, ...]
    kind_of: tuple[str, ...]  # of a property
    traits: tuple[str, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A code list; one without codes here has them in the registry."""

    name: str
    label: Words
    codes: tuple[Code, ...]


def describe_terms(kind: Kind) -> Iterator[Term]:
    """The terms of ours of one kind, in the order of their names."""
    facts = _facts("zhengpu.ttl")
    found = {each.value for each in facts.subjects("rdf:type", _KINDS[kind]) if each.value.startswith(expand("zp:"))}
    return (_term(facts, ox.NamedNode(each)) for each in sorted(found))


def describe_schemes() -> Iterator[Scheme]:
    """The code lists, in the order of their file."""
    facts = _facts("codes.ttl")
    for scheme in facts.subjects("rdf:type", "skos:ConceptScheme"):
        name = scheme.value.removeprefix(CODES)
        yield Scheme(name=name, label=facts.says(scheme, "skos:prefLabel"), codes=tuple(codes(name).values()))


@dataclass(frozen=True, slots=True)
class _Facts:
    """The triples of one file, found from either end, in the order of the file."""

    forward: dict[tuple[Node, str], list[Node]]
    backward: dict[tuple[str, Node], list[ox.NamedNode]]

    def subjects(self, predicate: str, value: str | Node) -> list[ox.NamedNode]:
        return self.backward.get((expand(predicate), ox.NamedNode(expand(value)) if isinstance(value, str) else value), [])

    def objects(self, subject: Node, predicate: str) -> list[Node]:
        return self.forward.get((subject, expand(predicate)), [])

    def value(self, subject: Node, predicate: str) -> Node | None:
        return next(iter(self.objects(subject, predicate)), None)

    def text(self, subject: Node, predicate: str) -> str:
        """The words or the IRI; nothing where there are none."""
        found = self.value(subject, predicate)
        return found.value if isinstance(found, (ox.NamedNode, ox.Literal)) else ""

    def iris(self, subject: Node, predicate: str) -> tuple[str, ...]:
        return tuple(one.value for one in self.objects(subject, predicate) if isinstance(one, ox.NamedNode))

    def says(self, subject: Node, predicate: str) -> Words:
        words = {one.language: one.value for one in self.objects(subject, predicate) if isinstance(one, ox.Literal)}
        return words.get("zh", ""), words.get("en", "")


@cache
def _facts(file: str) -> _Facts:
    facts = _Facts({}, {})
    for triple in ox.parse(input=read(file), format=ox.RdfFormat.TURTLE):
        facts.forward.setdefault((triple.subject, triple.predicate.value), []).append(triple.object)
        if isinstance(triple.subject, ox.NamedNode):
            facts.backward.setdefault((triple.predicate.value, triple.object), []).append(triple.subject)
    return facts


def _term(facts: _Facts, term: ox.NamedNode) -> Term:
    kinds = facts.iris(term, "rdf:type")
    return Term(
        iri=term.value,
        label=facts.says(term, "rdfs:label"),
        definition=facts.says(term, "skos:definition"),
        example=facts.says(term, "skos:example"),
        above=facts.iris(term, "rdfs:subClassOf"),
        domain=facts.iris(term, "rdfs:domain"),
        range=facts.iris(term, "rdfs:range"),
        kind_of=facts.iris(term, "rdfs:subPropertyOf"),
        traits=tuple(trait for one, trait in _TRAITS.items() if expand(one) in kinds),
        uses=tuple(_uses(term)),
    )


def _uses(term: ox.NamedNode) -> Iterator[Use]:
    """What the shapes say of a class."""
    shapes = _facts("shapes.ttl")
    for shape in sorted(shapes.subjects("sh:targetClass", term), key=str):
        if shapes.text(shape, "sh:severity") == expand("sh:Warning"):
            continue
        for rule in shapes.objects(shape, "sh:property"):
            path = shapes.text(rule, "sh:path")
            if path in {"", expand("rdf:type")} or shapes.objects(rule, "sh:qualifiedValueShape") or _count(rule) == "0":
                continue
            kind, value = _value(rule)
            label, _ = _facts("zhengpu.ttl").says(ox.NamedNode(path), "rdfs:label")
            yield Use(property=path, label=label, count=_count(rule), kind=kind, value=value)


def _count(rule: Node) -> str:
    shapes = _facts("shapes.ttl")
    low, high = shapes.text(rule, "sh:minCount") or "0", shapes.text(rule, "sh:maxCount") or "n"
    return low if low == high else f"{low}..{high}"


def _value(rule: Node) -> tuple[OneOf["term", "code", "iri"], str]:
    shapes = _facts("shapes.ttl")
    for word in ("sh:datatype", "sh:class"):
        if found := shapes.text(rule, word):
            return "term", found
    members = shapes.value(rule, "sh:in")
    if members is not None:
        return "code", shapes.text(members, "rdf:first").removeprefix(CODES).partition("/")[0]
    return "iri", shapes.text(rule, "sh:pattern")
