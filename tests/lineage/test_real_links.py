"""Links between real plans that were read by hand, apart from the truth that the weights were learned from."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import pytest

from kg.ids import Ids
from kg.ingestion import ingest
from kg.lineage.listing import Side, list_links
from kg.refresh import refresh
from kg.store import open_store
from tests.evaluation import CORPORA

_HERE = Path(__file__).parent
_DOCUMENTS = CORPORA["eval"].documents
_FILES = ("000", "002", "004")
Key = tuple[str, str, str, str]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _side(side: Side) -> tuple[str, str]:
    return Path(side.file).stem, _digest(side.text)


@pytest.mark.skipif(not _DOCUMENTS.is_dir(), reason="没有 ../shared/eval：未核对真实计划之间的链接 / real links not measured")
def test_links_between_real_plans_that_were_read_by_hand() -> None:
    rows = json.loads((_HERE / "real_links.json").read_text("utf-8"))["links"]
    sure, doubtful = (
        {(a.split("/")[0], one, b.split("/")[0], other) for a, _, one, b, _, other, kind in rows if kind == wanted}
        for wanted in ("sure", "doubtful")
    )
    ids = Ids.configured()
    with open_store("memory") as store:
        list(ingest([_DOCUMENTS / f"{name}.txt" for name in _FILES], store, ids, jobs=1))
        list(refresh(store, ids))
        found: set[Key] = {(*_side(link.a), *_side(link.b)) for link in list_links(store, ids)}
    judged = {key for key in found if key not in doubtful}
    floors = tomllib.loads((_HERE.parent / "floors.toml").read_text("utf-8"))["real-links"]
    assert len(found & sure) / len(sure) >= floors["recall"]
    assert len(judged & sure) / len(judged) >= floors["precision"]
