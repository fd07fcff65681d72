"""What the columns of a breakdown table hold, by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from kg.rules import load_data, pattern
from kg.text import key

_FIELD = re.compile(
    r"(?:[〔「](?P<boxed>[^〔〕「」]{2,12})[〕」]：?|(?P<name>[^：，。；、（）〔〕]{2,12}?)(?:[一二三四五六七八九十]{1,3}|\d{1,2})?：)"
)
_BRACKET = re.compile("[（〔][^（）〔〕]*[）〕]")
_COUNTED = re.compile(r"(?<=.{2})(?:[一二三四五六七八九]|\d{1,2})$")
_WORD = re.compile(r"[^\s|｜—–→]+")  # a stroke may stand where the gap is
BULLETS = "-—–·•●■◆▪►▶→◇□>★☆▲△※*#▍▎▌▋▊▉█❖➤➢✦"
_LABELS = ("label", "other_label", "ignored_label")
_SAYS_NAME = re.compile("单位|部门|科室|处室|股室|主体|时限|时间|期限|领导|责任人|联系人")
_LABEL = re.compile("[^，。；：！？《》]{4,14}")
_LONGEST_TIME = 16
_LONGEST_PRINTED = 60  # a name with the blanks and bullets around it
_MOST_WORDS = 60
SAYS_WHAT = frozenset({"requirement", "group"})
SAYS_WHO_OR_WHEN = frozenset({"lead", "responsible", "support", "deadline"})
_FACTS = ("aim", "target", "basis")  # the numbers of a row, and what it rests on
_LIKE = ("number", "note", "deadline", "support", "responsible", "lead", "requirement", "group")


@cache
def _roles() -> dict[str, str]:
    return {name: role for role, names in load_data("columns")["roles"].items() for name in map(key, names)}


@lru_cache(maxsize=4096)
def column_role(name: str) -> str:
    """What a column of this name holds: number, group, requirement, lead, support, responsible, deadline, note, fact; "" if unknown."""
    bare = key(name).rstrip("：*")
    plain = _BRACKET.sub("", bare)
    role = _roles().get(bare) or _roles().get(plain) or _role_of_several(plain)
    if role or not 2 <= len(plain) <= 12 or plain[0] == "各":  # 各承办单位 stands in a cell, not over a column
        return role or ""
    like = next((like for like in _LIKE if pattern("columns", f"like_{like}").fullmatch(plain)), "")
    return like or ("fact" if fact_of(plain) else "")


def fact_of(name: str) -> str:
    """Which fact a column of this name gives beside who, what and when: "basis", documents; "aim", numbers; "" if none."""
    found = next((fact for fact in _FACTS if pattern("columns", fact).fullmatch(key(name))), "")
    return "aim" if found == "target" else found


def _role_of_several(name: str) -> str | None:
    """The role of one of several columns of units, which are counted: 责任单位1, 责任单位2."""
    role = _roles().get(_COUNTED.sub("", name))
    return role if role in SAYS_WHO_OR_WHEN else None


def named_field(text: str, at: int = 0) -> re.Match[str] | None:
    """The name of a column with its colon, or in a box (【编号】), that stands at a place of a folded text; also counted (任务一：)."""
    found = _FIELD.match(text, at)
    return found if found and column_role(found["boxed"] or found["name"]) else None


# --- names that only a gap parts from their value: 牵头单位　市水利局 ---------------------------------------


def is_label(text: str) -> bool:
    """Whether a text is nothing but a name that says who, when or what comes behind it: 牵头单位, 办理时限, 工作内容."""
    bare = key(text).lstrip(BULLETS) if len(text) <= _LONGEST_PRINTED else ""
    if not _LABEL.fullmatch(bare):
        return False
    return bool(column_role(bare)) or (bool(_SAYS_NAME.search(bare)) and _label_rule(bare) is not None)


def gapped_labels(text: str) -> Iterator[tuple[int, int]]:
    """Of a text that opens with a name and a gap, where each name in it ends and its value begins, if the value suits the name."""
    words = list(_WORD.finditer(text))[:_MOST_WORDS] if is_label(_opening(text)) else []
    names = [at for at, word in enumerate(words) if is_label(word.group())]
    for at, following in zip(names, [*names[1:], len(words)][: len(names)], strict=True):
        value = text[words[at].end() : words[following - 1].end()]
        if following > at + 1 and _suits(key(words[at].group()).lstrip(BULLETS), key(value).lstrip("|-→")):
            yield words[at].end(), words[at + 1].start()


def _opening(text: str) -> str:
    """The first word of a text, without the bullet in front of it."""
    found = _WORD.search(text.lstrip().lstrip(BULLETS))
    return found.group() if found else ""


def _label_rule(name: str) -> str | None:
    return next((rule for rule in _LABELS if pattern("units", rule).fullmatch(f"{name}：")), None)


def _suits(name: str, value: str) -> bool:
    """Whether a value may stand behind a name: units, a time, or whatever is to be done."""
    rule = _label_rule(name)
    if rule == "label":
        first = re.split("[、，；（]", value)[0]
        return bool(pattern("units", "ends_like_unit").fullmatch(first) or pattern("columns", "looks_units").fullmatch(value))
    return rule != "other_label" or len(value) <= _LONGEST_TIME or bool(pattern("columns", "looks_deadline").fullmatch(value))


def is_header(names: Sequence[str]) -> bool:
    """Whether these cells are the names of columns, and short: nearly all known, or a third with what is to be done and by whom or when."""
    filled = [name for name in names if name.strip()]
    known = [role for role in map(column_role, filled) if role]
    if len(known) >= 3 and 3 * len(known) >= len(filled) and not SAYS_WHAT.isdisjoint(known) and not SAYS_WHO_OR_WHEN.isdisjoint(known):
        return all(len(key(name)) <= 40 for name in filled)
    least = 2 if len(filled) <= 2 else 3 if len(filled) <= 5 else len(filled) // 2 + 1
    return len(known) >= least and all(len(key(name)) <= 40 for name in filled)
