"""Where the explorer lies once it is built: `make explorer` writes it beside its sources, and the wheel carries it."""

from __future__ import annotations

from pathlib import Path

BUILT = Path(__file__).parent / "web" / "dist"


def find_explorer() -> Path | None:
    """The folder of the built explorer; none where it has not been built."""
    return BUILT if (BUILT / "index.html").is_file() else None
