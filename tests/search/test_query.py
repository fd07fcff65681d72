"""Searches of the samples: what comes first, why, and what is said."""

from __future__ import annotations

import pytest

from kg.errors import SearchError
from kg.search import Filters, Search

BUREAU = "澄湖区财政局"


@pytest.mark.parametrize(
    ("words", "kind", "label", "reason"),
    [
        ("澄湖区财政局", "unit", BUREAU, "word"),
        ("澄湖区 财政局", "unit", BUREAU, "word"),
        ("区财政局", "unit", BUREAU, "word"),
        ("財政局", "unit", BUREAU, "word"),
        ("云溪市教育局", "unit", "云溪市教育局", "word"),
        ("jyj", "unit", "云溪市教育局", "pinyin"),
        ("caizhengju", "unit", BUREAU, "pinyin"),
        ("财zj", "unit", BUREAU, "pinyin"),
        ("教肓局", "unit", "云溪市教育局", "corrected"),
        ("区人社局", "unit", "澄湖区人力资源和社会保障局", "synonym"),
        ("区发改局", "unit", "澄湖区发展和改革局", "synonym"),
        ("低保", "instrument", "城市居民最低生活保障条例", "synonym"),
        ("国办发[2021]12号", "instrument", "国务院办公厅关于印发2021年政务公开工作要点的通知", "word"),
        ("711号令", "instrument", "中华人民共和国政府信息公开条例", "number"),
        ("政府信息公开条例", "instrument", "中华人民共和国政府信息公开条例", "word"),
        ("澄湖区2021年政务公开实施方案", "plan", "澄湖区2021年政务公开实施方案", "word"),
        ("澄政办发(2021)20号", "plan", "澄湖区2021年政务公开实施方案", "word"),
    ],
)
def test_what_comes_first(samples: Search, words: str, kind: str, label: str, reason: str) -> None:
    first = samples.page(words).hits[0]
    assert (first.kind, first.label) == (kind, label)
    assert reason in first.why


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("政误公开", "政务公开"),
        ("信总公开", "信息公开"),
        ("依申情公开", "依申请公开"),
        ("正务公开", "政务公开"),
        ("社会保樟", "社会保障"),
        ("财证局", "财政局"),
    ],
)
def test_slips_are_put_right_and_said(samples: Search, typed: str, meant: str) -> None:
    page = samples.page(typed)
    assert page.total
    assert meant in page.corrections[0].meant
    assert any(meant in said.zh for said in page.said)
    assert {"corrected"} <= {reason for hit in page.hits for reason in hit.why}


@pytest.mark.parametrize("words", ["政务公开", "财政局", "公安", "培训"])
def test_what_is_there_as_typed_is_not_put_right(samples: Search, words: str) -> None:
    page = samples.page(words)
    assert not page.corrections
    assert not page.said


def test_a_title_ranks_over_a_body(samples: Search) -> None:
    kinds = [hit.kind for hit in samples.page("政务公开", limit=200).hits]
    assert "task" in kinds
    assert "plan" not in kinds[kinds.index("task") :]


def test_a_word_ranks_over_characters_that_meet_by_chance(samples: Search) -> None:
    hits = samples.page("公安", Filters(kind=("task",)), limit=200).hits
    by_name = [("公安" in hit.beside or "公安局" in hit.text) for hit in hits]
    assert by_name == sorted(by_name, reverse=True)


def test_excluded_words(samples: Search) -> None:
    all_, without, of_them = (samples.page(words).total for words in ("公开", "公开 -培训", "“公开” 培训"))
    assert without == all_ - of_them
    assert 0 < without < all_


def test_only_excluded_words(samples: Search) -> None:
    assert samples.page("-公开").total + samples.page("“公开”").total == samples.page("").total


def test_marks_are_stretches_of_what_is_shown(samples: Search) -> None:
    for hit in samples.page("財政局 公開", limit=100).hits:
        for mark in hit.marks:
            assert getattr(hit, mark.field)[mark.start : mark.end] in {"财政局", "公开"}


def test_no_hit_has_all_words(samples: Search) -> None:
    page = samples.page("财政局 蓝鲸")
    assert page.total
    assert page.left_out == ("蓝鲸",)
    assert "蓝鲸" in page.said[-1].zh


def test_pages_do_not_overlap(samples: Search) -> None:
    pages = [samples.page("公开", limit=50, page=number).hits for number in (1, 2, 3)]
    iris = [hit.iri for hits in pages for hit in hits]
    assert len(set(iris)) == 150
    assert iris == [hit.iri for hit in samples.page("公开", limit=150).hits]


@pytest.mark.parametrize(("limit", "page"), [(0, 1), (201, 1), (20, 0), (100, 101)])
def test_pages_that_are_not_there(samples: Search, limit: int, page: int) -> None:
    with pytest.raises(SearchError):
        samples.page("公开", limit=limit, page=page)


HOSTILE = (
    "", " ", "　\t\n", "。", "“”", "\"", "-", "--", "(((((", "AND", "OR", "NOT", "a AND (b OR", "title:财政", "name:/.*/", "财*", "财?",
    "财~2", "财^9", "[a TO z]",

    "{* TO *}", "\\", "\\\\\"", "+财 +政", "\x00", "\u202e财政", "财\u200b政",
    "<b>财政</b>", "'; DROP TABLE", "\ud83d\ude00", "𠮷野家", "公开" * 5000, "a" * 10000,
    "( " * 5000, "“" * 10000, "- " * 5000, "jyj" * 3000, "公 " * 5000,
    "〔2021〕" * 500, "9" * 10000, "国办发〔2021〕" + "9" * 400 + "号", "é" * 300,
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_typed_does_harm(samples: Search, words: str) -> None:
    page = samples.page(words)
    assert page.total >= len(page.hits)
    samples.suggest(words)


@pytest.mark.parametrize("words", ["财政 OR 蓝鲸", "kind:unit", "财政*"])
def test_operators_of_the_engine_are_words(samples: Search, words: str) -> None:
    page = samples.page(words)
    assert not page.total or page.left_out or all("财政" in hit.label + hit.text + hit.beside for hit in page.hits)


def test_without_words_everything_is_there(samples: Search) -> None:
    page = samples.page("")
    kinds = {value.value: value.count for value in page.facets[0].values}
    assert page.total == sum(kinds.values())
    assert set(kinds) == {"unit", "plan", "instrument", "section", "task", "statement"}


@pytest.mark.parametrize("words", ["《》", "，。！", "……"])
def test_only_punctuation_finds_nothing_and_says_so(samples: Search, words: str) -> None:
    page = samples.page(words)
    assert page.total == 0
    assert "标点" in page.said[0].zh


@pytest.mark.parametrize(
    ("prefix", "text"),
    [
        ("澄湖区财", BUREAU),
        ("czj", BUREAU),
        ("财政", "财政局"),
        ("jiaoy", "教育"),
        ("政府信息公开条", "中华人民共和国政府信息公开条例"),
        ("低保", "最低生活保障"),
    ],
)
def test_suggestions(samples: Search, prefix: str, text: str) -> None:
    found = samples.suggest(prefix, 20)
    assert any(text in one.text for one in found)
    assert len({one.text for one in found}) == len(found) <= 20
