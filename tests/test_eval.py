"""No figure falls below its floor: the command on documents with a known truth."""

from __future__ import annotations

import pytest

from tests.evaluation import CORPORA, evaluate, load_floors
from tests.scoring import FIELDS

FLOORS = load_floors()


def _corpus(name: str) -> str:
    if not CORPORA[name].there:
        pytest.skip(f"没有 {CORPORA[name].documents}，未评测 / not there: {name} is not scored")
    return name


@pytest.fixture(scope="module", params=list(CORPORA))
def corpus(request: pytest.FixtureRequest) -> str:
    return _corpus(request.param)


def test_every_field_has_a_floor() -> None:
    assert {name: set(FLOORS[name]) for name in CORPORA} == {name: set(FIELDS) for name in CORPORA}


def test_every_document_is_read_and_scored(corpus: str) -> None:
    scored = evaluate(corpus)
    assert scored.by_document
    assert set(scored.by_document) <= set(scored.readings), scored.said


def test_no_figure_is_below_its_floor(corpus: str) -> None:
    whole = evaluate(corpus).whole
    below = {
        name: f"{whole.figure(name)} < {floor}; {whole.misses[name][:5]}"
        for name, floor in FLOORS[corpus].items()
        if (whole.figure(name) or 0.0) < floor
    }
    assert not below
