"""The questions of `tests/questions.toml` on the samples: how many are right, and that none is answered that should not be."""

from __future__ import annotations

import shutil

import pytest

from queries.ask import Asker
from tests.ask.scoring import Case, answer_to, load_cases, wrong

CASES = list(load_cases())
RIGHT = 0.95
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")), reason="the .doc among the samples cannot be read here"
)


def test_there_are_questions_enough() -> None:
    assert len(CASES) >= 160
    assert sum(1 for case in CASES if case.expect.get("declined")) >= 25
    assert len({(case.question, *case.expect.get("after", ())) for case in CASES}) == len(CASES)


@needs_office
def test_nearly_all_are_answered_right(asker: Asker) -> None:
    failed = [f"{case.question}: {found}" for case in CASES if (found := wrong(case, answer_to(case, asker)))]
    assert len(failed) <= (1 - RIGHT) * len(CASES), "\n".join(failed)


@pytest.mark.parametrize("case", [case for case in CASES if case.expect.get("declined")], ids=lambda case: case.question)
def test_what_cannot_be_answered_is_declined(case: Case, asker: Asker) -> None:
    answer = answer_to(case, asker)
    assert answer.declined
    assert not answer.rows
    assert answer.query is None
    assert answer.value is None


@pytest.mark.parametrize("case", [case for case in CASES if "truth" in case.expect][::9], ids=lambda case: case.question)
def test_an_answer_comes_with_its_query_and_its_words(case: Case, asker: Asker) -> None:
    answer = answer_to(case, asker)
    assert answer.understood
    assert answer.query
    assert answer.query["text"].lstrip().startswith(("#+", "PREFIX"))
    for row in answer.rows:
        assert {"task", "file", "plan", "number", "text"} <= row.keys()
        assert row["file"]
