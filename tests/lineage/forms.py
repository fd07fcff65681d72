"""The samples made harder to link: in other order, without what helps, with their sentences mixed, broken down and merged.

The samples are kinder than life: their plans keep one order, nearly every task has its heading and its leader, and a wording is
either kept or given up. In life an office keeps half of a sentence, spreads an item over rows of a ledger, and has other units.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from kg.lineage.model import LinkTask

Tasks = Sequence[LinkTask]


@dataclass(frozen=True, slots=True)
class Roles:
    """Tasks of the later plan: those that keep the wording of their partner, and those that have none."""

    same: frozenset[str]
    new: frozenset[str]


Change = Callable[[Tasks, Random, Roles], Tasks]  # with a seeded chance
JOINED, PART = "+", "~"
_CLAUSE = re.compile(r"[^，；。]+[，；。]?")
_NUDGE = 5
_WORD = re.compile(r".{1,3}")
_SENTENCE = re.compile(r"[^；。]+[；。]?")


def sources(iri: str) -> list[str]:
    """The tasks that a made task was made of."""
    return [part.partition(PART)[0] for part in iri.split(JOINED)]


# --- without what helps ------------------------------------------------------------------------------------------------


def shuffled(tasks: Tasks, chance: Random, _: Roles) -> Tasks:
    """The sections in another order, and the tasks of each."""
    sections: dict[tuple[str, ...], list[LinkTask]] = {}
    for task in tasks:
        sections.setdefault(task.headings, []).append(task)
    order = list(sections)
    chance.shuffle(order)
    for section in order:
        chance.shuffle(sections[section])
    return [task for section in order for task in sections[section]]


def nudged(tasks: Tasks, chance: Random, _: Roles) -> Tasks:
    """Each some places up or down, as a new office would set them."""
    places = [at + chance.uniform(-_NUDGE, _NUDGE) for at in range(len(tasks))]
    return [task for _, task in sorted(zip(places, tasks, strict=True), key=lambda pair: pair[0])]


def without_headings(tasks: Tasks, _: Random, __: Roles) -> Tasks:
    return [replace(task, headings=()) for task in tasks]


def without_units(tasks: Tasks, _: Random, __: Roles) -> Tasks:
    return [replace(task, leads=(), others=(), lead_functions=frozenset(), functions=frozenset()) for task in tasks]


def other_units(tasks: Tasks, chance: Random, _: Roles) -> Tasks:
    """Each with the units of any task of the plan."""
    givers = list(tasks)
    chance.shuffle(givers)
    return [
        replace(task, leads=giver.leads, others=giver.others, lead_functions=giver.lead_functions, functions=giver.functions)
        for task, giver in zip(tasks, givers, strict=True)
    ]


# --- other wording -----------------------------------------------------------------------------------------------------


def half_kept(tasks: Tasks, chance: Random, roles: Roles) -> Tasks:
    """Of a wording that was kept, some clauses, among clauses of other tasks."""
    return [_mixed(task, tasks, chance, roles, _CLAUSE, kept=(0.1, 0.7)) for task in tasks]


def reworded(tasks: Tasks, chance: Random, roles: Roles) -> Tasks:
    """Of a wording that was kept, some words, among words of other tasks."""
    return [_mixed(task, tasks, chance, roles, _WORD, kept=(0.15, 0.6)) for task in tasks]


def _mixed(task: LinkTask, tasks: Tasks, chance: Random, roles: Roles, piece: re.Pattern[str], *, kept: tuple[float, float]) -> LinkTask:
    """As many pieces as before, some its own. The others are of tasks that have no partner, where there are any."""
    if not roles.same.issuperset(sources(task.iri)):
        return task
    own, share = piece.findall(task.text), chance.uniform(*kept)
    givers = [one for one in tasks if one.iri in roles.new and one is not task] or tasks
    foreign = [each for giver in chance.choices(givers, k=3) for each in piece.findall(giver.text)]
    pieces = [each if chance.random() < share else chance.choice(foreign) for each in own]
    return replace(task, text="".join(pieces), measures=(), deadlines=())


def broken_down(tasks: Tasks, chance: Random, roles: Roles) -> Tasks:
    """Wordings that were kept, mostly a sentence a task."""
    made: list[LinkTask] = []
    for task in tasks:
        sentences = _SENTENCE.findall(task.text)
        if task.iri not in roles.same or len(sentences) < 2 or chance.random() < 0.3:
            made.append(task)
        else:
            made += [replace(task, iri=f"{task.iri}{PART}{at}", text=text) for at, text in enumerate(sentences)]
    return made


def merged(tasks: Tasks, chance: Random, _: Roles) -> Tasks:
    """Some neighbours of a section as one task."""
    made: list[LinkTask] = []
    for task in tasks:
        if made and made[-1].headings == task.headings and JOINED not in made[-1].iri and chance.random() < 0.35:
            made[-1] = _joined(made[-1], task)
        else:
            made.append(task)
    return made


def _joined(one: LinkTask, other: LinkTask) -> LinkTask:
    return replace(
        one,
        iri=f"{one.iri}{JOINED}{other.iri}",
        text=one.text + other.text,
        others=tuple(dict.fromkeys((*one.others, *other.others))),
        measures=(*one.measures, *other.measures),
        deadlines=(*one.deadlines, *other.deadlines),
        lead_functions=one.lead_functions | other.lead_functions,
        functions=one.functions | other.functions,
        instruments=one.instruments | other.instruments,
    )


_ALONE: tuple[Change, ...] = (shuffled, without_headings, other_units)


def blind(changes: Sequence[Change]) -> bool:
    """Whether they leave nothing but words to go by."""
    return set(_ALONE) <= set(changes)


FORMS: dict[str, tuple[Change, ...]] = {
    "as printed": (),
    "other order": (shuffled,),
    "nudged": (nudged,),
    "no headings": (nudged, without_headings),
    "no units": (nudged, without_units),
    "words only": _ALONE,
    "half kept": (nudged, half_kept),
    "half kept, words only": (half_kept, *_ALONE),
    "reworded": (nudged, reworded),
    "reworded, other units": (reworded, other_units),
    "reworded, words only": (reworded, *_ALONE),
    "broken down": (broken_down,),
    "broken down, words only": (broken_down, *_ALONE),
    "broken down, reworded": (broken_down, reworded),
    "broken down, reworded, words only": (broken_down, reworded, *_ALONE),
    "merged": (merged,),
    "merged, reworded": (merged, reworded, nudged, other_units),
    "broken down and merged anew": (broken_down, shuffled, merged, without_headings),
}
