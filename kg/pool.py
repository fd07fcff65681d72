"""Work on many files with all cores: every file has its outcome, in order, whatever becomes of the others."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

R = TypeVar("R")

# Fresh processes now and then keep memory flat whatever a library holds on to. A pool each, not max_tasks_per_child: with that
# the pool waits for ever once its workers have gone (CPython gh-115634, Python 3.11 and later).
_FILES_A_WORKER = 400
_FAULT = "程序内部错误，请连同文件报告：{0!r} / a fault of ours, please report it with the file"
_AHEAD = 8  # files a worker may be ahead of whoever takes the outcomes: bounds the memory that waiting outcomes need


def map_files(
    paths: Sequence[Path], work: Callable[[Path], R], failed: Callable[[Path, str], R], jobs: int | None, setup: tuple[Any, ...] = ()
) -> Iterator[R]:
    """The outcomes in order of the files. `setup` is a function and its arguments, called once in each process before its first file.

    A worker that dies, or a fault of ours, costs only the file that was being worked on; `failed` makes its outcome.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(paths))
    if jobs <= 1:
        if setup:
            setup[0](*setup[1:])
        yield from map(work, paths)
        return
    size = jobs * _FILES_A_WORKER
    for start in range(0, len(paths), size):
        yield from _batch(paths[start : start + size], work, failed, jobs, setup)


def _batch(
    paths: Sequence[Path], work: Callable[[Path], R], failed: Callable[[Path, str], R], jobs: int, setup: tuple[Any, ...]
) -> Iterator[R]:
    """The outcomes of as many files as one pool works on; a few files ahead, no outcome kept once it is handed on."""
    waiting: deque[tuple[Path, Future[R] | None]] = deque()
    ahead = iter(paths)
    broken = False
    with _pool(jobs, setup) as pool:
        while True:
            while not broken and len(waiting) < jobs * _AHEAD and (path := next(ahead, None)) is not None:
                waiting.append((path, _submit(pool, work, path)))
            if not waiting:
                break
            path, future = waiting.popleft()
            error = future.exception() if future else BrokenProcessPool()
            if isinstance(error, BrokenProcessPool):  # by this file or by one before it: alone, the guilty one shows
                broken = True
                yield _alone(path, work, failed, setup)
            elif future is not None:
                yield failed(path, _FAULT.format(error)) if error else future.result()
    rest = list(ahead)
    if rest:
        yield from _batch(rest, work, failed, jobs, setup)


def _submit(pool: ProcessPoolExecutor, work: Callable[[Path], R], path: Path) -> Future[R] | None:
    """None where a worker has died: the pool takes nothing more."""
    try:
        return pool.submit(work, path)
    except BrokenProcessPool:
        return None


def _alone(path: Path, work: Callable[[Path], R], failed: Callable[[Path, str], R], setup: tuple[Any, ...]) -> R:
    with _pool(1, setup) as pool:
        future = pool.submit(work, path)
        error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, BrokenProcessPool):
        return failed(
            path, "读取时进程意外中止（可能内存不足）。请拆分或另存后再试 / the reader died on this file; split it or save it anew"
        )
    return failed(path, _FAULT.format(error))


def _pool(jobs: int, setup: tuple[Any, ...]) -> ProcessPoolExecutor:
    initializer = setup[0] if setup else None
    return ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn"), initializer=initializer, initargs=setup[1:])
