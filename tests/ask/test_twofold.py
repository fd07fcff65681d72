"""Two questions in one."""

from __future__ import annotations

import pytest

from queries.ask import Asker


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("澄湖区2021年老旧小区改造由谁负责，什么时候完成？", "澄湖区2021年老旧小区改造由谁负责", "澄湖区2021年老旧小区改造什么时候完成"),
        ("青岚县2023年村级公开栏完好率要到多少？图解谁来做", "", ""),
    ],
    ids=["of one task", "of two matters"],
)
def test_both_are_answered_or_it_is_said(question: str, first: str, second: str, asker: Asker) -> None:
    answer = asker.ask(question)
    if not first:
        assert answer.declined or "；" in answer.words or "只答了一件" in answer.words
        return
    assert "；" in answer.understood
    for part, key in ((first, "unit"), (second, "deadline")):
        told = {(row.get("task"), row.get(key)) for row in answer.rows}
        assert {(row["task"], row[key]) for row in asker.ask(part).rows} & told


def test_one_question_is_left_as_it_is(asker: Asker) -> None:
    assert "；" not in asker.ask("区财政局2021年牵头哪些任务").understood


def test_the_second_never_leaves_the_first(asker: Asker) -> None:
    answer = asker.ask("澄湖区2021年老旧小区改造由谁负责，谁考核月球？")
    assert {row["year"] for row in answer.rows if "year" in row} <= {2021}
