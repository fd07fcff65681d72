"""A store with all samples, as the explorer's tests use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.explorer.conftest import fill
from tests.sharing import made_once


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not to be changed."""
    return made_once(tmp_path_factory, "samples", fill)
