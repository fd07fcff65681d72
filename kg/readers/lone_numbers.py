"""Numbers that a page sets apart as blocks of their own (01 over 河道整治, PART 02 over 道路整治), given back to what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.readers.draft import DraftParagraph, DraftTable
from kg.rules import pattern
from kg.text import key, to_ordinal

_ALONE = re.compile(
    r"(?P<part>第(?=.+[章篇编]|.+部分)|(?:PART|Part|part)\.?)?(?P<value>\d{1,2}|[一二三四五六七八九十]{1,3})(?:章|篇|编|部分)?[.．、]?"
)
_FEWEST = 2

Item = DraftParagraph | DraftTable


def with_numbers(items: Sequence[Item]) -> list[Item]:
    """The items, with numbers that count on and stand over words without one joined to those words."""
    alone = dict(_counting(items))
    joined: list[Item] = []
    for at, item in enumerate(items):
        before = items[at - 1] if at - 1 in alone else None
        if isinstance(before, DraftParagraph) and isinstance(item, DraftParagraph):
            joined[-1] = replace(item, lines=before.lines + item.lines, level=max(before.level, item.level))
        else:
            joined.append(item)
    return joined


def _counting(items: Sequence[Item]) -> list[tuple[int, int]]:
    """Where such numbers stand, and their values: of one form, each the next of the one before or the first of a new count."""
    found: dict[str, list[tuple[int, int]]] = {}
    for at in range(len(items) - 1):
        form, value = _number_over(items[at], items[at + 1])
        if form and (value == 1 or (form in found and found[form][-1][1] == value - 1)):
            found.setdefault(form, []).append((at, value))
    return [place for places in found.values() if len(places) >= _FEWEST for place in places]


def _number_over(item: Item, below: Item) -> tuple[str, int]:
    """The form and the value of a number that stands alone over words which it would number; "" where there is none such.

    Where the format does not tell paragraphs, a bare digit may as well be the number of a page.
    """
    if isinstance(item, DraftTable) or isinstance(below, DraftTable) or len(item.lines) > 1:
        return "", 0
    text, words = (key("".join(line.text for line in one.lines)) for one in (item, below))
    found = _ALONE.fullmatch(text)
    if found is None or (item.loose and not found["part"] and not text.startswith("0")):
        return "", 0
    numbered = text + words if found["part"] or not found["value"].isdigit() else f"{found['value']}.{words}"
    form = next((name for name in ("chapter", "han_comma", "arabic_dot") if pattern("outline", name).match(numbered)), "")
    if not form or _ALONE.fullmatch(words) or pattern("outline", "opens_block").match(words):
        return "", 0
    return form, to_ordinal(found["value"]) or 0
