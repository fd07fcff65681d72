"""What tests share: the invented places of the samples, a store that holds the samples, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from kg.ids import Ids
from kg.ingestion import ingest, open_ours
from kg.refresh import refresh
from kg.store import Store, open_store
from tests.evaluation import CORPORA
from tests.sharing import made_once

# a busy machine is no fault of what is tested
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None)
PLACES = str(Path(__file__).parent / "samples" / "jurisdictions.csv")


@pytest.fixture
def sample_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """The places of the samples are known, in this process and in those that it starts."""
    monkeypatch.setenv("ZHENGPU_JURISDICTIONS", PLACES)


def sample_files() -> list[Path]:
    """The sample documents that can be read here: .doc needs LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    return [path for path in sorted(CORPORA["samples"].documents.iterdir()) if path.suffix != ".doc" or office]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all samples and what follows from them; to be copied by whoever changes it."""
    return made_once(tmp_path_factory, "samples", fill)


def fill(folder: Path) -> None:
    """Read the samples into a new store, as `zhengpu demo` does."""
    with pytest.MonkeyPatch.context() as patch:  # only while it is filled: other tests know no invented places
        patch.setenv("ZHENGPU_JURISDICTIONS", PLACES)
        with open_ours(str(folder), Ids.configured(), create=True) as store:
            assert [one.error for one in ingest(sample_files(), store, Ids.configured(), jobs=os.cpu_count()) if one.error] == []
            list(refresh(store, Ids.configured()))


@pytest.fixture(scope="session")
def sample_store(filled: Path) -> Iterator[Store]:
    """A store with all samples and what follows from them; not to be changed."""
    with open_store(filled, read_only=True) as store:
        yield store


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests of a process: a second one cannot be started beside it."""
    if not CHROMIUM:
        pytest.skip("没有 Chromium，跳过浏览器里的测试 / no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
