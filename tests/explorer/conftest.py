"""A browser before a server with all samples. Whatever a page logs as an error, or asks of another host, fails its test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.api.serving import Served, serving
from tests.conftest import PLACES
from tests.explorer.opened import Opened, open_page
from viz.explorer import find_explorer


@pytest.fixture(scope="session")
def explored(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on a copy of the samples, with the built explorer."""
    if not find_explorer():
        pytest.skip("浏览器没有构建，先运行 make explorer / the explorer is not built")
    store = Path(shutil.copytree(filled, tmp_path_factory.mktemp("explored") / "store"))
    with serving(store, places=PLACES, workers=2, catch_up=False) as server:
        yield server


@pytest.fixture
def opened(browser: Browser, explored: Served) -> Iterator[Opened]:
    """A page of its own before the server."""
    with open_page(browser, explored.url) as opened:
        yield opened


@pytest.fixture
def page(opened: Opened) -> Page:
    return opened.page
