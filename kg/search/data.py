"""The tables of this room: characters, everyday words, shapes; TOML beside the code, each with examples and near misses."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


@cache
def load_table(name: str) -> Mapping[str, Any]:
    """The tables of `kg/search/data/{name}.toml`."""
    return tomllib.loads(_read(name).decode("utf-8"))


def _read(name: str) -> bytes:
    return resources.files("kg.search").joinpath(f"data/{name}.toml").read_bytes()


@cache
def table_bytes() -> bytes:
    """All that the tables say, so that an index that was made with other tables is known."""
    return b"".join(_read(name) for name in ("everyday", "shapes", "terms", "traditional"))
