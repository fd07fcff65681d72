"""Ways of speaking, put into words that the grammar has, as `spoken.toml` and `phrases.toml` say."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_FILES = ("spoken.toml", "phrases.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What is said, and what is read for it."""

    regex: re.Pattern[str]
    into: str
    examples: tuple[tuple[str, str], ...]


@cache
def load_sayings() -> tuple[Saying, ...]:
    """All of the files, in order."""
    tables = [tomllib.loads(resources.files("queries.ask").joinpath(name).read_text("utf-8")) for name in _FILES]
    return tuple(
        Saying(regex=re.compile(one["regex"]), into=one["into"], examples=tuple((said, read) for said, read in one["examples"]))
        for table in tables
        for one in table["say"]
    )


def rephrased(text: str) -> str:
    """The question in words that the grammar has."""
    for saying in load_sayings():
        text = saying.regex.sub(saying.into, text)
    return text
