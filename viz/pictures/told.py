"""What is told of the things of a picture: kinds, names, details, and the words of their sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kg.graph.resources import pictures as asking
from kg.graph.resources.around import labels_query
from kg.ids import Ids
from kg.store import Store
from kg.store.rows import select_strings
from viz.pictures.labels import bounded, plain
from viz.pictures.look import kind_of
from viz.pictures.model import Quote, Thing, Tie

_BATCH = 200
_QUOTES = 3  # of one thing
_MOST_ABOUT = 6  # values of one detail
_DUTIES = {"lead", "responsible", "support"}

Rows = Mapping[str, Sequence[Mapping[str, str]]]


def batches(items: Sequence[str], size: int = _BATCH) -> Iterator[Sequence[str]]:
    return (items[at : at + size] for at in range(0, len(items), size))


def read_things(store: Store, iris: Sequence[str], named: Mapping[str, str] | None = None) -> tuple[Thing, ...]:
    """The things by their IRIs, in this order. `named`: names that somebody else gives to those that the store does not know."""
    labels = _rows(store, iris, "node", labels_query)
    about = _rows(store, iris, "thing", asking.about_query)
    quotes = _rows(store, iris, "thing", asking.evidence_query)
    return tuple(_thing(iri, labels[iri], about[iri], _quotes(quotes[iri]), (named or {}).get(iri, "")) for iri in iris)


def _rows(store: Store, iris: Sequence[str], name: str, query: Callable[[Sequence[str]], str]) -> Rows:
    found: dict[str, list[Mapping[str, str]]] = {iri: [] for iri in iris}
    for some in batches(iris):
        for row in select_strings(store, query(some)):
            found[row[name]].append(row)
    return found


def _thing(
    iri: str, labels: Sequence[Mapping[str, str]], about: Sequence[Mapping[str, str]], quotes: tuple[Quote, ...], named: str
) -> Thing:
    classes = {row["type"].rsplit("#", 1)[-1].rsplit("/", 1)[-1] for row in labels}
    told: dict[str, set[str]] = defaultdict(set)
    for row in about:
        told[row["what"]].add(plain(row["value"]))
    # of several wordings and names always the same one, whatever order the store gives them in
    texts = {name: min((row[name] for row in labels if row.get(name)), default="") for name in ("text", "label", "number")}
    label = texts["text"] or texts["label"] or named or texts["number"] or last_part(iri)
    return Thing(
        key=iri,
        iri=iri,
        kind=kind_of(next((kind for kind in asking.KINDS if kind in classes), "Other")),
        label=bounded(plain(label)) or last_part(iri),
        about={what: tuple(sorted(values)[:_MOST_ABOUT]) for what, values in told.items() if values - {""}},
        quotes=quotes,
    )


def last_part(iri: str) -> str:
    """What stands last in an IRI, for a thing without any name."""
    return plain(iri.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1]) or plain(iri)


def _quotes(rows: Iterable[Mapping[str, str]]) -> tuple[Quote, ...]:
    """The words of the sources: those of the whole thing first, the longest first."""
    found = {
        (bool(row.get("states")), -len(row["quote"]), row.get("file", ""), row["quote"]): Quote(
            text=bounded(row["quote"]), file=plain(row.get("file", "")), place=plain(row.get("stands", ""))
        )
        for row in rows
        if row.get("quote")
    }
    return tuple(dict.fromkeys(found[key] for key in sorted(found)))[:_QUOTES]


def with_words(store: Store, ids: Ids, ties: Iterable[Tie], tasks: Sequence[str]) -> tuple[Tie, ...]:
    """The ties with the words that the sources print for them: names of units, citations, how far a wording was kept."""
    words: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for some in batches(tasks):
        for row in select_strings(store, asking.units_query(some)):
            words[row["task"], row.get("unit", ""), row["role"].rsplit("/", 1)[-1]].add(plain(row["printed"]))
        for row in select_strings(store, asking.citations_query(some)):
            words[row["task"], row.get("instrument", ""), "cites"].add(plain(row["printed"]))
        for row in select_strings(store, asking.bands_query(ids, some)):
            words[row["task"], row["other"], ""].add(row["band"])
    return tuple(
        Tie(source=tie.source, target=tie.target, relation=tie.relation, words=tuple(sorted(words[key(tie)]))[:_QUOTES]) for tie in ties
    )


def key(tie: Tie) -> tuple[str, str, str]:
    """Under which key the words of a tie are told: links between tasks know no name of a relation."""
    return tie.source, tie.target, tie.relation if tie.relation in _DUTIES | {"cites"} else ""
