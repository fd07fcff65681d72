"""Answers compared as the W3C's suites want it: rows in any order, blank nodes by their place."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.namespace import Namespace
from rdflib.term import BNode, Literal, Node, URIRef

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
_NUMBERS = ("integer", "decimal", "double", "float")
_FORMATS = {".srx": ox.QueryResultsFormat.XML, ".srj": ox.QueryResultsFormat.JSON, ".tsv": ox.QueryResultsFormat.TSV}

Row = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of an answer, or whether it is true."""

    rows: tuple[dict[str, str], ...]
    truth: bool | None = None


def read_rows(data: bytes, form: ox.QueryResultsFormat) -> Rows:
    answer = ox.parse_query_results(data, form)
    if isinstance(answer, ox.QueryBoolean):
        return Rows((), bool(answer))
    names = [each.value for each in answer.variables]
    return Rows(tuple({name: _term(term) for name, term in zip(names, row, strict=True) if term is not None} for row in answer))


def expected_rows(path: Path) -> Rows:
    """What a file of results says, in any of the forms that the suites use."""
    if path.suffix in _FORMATS:
        return read_rows(path.read_bytes(), _FORMATS[path.suffix])
    return _from_graph(Graph().parse(path))


def _from_graph(graph: Graph) -> Rows:
    if truth := next(graph.objects(None, RS["boolean"]), None):
        return Rows((), str(truth) == "true")
    rows = []
    for solution in graph.objects(None, RS["solution"]):
        bound = list(graph.objects(solution, RS["binding"]))
        rows.append({str(graph.value(each, RS["variable"])): _node(graph.value(each, RS["value"])) for each in bound})
    return Rows(tuple(rows))


def same_rows(one: Rows, other: Rows) -> bool:
    if one.truth is not None or other.truth is not None:
        return one.truth == other.truth
    return len(one.rows) == len(other.rows) and _matched(list(one.rows), list(other.rows), {})


def _matched(left: list[dict[str, str]], right: list[dict[str, str]], known: dict[str, str]) -> bool:
    """Whether the rows are the same for some way to call one side's blank nodes by the other's names."""
    if not left:
        return True
    if not any(value.startswith("_:") for row in left for value in row.values()):
        return Counter(map(_frozen, left)) == Counter(map(_frozen, right))
    first, rest = left[0], left[1:]
    for place, row in enumerate(right):
        names = _names(first, row, known)
        if names is not None and _matched(rest, right[:place] + right[place + 1 :], names):
            return True
    return False


def _names(one: dict[str, str], other: dict[str, str], known: dict[str, str]) -> dict[str, str] | None:
    if set(one) != set(other):
        return None
    names = dict(known)
    for variable, value in one.items():
        if value.startswith("_:") and other[variable].startswith("_:"):
            if names.setdefault(value, other[variable]) != other[variable]:
                return None
        elif value != other[variable]:
            return None
    return names


def _frozen(row: dict[str, str]) -> Row:
    return frozenset(row.items())


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.Literal):
        return _literal(term.value, term.datatype.value, term.language or "")
    return str(term)


def _node(node: Node | None) -> str:
    if isinstance(node, Literal):
        return _literal(str(node), str(node.datatype or "http://www.w3.org/2001/XMLSchema#string"), node.language or "")
    return f"_:{node}" if isinstance(node, BNode) else f"<{node}>" if isinstance(node, URIRef) else str(node)


def _literal(value: str, datatype: str, language: str) -> str:
    """A literal; a number by its value, as one may be written in several ways."""
    if datatype.rpartition("#")[2] in _NUMBERS:
        try:
            return f"{float(value)!r}^^{datatype}"
        except ValueError:
            pass
    return f'"{value}"@{language.lower()}' if language else f'"{value}"^^{datatype}'


def same_csv(one: bytes, other: bytes) -> bool:
    """The same table, whatever its blank nodes are called and in whatever order its columns stand."""
    tables = [sorted(_line(row) for row in csv.DictReader(io.StringIO(each.decode()))) for each in (one, other)]
    return tables[0] == tables[1]


def _line(row: dict[str, str]) -> list[tuple[str, str]]:
    return sorted((name, "_:" if value.startswith("_:") else value) for name, value in row.items())


def same_graphs(one: bytes, other: bytes) -> bool:
    """The same N-Triples, whatever blank nodes are called."""
    return isomorphic(Graph().parse(data=one, format="nt"), Graph().parse(data=other, format="nt"))
