"""Threads 事项脉络: matters that recur over years and places, out of the links between tasks.

Links are taken the surest first, and each joins what its two tasks have become part of, unless some plan would then name the matter
in two tasks that are not parts of one: so chains do not drift from matter to matter. A task that merges several matters is no bridge
between them: it goes on with the surest, and is in the threads of the others besides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.lineage.model import Axis, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """What threads look at in a link: its tasks, the plans of both, and how sure it is."""

    later: str
    earlier: str
    plans: tuple[str, str]
    axis: Axis
    shape: Shape
    score: float

    @property
    def rank(self) -> tuple[float, bool, str, str]:
        """The surest first; the same whatever order links come in."""
        return (-self.score, self.shape != "one", self.later, self.earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """事项脉络: the tasks of one matter. Each is in the `core` of one thread; `also` are those that hold several matters."""

    core: frozenset[str]
    also: frozenset[str] = frozenset()


def find_threads(bonds: Iterable[Bond]) -> list[Thread]:
    """The threads, in order."""
    ordered = sorted(bonds, key=lambda bond: bond.rank)
    joined = _Joined(ordered)
    left = [bond for bond in ordered if not joined.join(bond.later, bond.earlier)]
    also: dict[str, set[str]] = defaultdict(set)
    for bond in left:
        if bond.shape == "merged":
            also[joined.find(bond.earlier)].add(bond.later)
        elif bond.shape == "broken_down":
            also[joined.find(bond.later)].add(bond.earlier)
    threads = [Thread(core=frozenset(tasks), also=frozenset(also[task])) for task, tasks in joined.groups().items()]
    return sorted(threads, key=lambda thread: min(thread.core))


class _Joined:
    """Disjoint groups of tasks, each with its tasks by plan."""

    def __init__(self, bonds: Iterable[Bond]) -> None:
        self._up: dict[str, str] = {}
        self._by_plan: dict[str, dict[str, set[str]]] = {}
        self._whole: dict[str, set[str]] = defaultdict(set)  # of a part: what it is a part of
        for bond in bonds:
            for task, plan in zip((bond.later, bond.earlier), bond.plans, strict=True):
                self._up.setdefault(task, task)
                self._by_plan.setdefault(task, {plan: {task}})
            if bond.shape == "broken_down":
                self._whole[bond.later].add(bond.earlier)

    def find(self, task: str) -> str:
        """The task that stands for the group of this one."""
        while (up := self._up[task]) != task:
            self._up[task] = task = self._up[up]
        return task

    def join(self, one: str, other: str) -> bool:
        """Make one group of two; False where that would put two matters of one plan together."""
        one, other = self.find(one), self.find(other)
        if one == other:
            return True
        if len(self._by_plan[one]) < len(self._by_plan[other]):
            one, other = other, one
        ours, theirs = self._by_plan[one], self._by_plan[other]
        if any(not self._parts(ours[plan], tasks) for plan, tasks in theirs.items() if plan in ours):
            return False
        for plan, tasks in self._by_plan.pop(other).items():
            ours.setdefault(plan, set()).update(tasks)
        self._up[other] = one
        return True

    def _parts(self, ours: Iterable[str], theirs: Iterable[str]) -> bool:
        """Whether all of these tasks of one plan are parts of one task elsewhere."""
        wholes = [self._whole.get(task, set()) for task in (*ours, *theirs)]
        return bool(set.intersection(*wholes))

    def groups(self) -> Mapping[str, set[str]]:
        """The tasks of each group, by the one that stands for it."""
        return {task: {each for tasks in plans.values() for each in tasks} for task, plans in self._by_plan.items()}
