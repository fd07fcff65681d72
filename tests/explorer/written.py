"""Stores with plans that a test writes, and servers on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.ids import Ids
from kg.ingestion import ingest, open_ours
from kg.refresh import refresh
from tests.api.serving import Served, serving
from tests.conftest import PLACES
from viz.explorer import find_explorer


@contextmanager
def serving_texts(folder: Path, texts: Mapping[str, str]) -> Iterator[Served]:
    """A server on a new store with these documents, by their file names."""
    if not find_explorer():
        pytest.skip("浏览器没有构建，先运行 make explorer / the explorer is not built")
    (folder / "texts").mkdir(parents=True)
    files = [folder / "texts" / name for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHENGPU_JURISDICTIONS", PLACES)
        with open_ours(str(folder / "store"), Ids.configured(), create=True) as store:
            assert [one.error for one in ingest(files, store, Ids.configured()) if one.error] == []
            list(refresh(store, Ids.configured()))
    with serving(folder / "store", places=PLACES, workers=2, catch_up=False) as server:
        yield server
