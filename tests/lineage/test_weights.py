"""The weights are those that the samples' truth gives, and links found with them are good on the samples."""

from __future__ import annotations

import numpy as np
import pytest

from kg.lineage.score import load_weights
from tests.lineage.make_weights import edited_threshold
from tests.lineage.training import LINK, MORE, learn, lessons
from tests.lineage.truth import SAME, load_known
from tests.lineage.validation import Tally, count

pytestmark = pytest.mark.usefixtures("sample_places")


def test_the_weights_are_made_of_the_samples() -> None:
    made, held = learn(lessons(load_known())), load_weights()
    for name in ("wording", "first", "second", "further"):
        assert getattr(held, name) == pytest.approx(getattr(made, name), abs=0.05), f"python -m tests.lineage.make_weights: {name}"
    assert (held.link, held.more) == (LINK, MORE)


def test_links_of_the_samples() -> None:
    """Not the measure of how good they are, for the weights know these plans: `make_weights --validate` is."""
    tally, plain = Tally(), lessons(load_known(), ["as printed"])
    for lesson in plain:
        count(tally, lesson, load_weights(), np.ones(len(lesson.later.plan.tasks), dtype=bool))
    assert load_weights().edited == edited_threshold(plain)
    assert min(tally.precision(*SAME), tally.recall(*SAME)) >= 0.99
    assert tally.precision("rewritten") >= 0.9
    assert tally.recall("rewritten") >= 0.88
