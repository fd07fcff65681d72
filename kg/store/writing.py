"""Graphs written out in one order, whatever order the store has them in."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, islice
from tempfile import TemporaryFile
from typing import IO, BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.errors import StoreError

FORMS = {
    "trig": RdfFormat.TRIG,
    "ttl": RdfFormat.TURTLE,
    "nq": RdfFormat.N_QUADS,
    "nt": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
}
_RUN = 64 << 20  # bytes sorted in memory at a time
_LINES = 10_000

Lines = Iterable[bytes]


def write_graphs(out: BinaryIO, form: str, graphs: Iterable[str], lines: Callable[[str], Lines], prefixes: Mapping[str, str]) -> None:
    """Write each graph's N-Triples `lines` to `out`. trig keeps graphs apart, in order; nq sorts quads; the others merge all graphs."""
    if form not in FORMS:
        raise StoreError(f"不能导出为“{form}”；可用：{'、'.join(FORMS)}", f"cannot export as {form!r}; one of {', '.join(FORMS)}")
    names = sorted(graphs)
    if form == "trig":
        quads = (quad for name in names for quad in _quads(_named(sorted_lines(lines(name)), name)))
        serialize(quads, out, RdfFormat.TRIG, prefixes=dict(prefixes))
    elif form == "nq":
        out.writelines(sorted_lines(line for name in names for line in _named(lines(name), name)))
    else:
        merged = (line for line, _ in groupby(sorted_lines(line for name in names for line in lines(name))))
        _write_triples(out, form, merged, prefixes)


def _write_triples(out: BinaryIO, form: str, lines: Iterator[bytes], prefixes: Mapping[str, str]) -> None:
    if form == "nt":
        out.writelines(lines)
    else:
        triples: Iterator[Triple] = (quad.triple for quad in _quads(lines))
        serialize(triples, out, FORMS[form], prefixes=dict(prefixes))


def _named(lines: Lines, graph: str) -> Iterator[bytes]:
    """N-Triples lines as N-Quads."""
    end = f"<{graph}> .\n".encode()
    return (line[:-2] + end for line in lines)


def _quads(lines: Iterator[bytes]) -> Iterator[Quad]:
    while some := b"".join(islice(lines, _LINES)):
        yield from parse(some, RdfFormat.N_QUADS)


def sorted_lines(lines: Lines, run: int = _RUN) -> Iterator[bytes]:
    """The lines in order of their bytes; beyond `run` bytes they are sorted on disk."""
    runs: list[IO[bytes]] = []
    some: list[bytes] = []
    size = 0
    try:
        for line in lines:
            some.append(line)
            size += len(line)
            if size >= run:
                runs.append(_spilled(some))
                some, size = [], 0
        yield from heapq.merge(sorted(some), *runs)
    finally:
        for each in runs:
            each.close()


def _spilled(lines: list[bytes]) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - the caller merges it with the others and closes it
    file.writelines(sorted(lines))
    file.seek(0)
    return file
