"""Makes the samples, or checks them with --check: see build.py. Runs from any folder."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    sys.exit(import_module("tests.samples.build").main())
