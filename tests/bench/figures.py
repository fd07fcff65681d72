"""How the report measures and prints."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 9


def milliseconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of some runs, behind one that does not count."""
    work()
    return statistics.median(milliseconds_once(work) for _ in range(runs))


def milliseconds_once(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def row(label: str, *values: str) -> None:
    print(f"  {label:<44}" + "".join(f"{value:>16}" for value in values), flush=True)


def resident(pid: int | None) -> float:
    """The memory that a process holds, in MB; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def workers() -> float:
    """The memory that the processes hold which this one has started, in MB."""
    return sum(resident(child.pid) for child in multiprocessing.active_children())
