"""What may have been meant by a word that is not there: read alike, looks alike, a character left out, doubled or exchanged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Literal

from kg.search.data import load_table
from kg.search.lexicon import Lexicon

Slip = Literal["sound", "shape", "missing", "extra", "order"]
_EACH = 6  # guesses of one kind
_LONGEST = 16  # characters of a word that is put right


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A word that may have been meant."""

    word: str
    slip: Slip


@cache
def _alike() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in load_table("shapes")["groups"]:
        for char in group:
            found[char] |= set(group)
    return {char: frozenset(group) for char, group in found.items()}


def guess(word: str, lexicon: Lexicon) -> list[Guess]:
    """The words of the lexicon that may have been meant, likelier first, each once; the word itself is none of them."""
    if not 2 <= len(word) <= _LONGEST:
        return []
    found: dict[str, Guess] = {}
    for slip, words in (
        ("shape", _one_changed(word, lexicon, shape=True)),
        ("sound", _one_changed(word, lexicon, shape=False)),
        ("extra", _shorter(word, lexicon)),
        ("missing", _longer(word, lexicon)),
        ("order", _exchanged(word, lexicon)),
        ("sound", _all_sound(word, lexicon)),
    ):
        for one in islice(words, _EACH):
            if one != word:
                found.setdefault(one, Guess(word=one, slip=slip))  # type: ignore[arg-type]
    return list(found.values())


def _one_changed(word: str, lexicon: Lexicon, *, shape: bool) -> Iterator[str]:
    for at, char in enumerate(word):
        others = _alike().get(char, frozenset()) if shape else lexicon.sounds.same(char)
        if len(others) > 1:
            yield from lexicon.spelled([*word[:at], others - {char}, *word[at + 1 :]])


def _all_sound(word: str, lexicon: Lexicon) -> Iterator[str]:
    if len(word) <= 6:
        yield from lexicon.spelled([lexicon.sounds.same(char) | _alike().get(char, frozenset()) for char in word])


def _shorter(word: str, lexicon: Lexicon) -> Iterator[str]:
    """Without one of its characters: only a doubled one in a short word, any in a long one."""
    for at in range(len(word)):
        doubled = at > 0 and word[at] == word[at - 1]
        if (doubled or len(word) > 4) and (rest := word[:at] + word[at + 1 :]) in lexicon:
            yield rest


def _longer(word: str, lexicon: Lexicon) -> Iterator[str]:
    """With one character more, inside a word of three or more."""
    if len(word) >= 3:
        for at in range(1, len(word)):
            yield from lexicon.spelled([*word[:at], None, *word[at:]])


def _exchanged(word: str, lexicon: Lexicon) -> Iterator[str]:
    for at in range(len(word) - 1):
        other = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if other in lexicon:
            yield other
