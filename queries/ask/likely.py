"""Which task a sentence speaks of: by how much of what its words weigh a task holds, rare words weighing more."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from kg.search.data import load_table
from kg.search.words import cut_apart, to_searched
from queries.ask.finder import same
from queries.ask.grammar import load_grammar
from queries.ask.model import Finder
from queries.ask.unitnames import words

ENOUGH = 0.58  # of the weight that the best task must hold
_CLEAR = 0.1  # by which it must be ahead of the next of its plan
_LIGHT = 0.25
_UNKNOWN = 0.9  # of what a word weighs that a single task holds
_MOST = 80
_RARE = 0.02  # of all tasks that a rare word is in


@cache
def _everyday() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word, entry in load_table("everyday").items():
        for other in entry["means"]:
            found[word].append(other)
    return {word: tuple(others) for word, others in found.items()}


@cache
def forms(word: str) -> tuple[str, ...]:
    """The word and what documents say for it."""
    return tuple(
        dict.fromkeys((*same(word), *(each for group in words()["freely"] if word in group for each in group), *_everyday().get(word, ())))
    )


def content_words(stretch: str) -> list[str]:
    """The words of a stretch of a question that say which task is meant."""
    asides = set(words()["asides"])
    found = [
        word
        for part in _known().split(stretch)
        if part
        for word in ((part,) if _known().fullmatch(part) else _cut(part))
        if len(word) > 1 and word not in asides and not word.isdecimal()
    ]
    return [word for word in found if not _is_empty(word)]


@cache
def _known() -> re.Pattern[str]:
    """Everyday words that no dictionary cuts as one."""
    said = {word for group in (*words()["synonyms"], *words()["freely"]) for word in group if len(word) > 2} | {
        word for word in _everyday() if len(word) > 2
    }
    return re.compile(f"({'|'.join(sorted(map(re.escape, said), key=len, reverse=True))})")


@cache
def _cut(stretch: str) -> tuple[str, ...]:
    return tuple(cut_apart(to_searched(stretch)))


def _is_empty(word: str) -> bool:
    grammar = load_grammar()
    return word in grammar.cues and word not in grammar.weak


class Weights:
    """What the words of one question weigh, and the tasks that hold each."""

    def __init__(self, finder: Finder, said: Sequence[str]) -> None:
        light = load_grammar().light
        self.words: list[str] = []
        self.forms: dict[str, tuple[str, ...]] = {}
        self.tasks: dict[str, frozenset[str]] = {}
        for word in dict.fromkeys(said):
            for piece in self._pieces(finder, word):
                self.words.append(piece)
        total = finder.total() + 1.0
        most = math.log(total)
        self.rare = max(3.0, total * _RARE)
        self.weight = {
            word: (_LIGHT if word in light else 1.0)
            * (math.log(total / (len(self.tasks[word]) + 0.5)) if self.tasks[word] else most * _UNKNOWN)
            for word in self.words
        }
        self.whole = sum(self.weight.values())

    def _pieces(self, finder: Finder, word: str) -> list[str]:
        """The word, or the halves of it that tasks hold where none holds the whole."""
        self.tasks[word], self.forms[word] = finder.holding(forms(word)), forms(word)
        if self.tasks[word] or len(word) < 4:
            return [word]
        halves = [word[: len(word) // 2], word[len(word) // 2 :]]
        for half in halves:
            self.tasks[half], self.forms[half] = finder.holding(forms(half)), forms(half)
        return halves if any(self.tasks[half] for half in halves) else [word]

    def covers(self) -> dict[str, float]:
        """The share of the weight that each task holds, of the tasks that hold most."""
        found: defaultdict[str, float] = defaultdict(float)
        for word in self.words:
            for task in self.tasks[word]:
                found[task] += self.weight[word]
        best = sorted(found.items(), key=lambda one: (-one[1], one[0]))[: _MOST * 8]
        return {task: weight / self.whole for task, weight in best if weight >= 0.4 * self.whole} if self.whole else {}

    def telling(self, task: str, *, bound: bool = False) -> bool:
        """Whether a task holds words enough for it to be no chance: two that are not light, or one long one.

        `bound`: it says a number of the very kind that is asked for, and one rare word is enough.
        """
        light = load_grammar().light
        held = {word for word in self.words if word not in light and task in self.tasks[word]}
        return len(held) > 1 or any(len(word) > 2 or (bound and len(self.tasks[word]) <= self.rare) for word in held)

    def in_text(self, text: str) -> dict[str, float]:
        """What of the words stands in a text, as it stands there, by weight."""
        low = text
        return {form: self.weight[word] for word in self.words for form in self.forms[word] if form in low}


def standing_out(scores: Mapping[str, float], plans: Mapping[str, str]) -> list[str]:
    """The tasks ahead of all others of their plans, among the plans' best; several of one plan where none is."""
    best = max(scores.values(), default=0.0)
    if best < ENOUGH:
        return []
    near = [task for task, score in scores.items() if score >= best - _CLEAR]
    tops: dict[str, list[str]] = {}
    for task in sorted(near, key=lambda one: (-scores[one], one)):
        tops.setdefault(plans.get(task, ""), []).append(task)
    found = []
    for tasks in tops.values():
        top = scores[tasks[0]]
        found += [task for task in tasks if scores[task] >= top - _CLEAR / 2]
    return found
