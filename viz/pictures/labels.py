"""Words as they can be drawn: without what no page or file takes, short enough, and cut into lines by their width."""

from __future__ import annotations

import re
import unicodedata

from viz.pictures.model import Thing

# Control characters, halves of pairs, and marks that turn the direction of whatever stands behind them.
_UNDRAWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"[\s\u2028\u2029]+")
_MOST = 2000  # characters of one text that a page carries
_NO_START = "，。、；：！？）》〉」』】〕”’…—·,.;:!?)]}%"


def clean(text: str) -> str:
    """The text without what XML cannot hold or what disturbs the text around it."""
    return _UNDRAWN.sub("", text)


def plain(text: str) -> str:
    """On one line."""
    return _SPACE.sub(" ", clean(text)).strip()


def bounded(text: str, most: int = _MOST) -> str:
    """Not longer than a page carries; it says how long it was."""
    text = clean(text)
    return text if len(text) <= most else f"{text[:most]}……（共 {len(text)} 字 / {len(text)} characters）"


def width(text: str) -> int:
    """In halves of a Chinese character."""
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def lines(text: str, wide: int = 24, most: int = 2) -> list[str]:
    """The text in lines of so many halves; an ellipsis where there is more."""
    rest = plain(text[: wide * most * 4])
    if wide < width(rest) <= wide * most:  # in lines of about one length, so that none is left with a single character
        rows = -(-width(rest) // wide)
        wide = min(wide, width(rest) // rows + 3)
    found: list[str] = []
    while rest and len(found) < most:
        end = _end(rest, wide)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    if found and (rest or len(text) > wide * most * 4):
        found[-1] = found[-1][: _end(found[-1], wide - 2)].rstrip("，、；：") + "…"
    return found or ["—"]


def caption(thing: Thing) -> str:
    """The words under a thing: tasks that say the same in several years are told apart by year and number."""
    year, number = ((thing.about.get(what) or ("",))[0] for what in ("year", "number"))
    told = "·".join(part for part in (year, number) if part) if thing.kind == "Task" and not thing.members else ""
    return f"{told} {thing.label}" if told else thing.label


def short(text: str, wide: int = 48) -> str:
    """On one line of so many halves."""
    return lines(text, wide, 1)[0]


def _end(text: str, wide: int) -> int:
    """Where a line of so many halves ends: not inside a number or a word, and not before a mark that cannot begin a line."""
    used = 0
    for at, char in enumerate(text):
        used += width(char)
        if used > wide:
            end = at
            while end < min(at + 2, len(text)) and text[end] in _NO_START:
                end += 1
            word = re.search(r"[A-Za-z0-9]+$", text[:end])
            inside = word and word.start() > end // 2 and text[end : end + 1].isascii() and text[end : end + 1].isalnum()
            return max(1, word.start() if word and inside else end)
    return len(text)
