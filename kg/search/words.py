"""One form for what is searched and for what is typed, and the words that it is cut into.

The form is that of `kg.text.fold`, in small letters, simplified characters and one kind of bracket: each character
stands for one of the text as printed, so that a match leads back to its words. The cutter knows a fixed dictionary, never
the names of a store: so a text is cut the same way whatever else is stored, and an index that grew equals one made at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import rjieba

from kg.search.data import load_table
from kg.text import Folded, fold

_OPENING, _CLOSING = "（(<＜〈〔", "）)>＞〉〕"
_FREQUENCY = 20_000  # of a term of ours in the dictionary: as a frequent word of the language
CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{CJK}A-Za-z0-9〇]")
_SAID = re.compile(rf"[{CJK}a-z0-9.%+\-·]+")


@cache
def _plain() -> dict[int, str]:
    table = load_table("traditional")
    pairs = zip(table["traditional"].replace("\n", ""), table["simplified"].replace("\n", ""), strict=True)
    return {
        **{ord(old): new for old, new in pairs},
        **{ord(char): char.lower() for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
        **dict.fromkeys(map(ord, _OPENING), "〔"),
        **dict.fromkeys(map(ord, _CLOSING), "〕"),
    }


@lru_cache(maxsize=8192)
def to_searched(text: str) -> str:
    """The form in which words are compared."""
    return fold(text).text.translate(_plain())


def to_printed(text: str) -> tuple[str, Folded]:
    """The same, with the way back to the text as printed."""
    folded = fold(text)
    return folded.text.translate(_plain()), folded


@cache
def _cutter() -> rjieba.Jieba:
    cutter = rjieba.Jieba()
    for word in domain_words():
        cutter.add_word(word, _FREQUENCY, "n")
    return cutter


@cache
def domain_words() -> frozenset[str]:
    """The words of the trade and the everyday words, which the dictionary of the language lacks in part."""
    terms = load_table("terms")
    listed = (word for group in ("openness", "matters", "plans", "duties") for word in terms[group])
    everyday = (word for key, entry in load_table("everyday").items() for word in (key, *entry["means"]))
    return frozenset(to_searched(word) for word in (*listed, *everyday) if len(word) > 1)


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing by themselves."""
    return frozenset(load_table("terms")["stop"])


def cut_text(text: str) -> list[str]:
    """The words of a text in the searched form, long ones also in their parts: what is indexed."""
    return list(_cutter().cut_for_search(text))


def cut_apart(text: str) -> list[str]:
    """The words of what was typed, each character in one word."""
    return [word for run in _SAID.findall(text) for word in _cutter().cut(run, hmm=False)]


def cut_query(text: str) -> list[str]:
    """The same, but a character that is no word by itself goes with the word before it, or the one behind: 街道办|公 is 街道办公."""
    return [word for run in _SAID.findall(text) for word in _joined(_cutter().cut(run, hmm=False))]


def _joined(words: Iterable[str]) -> list[str]:
    found: list[str] = []
    loose = False  # whether the last word waits for the next one
    for word in words:
        ends = not found or word in stop_words() or found[-1] in stop_words()
        if ends or (len(word) > 1 and not loose):
            found.append(word)
            loose = len(word) == 1 and word not in stop_words()
        else:
            found[-1] += word
            loose = False
    return found


def says_something(text: str) -> bool:
    """Whether there is a character in it that can be looked for."""
    return bool(_WORD.search(text))
