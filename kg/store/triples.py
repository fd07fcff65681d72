"""N-Triples on their way into a store: as N-Quads, and as the text of one update."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

from kg.store.base import Parcel


def node(iri: str) -> NamedNode:
    """The IRI as a term; a ValueError where it is none."""
    return NamedNode(iri)


def lines_of(triples: Iterable[Triple]) -> list[bytes]:
    """N-Triples lines in the one form that pyoxigraph writes, each with its end of line."""
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True)


def canonical(triples: bytes) -> list[bytes]:
    """N-Triples lines in the one form that pyoxigraph writes; the text is parsed, so that nothing else is in it."""
    return lines_of(parse(triples, RdfFormat.N_TRIPLES))


def quads(add: Mapping[str, bytes]) -> bytes:
    """The triples of each graph as N-Quads."""
    return b"".join(_with_graph(triples, node(iri)) for iri, triples in add.items())


def _with_graph(triples: bytes, graph: NamedNode) -> bytes:
    # every line must end in " ." for a plain replacement; a newline inside a literal is written \n
    if triples.count(b" .\n") != triples.count(b"\n") or not triples.endswith(b"\n"):
        triples = b"".join(canonical(triples))
    return triples.replace(b" .\n", f" {graph} .\n".encode())


def update_of(parcel: Parcel) -> str:
    """The parcel as one SPARQL update, written in full. Whoever runs it again changes nothing more."""
    steps = [f"DROP SILENT GRAPH {node(iri)}" for iri in parcel.drop]
    steps += [f"DELETE WHERE {{ GRAPH {node(iri)} {{ {node(subject)} ?p ?o }} }}" for iri, subject in parcel.forget]
    return " ;\n".join([*steps, *inserts({iri: canonical(triples) for iri, triples in parcel.add.items()})])


def inserts(coming: Mapping[str, Iterable[bytes]]) -> list[str]:
    return _data("INSERT", coming)


def deletions(going: Mapping[str, Iterable[bytes]]) -> list[str]:
    return _data("DELETE", going)


def _data(what: str, lines: Mapping[str, Iterable[bytes]]) -> list[str]:
    graphs = [f"GRAPH {node(iri)} {{\n{text}}}" for iri, each in lines.items() if (text := b"".join(each).decode())]
    return [f"{what} DATA {{ {' '.join(graphs)} }}"] if graphs else []


def difference(before: Mapping[str, Set[bytes]], after: Mapping[str, Set[bytes]], drop: Iterable[str] = ()) -> str:
    """One update that turns the lines before into the lines after; graphs in `drop` that share little with before go whole."""
    steps: list[str] = []
    going: dict[str, Set[bytes]] = {}
    coming = {iri: lines - before.get(iri, frozenset()) for iri, lines in after.items()}
    for iri, lines in before.items():
        kept = lines & after.get(iri, frozenset())
        if iri in drop and len(kept) * 2 <= len(lines):
            steps.append(f"DROP SILENT GRAPH {node(iri)}")
            coming[iri] = after.get(iri, frozenset())
        else:
            going[iri] = lines - kept
    return " ;\n".join([*steps, *deletions(going), *inserts(coming)])
