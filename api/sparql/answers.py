"""A query, answered in a worker."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

from api.sparql.guard import check_reach
from kg.ids import Ids
from kg.store import Store
from kg.store.serving import Dataset, Forms, answer_query
from ontology import prefixes


class Question(NamedTuple):
    """A query and how it is to be answered."""

    text: str
    dataset: Dataset
    forms: Forms
    base: str
    services: frozenset[str]


def answer(store: Store, ids: Ids, out: BinaryIO, question: Question) -> tuple[str, str]:  # noqa: ARG001 - as every worker's function
    """Write the answer; its kind and its form, which is empty where the client takes none that fits."""
    store.federated = check_reach(question.text, question.services)  # type: ignore[attr-defined]  # every store has it
    return answer_query(store, out, question.text, question.forms, question.dataset, prefixes=prefixes(), base=question.base)
