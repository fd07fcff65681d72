"""What follows from what was read: the rules of the ontology over a whole store, their triples in a graph of their own."""

from __future__ import annotations

from kg.ids import Ids
from kg.store import Parcel, Store
from ontology import load_rules

_ROUNDS = 10  # of the rules; each of ours needs two


def derive(store: Store, ids: Ids) -> int:
    """Run the rules until nothing more follows; returns how many triples follow.

    A later round sees what the rounds before derived. What no longer follows goes: the first round starts without any.
    """
    graph = ids.graph("rules")
    known: set[str] = set()
    if store.graph(graph):
        store.apply(Parcel(drop=(graph,)))
    for _ in range(_ROUNDS):
        derived = known | {f"{triple} .\n" for rule in load_rules() for triple in store.construct(rule.query)}
        if derived == known:
            break
        store.apply(Parcel(add={graph: "".join(sorted(derived - known)).encode("utf-8")}))
        known = derived
    return len(known)
