"""The difference between two wordings, word by word: what was kept, deleted, inserted, replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import rjieba

from kg.text import key

Kind = Literal["kept", "deleted", "inserted", "replaced"]
_LETTER = re.compile(r"^\s*\S\s*|\S\s*")
_ISLAND = 2  # characters: less, between two changes, is part of the change


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of both wordings as printed; all `before` in a row are the first wording, all `after` the second.

    A stretch that was kept may be printed with other spaces or in another width.
    """

    kind: Kind
    before: str
    after: str


def differences(before: str, after: str) -> list[Piece]:
    """What became of the wording `before` in `after`; of what one has more than the other in printing only, nothing is said."""
    first, second = _words(before), _words(after)
    match = SequenceMatcher(a=[key(word) for word in first], b=[key(word) for word in second], autojunk=False)
    pieces = (_piece("".join(first[a:b]), "".join(second[c:d]), tag == "equal") for tag, a, b, c, d in match.get_opcodes())
    return list(_joined(list(pieces)))


def _words(text: str) -> list[str]:
    """The text cut into words; white space belongs to the word before it, at the start to the first."""
    letters = _LETTER.findall(text)
    words: list[str] = []
    at = 0
    for word in rjieba.cut(key(text)):  # a letter of the key for each of the text
        words.append("".join(letters[at : at + len(word)]))
        at += len(word)
    return words or [text] * bool(text)


def _piece(before: str, after: str, same: bool) -> Piece:
    kind: Kind = "kept" if same else "replaced" if before and after else "deleted" if before else "inserted"
    return Piece(kind=kind, before=before, after=after)


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with islands taken into the changes around them: a 的 or a comma that stayed by chance says nothing."""
    waiting: list[Piece] = []
    for place, piece in enumerate(pieces):
        inner = 0 < place < len(pieces) - 1
        if piece.kind != "kept" or (inner and len(key(piece.before)) < _ISLAND):
            waiting.append(piece)
            continue
        yield from _one(waiting)
        waiting = []
        yield piece
    yield from _one(waiting)


def _one(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces as one change; none where there are none."""
    pieces = list(pieces)
    if pieces:
        yield _piece("".join(one.before for one in pieces), "".join(one.after for one in pieces), same=False)
