"""What was understood, in English beside the Chinese."""

from __future__ import annotations

import string

import pytest

from queries.ask import Asker
from queries.ask.grammar import Pattern, load_grammar

KNOWN = {"tasks", "later", "before", "scope", "units", "instruments", "sets", "function", "owes"}


@pytest.mark.parametrize("pattern", load_grammar().patterns, ids=lambda one: one.name)
def test_a_pattern_says_the_same_in_both_languages(pattern: Pattern) -> None:
    zh, en = ({name for _, name, _, _ in string.Formatter().parse(words) if name} for words in (pattern.zh, pattern.en))
    assert en <= KNOWN
    assert en - {"owes"} == zh


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("澄湖区民政局2023年牵头哪些任务？", "tasks of 2023 that 澄湖区民政局 leads", id="a role"),
        pytest.param("澄湖区2022年比2021年多了哪些任务", "tasks that are new in 澄湖区 2022, against 2021", id="two years"),
        pytest.param("青岚县2022年没有时限的任务有多少项", "how many there are: tasks of 青岚县 2022 without a deadline", id="a condition"),
        pytest.param(
            "澄湖区财政局和澄湖区民政局2022年共同承担哪些任务",
            "tasks of 2022 that 澄湖区财政局 and 澄湖区民政局 have to do together",
            id="two units together",
        ),
        pytest.param("澄湖区2023年9月底前到期的任务有哪些", "tasks of 澄湖区 due from 2023-01-01 to 2023-09-30", id="a stretch of time"),
        pytest.param(
            "澄湖区2022年预算公开由谁负责", "who has to do it: tasks of 澄湖区 2022 that speak of “预算公开”", id="a matter, and who"
        ),
        pytest.param("澄湖区2021年和2022年相比，哪年任务多", "the number of tasks of 澄湖区, 2021 and 2022, compared", id="a comparison"),
        pytest.param("区财政局今年几点下班？", "", id="what is declined"),
    ],
)
def test_what_was_understood(question: str, said: str, asker: Asker) -> None:
    assert asker.ask(question).understood_en == said


def test_two_questions_in_one_are_both_told(asker: Asker) -> None:
    answer = asker.ask("澄湖区民政局2023年牵头哪些任务，什么时候完成？")
    assert answer.understood_en.count("; ") == answer.understood.count("；")
