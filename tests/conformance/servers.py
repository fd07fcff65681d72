"""A server of ours that the suites may fill and empty."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.api.serving import Served, make_store, serving

_MEMORY = Path("/dev/shm")
_ENOUGH = 1 << 29  # bytes


@contextmanager
def empty_server() -> Iterator[Served]:
    """A server on an empty store, whose default graph is that of the store, as the suites want it.

    Each test fills the store anew: it lies in memory where the system has files there, so that hundreds of changes wait for no disk.
    """
    memory = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH
    with tempfile.TemporaryDirectory(dir=_MEMORY if memory else None) as folder:
        store = make_store(Path(folder) / "store")
        with serving(store, workers=2, union=False) as server:
            yield server
