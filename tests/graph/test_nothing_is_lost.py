"""What was read is in the graph: every unit, deadline and citation of the truth is found again by SPARQL."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest

from kg.ids import Ids
from kg.ingestion import ingest
from kg.store import Store, open_store
from tests.conftest import sample_files
from tests.evaluation import CORPORA, load_floors
from tests.graph.readback import documents, read_back
from tests.scoring import Score, score, together

EVAL = CORPORA["eval"]
FIELDS = ("tasks", "units", "unit_roles", "deadlines", "citations", "measures")


@pytest.fixture(scope="module")
def eval_store() -> Iterator[Store]:
    if not EVAL.there:
        pytest.skip(f"没有 {EVAL.documents}，未评测 / not there: the graph of the real documents is not scored")
    with open_store("memory") as store:
        outcomes = list(ingest(sorted(EVAL.documents.iterdir()), store, Ids.configured(), jobs=os.cpu_count()))
        assert [one.error for one in outcomes if one.error] == []
        yield store


def _score(store: Store, corpus: str) -> Score:
    graphs = documents(store)
    truths = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(CORPORA[corpus].truth.glob("*.json"))}
    scores = [
        score(stem, truths[stem], read_back(store, graph)) for file, graph in graphs.items() if (stem := file.rpartition(".")[0]) in truths
    ]
    return together(scores)


def _below(whole: Score, corpus: str) -> dict[str, str]:
    floors = load_floors()[corpus]
    return {
        name: f"{whole.figure(name)} < {floors[name]}; {whole.misses[name][:5]}"
        for name in FIELDS
        if (whole.figure(name) or 0) < floors[name]
    }


def test_the_graph_of_the_real_documents_holds_the_gold_reading(eval_store: Store) -> None:
    assert len(documents(eval_store)) == len(list(EVAL.documents.iterdir()))
    assert _below(_score(eval_store, "eval"), "eval") == {}


def test_the_graph_of_the_samples_holds_their_truth(sample_store: Store) -> None:
    assert set(documents(sample_store)) == {path.name for path in sample_files()}
    assert _below(_score(sample_store, "samples"), "samples") == {}
