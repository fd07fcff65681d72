"""The numbers that a browser prints in front of list items; they are nowhere in the text of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.html_page import Element
from kg.readers.html_words import data

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]*)")
_INTEGER = re.compile(r"\s*([+-]?\d{1,6})")
_DIGITS = "零一二三四五六七八九"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(slots=True)
class Counter:
    """Counts the items of one list."""

    style: str
    upcoming: int
    step: int

    def number(self, item: Element) -> str:
        """What is printed in front of the next item; the empty string in a list of dots."""
        value = _integer(item.attributes.get("value", ""), self.upcoming)
        self.upcoming = value + self.step
        kind, form = data()["counters"].get(_own_style(item) or self.style, ("none", ""))
        return form.format(_written(kind, value)) if kind != "none" else ""


def counter_of(element: Element) -> Counter:
    """The counter of a list: by its style, its type, or the class of a known editor."""
    style = _own_style(element) or ("decimal" if element.tag == "ol" else "none")
    backwards = "reversed" in element.attributes
    items = sum(1 for child in element.children if isinstance(child, Element) and child.tag == "li")
    return Counter(style, _integer(element.attributes.get("start", ""), items if backwards else 1), -1 if backwards else 1)


def _own_style(element: Element) -> str:
    known = data()["counters"]
    styled = _STYLE.search(element.style) if "list-style" in element.style else None
    names = styled.group(1).split() if styled else []
    names += [element.attributes.get("type", "").strip(), *element.attributes.get("class", "").split()]
    return next((name for name in names if name in known), "")


def _integer(text: str, otherwise: int) -> int:
    found = _INTEGER.match(text)
    return int(found.group(1)) if found else otherwise


def _written(kind: str, value: int) -> str:
    """`value` in one way of counting; in Arabic digits where that way has no number for it."""
    if kind in ("lower", "upper") and value > 0:
        letters = ""
        while value > 0:
            value, rest = divmod(value - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters.upper() if kind == "upper" else letters
    if kind in ("roman", "ROMAN") and 0 < value < 400:
        roman = ""
        for worth, sign in _ROMAN:
            count, value = divmod(value, worth)
            roman += sign * count
        return roman.upper() if kind == "ROMAN" else roman
    if kind == "han" and 0 < value < 100:
        tens, ones = divmod(value, 10)
        return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones or not tens else "")
    return f"{value:02d}" if kind == "zero" else str(value)
