"""Makes kg/lineage/weights.toml anew: python -m tests.lineage.make_weights [--check]"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kg.lineage.assign import kept
from tests.conftest import PLACES
from tests.lineage.forms import FORMS
from tests.lineage.training import LINK, MORE, Learned, Lesson, learn, lessons
from tests.lineage.truth import load_known
from tests.lineage.validation import cross_validate

WEIGHTS = Path(__file__).parent.parent.parent / "kg" / "lineage" / "weights.toml"
_THRESHOLDS = (
    "the least likelihood of a link, and of one more of a task that has one; the least share of the wording that an edited one keeps"
)


def main() -> None:
    os.environ["ZHENGPU_JURISDICTIONS"] = PLACES
    all_lessons = lessons(load_known())
    edited = edited_threshold(all_lessons[:: len(FORMS)])
    learned = learn(all_lessons)
    WEIGHTS.write_text(to_toml(learned, edited), "utf-8")
    if "--validate" in sys.argv:
        for name, tally in cross_validate(all_lessons, edited):
            print(f"{name}: {tally}", flush=True)


def edited_threshold(plain: list[Lesson]) -> float:
    """Halfway between what rewritten wordings share and what edited ones do: the point with the fewest links on the wrong side."""
    shares: dict[str, list[float]] = {"edited": [], "rewritten": []}
    for lesson in plain:
        words: dict[str, str] = {}
        for prepared in (lesson.later, lesson.earlier):
            words |= {task.iri: one.marked for task, one in zip(prepared.plan.tasks, prepared.wordings, strict=True)}
        for (one, other), relation in lesson.known.links.items():
            if relation in shares:
                shares[relation].append(kept(words[one], words[other]))
    points = [at / 100 for at in range(1, 100)]
    wrong = [sum(one < at for one in shares["edited"]) + sum(one >= at for one in shares["rewritten"]) for at in points]
    best = [at for at, count in zip(points, wrong, strict=True) if count == min(wrong)]
    return round(sum(best) / len(best), 2)


def to_toml(learned: Learned, edited: float) -> str:
    """The weights as a file that says how it was made."""
    lines = [
        "# What each ground of a link counts (kg/lineage/features.py says what they are); `none` is what counts against a link where there",
        "# is no ground. Made by `python -m tests.lineage.make_weights` from the samples' truth, by logistic regression in which a ground",
        "# can only speak one way; not to be changed by hand. docs/lineage.md says how good it is.",
    ]
    for name, comment, table in (
        ("wording", "the two texts alone", learned.wording),
        ("first", "two tasks by themselves", learned.first),
        ("second", "with what the other links say", learned.second),
        ("further", "one more link of a task that has one: broken down, merged", learned.further),
        ("thresholds", _THRESHOLDS, {"link": LINK, "more": MORE, "edited": edited}),
    ):
        lines += ["", f"[{name}]  # {comment}", *(f"{key} = {value}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
