"""The scorer sees what is wrong, and gives the figures of the scorer that comes with the evaluation documents."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.evaluation import CORPORA, ROOT
from tests.scoring import COUNTED, FIELDS, SHARED, likeness, plain, score, together

TRUTH: dict[str, Any] = {
    "document": {"title": "甲要点", "number": "甲〔2031〕1号", "issued": "2031-04-08", "jurisdiction": {"name": "甲市", "code": "990100"}},
    "tasks": [
        {
            "seq": "1",
            "form": "item",
            "path": ["一、公开"],
            "text": "公开预算的编制依据和执行结果，说明情况",
            "units": [
                {"name": "市财政局", "role": "lead", "also": ["财政局"], "role_also": "responsible"},
                {"name": "市教育局", "role": "support"},
            ],
            "deadlines": [{"kind": "fixed", "date": "2031-09-30"}],
            "citations": [{"title": "预算公开办法", "number": None}],
            "measures": [{"op": ">=", "value": 60, "unit": "%"}],
        },
        {
            "seq": "2",
            "form": "item",
            "path": ["二、回应"],
            "text": "答复群众的来信来访，逐件登记",
            "units": [{"name": "市信访局", "role": "responsible"}],
        },
    ],
    "citations": [{"title": "政务公开条例", "number": None, "task": None}],
}


def _reading() -> dict[str, Any]:
    """A reading that is right in everything."""
    reading = copy.deepcopy(TRUTH)
    source = ""
    for task in reading["tasks"]:
        task["span"] = [len(source), len(source) + len(task["text"])]
        source += task["text"]
    return reading | {"source_text": source, "file": "plan.txt"}


def _wrong(change: Callable[[dict[str, Any]], object]) -> set[str]:
    """The fields that a change of a right reading makes wrong."""
    reading = _reading()
    change(reading)
    result = score("plan", TRUTH, reading)
    wrong = {name for name in FIELDS if (figure := result.figure(name)) is not None and figure < 1}
    assert wrong == {name for name in FIELDS if result.misses[name]}
    return wrong


def test_a_right_reading_is_right() -> None:
    assert _wrong(dict) == set()


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        pytest.param(lambda r: r["document"].update(title="乙要点"), {"header"}, id="title"),
        pytest.param(lambda r: r["document"].update(jurisdiction=None), {"header"}, id="no-jurisdiction"),
        pytest.param(lambda r: r["tasks"].pop(), {"tasks", "units", "unit_roles"}, id="task-missed"),
        pytest.param(lambda r: r["tasks"].append({"text": "别的", "seq": "3"}), {"tasks", "span"}, id="task-too-many"),
        pytest.param(lambda r: r["tasks"][1].update(path=[]), {"path"}, id="path"),
        pytest.param(lambda r: r["tasks"][1].update(text="答复群众的来信来访，逐件登"), {"text"}, id="text-cut"),
        pytest.param(lambda r: r["tasks"][0].update(span=[0, 3]), {"span"}, id="span"),
        pytest.param(lambda r: r["tasks"][1]["units"].clear(), {"units", "unit_roles"}, id="unit-missed"),
        pytest.param(lambda r: r["tasks"][1]["units"][0].update(role="lead"), {"unit_roles"}, id="role"),
        pytest.param(lambda r: r["tasks"][0]["deadlines"][0].update(date="2031-10-01"), {"deadlines"}, id="date"),
        pytest.param(lambda r: r["tasks"][0]["citations"][0].update(number="甲〔2031〕2号"), {"citations"}, id="number"),
        pytest.param(lambda r: r["tasks"][0]["measures"][0].update(op=">"), {"measures"}, id="operator"),
        pytest.param(lambda r: r["citations"].clear(), {"citations"}, id="preamble"),
        pytest.param(lambda r: r["tasks"][0]["units"][0].update(name="财政局"), set(), id="another-spelling-is-right"),
        pytest.param(lambda r: r["tasks"][0]["units"][0].update(role="responsible"), set(), id="another-role-is-right"),
        pytest.param(lambda r: r["tasks"][0]["deadlines"].append({"kind": "fixed", "date": "2031-09-30"}), set(), id="said-twice-is-once"),
        pytest.param(lambda r: r["document"].update(number="甲[2031] 1号"), set(), id="shapes-of-brackets-do-not-count"),
    ],
)
def test_what_is_wrong_is_seen(change: Callable[[dict[str, Any]], object], wrong: set[str]) -> None:
    assert _wrong(change) == wrong


def test_a_document_that_was_not_read_has_nothing_right() -> None:
    result = score("plan", TRUTH, None)
    assert [result.figure(name) for name in COUNTED] == [0.0] * len(COUNTED)
    assert result.shares["header"].value == 0.0


def test_scores_add_up() -> None:
    whole = together([score("one", TRUTH, _reading()), score("other", TRUTH, None)])
    assert (whole.counts["tasks"].hit, whole.counts["tasks"].missed) == (2, 2)
    assert whole.counts["tasks"].recall == 0.5


def test_likeness() -> None:
    assert likeness("甲乙丙", "甲乙丙") == 1.0
    assert likeness("甲乙丙", "丁戊己") == 0.0
    assert likeness("甲乙丙丁", "甲乙丙") == pytest.approx(0.8)
    assert plain("【2031】 ９号") == "〔2031〕9号"


# --- the other scorer -----------------------------------------------------------------------------------------

THEIRS = ROOT.parent / "shared/eval/score.py"


@pytest.fixture(scope="module")
def theirs() -> ModuleType:
    if not THEIRS.exists():
        pytest.skip("没有 ../shared/eval/score.py，不作对照 / no ../shared/eval/score.py to compare with")
    spec = importlib.util.spec_from_file_location("theirs", THEIRS)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _damaged(truth: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A reading made of the truth, with something wrong in every part."""
    found = copy.deepcopy(truth)
    found["source_text"] = "".join(task["text"] for task in found["tasks"])
    at = 0
    for task in found["tasks"]:
        task["span"] = [at, at + len(task["text"])]
        at += len(task["text"])
    found["tasks"] = [task for task in found["tasks"] if chance.random() > 0.1]
    for task in found["tasks"]:
        damage = chance.randrange(9)
        if damage == 0:
            task["text"] = task["text"][chance.randrange(3, 12) :] or "空"
        elif damage == 1:
            task["units"] = task.get("units", [])[1:]
        elif damage == 2:
            task["units"] = [unit | {"role": chance.choice(["lead", "support", "responsible"])} for unit in task.get("units", [])]
        elif damage == 3:
            task["deadlines"] = [{"kind": "fixed", "date": "2031-01-01"}, {"kind": "relative", "amount": 5, "unit": "day"}]
        elif damage == 4:
            task["citations"] = [{"title": "别的", "number": None}]
        elif damage == 5:
            task["measures"] = [{"op": ">=", "value": 7, "unit": "次"}]
        elif damage == 6:
            task["path"] = task.get("path", [])[1:]
        elif damage == 7:
            task["span"] = [0, 5]
    found["tasks"] += copy.deepcopy(found["tasks"][:2])
    found["document"]["title"] = "别的"
    found["citations"] = found.get("citations", [])[2:]
    return found


@pytest.mark.parametrize("corpus", [name for name, one in CORPORA.items() if one.there])
@pytest.mark.parametrize("seed", range(3))
def test_the_figures_are_those_of_the_other_scorer(corpus: str, seed: int, theirs: ModuleType, tmp_path: Path) -> None:
    chance = random.Random(seed)
    (tmp_path / "truth").mkdir()
    (tmp_path / "found").mkdir()
    scores = []
    for path in sorted(CORPORA[corpus].truth.glob("*.json"))[:6]:
        truth = json.loads(path.read_text("utf-8"))
        if "document" not in truth:
            continue
        truth["tasks"] = truth["tasks"][:20]  # pairing takes the time of all with all
        found = _damaged(truth, chance)
        for folder, value in (("truth", truth), ("found", found)):
            (tmp_path / folder / path.name).write_text(json.dumps(value, ensure_ascii=False), "utf-8")
        scores.append(score(path.stem, truth, found))
    whole = together(scores)
    figures, _ = theirs.score(tmp_path / "truth", tmp_path / "found")
    assert {name: whole.counts[name].f1 for name in COUNTED} == pytest.approx({name: figures[name]["f1"] for name in COUNTED})
    assert {name: whole.figure(name) for name in SHARED} == pytest.approx({name: figures[name]["share"] for name in SHARED})
    assert {name: whole.total(name) for name in FIELDS} == {name: figures[name]["gold"] for name in FIELDS}
    assert all((whole.figure(name) or 0) < 1 for name in FIELDS)
