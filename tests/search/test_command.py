"""The command `zhengpu search`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.ids import Ids
from kg.ingestion import ingest
from kg.store import open_store
from tests.evaluation import CORPORA


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store in a folder with one sample, not yet indexed."""
    folder = tmp_path_factory.mktemp("searched") / "store"
    file = next(path for path in sorted(CORPORA["samples"].documents.iterdir()) if path.suffix == ".txt")
    with open_store(folder, create=True) as store:
        assert [one.error for one in ingest([file], store, Ids.configured(), jobs=1)] == [""]
    return str(folder)


def _run(where: str | Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["search", *words, "--store", str(where)])


def test_a_missing_index_is_made_and_that_is_said_once(where: str) -> None:
    first, second = _run(where, "公开"), _run(where, "公开")
    assert "还没有索引，已建立" in first.output
    assert "索引" not in second.stderr
    assert first.exit_code == second.exit_code == 0


def test_a_table_shows_what_and_where(where: str) -> None:
    told = _run(where, "公开", "--limit", "3", "--facets").output
    assert "条 / hits，第 1—3 条" in told
    assert "种类 kind: " in told


def test_one_json_object(where: str) -> None:
    page = json.loads(_run(where, "公开", "--limit", "2", "--format", "json").stdout)
    assert {"words", "total", "hits", "facets", "corrections", "did_you_mean", "said"} <= page.keys()
    assert {"kind", "iri", "label", "marks", "why", "plan", "file", "at", "number", "score"} <= page["hits"][0].keys()
    assert len(page["hits"]) == 2


def test_filters_and_excluded_words(where: str) -> None:
    page = json.loads(_run(where, "公开", "-培训", "--kind", "任务", "--format", "json").stdout)
    assert {hit["kind"] for hit in page["hits"]} == {"task"}
    assert not any("培训" in hit["text"] for hit in page["hits"])


def test_an_option_that_there_is_not(where: str) -> None:
    told = _run(where, "公开", "--yaer", "2023")
    assert told.exit_code == 2
    assert "没有选项 --yaer" in told.output


def test_a_filter_that_means_nothing(where: str) -> None:
    told = _run(where, "公开", "--level", "星系")
    assert told.exit_code == 1
    assert "层级中没有“星系”" in told.output


def test_suggestions(where: str) -> None:
    assert "信息公开" in _run(where, "信息", "--suggest").output


def test_no_store(tmp_path: Path) -> None:
    told = _run(tmp_path / "none", "公开")
    assert told.exit_code == 1
    assert "这里还没有库" in told.output
