"""Whether an answer is what `questions.toml` expects, and if not, why."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from queries.ask import Answer, Asker
from tests.ask.truth import tasks, words

QUESTIONS = Path(__file__).parent.parent / "questions.toml"


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is expected."""

    question: str
    kind: str
    expect: Mapping[str, Any]


def load_cases(path: Path = QUESTIONS) -> Iterator[Case]:
    for entry in tomllib.loads(path.read_text("utf-8"))["case"]:
        for question in entry["ask"]:
            yield Case(question, entry["kind"], entry)


def answer_to(case: Case, asker: Asker) -> Answer:
    """The answer, after the questions before it in its conversation."""
    *_, last = asker.converse([*case.expect.get("after", ()), case.question])
    return last


def wrong(case: Case, answer: Answer) -> str:
    """What is wrong with the answer; empty where it is right."""
    expect = case.expect
    if expect.get("declined"):
        return "" if answer.declined else f"answered: {answer.understood or answer.words}"
    if "choices" in expect:
        labels = [one.label for one in answer.choices]
        return "" if set(labels) == set(expect["choices"]) else f"choices {labels}; {answer.declined or answer.understood}"
    if answer.declined or answer.choices:
        return f"not answered: {answer.declined or [one.label for one in answer.choices]}"
    return next((found for check in _CHECKS if (found := check(expect, answer))), "")


def _tasks(expect: Mapping[str, Any], answer: Answer) -> str:
    if "truth" not in expect or expect.get("none_said"):
        return ""
    wanted = tasks(expect["truth"])
    if not wanted:
        return "the truth means no task at all"
    told = sorted({row["task"]: (row["file"], words(row["text"])) for row in answer.rows}.values())
    missing, more = [one for one in wanted if one not in told], [one for one in told if one not in wanted]
    if expect.get("count") and answer.value != len(wanted):
        return f"value {answer.value}, not {len(wanted)}"
    return f"missing {len(missing)} {missing[:2]}, too many {len(more)} {more[:2]}" if missing or more else ""


def _value(expect: Mapping[str, Any], answer: Answer) -> str:
    if "value" in expect and (answer.value != expect["value"] or isinstance(answer.value, bool) != isinstance(expect["value"], bool)):
        return f"value {answer.value!r}, not {expect['value']!r}"
    return ""


def _names(expect: Mapping[str, Any], answer: Answer) -> str:
    for field, key in (("units", "printed"), ("laws", "instrument")):
        if field in expect and (told := {row.get(key) for row in answer.rows}) != set(expect[field]):
            return f"{field} {told}"
    return ""


def _none(expect: Mapping[str, Any], answer: Answer) -> str:
    if expect.get("none") and answer.rows:
        return f"{len(answer.rows)} rows"
    return "no rows" if expect.get("some") and not answer.rows else ""


def _counts(expect: Mapping[str, Any], answer: Answer) -> str:
    if "counts" not in expect:
        return ""
    told = {row["of"]: row["tasks"] for row in answer.rows}
    wanted = {label: len(tasks(spec)) for label, spec in expect["counts"].items()}
    return "" if told == wanted else f"{told}, not {wanted}"


_CHECKS = (_tasks, _value, _names, _none, _counts)
