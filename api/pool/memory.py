"""How much memory there is, and how much of it a process holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")
_LIMITS = ("memory.max", "memory.high", "memory/memory.limit_in_bytes")
_UNKNOWN = 4 << 30  # bytes that a machine is taken to have that does not say


def machine_memory() -> int:
    """Bytes that this process may use together with all that it starts: of the machine, or of the group that it is kept in."""
    return min((_physical(), *_of_groups()))


def _physical() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return _UNKNOWN


def _of_groups() -> Iterator[int]:
    """The limits of the groups of Linux that this process is in, as a container or a service sets them."""
    try:
        own = Path("/proc/self/cgroup").read_text("ascii").splitlines()[-1].rpartition(":")[2].strip("/")
    except (OSError, IndexError, UnicodeDecodeError):
        return
    folder = _GROUPS / own
    for group in (folder, *folder.parents):
        for name in _LIMITS:
            try:
                yield int((group / name).read_text("ascii"))
            except (OSError, ValueError):  # none, or "max"
                continue
        if group == _GROUPS:
            return


def held_memory(pid: int) -> int:
    """Bytes that a process holds for itself; 0 where it has ended, or the system does not say."""
    try:
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text("ascii").split()
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")


def is_told() -> bool:
    """Whether this system says how much memory another process holds."""
    return held_memory(os.getpid()) > 0
