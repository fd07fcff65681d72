"""Ways of speaking, put into words that the grammar has, as `phrases.toml` says."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What is said, and what is read for it."""

    regex: re.Pattern[str]
    into: str
    examples: tuple[tuple[str, str], ...]


@cache
def load_sayings() -> tuple[Saying, ...]:
    """All of the file, in order."""
    table = tomllib.loads(resources.files("queries.ask").joinpath("phrases.toml").read_text("utf-8"))
    return tuple(
        Saying(regex=re.compile(one["regex"]), into=one["into"], examples=tuple((said, read) for said, read in one["examples"]))
        for one in table["say"]
    )


def rephrased(text: str) -> str:
    """The question in words that the grammar has."""
    for saying in load_sayings():
        text = saying.regex.sub(saying.into, text)
    return text
