from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.text import UNSEEN, clean, fold, key


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        pytest.param("⼀、⼯作⽬标", "一、工作目标", id="kangxi-radicals"),
        pytest.param("⻓期⻛险", "长期风险", id="radical-signs"),
        pytest.param("\uf96e", "葉", id="compatibility-ideograph"),
        pytest.param("甲\u00a0乙\u2003丙", "甲 乙 丙", id="other-spaces"),
        pytest.param("（一）①《甲》２", "（一）①《甲》２", id="left-as-it-is"),
    ],
)
def test_clean_gives_ordinary_characters(printed: str, wanted: str) -> None:
    assert clean(printed) == wanted


@given(st.text())
def test_clean_keeps_every_offset(text: str) -> None:
    assert len(clean(text)) == len(text)


@pytest.mark.parametrize(
    "unseen",
    [pytest.param(char, id=f"u{ord(char):04x}") for char in "\u200b\ufeff\u00ad\u202a\x00\x07\ue004\uf0b7"],
)
def test_what_nobody_sees_is_known(unseen: str) -> None:
    assert UNSEEN.fullmatch(unseen)


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        pytest.param("(一)甲", "（一）甲", id="half-width-brackets"),
        pytest.param("[2031]7号", "〔2031〕7号", id="square-brackets"),
        pytest.param("【2031】７号", "〔2031〕7号", id="black-brackets-and-full-width-digits"),
        pytest.param("9 月 底 前", "9月底前", id="no-white-space"),
        pytest.param("6月\n30日\u3000前", "6月30日前", id="no-line-end"),
        pytest.param("甲局,乙局;丙局:丁", "甲局，乙局；丙局：丁", id="half-width-punctuation"),
        pytest.param("3月—5月", "3月-5月", id="dash"),
        pytest.param("3月～5月", "3月~5月", id="wave"),
        pytest.param("二○三一年", "二零三一年", id="ring-for-nought"),
        pytest.param("ＡＢ％", "AB%", id="full-width-latin"),
        pytest.param("2031.6.30", "2031.6.30", id="a-full-stop-stays"),
    ],
)
def test_fold_gives_one_form(printed: str, wanted: str) -> None:
    assert fold(printed).text == key(printed) == wanted


def test_a_span_of_the_folded_text_leads_back() -> None:
    printed = "前文 请于 9 月\n底前 办结"
    folded = fold(printed[3:], start=3)
    at = folded.text.index("9月底前")
    span = folded.span(at, at + 4)
    assert printed[span.start : span.end] == "9 月\n底前"


def test_an_empty_stretch_has_a_place() -> None:
    assert fold("", 5).span(0, 0) == Span(0, 0)
    assert fold("甲 乙", 5).span(1, 1) == Span(7, 7)
    assert fold("甲 乙", 5).span(2, 2) == Span(8, 8)


def test_trimmed_takes_from_both_ends() -> None:
    folded = fold("，。甲局、乙局；", 10).trimmed("，。；")
    assert folded.text == "甲局、乙局"
    assert folded.whole == Span(12, 17)
    assert fold("，，", 3).trimmed("，").text == ""


MIXED = st.text(alphabet=st.sampled_from("甲乙（）()[]【】〔〕 \t\n\u3000，,9９一"), max_size=60)


@given(MIXED, st.integers(0, 99))
def test_every_character_of_the_normal_form_leads_back(text: str, start: int) -> None:
    folded = fold(text, start)
    assert len(folded.text) == len(folded.offsets)
    for index, char in enumerate(folded.text):
        assert key(text[folded.offsets[index] - start]) == char


@given(MIXED)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert key(key(text)) == key(text)
