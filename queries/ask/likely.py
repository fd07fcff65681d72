"""Which task a sentence speaks of: by how much of what its words weigh a task holds, rare words weighing more."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg.search.data import load_table
from kg.search.words import cut_apart, to_searched
from queries.ask.cut import entry_of
from queries.ask.finder import same
from queries.ask.grammar import load_grammar
from queries.ask.model import Finder
from queries.ask.passing import speaks_little
from queries.ask.unitnames import words

ENOUGH = 0.58  # of the weight that the best task must hold
_GRAMMATICAL = set("pcurydm") | {""}  # parts of speech of characters that are no part of a name
_RESULT = re.compile(r"(?:[完好到成毕掉够齐满妥]|[上下出进回过起][来去])$")  # 装完, 报上去: ways of doing what the rest of the word says
TOPIC = 0.66  # of the weight that each task on a topic must hold
_CLEAR = 0.1  # by which it must be ahead of the next of its plan
_LIGHT = 0.25
_DEED = 0.6  # of that: what is done is said in more ways than what it is done to
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


def content_words(stretch: str, pieced: Sequence[str] = ()) -> list[str]:
    """The words of a stretch of a question that say which task is meant; `pieced` are words in it that no dictionary has."""
    asides = set(words()["asides"])
    found = [word for part in _known().split(stretch) if part for word in ((part,) if _known().fullmatch(part) else _apart(part, pieced))]
    return [
        word
        for word in found
        if len(word) > 1 and word not in asides and (not word.isdecimal() or len(word) > 4) and not _is_empty(word) and not _counts(word)
    ]


def _counts(word: str) -> bool:
    """Whether a word only counts: 一颗, 每户."""
    return len(word) == 2 and word[0] in "一两几每各" and entry_of(word[1])[1][:1] == "q" and entry_of(word)[1][:1] in {"", "m", "q", "r"}


def _apart(part: str, pieced: Sequence[str]) -> Iterator[str]:
    """The words of a part of a stretch, with those that are pieced together as they are."""
    inside = sorted((word for word in pieced if word in part), key=len, reverse=True)
    if not inside:
        yield from _joined(_cut(part), part)
        return
    before, word, behind = part.partition(inside[0])
    yield from _apart(before, inside[1:]) if before else ()
    yield word
    yield from _apart(behind, inside) if behind else ()


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


def _joined(pieces: Sequence[str], text: str) -> Iterator[str]:
    """The pieces, with two characters side by side that no dictionary has as a word, and that say something, as one: 户厕."""
    run = ""
    for piece in (*pieces, ""):
        if len(piece) == 1 and piece not in load_grammar().cues and entry_of(piece)[1][:1] not in _GRAMMATICAL:
            run += piece
            continue
        if len(run) == 2 and run[0] != run[1] and run in text:
            yield run
        run = ""
        if piece:
            yield piece


def _is_empty(word: str) -> bool:
    grammar = load_grammar()
    return word in grammar.cues and word not in grammar.weak


def _solid(word: str) -> float:
    """How much a word that no task holds counts: little where it is spoken scaffolding."""
    return _LIGHT if speaks_little(word) else _DEED if entry_of(word)[1] == "v" else 1.0


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
            * (math.log(total / (len(self.tasks[word]) + 0.5)) if self.tasks[word] else most * _UNKNOWN * _solid(word))
            for word in self.words
        }
        self.whole = sum(self.weight.values())

    def _pieces(self, finder: Finder, word: str) -> list[str]:
        """The word, or the halves of it that tasks hold where none holds the whole."""
        self.tasks[word], self.forms[word] = finder.holding(forms(word)), forms(word)
        for at in range(2, len(word) - 1) if len(word) > 4 else ():  # 改造老旧小区, for 老旧小区改造
            self.tasks[word] |= finder.holding((word[:at],)) & finder.holding((word[at:],))
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

    def unheard(self, speech: str) -> str:
        """A word of a part of speech that no task holds, and that is more than a way of speaking: 解聘."""
        held = (word for word in self.words if not self.tasks[word] and entry_of(word)[1] == speech and not speaks_little(word))
        return next((word for word in held if not _RESULT.search(word)), "")

    def core(self, words_: Sequence[str]) -> str:
        """Of these words the one that weighs most and that some task holds; empty where none does."""
        return max((word for word in words_ if self.tasks[word]), key=lambda word: self.weight[word], default="")

    def touches(self, task: str) -> bool:
        """Whether a task holds any of the words that name something, where there are such."""
        light = load_grammar().light
        solid = [word for word in self.words if word not in light and not speaks_little(word) and entry_of(word)[1] != "v"]
        return not solid or any(task in self.tasks[word] for word in solid)

    def in_text(self, text: str) -> dict[str, float]:
        """What of the words stands in a text, as it stands there, by weight."""
        low = text
        return {form: self.weight[word] for word in self.words for form in self.forms[word] if form in low}


def on_topic(scores: Mapping[str, float], weights: Weights) -> list[str]:
    """The tasks that hold nearly all of the weight, with the word that weighs most."""
    core = weights.core(weights.words)
    return [task for task, score in scores.items() if score >= TOPIC and task in weights.tasks.get(core, ())]


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
