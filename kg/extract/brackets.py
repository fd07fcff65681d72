"""Brackets in folded text: where they open, where they close, what stands at depth nought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

OPEN = "（〔《〈“"
CLOSE = "）〕》〉”"
_PARTNER = dict(zip(OPEN, CLOSE, strict=True))


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
    while at < len(text):
        if text[at] not in opening:
            at += 1
            continue
        close = _closing(text, at)
        yield Bracket(at, at + 1, close if close >= 0 else len(text), close + 1 if close >= 0 else len(text), close >= 0)
        if close < 0:
            return
        at = close + 1


def _closing(text: str, start: int) -> int:
    """Where the bracket at `start` closes, -1 if nowhere; other kinds of bracket are looked over."""
    opening, closing, depth = text[start], _PARTNER[text[start]], 0
    for at in range(start, len(text)):
        if text[at] == opening:
            depth += 1
        elif text[at] == closing:
            depth -= 1
            if depth == 0:
                return at
    return -1


def split_top(text: str, separators: str) -> Iterator[tuple[int, int]]:
    """The stretches between `separators` outside every bracket; empty ones too."""
    depth, start = 0, 0
    for at, char in enumerate(text):
        if char in OPEN:
            depth += 1
        elif char in CLOSE:
            depth = max(depth - 1, 0)
        elif char in separators and depth == 0:
            yield start, at
            start = at + 1
    yield start, len(text)
