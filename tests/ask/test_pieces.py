"""Pieces of one word are put together only where some task has them so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from queries.ask.model import Hit, Matter, Token
from queries.ask.pieces import pieced


class Known:
    """A finder of some words."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def find(self, matter: Matter) -> Sequence[Hit]:
        del matter
        return ()

    def knows(self, words: str) -> bool:
        return words in self._words

    def holding(self, forms: Sequence[str]) -> frozenset[str]:
        del forms
        return frozenset()

    def total(self) -> int:
        return 0


def tokens(*words: str) -> list[Token]:
    """Words side by side."""
    starts = [len("".join(words[:at])) for at in range(len(words))]
    return [Token(kind="matter", text=word, start=start, tag="n") for word, start in zip(words, starts, strict=True)]


@pytest.mark.parametrize(
    ("words", "known", "read"),
    [
        (["免", "申", "即", "享"], ["免申即享"], ["免申即享"]),
        (["卡", "点", "设"], ["卡点"], ["卡点", "设"]),
        (["案卷", "评", "查"], ["案卷评", "评查"], ["案卷", "评查"]),
        (["老旧", "小区", "改造"], ["老旧小区改造"], ["老旧", "小区", "改造"]),
        (["3", "个"], ["3个"], ["3", "个"]),
    ],
    ids=["four pieces", "the longest that is known", "pieces before a word and a piece", "words stay apart", "figures are no pieces"],
)
def test_pieces_are_put_together(words: list[str], known: list[str], read: list[str]) -> None:
    assert [token.text for token in pieced(tokens(*words), Known(*known))] == read
