"""Which stretches of a text have been given to a fact: no word is read twice."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Taken:
    """Stretches [start, end), none over another; asking is quick however many there are."""

    def __init__(self, stretches: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in stretches:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        at = bisect_right(self._starts, start)
        self._starts.insert(at, start)
        self._ends.insert(at, end)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether some word of [start, end) is taken."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._ends[at - 1] > start
