"""`shapes.ttl` compiled into tests on terms as N-Triples writes them.

What is understood is the part of SHACL core that the shapes are written in (`ontology.components`). A word of SHACL that is
not understood is an error when the shapes are compiled: a rule that somebody adds is never passed over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from ontology import expand, read
from ontology.components import UNBOUNDED, SetTest, ShapeError, Statements, count_of, members, tests_of
from ontology.terms import TYPE, Graph, Node, Term, Test, plain

_ONLY_PRESENT = frozenset(("LessThanOrEquals", "UniqueLang", "QualifiedMaxCount"))  # never broken by what is not there
Fast = tuple[int, float, tuple[Test, ...], tuple[SetTest, ...]]  # least and most values, tests on one, tests on all


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a shape is called, and what it tells people."""

    name: str
    severity: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One rule that a node breaks: with which value of which property, where it is about one."""

    words: Words
    component: str
    path: Term = b""
    value: Term = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyShape:
    """What the values of one property have to be: each by itself (`tests`), and all together (`sets`)."""

    words: Words
    path: Term
    least: int
    most: float
    tests: tuple[tuple[str, Test], ...]
    sets: tuple[tuple[str, SetTest], ...]
    fast: Fast = field(init=False)

    def __post_init__(self) -> None:
        fast = self.least, self.most, tuple(test for _, test in self.tests), tuple(test for _, test in self.sets)
        object.__setattr__(self, "fast", fast)

    def problems(self, values: Collection[Term], node: Node, graph: Graph) -> Iterator[Problem]:
        if len(values) < self.least:
            yield Problem(words=self.words, component="MinCount", path=self.path)
        if len(values) > self.most:
            yield Problem(words=self.words, component="MaxCount", path=self.path)
        for component, test in self.tests:
            bad = (value for value in values if not test(value, graph))
            yield from (Problem(words=self.words, component=component, path=self.path, value=value) for value in bad)
        for component, together in self.sets:
            found = together(values, node, graph)
            yield from (Problem(words=self.words, component=component, path=self.path, value=value) for value in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeShape:
    """What a node has to be: itself, its properties, and, where the shape is closed, no others."""

    words: Words
    tests: tuple[tuple[str, Test], ...]
    properties: tuple[PropertyShape, ...]
    closed: bool
    ignored: frozenset[Term]
    by_path: Mapping[Term, tuple[Fast, ...]] = field(init=False)
    if_absent: tuple[tuple[Term, Fast], ...] = field(init=False)  # what a node may break that has not the property

    def __post_init__(self) -> None:
        paths = dict.fromkeys(each.path for each in self.properties)
        by_path = {path: tuple(each.fast for each in self.properties if each.path == path) for path in paths}
        absent = tuple((each.path, each.fast) for each in self.properties if each.least or _may_miss(each))
        object.__setattr__(self, "by_path", by_path)
        object.__setattr__(self, "if_absent", absent)

    def holds(self, subject: Term, node: Node, graph: Graph) -> bool:
        """Whether there is no problem; told faster than which. A statement that is written twice may be taken for a problem."""
        by_path = self.by_path
        for predicate, values in node.items():
            rules = by_path.get(predicate)
            if rules is not None:
                for least, most, tests, sets in rules:
                    if not least <= len(values) <= most:
                        return False
                    for test in tests:
                        for value in values:
                            if not test(value, graph):
                                return False
                    for together in sets:
                        if together(values, node, graph):
                            return False
            elif self.closed and predicate not in self.ignored:
                return False
        for path, (least, _, _, sets) in self.if_absent:
            if path not in node and (least or any(together((), node, graph) for together in sets)):
                return False
        return all(test(subject, graph) for _, test in self.tests)

    def problems(self, subject: Term, node: Node, graph: Graph) -> Iterator[Problem]:
        """Every problem; none where a statement is only written twice."""
        for component, test in self.tests:
            if not test(subject, graph):
                yield Problem(words=self.words, component=component, value=subject)
        for shape in self.properties:
            yield from shape.problems(tuple(dict.fromkeys(node.get(shape.path, ()))), node, graph)
        if self.closed:
            unknown = node.keys() - self.by_path.keys() - self.ignored
            for path in unknown:
                yield from (Problem(words=self.words, component="Closed", path=path, value=value) for value in node[path])


def _may_miss(shape: PropertyShape) -> bool:
    return any(component not in _ONLY_PRESENT for component, _ in shape.sets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The shapes of one severity, by the class of the nodes that they are for, and by a property that the nodes have."""

    of_class: Mapping[Term, tuple[NodeShape, ...]]
    of_subjects: Mapping[Term, tuple[NodeShape, ...]]

    def shapes(self, node: Node) -> Iterator[NodeShape]:
        for each in node.get(TYPE, ()):
            yield from self.of_class.get(each, ())
        for predicate, shapes in self.of_subjects.items():
            if predicate in node:
                yield from shapes


@cache
def load_targets(severity: str) -> Targets:
    """The shapes of `shapes.ttl` whose severity is Violation, or Warning."""
    return compile_targets(read("shapes.ttl"), severity)


def compile_targets(turtle: str, severity: str) -> Targets:
    """The shapes of one severity in a text in Turtle."""
    statements: Statements = {}
    for each in ox.parse(input=turtle, format=ox.RdfFormat.TURTLE):
        statements.setdefault(str(each.subject), {}).setdefault(each.predicate.value, []).append(each.object)
    found: dict[str, dict[Term, list[NodeShape]]] = {"targetClass": {}, "targetSubjectsOf": {}}
    for name, about in statements.items():
        for word, targets in found.items():
            for target in about.get(expand(f"sh:{word}"), ()) if _words(name, statements).severity == severity else ():
                targets.setdefault(str(target).encode(), []).append(_node_shape(name, statements))
    classes, subjects = ({key: tuple(shapes) for key, shapes in targets.items()} for targets in found.values())
    return Targets(of_class=classes, of_subjects=subjects)


def _node_shape(name: str, statements: Statements) -> NodeShape:
    about = statements[name]
    tests, sets = tests_of(name, statements)
    if sets:
        raise ShapeError(f"{name}: {sets[0][0]} is for the values of a property")
    return NodeShape(
        words=_words(name, statements),
        tests=tests,
        properties=tuple(_property_shape(str(each), statements) for each in about.get(expand("sh:property"), ())),
        closed=any(each.value == "true" for each in about.get(expand("sh:closed"), ())),
        ignored=frozenset(path for head in about.get(expand("sh:ignoredProperties"), ()) for path in members(str(head), statements)),
    )


def _property_shape(name: str, statements: Statements) -> PropertyShape:
    (path,) = statements[name][expand("sh:path")]
    if not isinstance(path, ox.NamedNode):
        raise ShapeError(f"{name}: only a property by its name is understood as a path")
    tests, sets = tests_of(name, statements)
    least, most = (count_of(word, statements[name]) for word in ("minCount", "maxCount"))
    return PropertyShape(
        words=_words(name, statements),
        path=str(path).encode(),
        least=least or 0,
        most=UNBOUNDED if most is None else most,
        tests=tests,
        sets=sets,
    )


def _words(name: str, statements: Statements) -> Words:
    about = statements[name]
    messages = {each.language: each.value for each in about.get(expand("sh:message"), ()) if isinstance(each, ox.Literal)}
    severity = next((each.value.rpartition("#")[2] for each in about.get(expand("sh:severity"), ())), "Violation")
    return Words(name=plain(name.encode()), severity=severity, zh=messages.get("zh", ""), en=messages.get("en", ""))
