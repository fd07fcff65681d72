"""The search of a worker: one that stays open, and follows the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from api.errors import Overloaded
from api.resources.work.listing import to_json
from api.resources.work.shown import address_of
from kg.ids import Ids
from kg.search import VERSION, Filters, Search, open_search
from kg.search.home import Held, Home
from kg.store import Store

_open: dict[str, Search] = {}  # of this process, by the place of the store


def search_of(store: Store, ids: Ids) -> Search:
    """The search over the store. A reader makes no index: where there is none yet, it says so."""
    if store.where not in _open:
        home = Home.at(store.where, VERSION)
        held = home.held()
        if not isinstance(held, Held):
            zh = f"检索的索引还不能用（{held.zh}）。请在服务器上运行 zhengpu search 或再入库一次"
            raise Overloaded(zh, f"the index of the search is not ready: {held.en}. Run zhengpu search on the server, or ingest again")
        _open[store.where] = open_search(store.where, ids)
    return _open[store.where]


def hits_of(store: Store, ids: Ids, words: str, kind: str, most: int) -> list[str]:
    """The IRIs of what the words find of a kind, the best first."""
    page = search_of(store, ids).page(words, Filters(kind=(kind,)), limit=most, facets=False)
    return [hit.iri for hit in page.hits]


def search_json(store: Store, ids: Ids, words: str, filters: Mapping[str, Sequence[str]], part: tuple[int, int], facets: bool) -> bytes:  # noqa: PLR0917
    """One page of what the words find, with facets."""
    chosen = Filters(**{name: tuple(values) for name, values in filters.items() if values})
    told = search_of(store, ids).page(words, chosen, limit=part[0], page=part[1], facets=facets).to_json()
    for hit in told["hits"]:
        path = address_of(ids, hit["iri"])
        hit["links"] = {"self": path} if path else {}
    return to_json(told)


def suggest_json(store: Store, ids: Ids, prefix: str, limit: int) -> bytes:
    """What somebody who has typed so far may want."""
    found = [asdict(one) for one in search_of(store, ids).suggest(prefix, limit)]
    for one in found:
        one["links"] = {"self": path} if (path := address_of(ids, one["iri"])) else {}
    return to_json({"typed": prefix, "suggestions": found})
