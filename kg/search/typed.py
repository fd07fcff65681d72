"""What was typed, taken apart: words and phrases that must be there, words that must not, numbers of documents.

Nothing here is a language: a character that is no sign of ours is a character to be looked for or passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.search.words import CJK, says_something, to_searched

LONGEST = 300  # characters that are looked at
_MOST = 16  # clauses
_QUOTED = re.compile(r"([-－−]?)(?:[“”\"＂]([^“”\"＂]*)[“”\"＂]|「([^」]*)」|『([^』]*)』)")
_MINUS = ("-", "－", "−")
_YEAR = r"(?:19|20)\d\d"
_NUMBER = re.compile(
    rf"(?P<head>[{CJK}]{{0,12}}?)\s*"
    rf"(?:[〔（(\[【［{{<＜〈﹝]\s*(?P<year>{_YEAR})\s*[〕）)\]】］}}>＞〉﹞]\s*第?\s*(?P<of>\d{{1,5}})\s*号?"
    rf"|(?P<year2>{_YEAR})\s*年\s*第?\s*(?P<of2>\d{{1,5}})\s*号)"
)
_DECREE = re.compile(r"(?:令\s*第?\s*(\d{1,4})\s*号|第?(\d{1,4})\s*号令)")
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing that was typed, in the searched form. `spellings` are the other ways to write a number."""

    text: str
    quoted: bool = False
    excluded: bool = False
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """All that was typed. `cut`: it was longer than what is looked at."""

    clauses: tuple[Clause, ...]
    cut: bool = False

    @property
    def wanted(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if not clause.excluded)

    @property
    def excluded(self) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if clause.excluded)

    @property
    def whole(self) -> str:
        """All wanted words as one, in the searched form: what a name is compared with."""
        return "".join(clause.text for clause in self.wanted)


def read_typed(words: str) -> Typed:
    """The clauses of what was typed, in order, each once."""
    text = words[:LONGEST]
    clauses = list(dict.fromkeys(clause for clause in _clauses(text) if says_something(clause.text)))
    return Typed(clauses=tuple(clauses[:_MOST]), cut=len(words) > LONGEST or len(clauses) > _MOST)


def _clauses(text: str) -> Iterator[Clause]:
    """Quoted ones first found, what is between them read as numbers and plain words."""
    at = 0
    for found in _QUOTED.finditer(text):
        yield from _numbers(text[at : found.start()])
        inner = found[2] or found[3] or found[4] or ""
        yield Clause(text=to_searched(inner), quoted=True, excluded=bool(found[1]))
        at = found.end()
    yield from _numbers(text[at:])


def _numbers(text: str) -> Iterator[Clause]:
    text = text.translate(_WIDE)
    at = 0
    for found in _NUMBER.finditer(text):
        head, year, of = found["head"], found["year"] or found["year2"], int(found["of"] or found["of2"])
        before = text[at : found.start()]
        excluded = before.endswith(_MINUS)
        yield from _words(before[:-1] if excluded else before)
        spelled = [to_searched(f"{head}〔{year}〕{middle}{of}号") for middle in ("", "第")]
        yield Clause(text=spelled[0], quoted=True, excluded=excluded, spellings=(spelled[1],))
        at = found.end()
    yield from _words(text[at:])


def _words(text: str) -> Iterator[Clause]:
    for word in text.split():
        excluded = word.startswith(_MINUS)
        said = to_searched(word.lstrip("".join(_MINUS)) if excluded else word)
        yield Clause(text=said, excluded=excluded, spellings=tuple(_decrees(said)))


def _decrees(text: str) -> Iterator[str]:
    """The other ways to write 国务院令第711号."""
    found = _DECREE.search(text)
    if found:
        number = found[1] or found[2]
        before, after = text[: found.start()], text[found.end() :]
        for spelled in (f"令第{number}号", f"令{number}号"):
            if (other := f"{before}{spelled}{after}") != text:
                yield other
