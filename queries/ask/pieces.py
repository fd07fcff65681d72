"""Pieces of words that no dictionary has, put together where some task has them so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from queries.ask.grammar import STOP, load_grammar
from queries.ask.model import Finder, Token

_PIECES = 5  # that jieba may leave of one word
_HAN = re.compile(r"[一-龥]+")
_NO_PIECES = set("的了和与及跟同在是由对向把被就都也还要该得应须做干办管归抓找")


def pieced(tokens: Sequence[Token], finder: Finder) -> Iterator[Token]:
    """The tokens, with pieces of a word that jieba does not have put together, where some task has them so: 免 申 即 享, 复 绿."""
    at = 0
    while at < len(tokens):
        size = next((size for size in range(min(_PIECES, len(tokens) - at), 1, -1) if _is_word(tokens[at : at + size], finder)), 1)
        if size == 2 and len(tokens[at].text) > 1 and _is_word(tokens[at + 1 : at + 3], finder):
            size = 1  # 案卷 评 查: the pieces belong to each other
        run = tokens[at : at + size]
        if _names_no_unit(tokens[at : at + 2], finder):
            yield Token(kind="matter", text=tokens[at].text + tokens[at + 1].text, start=tokens[at].start, tag="pieced")
            at += 2
            continue
        yield run[0] if size == 1 else Token(kind="matter", text="".join(one.text for one in run), start=run[0].start, tag="pieced")
        at += size


def _is_word(run: Sequence[Token], finder: Finder) -> bool:
    """Whether tokens side by side are one word: single characters, or one beside a word of two."""
    if (
        len(run) < 2
        or any(one.end != other.start for one, other in pairwise(run))
        or not any(len(one.text) == 1 and one.kind == "matter" for one in run)
    ):
        return False
    if sorted(len(one.text) for one in run) not in ([1] * len(run), [1, 2]):
        return False
    if not all((one.kind == "matter" and one.tag not in {"quoted", "title", "bracketed"}) or _may_be_piece(one) for one in run):
        return False
    word = "".join(one.text for one in run)
    return _HAN.fullmatch(word) is not None and finder.knows(word)


def _names_no_unit(pair: Sequence[Token], finder: Finder) -> bool:
    """Whether a unit is only the end of what some task speaks of: 档案馆 of 数字档案馆."""
    if len(pair) < 2 or pair[0].kind != "matter" or pair[1].kind != "unit" or pair[0].end != pair[1].start or pair[1].value:
        return False
    return pair[0].tag[:1] in {"n", "a", "b", "j", "m"} and len(pair[0].text) > 1 and finder.knows(pair[0].text + pair[1].text)


def _may_be_piece(token: Token) -> bool:
    """Whether a stop word or weak cue of one character may be a piece of a word: 复 of 复绿, 点 of 卡点, and not 的."""
    loose = token.kind == STOP or (token.kind == "cue" and token.text in load_grammar().weak)
    return loose and len(token.text) == 1 and token.text not in _NO_PIECES
