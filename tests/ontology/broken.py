"""One broken node for every constraint of the shapes, made from a good one; and what pySHACL finds in a graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyshacl
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.term import Node

from ontology import load_shapes
from ontology.gate import Violation
from tests.ontology.documents import iri, literal

SH = Namespace("http://www.w3.org/ns/shacl#")
_NOT_CONSTRAINTS = ("path", "message", "severity", "qualifiedValueShape")
_BAD = {
    "datatype": literal("x", language="fr"),
    "minLength": '""',
    "minInclusive": literal("-1", "decimal"),
    "maxInclusive": literal("9999", "decimal"),
    "nodeKind": literal("words"),
    "class": "<urn:nobody>",
    "in": "<urn:nothing>",
    "languageIn": literal("x", language="fr"),
    "uniqueLang": literal("再说一遍", language="zh"),
    "qualifiedMaxCount": iri("zp:StandingDeadline"),
}
Lines = tuple[str, ...]
Found = tuple[str, str, str, str, str]  # focus, shape, component, path, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A node that breaks one constraint: how it is called, the shape and component that have to say so, its lines."""

    focus: str
    shape: str
    component: str
    lines: Lines


def broken_nodes(good: Lines, severity: URIRef = SH.Violation) -> Iterator[Broken]:
    """For every node shape and every constraint of it, a copy of a good node that breaks it."""
    shapes = load_shapes()
    number = 0
    for shape in sorted(shapes.subjects(RDF.type, SH.NodeShape), key=str):
        node = _example(shape, good, shapes)
        if node is None or shapes.value(shape, SH.severity, default=SH.Violation) != severity:
            continue
        for rule, word in _constraints(shape, shapes):
            number += 1
            focus = f"{node[0].split()[0][1:-1].rstrip('/')}-{number}"
            about = {
                str(key).removeprefix(str(SH)): [_short(each) for each in shapes.objects(rule, key)] for key in shapes.predicates(rule)
            }
            copy = tuple(re.sub(r"^<[^>]*>", f"<{focus}>", line) for line in node)
            yield Broken(
                focus=focus,
                shape=str(rule),
                component=word[0].upper() + word[1:],
                lines=_break(copy, focus, word, about),
            )


def _constraints(shape: Node, shapes: Graph) -> Iterator[tuple[Node, str]]:
    if shapes.value(shape, SH.closed):
        yield shape, "closed"
    for rule in sorted(shapes.objects(shape, SH.property), key=str):
        for predicate in sorted({str(each) for each in shapes.predicates(rule)}):
            word = predicate.removeprefix(str(SH))
            if word != predicate and word not in _NOT_CONSTRAINTS:
                yield rule, word


def _example(shape: Node, good: Lines, shapes: Graph) -> Lines | None:
    """The lines of a good node that the shape is for."""
    target = shapes.value(shape, SH.targetClass)
    marks = [f" <{RDF.type}> <{target}> ."] if target else []
    marks += [f"> <{each}> " for each in shapes.objects(shape, SH.targetSubjectsOf)]
    for mark in marks:
        subject = next((line.split()[0] for line in good if mark in line), None)
        if subject:
            lines = tuple(line for line in good if line.startswith(subject + " "))
            return lines if mark in marks[:1] else (*lines, f"{subject} <{RDF.type}> <{target}> .")
    return None


def _short(term: Node) -> str:
    return f"<{term}>" if isinstance(term, URIRef) else str(term)


def _break(lines: Lines, focus: str, word: str, about: Mapping[str, list[str]]) -> Lines:
    """The lines of a node changed so that one constraint no longer holds."""
    (path,) = about.get("path", ["<urn:property>"])
    without = tuple(line for line in lines if f"> {path} " not in line)
    values = tuple(line.split(" ", 2)[2].removesuffix(" .") for line in lines if f"> {path} " in line)

    def said(*objects: str) -> Lines:
        return (*without, *(f"<{focus}> {path} {each} ." for each in objects))

    match word:
        case "closed":
            return (*lines, f'<{focus}> <urn:property> "x" .')
        case "minCount":
            return without
        case "maxCount":
            return said(*values, *(f"<urn:more:{at}>" for at in range(int(about["maxCount"][0]) + 1)))
        case "hasValue":
            return said(*(each for each in values if each != about["hasValue"][0]))
        case "equals":
            return said("<urn:other>")
        case "lessThanOrEquals":
            return _in_wrong_order(without, focus, path, about["lessThanOrEquals"][0])
        case "qualifiedMinCount":
            return said(*(each for each in values if not _counted(each, about["qualifiedValueShape"][0])))
        case "pattern":
            return said("<urn:no>" if "nodeKind" in about else literal("不合"))
        case "qualifiedMaxCount" | "uniqueLang":
            return said(*values, _BAD[word])
        case "datatype" if about["datatype"] == [iri("rdf:langString")]:
            return said(literal("没有语言"))
        case _:
            return said(_BAD[word])


def _counted(value: str, shape: str) -> bool:
    """Whether a value of a good node is one that this shape counts."""
    if "Selector" in shape:
        return value.endswith("/position>" if "Position" in shape else "/quote>")
    return value.endswith("Deadline>") and value != iri("zp:Deadline")


def _in_wrong_order(without: Lines, focus: str, path: str, other: str) -> Lines:
    first, second = (literal(9), literal(1)) if "oa#" in path else (literal(2010), literal(1990))
    if path == iri("zp:startsOn"):
        first, second = literal("2022-01-01", "date"), literal("2021-12-31", "date")
    return (*(line for line in without if f"> {other} " not in line), f"<{focus}> {path} {first} .", f"<{focus}> {other} {second} .")


def found_by_pyshacl(lines: Iterable[str], severity: URIRef = SH.Violation) -> set[Found]:
    """What the reference finds."""
    data = Graph().parse(data="\n".join(lines) + "\n", format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=load_shapes(), inference="none")
    assert isinstance(report, Graph)
    return {
        (
            _told(report, result, SH.focusNode),
            _told(report, result, SH.sourceShape),
            _told(report, result, SH.sourceConstraintComponent).removeprefix(str(SH)).removesuffix("ConstraintComponent"),
            _told(report, result, SH.resultPath),
            _told(report, result, SH.value),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
        if report.value(result, SH.resultSeverity) == severity
    }


def _told(report: Graph, result: Node, predicate: URIRef) -> str:
    said = report.value(result, predicate)
    return "" if said is None else str(said)


def found(violations: Iterable[Violation]) -> set[Found]:
    return {(each.focus, each.shape, each.component, each.path, each.value) for each in violations}
