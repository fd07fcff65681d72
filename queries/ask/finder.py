"""Which tasks speak of a matter: all words must be there, the closest first. A plain way over all texts of a store."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Protocol

from kg.store import Store
from kg.store.rows import select_strings
from queries.ask.lexicon import plain
from queries.ask.model import Hit, Matter
from queries.ask.unitnames import words

_TEXTS = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?task ?text ?heading WHERE { ?task a zp:Task ; zp:text ?text OPTIONAL { ?task zp:inSection/dcterms:title ?heading } }"""

# How closely the words of a matter stand together: as they are said, by others that mean the same, near, in one sentence.
LITERAL, OTHERWISE, ANYWHERE, HEADING = 6.0, 5.0, 2.5, 1.0
NEAR = 4.0
_OWN = (NEAR, 3.5, ANYWHERE)  # near, in one sentence, anywhere: the words themselves
_ALIKE = (3.2, 3.0, 2.0)  # or words that mean the same
_NEAR = 12  # characters that may stand between the words of one stretch


_BRACKET = re.compile(r"（[^（）]{1,4}）")
_COUNT = "PREFIX zp: <https://w3id.org/zhengpu/ontology#> SELECT (COUNT(DISTINCT ?task) AS ?n) { ?task a zp:Task }"


@dataclass(frozen=True)
class _Text:
    task: str
    text: str
    heading: str
    bare: str = ""  # the text without short brackets, where it has some

    @property
    def all(self) -> str:
        return f"{self.text}\n{self.heading}"

    @cached_property
    def low(self) -> str:
        """All of it in small letters, and with what only a bracket adds left out: 村（居）务公开 is 村务公开 too."""
        return f"{self.all}\n{self.bare}".lower()


class Index(Protocol):
    """A search index, as far as a finder needs one."""

    def tasks_with(self, words: Sequence[Sequence[str]]) -> Sequence[str]:
        """The tasks that hold, in whatever field, one of each group of words."""

    def holds(self, words: str) -> bool:
        """Whether anything holds these characters one after another."""


class TextFinder:
    """Reads every text once; for stores of some ten thousand tasks."""

    def __init__(self, store: Store) -> None:
        self._texts = list(_read(store, ""))
        self._all = "\n".join({each for one in self._texts for each in (one.text, one.heading)})

    def find(self, matter: Matter) -> Sequence[Hit]:
        """The tasks that hold all words of the matter, or words that mean the same, the closest first."""
        groups = _groups(matter)
        return _graded((one for one in self._texts if all(any(form in one.all for form in group) for group in groups)), matter)

    def knows(self, words_: str) -> bool:
        """Whether any task, or the heading of one, holds these words as they stand, or a word that means the same."""
        return any(form in self._all for form in same(words_))

    def holding(self, forms: Sequence[str]) -> frozenset[str]:
        """The tasks that hold one of these forms of a word."""
        return frozenset(one.task for one in self._texts if any(form in one.low for form in forms))

    def total(self) -> int:
        """How many tasks there are."""
        return len({one.task for one in self._texts})


class IndexFinder:
    """Asks a search index which tasks hold the words, and reads only these."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store, self._index = store, index

    def find(self, matter: Matter) -> Sequence[Hit]:
        """The same tasks as by reading every text."""
        tasks = self._index.tasks_with(_groups(matter))
        values = f"VALUES ?task {{ {' '.join(f'<{task}>' for task in tasks)} }} "
        return _graded(_read(self._store, values), matter) if tasks else ()

    def knows(self, words_: str) -> bool:
        """Whether anything holds these words as they stand, or a word that means the same."""
        return any(self._index.holds(form) for form in same(words_))

    def holding(self, forms: Sequence[str]) -> frozenset[str]:
        """The tasks that hold one of these forms of a word, as many as the index lists."""
        return frozenset(self._index.tasks_with([tuple(forms)]))

    @cached_property
    def _total(self) -> int:
        return int(next(select_strings(self._store, _COUNT))["n"])

    def total(self) -> int:
        """How many tasks there are."""
        return self._total


def _read(store: Store, narrowed: str) -> Iterator[_Text]:
    for row in select_strings(store, _TEXTS.replace("WHERE { ", "WHERE { " + narrowed, 1)):
        bare = _BRACKET.sub("", row["text"])
        yield _Text(row["task"], plain(row["text"]), plain(row.get("heading", "")), plain(bare) if bare != row["text"] else "")


def _groups(matter: Matter) -> list[tuple[str, ...]]:
    """For each word, those of which a text must hold one."""
    return [_said(word, phrase) for phrase in matter.phrases for word in _with_names(phrase)]


def _said(word: str, phrase: tuple[str, ...]) -> tuple[str, ...]:
    """What may stand for a word; for one put together of several, the first of these too: 改造老旧小区."""
    return same(word) if word in phrase else (*same(word), next(each for each in phrase if word.startswith(each)))


def _graded(texts: Iterable[_Text], matter: Matter) -> list[Hit]:
    hits: dict[str, float] = {}
    for one in texts:
        hits[one.task] = max((*_closeness(one, matter), hits.get(one.task, 0.0)))
    return [Hit(task=task, score=score) for task, score in sorted(hits.items(), key=lambda one: (-one[1], one[0])) if score]


@cache
def same(word: str) -> tuple[str, ...]:
    """The word and those that mean the same; a figure is only itself: 12345 is a 热线, and not every 热线 is 12345."""
    if word.isdecimal():
        return (word,)
    return tuple(dict.fromkeys((word, *(each for group in words()["synonyms"] if word in group for each in group))))


def _closeness(one: _Text, matter: Matter) -> Iterator[float]:
    grades = [_grade(one.text, phrase) for phrase in matter.phrases]
    if all(grades):
        yield min(grades)
    if one.heading and all(grade or _grade(one.heading, phrase) >= OTHERWISE for grade, phrase in zip(grades, matter.phrases, strict=True)):
        yield HEADING


def _grade(text: str, phrase: tuple[str, ...]) -> float:
    """How closely the words of a stretch stand in a text; 0 where one is not there."""
    joined = "".join(phrase)
    if joined in text:
        return LITERAL
    if any(form in text for form in _otherwise(joined)):
        return OTHERWISE
    own = [sorted(_finds(text, word)) for word in phrase]
    if all(own):
        return _OWN[_distance(text, phrase, own)]
    alike = [sorted({at for form in same(word) for at in _finds(text, form)}) for word in _with_names(phrase)]
    return _ALIKE[_distance(text, phrase, alike)] if all(alike) else 0.0


@cache
def _otherwise(joined: str) -> tuple[str, ...]:
    """The words with one of them said otherwise: 农村低保 is 农村最低生活保障."""
    return tuple(
        joined.replace(word, other)
        for group in words()["synonyms"]
        for word in group
        if word in joined and not word.isdecimal()
        for other in group
        if other != word
    )


@cache
def _with_names(phrase: tuple[str, ...]) -> tuple[str, ...]:
    """The phrase with those of its words as one that mean the same as others only together: 老旧 小区 改造."""
    known = {word for group in words()["synonyms"] for word in group}
    for start in range(len(phrase)):
        for end in range(len(phrase), start + 1, -1):
            if "".join(phrase[start:end]) in known:
                return (*phrase[:start], "".join(phrase[start:end]), *_with_names(phrase[end:]))
    return phrase


def _distance(text: str, phrase: tuple[str, ...], spots: list[list[int]]) -> int:
    """0 where the words stand near each other, 1 where in one sentence, else 2."""
    for first in spots[0]:
        near = [min(each, key=lambda at: abs(at - first)) for each in spots[1:]]
        if all(abs(at - first) <= _NEAR + sum(map(len, phrase)) for at in near):
            return 0
    ends = [at for at, one in enumerate(text) if one in "。；！？"]
    sentences = [{bisect_left(ends, at) for at in each} for each in spots]
    return 1 if set.intersection(*sentences) else 2


def _finds(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
