"""Words of a matter with one character wrong that sounds the same: 农旅溶合 for 农旅融合, where only one thing can be meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from pypinyin import Style, lazy_pinyin

from queries.ask.cut import entry_of, known_words
from queries.ask.lexicon import Lexicon
from queries.ask.model import Finder, Token

_HAN = re.compile("[一-龥]{2,4}")
_COMMON = 50  # how often jieba's dictionary has counted the word that is meant
_RARER = 20  # times that it has counted it more often than what was written


def _sound(char: str) -> str:
    """How a character is read, with its tone: 借读 is no slip of 解读."""
    return str(lazy_pinyin(char, style=Style.TONE3)[0])


@cache
def _by_sound() -> Mapping[str, frozenset[str]]:
    """The characters that are words by themselves, by how they sound."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word in known_words():
        if len(word) == 1 and "一" <= word <= "龥":
            found[_sound(word)].add(word)
    return {sound: frozenset(chars) for sound, chars in found.items()}


def _meant(word: str) -> Iterator[str]:
    """Common words that differ from a rare one in one character that sounds the same."""
    count = entry_of(word)[0]
    for at, char in enumerate(word):
        for other in sorted(_by_sound().get(_sound(char), frozenset()) - {char}):
            said = word[:at] + other + word[at + 1 :]
            if (known := entry_of(said)[0]) >= _COMMON and known >= _RARER * count:
                yield said


def _joined(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens, and two characters side by side that the dictionary has as no word as one more: 清丹."""
    yield from tokens
    for token, behind in pairwise(tokens):
        near = token.kind == behind.kind == "matter" and token.end == behind.start
        if near and len(token.text) == len(behind.text) == 1:
            yield replace(token, text=token.text + behind.text)


def put_right(text: str, tokens: Sequence[Token], lexicon: Lexicon, finder: Finder) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with such words put right, and which; a word that anything in the store holds is none, nor one that may be two."""

    def held(word: str) -> bool:
        return finder.knows(word) or any(word in plan.thing.label for plan in lexicon.all_plans)

    slips: list[tuple[str, str]] = []
    for token in _joined(tokens):
        if token.kind != "matter" or token.tag in {"quoted", "title"} or not _HAN.fullmatch(token.text) or held(token.text):
            continue
        meant = [word for word in dict.fromkeys(_meant(token.text)) if held(word)]
        if len(meant) == 1:
            slips.append((token.text, meant[0]))
    for wrong, right in slips:
        text = text.replace(wrong, right)
    return text, tuple(slips)
