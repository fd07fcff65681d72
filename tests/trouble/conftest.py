"""Folders with plans, and stores that hold them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import PLACES
from tests.trouble.commands import plans, run, undisturbed


@pytest.fixture(scope="package")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A folder of files, and what a store holds that has read them in peace."""
    folder = tmp_path_factory.mktemp("many")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHENGPU_JURISDICTIONS", PLACES)
        return folder, undisturbed(plans(folder, 30))


@pytest.fixture(scope="package")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a plan; not to be changed."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHENGPU_JURISDICTIONS", PLACES)
        assert run("ingest", *plans(folder / "in", 1), "--store", folder / "data", "--quiet").exit_code == 0
    return folder / "data"


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    """The same, to be spoiled; the plan lies beside it."""
    shutil.copytree(kept.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"
