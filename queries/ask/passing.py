"""Words that a question is understood without: spoken scaffolding, passed over where the rest stands on firm ground."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from queries.ask.cut import entry_of
from queries.ask.grammar import STOP
from queries.ask.model import Token

_COUNTED = re.compile(r"[\d一二三四五六七八九十百两]+(?:项|条|件|个|款|类)?")
_SPEAKER = re.compile(r"^[^，,。]{0,4}(?:我们?|本人|咱们?|俺们?)(?:就|现在)?(?:是|在|来自|家在|家住|住在)[^，,。]{2,24}[，,。]")
_HIM = re.compile(r"我|咱|俺|本(?:镇|局|单位|地|县|市|区|乡)|这(?:儿|边|里)|镇上|局里|当地|自己")
_COMMON = 3  # how often jieba's dictionary has counted a word that is no name or rarity
_ASKING = {"what", "howmany", "which-tasks", "tally", "loose-tally"}
_OF_TASKS = {"task", "which-tasks", "tally", "duty"}
_TASKS = {"任务", "工作任务", "重点任务"}
_FIRM = {"unit", "window", "instrument", "plan", "number", "year"}


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("queries.ask").joinpath("passing.toml").read_text("utf-8"))


@cache
def _closed() -> tuple[frozenset[str], frozenset[str]]:
    """The words and the cues of the closed classes."""
    classes = _table()["closed"].values()
    return frozenset(word for each in classes for word in each["words"]), frozenset(cue for each in classes for cue in each["cues"])


def left_out(question: str) -> str:
    """The column of a ledger that a question speaks of and no graph holds; empty where there is none."""
    columns = _table()["columns"]
    said = (column for column, regex in columns["said"].items() if re.search(regex, question))
    return next((column for column in columns["words"] if column in question), "") or next(said, "")


def not_held(column: str) -> str:
    """That a column is in no graph, to be told."""
    return f"图里没有“{column.removesuffix('一栏')}”一栏：台账里的这一栏没有收进来，请看原文件"


def without(tokens: Sequence[Token], left: Sequence[str]) -> list[Token] | None:
    """The tokens without the words that were not understood; none where one of these may change what is asked."""
    at = [place for place, token in enumerate(tokens) if token.kind in {"matter", "cue", STOP} and token.text in left]
    if not at or not all(passable(tokens, place) for place in at):
        return None
    return [token for place, token in enumerate(tokens) if place not in at]


def without_speaker(question: str) -> str:
    """The question without who asks it, where the rest does not speak of them; empty where nothing is left out."""
    found = _SPEAKER.match(question)
    rest = question[found.end() :] if found else ""
    return "" if _HIM.search(rest) else rest


def passing_note(words: Sequence[str]) -> str:
    """What was passed over, to be told."""
    return f"略过“{'、'.join(words)}”"


def passable(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word may be passed over where it stands."""
    token = tokens[at]
    words, cues = _closed()
    if _blocked(tokens) or token.tag in {"quoted", "title"} or token.text in words or (token.kind == "cue" and token.value & cues):
        return False
    if token.kind == "matter" and _claims(tokens):
        return False
    if token.kind in {"cue", STOP} or speaks_little(token.text):
        return not _says_which(tokens, at)
    if _COUNTED.fullmatch(token.text):  # 要点十八条: how many there are of a whole that is named
        return bool({each.kind for each in tokens} & _FIRM)
    count, tag = entry_of(token.text)
    solid = _is_asked_for(tokens, at) or _says_which(tokens, at)
    return not solid and count >= _COMMON and tag[:1] in _table()["speech"]["deed"] and _firm(tokens, at)


def _blocked(tokens: Sequence[Token]) -> bool:
    """Whether one of the tokens takes something out of the rest: 只有一个单位负责的."""
    return any(token.text in _table()["closed"]["negation"]["blocks"] for token in tokens)


def speaks_little(word: str) -> bool:
    """Whether a word carries no matter, by its part of speech or as spoken language."""
    count, tag = entry_of(word)
    spoken = word in _table()["spoken"]["words"]
    return word not in _closed()[0] and (spoken or (count >= _COMMON and tag[:1] in _table()["speech"]["function"]))


def _is_asked_for(tokens: Sequence[Token], at: int) -> bool:
    """哪些房子, 几个车间: what stands right behind a word that asks is what is asked for."""
    before = tokens[at - 1] if at else None
    token = tokens[at]
    return (
        token.kind == "matter"
        and before is not None
        and before.kind == "cue"
        and before.end == token.start
        and bool(before.value & _ASKING)
    )


def _claims(tokens: Sequence[Token]) -> bool:
    """Whether it is asked if something holds: then every word counts."""
    return any(token.kind == "cue" and "whether" in token.value for token in tokens)


def _says_which(tokens: Sequence[Token], at: int) -> bool:
    """烂尾的任务, 烂尾任务: what stands right before a word for tasks, with 的 or without, says which of them are meant."""
    behind = tokens[at + 1 : at + 3]
    token = tokens[at]
    if token.kind == "matter" and behind and behind[0].start == token.end and behind[0].text in _TASKS:
        return True
    return (
        token.kind == "matter"
        and bool(behind)
        and behind[0].text.startswith("的")
        and behind[0].start == token.end
        and (len(behind[0].text) > 1 or (len(behind) == 2 and behind[1].kind == "cue" and "task" in behind[1].value))
    )


def _firm(tokens: Sequence[Token], at: int) -> bool:
    """Whether tasks are asked for by that name, of a unit, a day or a document, and no other word says which."""
    cues = {cue for token in tokens if token.kind == "cue" for cue in token.value}
    kinds = {token.kind for token in tokens}
    others = [token for place, token in enumerate(tokens) if place != at and token.kind == "matter"]
    return bool(cues & _OF_TASKS) and bool(kinds & _FIRM) and not others
