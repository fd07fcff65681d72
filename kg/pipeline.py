"""The one join of the stages: a file to its reading, many files with all cores."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from kg.errors import ZhengpuError
from kg.extract import extract
from kg.model import Document, Extraction, Reading
from kg.output import to_json
from kg.readers import SUFFIXES, read_document
from kg.resolve import resolve_place

# Fresh processes now and then keep memory flat whatever a library holds on to. A pool each, not max_tasks_per_child: with that
# the pool waits for ever once its workers have gone (CPython gh-115634, Python 3.11 and later).
_FILES_A_WORKER = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: its reading as plain values, or the error that says why there is none."""

    path: Path
    reading: dict[str, Any] | None = None
    error: str = ""


@dataclass(slots=True)
class Found:
    """The files to read, and those that are no documents by their names."""

    files: list[Path] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)


def read(path: Path) -> Reading:
    """The reading of one file."""
    return understand(read_document(path))


def understand(document: Document) -> Reading:
    """The reading of a document."""
    extraction: Extraction = extract(document)
    jurisdiction, issues = resolve_place(extraction)
    return Reading(extraction=extraction, jurisdiction=jurisdiction, issues=(*extraction.issues, *issues))


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


def read_one(path: Path) -> Outcome:
    """The outcome of one file; whatever a user can act on is in it, never raised."""
    try:
        reading = read(path)
    except ZhengpuError as error:
        return Outcome(path=path, error=str(error) if error.file else f"{path.name}：{error}")
    return Outcome(path=path, reading=to_json(reading))


def read_many(paths: Sequence[Path], jobs: int | None = None) -> Iterator[Outcome]:
    """The outcomes as they come; a worker that dies, or a fault of ours, costs only the file that was being read."""
    jobs = min(jobs or os.cpu_count() or 1, len(paths))
    if jobs <= 1:
        yield from map(read_one, paths)
        return
    size = jobs * _FILES_A_WORKER
    for start in range(0, len(paths), size):
        yield from _read_batch(paths[start : start + size], jobs)


def _read_batch(paths: Sequence[Path], jobs: int) -> Iterator[Outcome]:
    """The outcomes of as many files as one pool reads; no result is kept once it is handed on."""
    left: list[Path] = []
    with _pool(jobs) as pool:
        futures: dict[Future[Outcome], Path] = {}
        for path in paths:
            try:
                futures[pool.submit(read_one, path)] = path
            except BrokenProcessPool:  # a worker died before all files were handed out
                left.append(path)
        for future in as_completed(list(futures)):
            path = futures.pop(future)
            if isinstance(future.exception(), BrokenProcessPool):
                left.append(path)
            else:
                yield _outcome(future, path)
    for path in left:  # one at a time, to find the one that kills its reader
        with _pool(1) as pool:
            yield _outcome(pool.submit(read_one, path), path)


def _outcome(future: Future[Outcome], path: Path) -> Outcome:
    """What the worker gave, or what became of it."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, BrokenProcessPool):
        message = "读取时进程意外中止（可能内存不足）。请拆分或另存后再试 / the reader died on this file; split it or save it anew"
    else:
        message = f"程序内部错误，请连同文件报告：{error!r} / a fault of ours, please report it with the file"
    return Outcome(path=path, error=f"{path.name}：{message}")


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn"))
