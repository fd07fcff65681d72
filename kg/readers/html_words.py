"""What is known of the pages of government sites, from `kg/data/html.toml`, ready to be asked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

_MACRO = re.compile(r"<([a-z]+)>")
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_LONGEST = 330
_NOISE = (
    "noise_tools",
    "noise_scan",
    "noise_neighbours",
    "noise_related",
    "noise_crumbs",
    "noise_footer",
    "noise_survey",
    "noise_broken",
    "noise_rule",
)

# What a text copied from a page takes along; metadata stays, and so do the short words that a cell may hold.
_COPIED = ("noise_scan", "noise_neighbours", "noise_footer", "noise_survey")
_SURE_FOOT = ("noise_scan", "noise_neighbours", "noise_footer", "tail_tools")
_FOOT = (*_SURE_FOOT, "tail_credits")


@cache
def data() -> Mapping[str, Any]:
    """The tables of `kg/data/html.toml`."""
    return tomllib.loads(resources.files("kg").joinpath("data/html.toml").read_text("utf-8"))


@cache
def rule(name: str) -> re.Pattern[str]:
    """The pattern of one rule, its macros written out."""
    regex: str = data()[name]["regex"]
    while found := _MACRO.search(regex):
        regex = regex[: found.start()] + data()["macros"][found.group(1)] + regex[found.end() :]
    return re.compile(regex)


@cache
def box(name: str) -> re.Pattern[str]:
    """The pattern of the ids and classes that hint at one kind of box."""
    return re.compile(data()["boxes"][name])


@cache
def words(table: str, name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(data()[table][name])


def squeezed(text: str) -> str:
    """`text` without white space and without what nobody sees."""
    return _BLANK.sub("", text)


def is_noise(text: str) -> bool:
    """Whether the squeezed text of a whole block is the site's own: tools, breadcrumbs, neighbours, footer."""
    return _is_any(text, _NOISE)


def is_copied_noise(text: str) -> bool:
    """Whether a line of plain text came along from around a page's article."""
    return _is_any(text, _COPIED)


def copied_tail(lines: Sequence[str]) -> int:
    """Where in a text's lines, squeezed, the foot of a page begins that was copied along; their number where there is none."""
    at = foot = len(lines)
    while at and (not lines[at - 1] or is_noise(lines[at - 1]) or _is_any(lines[at - 1], _FOOT)):
        at -= 1
        surely = _is_any(lines[at], _SURE_FOOT) or (foot < len(lines) and _is_any(lines[at], _FOOT))
        foot = at if lines[at] and surely else foot
    return foot


def _is_any(text: str, names: Sequence[str]) -> bool:
    return len(text) <= _LONGEST and any(rule(name).match(text) for name in names)
