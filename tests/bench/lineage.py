"""Lineage of many plans: python -m tests.bench.lineage [TASKS]. Ten levels, ten years; a plan comes of last year's and the upper one's."""

from __future__ import annotations

import argparse
import os
import random
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.lineage.compare import compare_many
from kg.lineage.model import LinkPlan, LinkTask, Pairing
from tests.bench.figures import row

_TASKS = 100  # of a plan
_YEARS = 10
_LEVELS = 10
_LETTERS = "公开信息办理结果目录标准年度项目资金监督检查服务群众企业建设规划环境安全教育医疗住房就业社会保障食品药品交通水利农业文化旅游"
_FUNCTIONS = [f"function-{number}" for number in range(40)]


def main(arguments: Sequence[str] | None = None) -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("tasks", nargs="?", type=int, default=100_000, help="how many tasks")
    ask.add_argument("--jobs", type=int, default=os.cpu_count())
    given = ask.parse_args(arguments)
    plans, pairings = make_plans(given.tasks)
    print(f"{len(plans)} 份计划 plans, {sum(len(plan.tasks) for plan in plans)} 项任务 tasks, {len(pairings)} 对 pairs of plans")
    started = time.perf_counter()
    links = sum(len(found.links) for found in compare_many(pairings, jobs=given.jobs))
    took = time.perf_counter() - started
    peak = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    row("谱系 / lineage", f"{took:.0f} s", f"{links} links", f"{1000 * took / len(pairings):.1f} ms a pair")
    row("内存 / memory", f"{peak[0]:.0f} MB here", f"{peak[1]:.0f} MB a worker")


def make_plans(tasks: int) -> tuple[list[LinkPlan], list[Pairing]]:
    """Plans of that many tasks in all, and the pairs to be compared."""
    chance = random.Random(1)
    lines = max(tasks // (_TASKS * _YEARS), 1)  # series of yearly plans; each but the first of ten has an upper one
    found: dict[tuple[int, int], LinkPlan] = {}
    pairings: list[Pairing] = []
    for line in range(lines):
        for year in range(_YEARS):
            earlier, upper = found.get((line, year - 1)), found.get((line - 1, year)) if line % _LEVELS else None
            plan = found[line, year] = _plan(chance, line, year, earlier or upper)
            pairings += [Pairing(later=plan, earlier=earlier, axis="year")] if earlier else []
            pairings += [Pairing(later=plan, earlier=upper, axis="level")] if upper else []
    return list(found.values()), pairings


def _plan(chance: random.Random, line: int, year: int, source: LinkPlan | None) -> LinkPlan:
    """Most tasks of the source with a few words changed, and some new ones."""
    iri = f"plan/{line}/{year}"
    kept = [task for task in source.tasks if chance.random() < 0.8] if source else []
    tasks = [replace(task, text=_edited(task.text, chance)) for task in kept]
    tasks += [_task(chance) for _ in range(_TASKS - len(tasks))]
    placed = tuple(replace(task, iri=f"{iri}/{order}", plan=iri, order=order) for order, task in enumerate(tasks, 1))
    return LinkPlan(iri=iri, title=iri, tasks=placed, year=2020 + year)


def _task(chance: random.Random) -> LinkTask:
    lead = chance.choice(_FUNCTIONS)
    words = "".join(_words(chance, chance.randrange(20, 60)))
    return LinkTask(
        iri="",
        plan="",
        order=1,
        text=f"{words}。",
        headings=(f"第{chance.randrange(8)}类",),
        lead_functions=frozenset([lead]),
        functions=frozenset([lead]),
    )


def _words(chance: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        at = chance.randrange(len(_LETTERS) - 1)
        yield _LETTERS[at : at + 2]


def _edited(text: str, chance: random.Random) -> str:
    cut = chance.randrange(len(text) - 4)
    return text[:cut] + "".join(_words(chance, 2)) + text[cut + 4 :]


if __name__ == "__main__":
    main()
