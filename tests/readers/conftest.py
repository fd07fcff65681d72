"""What the tests of readers share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a PDF file is to be written."""
    return tmp_path / "plan.pdf"
