"""Work on many files with all cores: every file has its outcome, in order, whatever becomes of the others."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

R = TypeVar("R")

# Fresh processes now and then keep memory flat whatever a library holds on to. A pool each, not max_tasks_per_child: with that
# the pool waits for ever once its workers have gone (CPython gh-115634, Python 3.11 and later).
_FILES_A_WORKER = 1000
_FAULT = "程序内部错误，请连同文件报告：{0} / a fault of ours, please report it with the file"
_SAID = 200  # characters of a fault; some repeat the whole text that they are about
_DIED = "读取时进程意外中止（可能内存不足）。请拆分或另存后再试 / the reader died on this file; split it or save it anew"
_AHEAD = 32  # files a worker may be ahead: it works on while a batch is loaded, and this bounds the memory that outcomes take


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
        yield from _here(paths, work, failed)
        return
    size = jobs * _FILES_A_WORKER
    for start in range(0, len(paths), size):
        yield from _batch(paths[start : start + size], work, failed, jobs, setup)


def _here(paths: Sequence[Path], work: Callable[[Path], R], failed: Callable[[Path, str], R]) -> Iterator[R]:
    """The outcomes by this process alone; on a thread, so that a fault of ours stays with its file as it does in a pool."""
    with ThreadPoolExecutor(1) as pool:
        for path in paths:
            yield _outcome(path, pool.submit(work, path), failed)


def _outcome(path: Path, future: Future[R], failed: Callable[[Path, str], R]) -> R:
    error = future.exception()
    return failed(path, _FAULT.format(repr(error)[:_SAID])) if error else future.result()


def _batch(
    paths: Sequence[Path], work: Callable[[Path], R], failed: Callable[[Path, str], R], jobs: int, setup: tuple[Any, ...]
) -> Iterator[R]:
    """The outcomes of as many files as one pool works on; a few files ahead, no outcome kept once it is handed on."""
    waiting: deque[tuple[Path, Future[R]]] = deque()
    ahead = iter(paths)
    with _pool(jobs, setup) as pool:
        while True:
            while len(waiting) < jobs * _AHEAD and (path := next(ahead, None)) is not None:
                waiting.append((path, _submit(pool, work, path)))
            if not waiting or _died(waiting[0][1]):
                break
            yield _outcome(*waiting.popleft(), failed)
    yield from _one_by_one(waiting, work, failed, setup)
    rest = list(ahead)
    if rest:
        yield from _batch(rest, work, failed, jobs, setup)


def _one_by_one(
    waiting: Iterable[tuple[Path, Future[R]]], work: Callable[[Path], R], failed: Callable[[Path, str], R], setup: tuple[Any, ...]
) -> Iterator[R]:
    """The outcomes of what a pool had before it when a worker died: alone in a process, the guilty file shows."""
    ahead = deque(waiting)
    while ahead:
        with _pool(1, setup) as pool:
            while ahead:
                path, future = ahead.popleft()
                if _died(future):
                    future = _submit(pool, work, path)
                if _died(future):
                    yield failed(path, _DIED)
                    break
                yield _outcome(path, future, failed)


def _submit(pool: ProcessPoolExecutor, work: Callable[[Path], R], path: Path) -> Future[R]:
    """The outcome to come; one that says so where a worker has died, for then the pool takes nothing more."""
    try:
        with _uninterrupted():
            return pool.submit(work, path)
    except BrokenProcessPool as error:
        dead: Future[R] = Future()
        dead.set_exception(error)
        return dead


def _died(future: Future[R]) -> bool:
    return isinstance(future.exception(), BrokenProcessPool)


@contextmanager
def _pool(jobs: int, setup: tuple[Any, ...]) -> Iterator[ProcessPoolExecutor]:
    """Processes for the block. Where it is broken off, they finish what they have begun and nobody waits for them."""
    others = set(active_children())
    pool = ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=setup)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    if _died(_submit(pool, str, Path())):  # it ends the workers that it knew of; for one that was starting then it waits without end
        for process in set(active_children()) - others:
            process.terminate()
    pool.shutdown()


def _begin(setup: Callable[..., None] | None = None, *arguments: object) -> None:
    """The start of a worker: Ctrl-C is not for it, and it does not outlive the process that it works for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    if setup:
        setup(*arguments)


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that are started in the block begin deaf to Ctrl-C, which a terminal sends to all of them; Windows has no such call."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
