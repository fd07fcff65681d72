"""Brackets in folded text: where they open, where they close, what stands at depth nought."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

OPEN = "（〔《〈“"
CLOSE = "）〕》〉”"
_PAIRS = {opening: re.compile(f"[{opening}{closing}]") for opening, closing in zip(OPEN, CLOSE, strict=True)}


@cache
def _any_of(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(characters)}]")


@dataclass(frozen=True, slots=True)
class Bracket:
    """The bracket at [start, end), with its content at [inner, close); `closed` is false where the text ends first."""

    start: int
    inner: int
    close: int
    end: int
    closed: bool


def find_brackets(text: str, opening: str = "（〔") -> Iterator[Bracket]:
    """The outermost brackets of these kinds, in order."""
    at = 0
    while found := _any_of(opening).search(text, at):
        start = found.start()
        close = _closing(text, start)
        if close < 0:
            yield Bracket(start, start + 1, len(text), len(text), closed=False)
            return
        yield Bracket(start, start + 1, close, close + 1, closed=True)
        at = close + 1


def _closing(text: str, start: int) -> int:
    """Where the bracket at `start` closes, -1 if nowhere; other kinds of bracket are looked over."""
    depth = 0
    for found in _PAIRS[text[start]].finditer(text, start):
        depth += 1 if found.group() == text[start] else -1
        if depth == 0:
            return found.start()
    return -1


def split_top(text: str, separators: str) -> Iterator[tuple[int, int]]:
    """The stretches between `separators` outside every bracket; empty ones too."""
    depth, start = 0, 0
    for found in _any_of(separators + OPEN + CLOSE).finditer(text):
        char = found.group()
        if char in OPEN:
            depth += 1
        elif char in CLOSE:
            depth = max(depth - 1, 0)
        elif depth == 0:
            yield start, found.start()
            start = found.end()
    yield start, len(text)
