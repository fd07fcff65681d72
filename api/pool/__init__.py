"""Worker processes that ask the store: each can be killed, has its memory limited, and reads a checkpoint that nobody writes to.

`wire` is what is said to them, `child` is the process itself, `worker` one of them seen from the server, `nursery` and `zygote`
are where they come from, `pool` is all that read together, `writer` the one that writes.
"""

from __future__ import annotations

from api.pool.nursery import Nursery
from api.pool.pool import Pool
from api.pool.wire import Done, Spec, Task
from api.pool.writer import Writer

__all__ = ["Done", "Nursery", "Pool", "Spec", "Task", "Writer"]
