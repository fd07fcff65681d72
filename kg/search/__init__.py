"""Search over what a store holds: tasks, units, instruments, plans and their sections.

`index` brings the index up to date after the store has changed; `open_search` gives a search that stays open, `search` and
`suggest` ask once. Read `model` first, then `query`, then `understand`; `index` and `reading` are the other half.
"""

from __future__ import annotations

from pathlib import Path

from kg.ids import Ids
from kg.search.index import VERSION, Indexed, index, is_there
from kg.search.model import Correction, Facet, FacetValue, Filters, Hit, Mark, Page, Said, Suggestion
from kg.search.opened import Search, open_search
from kg.search.query import NO_FILTERS
from kg.store import Store

__all__ = [
    "VERSION",
    "Correction",
    "Facet",
    "FacetValue",
    "Filters",
    "Hit",
    "Indexed",
    "Mark",
    "Page",
    "Said",
    "Search",
    "Suggestion",
    "index",
    "is_there",
    "open_search",
    "search",
    "suggest",
]


def search(
    where: Store | str | Path, words: str, filters: Filters = NO_FILTERS, *, limit: int = 20, page: int = 1, facets: bool = True
) -> Page:
    """One page of what the words find in a store; who asks more than once keeps `open_search` open."""
    return open_search(where, Ids.configured()).page(words, filters, limit=limit, page=page, facets=facets)


def suggest(where: Store | str | Path, prefix: str, limit: int = 10) -> tuple[Suggestion, ...]:
    """What somebody who has typed so far may want."""
    return open_search(where, Ids.configured()).suggest(prefix, limit)
