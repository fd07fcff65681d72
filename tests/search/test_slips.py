"""Words that are put right."""

from __future__ import annotations

import pytest

from kg.search.lexicon import Lexicon
from kg.search.slips import guess

LEXICON = Lexicon({"政务公开": 9, "财政局": 5, "教育局": 5, "社会保障": 4, "处罚": 3, "依申请公开": 3, "指南": 2, "培训": 2}, ())


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        ("政误公开", "政务公开", "sound"),
        ("正误公开", "政务公开", "sound"),
        ("财证局", "财政局", "sound"),
        ("教肓局", "教育局", "shape"),
        ("社会保樟", "社会保障", "shape"),
        ("处处罚", "处罚", "extra"),
        ("政公开", "政务公开", "missing"),
        ("依申公开", "依申请公开", "missing"),
        ("政公务开", "政务公开", "order"),
        ("治南", "指南", "sound"),
    ],
)
def test_put_right(typed: str, meant: str, slip: str) -> None:
    first = guess(typed, LEXICON)[0]
    assert (first.word, first.slip) == (meant, slip)


@pytest.mark.parametrize("typed", ["政务公开", "农业", "局", "公开政务和其他", "x" * 100])
def test_left_alone(typed: str) -> None:
    assert guess(typed, LEXICON) == []
