"""The words that give a unit its role: labels before a list, verbs behind a name."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.model import Role
from kg.rules import pattern
from kg.text import Folded

SAYS_LABEL = re.compile("[：；为〔「]")  # without it there is no label
LABELS = ("label", "other_label", "ignored_label")
_LONGEST_VERB = 40
_TRIM = "，。；：、/ "
_LEADING_ROLE = re.compile(r"(?:牵头|配合)[：:]?")
_LEADING = re.compile(r"^(?:(?:此|该|本|以上|上述)[一-龥]{0,2}工作由|由|各由|并由|以及|以(?=.{2})|归口|会同|及|和|与|其中)")


def label_role(label: str) -> Role:
    """The role that a label of this name gives."""
    if re.search("牵头|牵.单位|主办|主责", label) and not re.search("牵头(?:单位)?[和及、]", label):
        return "lead"
    if re.search("配合|协办|协作|会办|联办|协助|协同|参加|参与|支持", label):
        return "support"
    return "responsible"


def without_verb(name: Folded) -> tuple[Folded, str | None]:
    """The name without its role words, and the role that they give; "neutral" for 负责, None without any."""
    start, end, role = bare_bounds(name.text)
    return (name if (start, end) == (0, len(name.text)) else name.part(start, end)), role


@lru_cache(maxsize=65536)
def bare_bounds(text: str) -> tuple[int, int, str | None]:
    """Where in the text the name stands that its role words leave, and the role that they give."""
    role: str | None = None
    whole = text
    in_bracket, at_end = _role_words()
    bracketed = in_bracket.search(text) if text.endswith(("）", "〕")) else None
    if bracketed:
        role, text = _verb_role(bracketed["verb"]), text[: bracketed.start()]
    while True:
        found = at_end.search(text, max(len(text) - _LONGEST_VERB, 0))
        if not found or (found.start() == 0 and role is not None):
            break
        verb = found.group()
        if role in (None, "neutral"):
            role = _verb_role(verb)
        text = text[: found.start()]
    start = len(text) - len(_LEADING.sub("", text))
    lead = _LEADING_ROLE.match(text, start)
    if lead:
        role = _verb_role(lead.group())
        start = lead.end()
    bare = whole[start : max(len(text), start)]
    start += len(bare) - len(bare.lstrip(_TRIM))
    return start, start + len(bare.strip(_TRIM)), role


@cache
def _role_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Role words in a bracket behind a name, and right behind it."""
    verb = pattern("units", "role_verb").pattern
    return re.compile(rf"[（〔](?P<verb>{verb})(?:单位|部门)?[）〕]$"), re.compile(rf"(?:{verb})$")


def _verb_role(verb: str) -> str:
    if pattern("units", "lead_verb").search(verb):
        return "lead"
    if pattern("units", "support_verb").search(verb):
        return "support"
    return "neutral"
