"""How characters are read aloud: every reading of each, without tones, and what may be meant by letters that were typed.

All readings of a character count, so that 单县 is found by shanxian and 重庆 by chongqing; which one a name has, no table knows.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

_UMLAUT = "\u0308"
_MOST = 48  # ways to divide letters that are looked at
_LONGEST = 40  # letters; nobody types more for one name
_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsywaoe")
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


@cache
def _dictionary() -> dict[int, str]:
    from pypinyin.constants import PINYIN_DICT  # takes a while to load: only where somebody types letters or slips

    return dict(PINYIN_DICT)


@lru_cache(maxsize=16384)
def readings(char: str) -> tuple[str, ...]:
    """The syllables that a character is read as, without tones, the usual one first; ü is v and also u."""
    found: dict[str, None] = {}
    for reading in _dictionary().get(ord(char), "").split(","):
        plain = "".join(sign for sign in unicodedata.normalize("NFD", reading) if not unicodedata.combining(sign) or sign == _UMLAUT)
        found |= dict.fromkeys((plain.replace(f"u{_UMLAUT}", "v"), plain.replace(f"u{_UMLAUT}", "u")))
    return tuple(syllable for syllable in found if syllable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Letters that stand for one character: those that it may be, and which of them are usually read so."""

    letters: str
    chars: frozenset[str]
    whole: bool  # a syllable, not only its beginning

    def is_usual(self, char: str) -> bool:
        return any(usual.startswith(self.letters) for usual in readings(char)[:1])


def _loose(syllable: str) -> str:
    """What syllables have in common that many speakers do not tell apart: zhang and zang, jin and jing."""
    for strict, loose in _ALIKE:
        if strict in _INITIALS:
            syllable = loose + syllable[2:] if syllable.startswith(strict) else syllable
        elif syllable.endswith(strict):
            syllable = syllable[: -len(strict)] + loose
    return syllable


class Sounds:
    """Which of the characters in use are read how."""

    def __init__(self, characters: Iterable[str]) -> None:
        self._chars: dict[str, set[str]] = defaultdict(set)
        self._starts: dict[str, set[str]] = defaultdict(set)
        self._loose: dict[str, set[str]] = defaultdict(set)
        for char in characters:
            for syllable in readings(char):
                self._chars[syllable].add(char)
                self._loose[_loose(syllable)].add(char)
                for end in range(1, len(syllable) + 1):
                    self._starts[syllable[:end]].add(char)

    def same(self, char: str) -> set[str]:
        """The characters that may be heard as this one."""
        return {other for syllable in readings(char) for other in self._loose[_loose(syllable)]} | {char}

    def divisions(self, letters: str, *, open_end: bool = False) -> list[tuple[Sound, ...]]:
        """The ways to read letters as syllables and initials, likelier first. With `open_end`, the last syllable may still be going on."""
        if len(letters) > _LONGEST:
            return []
        ways = list(islice(self._divide(letters.replace("'", "")), _MOST))
        ways.sort(key=lambda way: (sum(part not in self._chars for part in way), len(way)))
        return [tuple(self._sound(part, open_=open_end and at == len(way) - 1) for at, part in enumerate(way)) for way in ways]

    def _divide(self, letters: str) -> Iterator[tuple[str, ...]]:
        if not letters:
            yield ()
            return
        for size in range(min(6, len(letters)), 0, -1):
            part = letters[:size]
            whole = part in self._chars or part in _INITIALS or (size == len(letters) and part in self._starts)
            if whole:
                yield from ((part, *rest) for rest in self._divide(letters[size:]))

    def _sound(self, part: str, *, open_: bool) -> Sound:
        whole = part in self._chars and not open_
        return Sound(letters=part, chars=frozenset(self._chars[part] if whole else self._starts[part]), whole=whole)
