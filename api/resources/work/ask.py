"""Questions in Chinese, answered by a worker that keeps the names that one state of the store knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from api.resources.work.listing import to_json
from kg.ids import Ids
from kg.store import Store
from kg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from queries.ask import Asker

_LONGEST = 500  # characters of a question
_TURNS = 8  # questions that one may lean on


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
    return {**answer.to_json(), "conversation": conversation or None}
