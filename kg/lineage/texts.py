"""The wording of a task as lineage compares it: folded, with less weight on what every plan says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.lineage.model import LinkTask
from kg.rules import load_data, load_rules
from kg.text import key

_TOKEN = re.compile(r"(?P<number>\d+(?:\.\d+)?)|[^\W_]|%")
_BARE = re.compile(r"[^\w]|_")
_STOP = re.compile(r"[；;。！？]")
_SHORT = 8  # characters; a sentence with fewer says nothing by itself and belongs to the one before
_ENUMERATION = re.compile(r"^(?:第?[一二三四五六七八九十百\d]+[章节部分]*[、.．]|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十]是)")


@dataclass(frozen=True, slots=True)
class Wording:
    """`plain` is the text without what printing does to it; `marked` has one sign for what differs by place and day.

    `weights` says what each character of `marked` counts, `ends` where its sentences end.
    """

    plain: str
    marked: str
    weights: NDArray[np.float64]
    ends: tuple[int, ...]

    @property
    def sentences(self) -> Iterator[tuple[str, NDArray[np.float64]]]:
        """Each sentence with its weights; at least one."""
        start = 0
        for end in self.ends:
            yield self.marked[start:end], self.weights[start:end]
            start = end


def wording(task: LinkTask) -> Wording:
    """The wording of a task."""
    plain = key(task.text)
    weights = np.ones(len(plain))
    signs: dict[int, tuple[int, str]] = {}
    characters = frozenset(plain)
    for rule in load_rules("lineage"):
        for match in rule.finditer(plain, characters):
            start, end = match.span()
            weights[start:end] = np.minimum(weights[start:end], rule.extra["weight"])
            if "sign" in rule.extra:
                signs.setdefault(start, (end, rule.extra["sign"]))
    for start, end in _own_names(task, plain):
        weights[start:end] = np.minimum(weights[start:end], load_data("lineage")["own"]["weight"])
    return Wording(plain, *_marked(plain, weights, signs))


def heading_words(heading: str) -> str:
    """The words of a heading, without its number and without signs."""
    return _BARE.sub("", _ENUMERATION.sub("", key(heading)))


def _own_names(task: LinkTask, plain: str) -> Iterator[tuple[int, int]]:
    """Where the text names a unit or a day that the task has anyway: both are compared by themselves."""
    for name in {key(one) for one in (*task.leads, *task.others, *task.deadlines)}:
        at = plain.find(name) if len(name) > 1 else -1
        while at >= 0:
            yield at, at + len(name)
            at = plain.find(name, at + len(name))


def _marked(
    plain: str, weights: NDArray[np.float64], signs: dict[int, tuple[int, str]]
) -> tuple[str, NDArray[np.float64], tuple[int, ...]]:
    """The text with one sign for each stretch of `signs`, # for each number, and no punctuation; with weights and sentences to match."""
    out: list[str] = []
    kept: list[int] = []
    at = 0
    while token := _TOKEN.search(plain, at):
        start = next((sign for sign in sorted(signs) if at <= sign <= token.start()), None) if signs else None
        if start is not None:
            at, mark = signs[start]
        else:
            start, at = token.span()
            mark = "#" if token["number"] else token.group()
        out.append(mark)
        kept.append(start)
    return "".join(out), weights[kept], tuple(_ends(plain, kept))


def _ends(plain: str, kept: list[int]) -> Iterator[int]:
    """Where the sentences end among the characters that were kept."""
    start, stops = 0, [stop.start() for stop in _STOP.finditer(plain)]
    for end in (bisect_left(kept, stop) for stop in stops):
        if end - start >= _SHORT and len(kept) - end >= _SHORT:
            yield end
            start = end
    yield len(kept)
