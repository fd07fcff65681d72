"""One normal form of text, with a way back to the text as printed; Chinese numerals and dates.

Two steps, both of one character to one character, so that no offset is lost:
`clean` is for readers (glyph variants to ordinary characters); `fold` is for rules, which are written
against text without white space and with one form of every bracket, digit and comma.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from kg.model import Span

# --- clean: what readers write -----------------------------------------------------------------

# What nobody sees, and the private-use bullets of office fonts: readers leave it out.
UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\u00ad\ufeff\ufe00-\ufe0f\ufffe\uffff\x00-\x08\x0e-\x1f\x7f\ue000-\uf8ff]")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"), " ")


@cache
def _variants() -> dict[int, str]:
    """Kangxi radicals, radical signs and compatibility ideographs, each to its ordinary character."""
    data = tomllib.loads(resources.files("kg").joinpath("data/radicals.toml").read_text("utf-8"))
    table = {ord(sign): plain for sign, plain in data["radicals"].items()}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAFF)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table | _SPACES


def clean(text: str) -> str:
    """`text` with ordinary characters for glyph variants; as many characters as before."""
    return text.translate(_variants())


# --- fold: what rules match ----------------------------------------------------------------------

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PUNCTUATION = {
    **dict(zip("(),:;!?[]【】［］", "（），：；！？〔〕〔〕〔〕", strict=True)),
    **dict.fromkeys("—–―－‐‑‒−", "-"),
    **dict.fromkeys("～〜∼˜", "~"),
    **dict.fromkeys("•‧・∙･", "·"),
    **dict.fromkeys("≧⩾", "≥"),
    **dict.fromkeys("≦⩽", "≤"),
    **dict.fromkeys("∶︰﹕", "："),
    **dict(zip("﹙﹚﹐﹑﹔", "（），、；", strict=True)),
    **dict(zip("{}｛｝〖〗﹝﹞﹛﹜", "〔〕〔〕〔〕〔〕〔〕", strict=True)),
    **dict.fromkeys("﹒", "."),
    "﹪": "%",
    "٪": "%",
    "仼": "任",  # slips of recognition in words that rules look for
    "単": "单",
    "〇": "零",
    "○": "零",
    "◯": "零",
}
_KEPT = "（），：；！？～"
_FOLD = str.maketrans({**{chr(code): plain for code, plain in _FULL_WIDTH.items() if chr(code) not in _KEPT}, **_PUNCTUATION})
_BLANK = re.compile(r"\s+")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Folded:
    """The normal form of a stretch of text. Character `i` of it is printed as `printed[i]`, at `places[first + i]` in the whole."""

    text: str
    printed: str
    places: Sequence[int]
    first: int = 0

    @classmethod
    def joined(cls, parts: Iterable[Folded]) -> Folded:
        """The parts as one text."""
        parts = list(parts)
        places = [place for part in parts for place in part.offsets]
        return cls("".join(part.text for part in parts), "".join(part.printed for part in parts), places)

    @property
    def offsets(self) -> Sequence[int]:
        return self.places[self.first : self.first + len(self.text)]

    def offset(self, index: int) -> int:
        return self.places[self.first + index]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the whole text that [start, end) of the normal form stands for."""
        if start < end:
            return Span(self.offset(start), self.offset(end - 1) + 1)
        if start < len(self.text):
            return Span(self.offset(start), self.offset(start))
        after = self.offset(len(self.text) - 1) + 1 if self.text else 0
        return Span(after, after)

    def part(self, start: int, end: int) -> Folded:
        if start == 0 and end >= len(self.text):
            return self
        return Folded(self.text[start:end], self.printed[start:end], self.places, self.first + min(start, len(self.text)))

    def trimmed(self, characters: str) -> Folded:
        """Without any of `characters` at both ends."""
        start = len(self.text) - len(self.text.lstrip(characters))
        end = max(len(self.text.rstrip(characters)), start)
        return self.part(start, end)

    @property
    def whole(self) -> Span:
        return self.span(0, len(self.text))


@lru_cache(maxsize=8192)
def fold(text: str, start: int = 0) -> Folded:
    """The normal form of `text`, which stands at `start` in the whole."""
    plain = text.translate(_FOLD)
    if not _BLANK.search(plain):
        return Folded(plain, text, range(start, start + len(plain)))
    places: list[int] = []
    for word in _WORD.finditer(plain):
        places.extend(range(start + word.start(), start + word.end()))
    return Folded(_BLANK.sub("", plain), _BLANK.sub("", text), places)


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """What two printed forms of the same words have in common."""
    return _BLANK.sub("", text.translate(_FOLD))


# --- numerals --------------------------------------------------------------------------------------

_SIGNS = ("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {char: value for value, chars in enumerate(_SIGNS) for char in chars}
_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = "万亿"
NUMERAL = "零〇○一二三四五六七八九十百千两"


def to_number(text: str) -> int | None:
    """The value of Arabic or Chinese numerals (12, 十二, 一百零五, 二零二三); None where it is neither."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(char not in _DIGITS and char not in _POWERS and char not in _MYRIADS for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    whole = myriads = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _POWERS:
            section += (digit or 1) * _POWERS[char]
            digit = 0
        elif char == "万":
            myriads += (section + digit) * 10**4
            section = digit = 0
        else:
            whole += (myriads + section + digit) * 10**8
            myriads = section = digit = 0
    return whole + myriads + section + digit


def to_ordinal(text: str) -> int | None:
    """The value of a printed number: one that `to_number` reads, or a sign such as ① and ㈠."""
    if len(text) == 1 and not text.isascii() and (sign := unicodedata.numeric(text, 0)):
        return int(sign)
    return to_number(text)
