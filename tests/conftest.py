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
from kg.ingestion import ingest
from kg.store import Store, open_store
from tests.evaluation import CORPORA

# a busy machine is no fault of what is tested
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
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
def sample_store() -> Iterator[Store]:
    """A store in memory with all samples; not to be changed."""
    with open_store("memory") as store:
        with pytest.MonkeyPatch.context() as patch:  # only while it is filled: other tests know no invented places
            patch.setenv("ZHENGPU_JURISDICTIONS", PLACES)
            outcomes = list(ingest(sample_files(), store, Ids.configured(), jobs=os.cpu_count()))
        assert [one.error for one in outcomes if one.error] == []
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
