"""The one join of the stages: a file to its reading and on to its checked graph, many files with all cores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.check import Gate
from kg.errors import CheckError, ZhengpuError
from kg.extract import extract
from kg.graph import DocumentGraph, to_graph
from kg.ids import Ids
from kg.model import Document, Extraction, Issue, Reading, Resolution
from kg.output import to_json
from kg.pool import map_files
from kg.readers import SUFFIXES, read_document
from kg.resolve import Registry, load_registry, resolve, resolve_place


@dataclass(slots=True)
class Found:
    """The files to read, and those that are no documents by their names."""

    files: list[Path] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)


def find_files(paths: Sequence[Path]) -> Found:
    """The files named, and every document in the folders named, in order of their names."""
    found = Found()
    for path in paths:
        if path.is_dir():
            for one in sorted(each for each in path.rglob("*") if each.is_file() and not _is_scratch(each)):
                (found.files if one.suffix.lower() in SUFFIXES else found.skipped).append(one)
        else:
            found.files.append(path)
    return found


def _is_scratch(path: Path) -> bool:
    """Lock and hidden files that an office leaves beside its documents."""
    return path.name.startswith(("~$", ".", "~WRL"))


# --- one file ---------------------------------------------------------------------------------------------


def read(path: Path) -> Reading:
    """The reading of one file."""
    return understand(read_document(path))


def understand(document: Document) -> Reading:
    """The reading of a document."""
    extraction: Extraction = extract(document)
    jurisdiction, issues = resolve_place(extraction)
    return Reading(extraction=extraction, jurisdiction=jurisdiction, issues=(*extraction.issues, *issues))


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What every document is read with: the registry, the base of the identifiers, the version that reads, the shapes."""

    registry: Registry
    ids: Ids
    version: str
    gate: Gate

    @classmethod
    def load(cls, registry: Registry | None = None, ids: Ids | None = None) -> Knowledge:
        """Ours, or with a registry and identifiers of the store's own."""
        return cls(registry or load_registry(), ids or Ids.configured(), _version(), _gate())


@cache
def _gate() -> Gate:
    """The gate of this process: compiling the shapes takes as long as reading a document."""
    return Gate()


@cache
def _version() -> str:
    return version("zhengpu")


def to_checked_graph(reading: Reading, knowledge: Knowledge) -> tuple[Resolution, DocumentGraph]:
    """The graph of a reading; a `CheckError` where it breaks the ontology's rules and must not be stored."""
    resolution = resolve(reading, knowledge.registry)
    graph = to_graph(resolution, knowledge.ids, knowledge.version)
    broken = knowledge.gate.violations(graph.triples + graph.identities)
    if broken:
        first, more = broken[0], f"（共{len(broken)}处）" if len(broken) > 1 else ""
        zh = f"读出的图不合本体的规则，没有入库：{first.zh}{more}。这是本程序的缺陷，请连同文件报告"
        en = f"the graph breaks the ontology's shapes and was not stored: {first.en}; a fault of ours, please report it with the file"
        raise CheckError(zh, en, file=reading.extraction.document.source.name, place=first.focus)
    return resolution, graph


# --- many files -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: its reading as plain values, or the error that says why there is none."""

    path: Path
    reading: dict[str, Any] | None = None
    error: str = ""


def read_many(paths: Sequence[Path], jobs: int | None = None) -> Iterator[Outcome]:
    """The outcomes in order of the files; a worker that dies, or a fault of ours, costs only the file that was being read."""
    return map_files(paths, read_one, _unread, jobs)


def read_one(path: Path) -> Outcome:
    """The outcome of one file; whatever a user can act on is in it, never raised."""
    try:
        return Outcome(path=path, reading=to_json(read(path)))
    except ZhengpuError as error:
        return Outcome(path=path, error=_said(error, path))


def _unread(path: Path, message: str) -> Outcome:
    return Outcome(path=path, error=f"{path.name}：{message}")


def _said(error: ZhengpuError, path: Path) -> str:
    return str(error) if error.file else f"{path.name}：{error}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One file ready for the store: its checked graph and what is to be looked at, or the error."""

    path: Path
    graph: DocumentGraph | None = None
    doubts: tuple[Issue, ...] = ()  # what was not understood, and what has no identity
    error: str = ""


_known: list[Knowledge] = []  # of this process; a worker is given it once, not with every file


def _know(registry: Registry, ids: Ids) -> None:
    _known[:] = [Knowledge.load(registry, ids)]


def prepare_many(paths: Sequence[Path], registry: Registry, ids: Ids, jobs: int | None = None) -> Iterator[Prepared]:
    """Every file read, resolved, made a graph and checked, in order of the files."""
    return map_files(paths, _prepare_known, _unprepared, jobs, (_know, registry, ids))


def _prepare_known(path: Path) -> Prepared:
    return prepare(path, _known[0])


def prepare(path: Path, knowledge: Knowledge) -> Prepared:
    """One file; whatever a user can act on is in the outcome, never raised."""
    try:
        resolution, graph = to_checked_graph(read(path), knowledge)
    except ZhengpuError as error:
        return Prepared(path=path, error=_said(error, path))
    document = resolution.reading.extraction.document
    doubts = (_placed(one, document) for one in (*resolution.reading.issues, *resolution.issues))
    return Prepared(path=path, graph=graph, doubts=tuple(doubts))


def _placed(issue: Issue, document: Document) -> Issue:
    """The issue with its place in words, for whoever has the document no more."""
    place = issue.place or (document.place(issue.span) if issue.span else "")
    return Issue(code=issue.code, zh=issue.zh, en=issue.en, span=issue.span, place=place)


def _unprepared(path: Path, message: str) -> Prepared:
    return Prepared(path=path, error=f"{path.name}：{message}")
