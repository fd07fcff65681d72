"""The command `ask`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

Ask = Callable[..., Result]


@pytest.fixture
def ask(filled: Path) -> Ask:
    def run(*words: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(main, ["ask", *words, "--store", str(filled)], input=typed)

    return run


def test_one_question_for_eyes(ask: Ask) -> None:
    result = ask("区财政局2023年牵头哪些任务")
    assert result.exit_code == 0, result.output
    assert "澄湖区财政局牵头的任务" in result.output
    assert "第8项〔district-2023-ledger.csv" in result.output
    assert "查询 query: tasks-of-unit" in result.output


def test_the_query_can_be_shown(ask: Ask) -> None:
    assert "SELECT" in ask("区财政局2023年牵头哪些任务", "--query").output


def test_a_file_gives_one_object_a_line(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_text("区财政局2021年有多少项任务\n那民政局呢？\n\n那民政局呢？\n为什么天是蓝的\n财政局的任务\n", "utf-8")
    told = [json.loads(line) for line in ask("--file", str(file), "--format", "json").output.splitlines()]
    assert [one["question"] for one in told] == [
        "区财政局2021年有多少项任务",
        "那民政局呢？",
        "那民政局呢？",
        "为什么天是蓝的",
        "财政局的任务",
    ]
    assert [bool(one["declined"]) for one in told] == [False, False, True, True, False]
    assert {one["label"] for one in told[-1]["choices"]} == {"云溪市财政局", "澄湖区财政局", "青岚县财政局"}
    assert set(told[0]) >= {"question", "understood", "query", "parameters", "rows", "value", "choices", "declined"}
    apart = [json.loads(line) for line in ask("--file", str(file), "--format", "json", "--apart").output.splitlines()]
    assert apart[1]["declined"]


def test_a_conversation(ask: Ask) -> None:
    result = ask(typed="财政局2021年有多少项任务\n2\n什么时候完成？\n退出\n")
    assert result.exit_code == 0, result.output
    assert "请选一个" in result.output
    assert "理解为：2021年澄湖区财政局承担的任务有多少项" in result.output
    assert "完成时限" in result.output


def test_a_question_and_a_file_are_too_much(ask: Ask, tmp_path: Path) -> None:
    assert ask("问", "--file", str(tmp_path / "x")).exit_code == 2
