"""Words of a matter with one character wrong: which are put right, and which are left as they are."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.store import Store
from queries.ask.cut import cut
from queries.ask.finder import TextFinder
from queries.ask.lexicon import load_lexicon
from queries.ask.slips import put_right

TODAY = dt.date(2024, 6, 1)


@pytest.mark.parametrize(
    ("question", "slips"),
    [
        ("澄湖区2022年修定的任务有哪些", (("修定", "修订"),)),
        ("澄湖区2022年修订的任务有哪些", ()),
        ("澄湖区2021年借读的任务有哪些", ()),
        ("澄湖区2021年权利的任务有哪些", ()),
        ("提到“修定”的任务有哪些", ()),
    ],
    ids=["a slip", "no slip", "another tone", "a common word", "quoted"],
)
def test_only_a_rare_word_that_one_other_is_meant_by_is_put_right(
    question: str, slips: tuple[tuple[str, str], ...], sample_store: Store
) -> None:
    lexicon = load_lexicon(sample_store)
    assert put_right(question, cut(question, lexicon, TODAY), lexicon, TextFinder(sample_store))[1] == slips
