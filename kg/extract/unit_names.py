"""What the name of a unit looks like: whole, a collective, told by what departments do."""

from __future__ import annotations

from functools import lru_cache

from kg import columns
from kg.rules import pattern

LONGEST_NAME = 200  # with the units that its bracket lists
STARS = "★☆▲△※*#"
BULLETS = columns.BULLETS


@lru_cache(maxsize=65536)  # the same few names stand in every list of a plan
def ends_like_unit(name: str) -> bool:
    return len(name) <= LONGEST_NAME and bool(pattern("units", "ends_like_unit").fullmatch(name))


@lru_cache(maxsize=65536)
def is_group(name: str) -> bool:
    return bool(pattern("units", "group").fullmatch(name))
