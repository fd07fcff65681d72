"""The constraints of SHACL core that the shapes are written in, each as a test on terms.

A test on one value says whether it is good; a test on all values of a property gives back the bad ones, or an empty term
where what is wrong is not one value (too few, too many, one missing).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal

import pyoxigraph as ox

from ontology import expand
from ontology.terms import LEXICAL, TYPE, Graph, Node, Term, Test, is_string, language, number, plain, term

Said = Mapping[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]  # of one shape: predicate, objects
Statements = dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]]
SetTest = Callable[[Collection[Term], Node, Graph], Sequence[Term]]

NOTHING: Term = b""
UNBOUNDED = float("inf")
_ABOUT = frozenset(
    (
        *("path", "property", "message", "severity", "targetClass", "targetSubjectsOf", "closed", "ignoredProperties"),
        *("minCount", "maxCount", "qualifiedMinCount", "qualifiedMaxCount"),
    )
)
_SHACL = expand("sh:")


class ShapeError(ValueError):
    """A shape says something that the gate does not understand."""


def tests_of(name: str, statements: Statements) -> tuple[tuple[tuple[str, Test], ...], tuple[tuple[str, SetTest], ...]]:
    """The tests of a shape on each value and on all of them, with the names of their components."""
    values: list[tuple[str, Test]] = []
    sets: list[tuple[str, SetTest]] = []
    about = statements[name]
    for predicate, objects in about.items():
        word = predicate.removeprefix(_SHACL)
        if word == predicate or word in _ABOUT:
            continue
        component = word[0].upper() + word[1:]
        if word == "qualifiedValueShape":
            sets += _qualified(str(objects[0]), about, statements)
        elif word in VALUE_TESTS:
            values += [(component, VALUE_TESTS[word](_parameter(each, statements))) for each in objects]
        elif word in SET_TESTS:
            sets += [(component, SET_TESTS[word](_parameter(each, statements))) for each in objects]
        else:
            raise ShapeError(f"{name}: sh:{word} is not understood")
    return tuple(values), tuple(sets)


def members(head: str, statements: Statements) -> Iterator[Term]:
    """The members of an RDF list."""
    while head != str(ox.NamedNode(expand("rdf:nil"))):
        (first,), (rest,) = statements[head][expand("rdf:first")], statements[head][expand("rdf:rest")]
        yield str(first).encode()
        head = str(rest)


def count_of(word: str, about: Said) -> int | None:
    """The number that a shape gives with one of SHACL's words for counts."""
    return next((int(each.value) for each in about.get(expand(f"sh:{word}"), ())), None)


def _parameter(value: ox.NamedNode | ox.BlankNode | ox.Literal, statements: Statements) -> tuple[Term, ...]:
    return tuple(members(str(value), statements)) if isinstance(value, ox.BlankNode) else (str(value).encode(),)


# --- on one value


def _datatype(parameter: tuple[Term, ...]) -> Test:
    (datatype,) = parameter
    if datatype == term("xsd:string"):
        return lambda value, _: is_string(value)
    if datatype == term("rdf:langString"):
        return lambda value, _: language(value) != ""
    if datatype not in LEXICAL:
        raise ShapeError(f"sh:datatype {datatype.decode()} is not understood")
    ending, lexical = b"^^" + datatype, LEXICAL[datatype]
    return lambda value, _: value.endswith(ending) and lexical(value[: -len(ending)])


def _node_kind(parameter: tuple[Term, ...]) -> Test:
    if parameter != (term("sh:IRI"),):
        raise ShapeError("of sh:nodeKind only sh:IRI is understood")
    return lambda value, _: value[:1] == b"<"


def _class(parameter: tuple[Term, ...]) -> Test:
    (wanted,) = parameter
    return lambda value, graph: value in graph and wanted in graph[value].get(TYPE, ())


def _in(parameter: tuple[Term, ...]) -> Test:
    allowed = frozenset(parameter)
    return lambda value, _: value in allowed


def _pattern(parameter: tuple[Term, ...]) -> Test:
    search = re.compile(plain(parameter[0])).search
    return lambda value, _: value[:1] != b"_" and search(plain(value)) is not None


def _min_length(parameter: tuple[Term, ...]) -> Test:
    least = int(plain(parameter[0]))
    if least == 1:
        return lambda value, _: value[:2] != b'""' and value[:1] != b"_"
    return lambda value, _: value[:1] != b"_" and len(plain(value)) >= least


def _limit(parameter: tuple[Term, ...]) -> int | Decimal:
    limit = number(parameter[0])
    if limit is None:
        raise ShapeError(f"{plain(parameter[0])} is not a number")
    return limit


def _min_inclusive(parameter: tuple[Term, ...]) -> Test:
    limit = _limit(parameter)
    return lambda value, _: (found := number(value)) is not None and found >= limit


def _max_inclusive(parameter: tuple[Term, ...]) -> Test:
    limit = _limit(parameter)
    return lambda value, _: (found := number(value)) is not None and found <= limit


def _language_in(parameter: tuple[Term, ...]) -> Test:
    allowed = frozenset(plain(each) for each in parameter)
    return lambda value, _: language(value).partition("-")[0] in allowed


VALUE_TESTS: Mapping[str, Callable[[tuple[Term, ...]], Test]] = {
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "class": _class,
    "in": _in,
    "pattern": _pattern,
    "minLength": _min_length,
    "minInclusive": _min_inclusive,
    "maxInclusive": _max_inclusive,
    "languageIn": _language_in,
}


# --- on all values of a property


def _has_value(parameter: tuple[Term, ...]) -> SetTest:
    (wanted,) = parameter
    return lambda values, _, __: () if wanted in values else (NOTHING,)


def _equals(parameter: tuple[Term, ...]) -> SetTest:
    (other,) = parameter
    return lambda values, node, _: sorted(set(values) ^ set(node.get(other, ())))


def _less_than_or_equals(parameter: tuple[Term, ...]) -> SetTest:
    (other,) = parameter

    def later(values: Collection[Term], node: Node, _: Graph) -> Sequence[Term]:
        return [value for value in values for limit in node.get(other, ()) if not _in_order(value, limit)]

    return later


def _in_order(value: Term, limit: Term) -> bool:
    """Whether two numbers, or two days, stand in this order; what cannot be compared does not."""
    first, second = number(value), number(limit)
    if first is not None and second is not None:
        return first <= second
    day = term("xsd:date")
    return value.endswith(day) and limit.endswith(day) and plain(value) <= plain(limit)


def _unique_language(parameter: tuple[Term, ...]) -> SetTest:
    if plain(parameter[0]) != "true":
        return lambda _, __, ___: ()
    return lambda values, _, __: [NOTHING for found, count in Counter(map(language, values)).items() if found and count > 1]


SET_TESTS: Mapping[str, Callable[[tuple[Term, ...]], SetTest]] = {
    "hasValue": _has_value,
    "equals": _equals,
    "lessThanOrEquals": _less_than_or_equals,
    "uniqueLang": _unique_language,
}


def _qualified(inner: str, about: Said, statements: Statements) -> Iterator[tuple[str, SetTest]]:
    """How many of the values hold another shape."""
    tests, sets = tests_of(inner, statements)
    if sets or len(tests) != 1:
        raise ShapeError(f"{inner}: a shape for some of the values has one test, on a single value")
    ((_, inside),) = tests

    def counted(low: int, high: float) -> SetTest:
        def test(values: Collection[Term], _: Node, graph: Graph) -> Sequence[Term]:
            count = 0
            for value in values:
                count += inside(value, graph)
            return () if low <= count <= high else (NOTHING,)

        return test

    least, most = count_of("qualifiedMinCount", about), count_of("qualifiedMaxCount", about)
    if least is not None:
        yield "QualifiedMinCount", counted(least, UNBOUNDED)
    if most is not None:
        yield "QualifiedMaxCount", counted(0, most)
