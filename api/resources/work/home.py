"""The plans of the first page."""

from __future__ import annotations

from kg.graph.resources.plans import HOME
from kg.ids import Ids
from kg.store import Store
from kg.store.rows import select_strings


def list_home(store: Store, ids: Ids) -> list[dict[str, str]]:  # noqa: ARG001 - as every worker's function
    """The newest plans, with their titles, years and places."""
    return list(select_strings(store, HOME))
