"""The difference of two wordings, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lineage.words import differences

CASES = {
    "one word": ("公布全省预算。", "公布全市预算。", [("kept", "公布"), ("replaced", "全省/全市"), ("kept", "预算。")]),
    "inserted": ("公布预算。", "公布预算，不得迟延。", [("kept", "公布预算"), ("inserted", "/，不得迟延"), ("kept", "。")]),
    "deleted": ("公布预算和决算。", "公布预算。", [("kept", "公布预算"), ("deleted", "和决算/"), ("kept", "。")]),
    "printing only": ("公开率90%, 按月公布", "公开率90％，按月公布", [("kept", "公开率90%, 按月公布")]),
    "nothing before": ("", "公布预算", [("inserted", "/公布预算")]),
    "nothing": ("", "", []),
    "an island is no ground": ("按季度的进度晒出", "按月的成效公开", [("kept", "按"), ("replaced", "季度的进度晒出/月的成效公开")]),
}


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_differences(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    found = differences(before, after)
    assert [(one.kind, one.before if one.kind == "kept" else f"{one.before}/{one.after}") for one in found] == expected


WORDINGS = st.text(alphabet="公开预算全省市，。 \n90%％的", max_size=40)


@given(WORDINGS, WORDINGS)
def test_the_pieces_are_both_wordings_whole(before: str, after: str) -> None:
    found = differences(before, after)
    assert "".join(one.before for one in found) == before
    assert "".join(one.after for one in found) == after
    assert all((one.before != "") + (one.after != "") for one in found)
