"""Lineage 谱系: what each task of a plan came from, and what became of it.

`link` brings a store up to date; `compare` and `model` say what became of the tasks of two plans; `listing` reads it back.
"""

from __future__ import annotations

import hashlib
from importlib import resources
from typing import TYPE_CHECKING

from kg.changes import Changes
from kg.ids import Ids
from kg.store import Store

if TYPE_CHECKING:
    from kg.lineage.linking import Linked

__all__ = ["VERSION", "link"]

_CODE = "2"  # goes up with every change of the code that changes links, which plans are related, threads, or what is written
_DATA = ("data/lineage.toml", "data/series.toml", "lineage/weights.toml")


def _version() -> str:
    """Of the code, of the weights, and of what is known of titles and words."""
    data = b"".join(resources.files("kg").joinpath(name).read_bytes() for name in _DATA)
    return f"{_CODE}-{hashlib.blake2b(data, digest_size=6).hexdigest()}"


VERSION = _version()


def link(store: Store, ids: Ids, changes: Changes) -> Linked:
    """Compare what the changes touch, and bring `graph/lineage` up to date."""
    from kg.lineage.linking import link_plans  # the solvers behind it take a second to import, and most commands need none

    return link_plans(store, ids, changes, VERSION)
