"""The log: one line of JSON for each thing that happens, on standard error."""

from __future__ import annotations

import json
import sys
import time


def log(**told: object) -> None:
    """Write one line."""
    now = time.time()
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + f".{int(now % 1 * 1000):03d}Z"
    print(json.dumps({"time": stamp, **told}, ensure_ascii=False), file=sys.stderr, flush=True)
