"""Questions in Chinese, answered by a worker that keeps the names that one state of the store knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from api.resources.work.listing import to_json
from kg.ids import Ids
from kg.store import Store
from kg.store.embedded import EmbeddedStore
from ontology import codes

if TYPE_CHECKING:
    from queries.ask import Asker
    from queries.ask.model import Row

_LONGEST = 500  # characters of a question
_TURNS = 8  # questions that one may lean on
_CODED = {
    "role": ("role",),
    "relation": ("lineage-relation",),
    "band": ("lineage-band",),
    "shape": ("lineage-shape",),
    "basis": ("lineage-basis",),
    "status": ("status",),
    "kind": ("deadline-kind", "instrument-kind", "plan-kind", "unit-kind", "group-kind"),
}  # columns of answers, and the code lists that they are of


@dataclass(slots=True)
class _Kept:
    """The asker of this process, and which state of which store it knows."""

    of: tuple[str, str] = ("", "")
    asker: Asker | None = field(default=None)


_kept = _Kept()


def _asker(store: Store) -> Asker:
    from queries.ask import Asker  # loads jieba, which no other call needs

    state = (store.where, store.version if isinstance(store, EmbeddedStore) else "")
    if _kept.asker is None or _kept.of != state or not state[1]:
        _kept.asker, _kept.of = Asker(store), state
    return _kept.asker


def ask_json(store: Store, ids: Ids, question: str, before: tuple[str, ...], conversation: str) -> bytes:
    """The answer to a question, read in the light of those before it in its conversation."""
    return to_json(ask(store, ids, question, before, conversation))


def ask(store: Store, ids: Ids, question: str, before: tuple[str, ...] = (), conversation: str = "") -> dict[str, Any]:  # noqa: ARG001
    """The same as plain values."""
    asker = _asker(store)
    last = None
    for each in before[-_TURNS:]:
        given = asker.ask(each, last)
        last = given if given.meaning is not None else last
    answer = asker.ask(question, last)
    return {**answer.to_json(), "codes": english_of(answer.rows), "conversation": conversation or None}


def english_of(rows: Sequence[Row]) -> dict[str, str]:
    """The English of the Chinese names of codes that the rows give: a role, a status, how alike words are."""
    said = {row[f"{column}{end}"] for row in rows for column in _CODED for end in ("", "_label") if f"{column}{end}" in row}
    return {code.zh: code.en for schemes in _CODED.values() for scheme in schemes for code in codes(scheme).values() if code.zh in said}
