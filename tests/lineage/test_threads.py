"""Threads: what belongs together does, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lineage.model import Shape
from kg.lineage.threads import Bond, find_threads


def bond(later: str, earlier: str, score: float = 0.9, shape: Shape = "one") -> Bond:
    """Between two tasks that are called by plan and letter: 22a is task a of plan 22."""
    return Bond(later=later, earlier=earlier, plans=(later[:2], earlier[:2]), axis="year", shape=shape, score=score)


CASES = {
    "over the years": ([bond("22a", "21a"), bond("23a", "22a")], ["21a 22a 23a"]),
    "two matters": ([bond("22a", "21a"), bond("22b", "21b")], ["21a 22a", "21b 22b"]),
    "a weaker link is no bridge": ([bond("22a", "21a"), bond("22b", "21b"), bond("22b", "21a", 0.6)], ["21a 22a", "21b 22b"]),
    "a chain does not drift": (
        [bond("22a", "21a"), bond("23a", "22a"), bond("23b", "22b"), bond("22b", "21b"), bond("24x", "23a", 0.7), bond("24x", "23b", 0.6)],
        ["21a 22a 23a 24x", "21b 22b 23b"],
    ),
    "merged, in both": (
        [bond("22m", "21a", 0.9, "merged"), bond("22m", "21b", 0.8, "merged")],
        ["21a 22m", "21b 22m"],
    ),
    "parts of one": ([bond("22a", "21a", 0.9, "broken_down"), bond("22b", "21a", 0.8, "broken_down")], ["21a 22a 22b"]),
    "broken into two matters": (
        [
            bond("22a", "21m", 0.8, "broken_down"), bond("22b", "21m", 0.7, "broken_down"),
            bond("22a", "20a"), bond("22b", "20b"),
        ],
        ["20a 21m 22a", "20b 21m 22b"],
    ),
}  # fmt: skip


def told(bonds: list[Bond]) -> list[str]:
    return sorted(" ".join(sorted(thread.core | thread.also)) for thread in find_threads(bonds))


@pytest.mark.parametrize(("bonds", "expected"), CASES.values(), ids=CASES)
def test_threads(bonds: list[Bond], expected: list[str]) -> None:
    assert told(bonds) == expected


NAMES = st.sampled_from([f"{plan}{letter}" for plan in range(20, 25) for letter in "abc"])
BONDS = st.lists(
    st.builds(bond, NAMES, NAMES, st.sampled_from([0.6, 0.8, 0.9]), st.sampled_from(["one", "merged", "broken_down"])).filter(
        lambda one: one.plans[0] > one.plans[1]
    ),
    unique_by=lambda one: (one.later, one.earlier),
)


@given(BONDS, st.randoms(use_true_random=False))
def test_each_task_is_in_the_core_of_one_thread_whatever_the_order(bonds: list[Bond], chance: object) -> None:
    threads = find_threads(bonds)
    shuffled = list(bonds)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert find_threads(shuffled) == threads
    cores = sorted(task for thread in threads for task in thread.core)
    assert cores == sorted({task for one in bonds for task in (one.later, one.earlier)})
