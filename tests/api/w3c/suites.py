"""One test of the query, update or result suites, run on an engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
from rdflib import Namespace
from rdflib.term import Node

from tests.api.w3c.engines import BadSyntax, Engine, Reaches
from tests.api.w3c.manifests import LABEL, MF, QT, UT, Case, to_path
from tests.api.w3c.results import expected_rows, read_rows, same_csv, same_graphs, same_rows

_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML, ".n3": ox.RdfFormat.TURTLE}
_FAILURES = (BadSyntax, httpx.HTTPError, OSError, ValueError, RuntimeError, KeyError)


def passes(case: Case, engine: Engine) -> bool:
    """Whether the engine does what the test wants."""
    kind = case.kind.removesuffix("11")
    if kind.startswith(("Positive", "Negative")):
        return _parses(case, engine) == kind.startswith("Positive")
    try:
        return _updates(case, engine) if kind == "UpdateEvaluationTest" else _answers(case, engine)
    except _FAILURES:
        return False


def _parses(case: Case, engine: Engine) -> bool:
    file = case.value(case.node, MF["action"])
    text = _text(file)
    try:
        if to_path(file).suffix == ".ru":
            engine.fill({})
            engine.update(text)
        else:
            engine.ask(text, "json")
    except BadSyntax:
        return False
    except Reaches:
        return case.kind.startswith("Positive")  # refused, as the settings say: neither for us nor against us
    except (httpx.HTTPError, OSError, RuntimeError):
        return True  # it was understood, and failed later
    return True


def _answers(case: Case, engine: Engine) -> bool:
    action = case.value(case.node, MF["action"])
    result = to_path(case.value(case.node, MF["result"]))
    assert action is not None
    engine.fill(dict(_graphs(case, action, QT)))
    text = _text(case.value(action, QT["query"]))
    if result.suffix == ".csv":
        return same_csv(engine.ask(text, "csv"), result.read_bytes())
    if result.suffix == ".tsv":
        return same_rows(read_rows(engine.ask(text, "tsv"), ox.QueryResultsFormat.TSV), expected_rows(result))
    answer = engine.ask(text, "json")
    if not answer.startswith(b'{"head"'):
        return same_graphs(answer, _lines(result))
    return same_rows(read_rows(answer, ox.QueryResultsFormat.JSON), expected_rows(result))


def _updates(case: Case, engine: Engine) -> bool:
    action, result = case.value(case.node, MF["action"]), case.value(case.node, MF["result"])
    assert action is not None
    engine.fill(dict(_graphs(case, action, UT)))
    engine.update(_text(case.value(action, UT["request"])))
    expected = dict(_graphs(case, result, UT)) if result is not None else {}
    names = {name for name, lines in expected.items() if name and lines}
    return names == engine.graphs() and all(same_graphs(engine.graph(name), expected.get(name, b"")) for name in {"", *names})


def _graphs(case: Case, node: Node, data: Namespace) -> Iterator[tuple[str, bytes]]:
    """The graphs that a test begins or ends with, as N-Triples."""
    default = b"".join(_lines(to_path(each)) for each in case.graph.objects(node, data["data"]))
    yield "", default
    for each in case.graph.objects(node, data["graphData"]):
        inner = case.value(each, UT["graph"])
        name = case.text(each, LABEL) if inner is not None else str(each)
        yield name, _lines(to_path(inner if inner is not None else each))


def _lines(file: Path) -> bytes:
    parsed = ox.parse(file.read_bytes(), _FORMATS[file.suffix], base_iri=file.as_uri())
    return b"".join(f"{quad.triple} .\n".encode() for quad in parsed)


def _text(node: Node | None) -> str:
    """A query, relative to the file that it stands in."""
    path = to_path(node)
    return f"BASE <{path.as_uri()}> {path.read_text('utf-8')}"
