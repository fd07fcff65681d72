"""All words and names that an index knows, to be looked through by shape and by sound."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from kg.search.pinyin import Sounds

_LONGEST = 24  # characters of a name that is taken for a word; titles of plans are searched, not guessed


class Lexicon:
    """Words with the number of entries that have them, and the names of things."""

    def __init__(self, words: Mapping[str, int], names: Iterable[str]) -> None:
        self.names = frozenset(name for name in names if len(name) > 1)
        counts = {word: count for word, count in words.items() if len(word) > 1}
        for name in self.names:
            if len(name) <= _LONGEST:
                counts[name] = counts.get(name, 0) + 1
        self.counts = counts
        self.longest = max(map(len, self.names), default=0)

    @cached_property
    def sounds(self) -> Sounds:
        return Sounds(set("".join(self.counts)))

    @cached_property
    def _rows(self) -> dict[int, str]:
        """The words of each length between line ends, frequent ones first: a pattern runs through them at the speed of C."""
        lengths: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self.counts, key=lambda word: (-self.counts[word], word)):
            lengths[len(word)].append(word)
        return {length: "\n" + "\n".join(words) + "\n" for length, words in lengths.items()}

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def spelled(self, places: Sequence[Collection[str] | None], *, more: bool = False) -> Iterator[str]:
        """The words with one of these characters at each place, any where it is None, frequent ones first.

        With `more`, also longer ones that begin so.
        """
        if not places or any(place is not None and not place for place in places):
            return
        shape = "".join("[^\n]" if place is None else f"[{re.escape(''.join(sorted(place)))}]" for place in places)
        pattern = re.compile(rf"\n({shape}[^\n]*)(?=\n)" if more else rf"\n({shape})(?=\n)")
        for length in sorted(self._rows) if more else [len(places)]:
            if length >= len(places):
                yield from (found[1] for found in pattern.finditer(self._rows.get(length, "")))

    def starting(self, start: str, most: int) -> list[str]:
        """The frequent words that begin so, short ones first."""
        pattern = re.compile(rf"\n({re.escape(start)}[^\n]*)(?=\n)")
        found = (word for length in sorted(self._rows) for word in islice((hit[1] for hit in pattern.finditer(self._rows[length])), most))
        return list(islice(found, most))

    def names_in(self, text: str) -> list[tuple[int, int]]:
        """The stretches of a text that are names, from the left, longest first."""
        found = []
        start = 0
        while start < len(text):
            size = min(self.longest, len(text) - start)
            while size > 1 and text[start : start + size] not in self.names:
                size -= 1
            if size > 1:
                found.append((start, start + size))
            start += max(size, 1)
        return found
