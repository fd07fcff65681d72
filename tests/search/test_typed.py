"""What was typed, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.search.typed import Clause, read_typed


def _quoted(text: str, *spellings: str) -> Clause:
    return Clause(text=text, quoted=True, spellings=spellings)


NUMBER = _quoted("国办发〔2021〕12号", "国办发〔2021〕第12号")


@pytest.mark.parametrize(
    "typed",
    ["国办发〔2021〕12号", "国办发[2021]12号", "国办发（2021）12号", "国办发(2021)12号",
     "国办发【2021】12号",     "国办发﹝2021﹞12号", "国办发<2021>12号",
     "国办发〔2021〕第12号", "国办发 〔2021〕 12 号", "国办发２０２１年12号", "国办发〔2021〕12"])  # fmt: skip
def test_a_number_in_any_brackets(typed: str) -> None:
    assert read_typed(typed).clauses == (NUMBER,)


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("财政局 公开", (Clause(text="财政局"), Clause(text="公开"))),
        ("財政局　公開", (Clause(text="财政局"), Clause(text="公开"))),
        ("“信息 公开” 财政", (_quoted("信息公开"), Clause(text="财政"))),
        ('"信息公开"', (_quoted("信息公开"),)),
        ("「信息公开」", (_quoted("信息公开"),)),
        ("公开 -培训", (Clause(text="公开"), Clause(text="培训", excluded=True))),
        ("公开 －“业务培训”", (Clause(text="公开"), Clause(text="业务培训", quoted=True, excluded=True))),
        ("2021-2025年", (Clause(text="2021-2025年"),)),
        ("国务院令第711号", (Clause(text="国务院令第711号", spellings=("国务院令711号",)),)),
        ("711号令", (Clause(text="711号令", spellings=("令第711号", "令711号")),)),
        ("公开 公开", (Clause(text="公开"),)),
        ("2021年12月", (Clause(text="2021年12月"),)),
        ("", ()),
        ("《》，。！", ()),
        ("- -- “”", ()),
    ],
)
def test_clauses(typed: str, clauses: tuple[Clause, ...]) -> None:
    assert read_typed(typed).clauses == clauses


def test_only_the_beginning_of_very_much_is_read() -> None:
    assert read_typed("公开" * 5000).cut
    assert len(read_typed(" ".join(f"词{at}" for at in range(90))).clauses) == 16


@given(st.text(max_size=120))
def test_anything_can_be_typed(typed: str) -> None:
    for clause in read_typed(typed).clauses:
        assert clause.text
