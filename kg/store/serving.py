"""What the SPARQL Protocol and the Graph Store Protocol ask of a store, in every form that an answer has."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO, NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError, QuerySyntaxError, StoreError
from kg.store.base import Store
from kg.store.embedded import EmbeddedStore
from kg.store.forms import ROW_FORMS
from kg.store.questions import check_query, find_verb, names_graphs, verb
from kg.store.triples import node
from kg.store.troubles import asked, query_error, told

GRAPH_FORMS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "n3": ox.RdfFormat.N3,
}


class Dataset(NamedTuple):
    """The graphs that a query is asked of, where the request names them: then those that the query names do not count."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    union: bool = True  # where nobody names any, the default graph is the union of all

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


class Forms(NamedTuple):
    """The form that the client takes for each kind of answer; None where it takes none that there is."""

    rows: str | None
    truth: str | None
    graph: str | None


def answer_query(
    store: Store, out: BinaryIO, text: str, forms: Forms, dataset: Dataset, *, prefixes: Mapping[str, str], base: str = ""
) -> tuple[str, str]:  # fmt: skip
    """Write the answer to a query; its kind (rows, truth, graph) and its form. An empty form: the client takes none that fits."""
    if isinstance(store, EmbeddedStore):
        check_query(text, federated=store.federated)
        with asked(store.where):
            return _write_answer(_ask(store.database, text, dataset, prefixes, base), out, forms, prefixes)
    if dataset:
        zh = "服务器库在这里不接受 default-graph-uri 和 named-graph-uri。请在查询里写 FROM"
        raise QueryError(zh, "with a store behind a server write FROM and FROM NAMED into the query instead of these parameters")
    return _from_server(store, out, text, forms, prefixes)


def _ask(
    quads: ox.Store, text: str, dataset: Dataset, prefixes: Mapping[str, str], base: str
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:  # fmt: skip
    if dataset:
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [_node(each) for each in dataset.default]
        named: list[ox.NamedNode | ox.BlankNode] = [_node(each) for each in dataset.named]
        return quads.query(text, base_iri=base or None, prefixes=dict(prefixes), default_graph=default, named_graphs=named)
    union = dataset.union and not names_graphs(text)
    return quads.query(text, base_iri=base or None, prefixes=dict(prefixes), use_default_graph_as_union=union)


def _write_answer(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, out: BinaryIO, forms: Forms, prefixes: Mapping[str, str]
) -> tuple[str, str]:  # fmt: skip
    """Write what pyoxigraph answered; its kind and its form."""
    if isinstance(answer, ox.QueryBoolean):
        if forms.truth in {"csv", "tsv"}:  # the standard has no such form
            out.write(f"{str(bool(answer)).lower()}\n".encode())
        elif forms.truth:
            answer.serialize(out, ROW_FORMS[forms.truth])
        return "truth", forms.truth or ""
    if isinstance(answer, ox.QueryTriples):
        if forms.graph:
            _write_triples(answer, out, forms.graph, prefixes)
        return "graph", forms.graph or ""
    if forms.rows:
        answer.serialize(out, ROW_FORMS[forms.rows])
    return "rows", forms.rows or ""


def _write_triples(triples: Iterable[ox.Triple], out: BinaryIO, form: str, prefixes: Mapping[str, str] | None = None) -> None:
    """Write triples in one of the forms of a graph."""
    ox.serialize(triples, out, GRAPH_FORMS[form], prefixes=dict(prefixes or {}))


def _from_server(store: Store, out: BinaryIO, text: str, forms: Forms, prefixes: Mapping[str, str]) -> tuple[str, str]:
    """The same by a store behind a server."""
    kind = {"ASK": "truth", "SELECT": "rows"}.get(verb(text), "graph")
    form = {"truth": forms.truth, "rows": forms.rows, "graph": forms.graph}[kind]
    if not form:
        return kind, ""
    if kind == "graph" and form not in {"nt", "ttl"}:
        _write_triples(store.construct(text), out, form, prefixes)
    else:
        out.write(store.query(text, form, prefixes))
    return kind, form


def check_update(text: str) -> None:
    """An error where the text is no update; nothing of it is run."""
    first = find_verb(text)
    start = first.start() if first else len(text)
    # a text is parsed whole before any of it runs, and nothing runs after a step that fails
    with contextlib.suppress(RuntimeError, ValueError, OSError):
        try:
            ox.Store().update(f"{text[:start]}DROP GRAPH <urn:x-zhengpu:nothing> ; {text[start:]}")
        except SyntaxError as error:
            raise query_error(str(error), QuerySyntaxError) from error


# --- foreign RDF and single graphs ------------------------------------------------------------------------------


def to_lines(data: bytes, form: str, base: str) -> list[bytes]:
    """Foreign RDF of one graph as N-Triples, with blank nodes of its own; an error that says where it is not well formed."""
    try:
        quads = ox.parse(data, GRAPH_FORMS[form], base_iri=base or None, rename_blank_nodes=True, without_named_graphs=True)
        return list(dict.fromkeys(f"{quad.triple} .\n".encode() for quad in quads))
    except (SyntaxError, ValueError) as error:
        raise query_error(str(error), QuerySyntaxError) from error


def to_form(lines: bytes, out: BinaryIO, form: str, prefixes: Mapping[str, str]) -> None:
    """Write N-Triples of ours in another form of a graph."""
    _write_triples((quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES)), out, form, prefixes)


def graph_exists(store: Store, graph: str) -> bool:
    """Whether there is such a graph; the default graph, "", always is."""
    if not graph:
        return True
    if isinstance(store, EmbeddedStore):
        return store.database.contains_named_graph(_node(graph))
    return bool(list(store.select(f"SELECT * {{ GRAPH {iri(graph)} {{ ?s ?p ?o }} }} LIMIT 1")))


def write_graph(store: Store, out: BinaryIO, graph: str, form: str, prefixes: Mapping[str, str]) -> None:
    """Write one graph, or the unnamed one for ""."""
    if isinstance(store, EmbeddedStore):
        with told(store.where):
            name = _node(graph) if graph else ox.DefaultGraph()
            store.database.dump(out, GRAPH_FORMS[form], from_graph=name, prefixes=dict(prefixes))
        return
    if not graph:
        raise StoreError("服务器库没有单独的默认图", "a store behind a server has no default graph of its own here")
    _write_triples(store.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {iri(graph)} {{ ?s ?p ?o }} }}"), out, form, prefixes)


def change_graph(store: Store, graph: str, lines: Sequence[bytes] | None, *, replace: bool) -> None:
    """Make the graph hold these lines of N-Triples, beside what it holds or instead of it; drop it where there are none at all (None)."""
    name = f"GRAPH {iri(graph)}" if graph else "DEFAULT"
    steps = [f"DROP SILENT {name}"] if replace or lines is None else []
    if lines is not None:
        text = b"".join(lines).decode()
        steps += [f"CREATE SILENT {name}"] if graph else []
        steps += [f"INSERT DATA {{ {name} {{\n{text}}} }}" if graph else f"INSERT DATA {{\n{text}}}"] if text else []
    store.update(" ;\n".join(steps))


def iri(text: str) -> str:
    """An absolute IRI as it stands in a query; an error where it is none."""
    try:
        return str(node(text))
    except ValueError as error:
        raise QueryError(f"“{text[:200]}”不是绝对 IRI", f"{text[:200]!r} is no absolute IRI") from error


def _node(graph: str) -> ox.NamedNode:
    iri(graph)
    return node(graph)
