"""The searched form, and the words that a text is cut into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.search.words import cut_query, cut_text, says_something, to_printed, to_searched


@pytest.mark.parametrize(
    ("printed", "searched"),
    [
        ("財政局", "财政局"),
        ("ＡＰＰ", "app"),
        ("国办发[2021]12号", "国办发〔2021〕12号"),
        ("国办发（２０２１）１２号", "国办发〔2021〕12号"),
        ("政 务\n公 开", "政务公开"),
        ("⾏政", "⾏政"),
    ],
)
def test_one_form(printed: str, searched: str) -> None:
    assert to_searched(printed) == searched


@given(st.text(alphabet="政務公开 \n（[ＡaＢ1，。-", max_size=40))
def test_a_stretch_leads_back_to_its_words(text: str) -> None:
    searched, folded = to_printed(text)
    assert searched == to_searched(text)
    for at in range(len(searched)):
        span = folded.span(at, at + 1)
        assert to_searched(text[span.start : span.end]) == searched[at]


@given(st.text(max_size=60))
def test_words_lose_no_character_that_says_something(text: str) -> None:
    searched = to_searched(text)
    kept = "".join(cut_query(searched))
    assert [char for char in searched if says_something(char)] == [char for char in kept if says_something(char)]


def test_long_words_are_indexed_in_their_parts_too() -> None:
    assert {"政府信息公开", "信息", "公开"} <= set(cut_text("政府信息公开条例"))
