"""What a name given for an IRI means on the samples."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.store import Store
from queries import prepare, resolve_name, run, the_one

LABELS = (
    ("unit", "澄湖区财政局", ["澄湖区财政局"]),
    ("unit", " 澄湖区 财政局 ", ["澄湖区财政局"]),
    ("unit", "县财政局", ["青岚县财政局"]),
    ("unit", "区政府各部门", ["澄湖区政府各部门"]),
    ("unit", "澄湖区 区财政局", ["澄湖区财政局"]),
    ("unit", "区财政局@澄湖区", ["澄湖区财政局"]),
    ("unit", "财政局", []),
    ("unit", "财政", []),
    ("unit", "", []),
    ("place", "澄湖区", ["澄湖区"]),
    ("place", "990102", ["澄湖区"]),
    ("place", "澄湖县", ["澄湖县"]),
    ("place", "朝阳区", ["朝阳区", "朝阳区"]),
    ("plan", "澄湖区2021年政务公开实施方案", ["澄湖区2021年政务公开实施方案"]),
    ("plan", "《澄湖区2021年政务公开实施方案》", ["澄湖区2021年政务公开实施方案"]),
    ("plan", "澄政办发〔2021〕20号", ["澄湖区2021年政务公开实施方案"]),
    ("plan", "澄政办发[2021]20号", ["澄湖区2021年政务公开实施方案"]),
    ("plan", "district-2021.txt", ["澄湖区2021年政务公开实施方案"]),
    ("plan", "district-2022.txt", ["澄湖区2022年政务公开工作要点", "澄湖区落实云溪市2022年政务公开任务工作台账"]),
    ("instrument", "中华人民共和国政府信息公开条例", ["中华人民共和国政府信息公开条例"]),
    ("instrument", "政府信息公开条例", ["中华人民共和国政府信息公开条例"]),
    ("instrument", "《政府信息公开条例》", ["中华人民共和国政府信息公开条例"]),
    ("instrument", "国务院令第711号", ["中华人民共和国政府信息公开条例"]),
    ("instrument", "国务院令第492号", ["中华人民共和国政府信息公开条例"]),
    ("instrument", "不存在的条例", []),
    ("function", "财政", ["财政"]),
    ("function", "finance", ["财政"]),
    ("role", "牵头", ["牵头"]),
    ("role", "lead", ["牵头"]),
    ("role", "旁观", []),
    ("period", "quarter", ["每季度"]),
    ("task", "澄政办发〔2021〕20号#5", ["澄湖区2021年政务公开实施方案"]),
    ("task", "district-2022.txt#30", ["澄湖区2022年政务公开工作要点", "澄湖区落实云溪市2022年政务公开任务工作台账"]),
    ("task", "澄湖区2021年政务公开实施方案#999", []),
    ("task", "澄湖区2021年政务公开实施方案", []),
    ("task", "某计划#1", []),
    ("fact", "某某", []),
)


@pytest.mark.parametrize(("kind", "text", "labels"), LABELS, ids=[f"{kind} {text}" for kind, text, _ in LABELS])
def test_a_name_means(kind: str, text: str, labels: list[str], sample_store: Store) -> None:
    found = resolve_name(sample_store, kind, text)
    assert [one.note if kind == "task" else one.label for one in found] == labels  # a task is told by its words, and by its plan


def test_an_iri_means_itself_if_the_store_knows_it(sample_store: Store) -> None:
    (unit,) = resolve_name(sample_store, "unit", "澄湖区财政局")
    assert [one.iri for one in resolve_name(sample_store, "unit", unit.iri)] == [unit.iri]
    assert resolve_name(sample_store, "unit", unit.iri + "0") == ()


@pytest.mark.parametrize("text", ['"} DROP ALL #', "\\u0022", "财政局\n", "'", "<urn:x>", "urn:x> }"])
def test_hostile_names_mean_nothing(text: str, sample_store: Store) -> None:
    for kind in ("unit", "plan", "task", "instrument", "place", "function", "role", "fact"):
        assert resolve_name(sample_store, kind, text) == ()


def test_several_candidates_are_a_choice_and_not_a_guess(sample_store: Store) -> None:
    candidates = resolve_name(sample_store, "plan", "district-2022.txt")
    with pytest.raises(QueryError) as told:
        the_one(candidates, "plan", "district-2022.txt")
    assert all(one.iri in str(told.value) and one.label in str(told.value) for one in candidates)


@pytest.mark.parametrize(("kind", "says"), [("unit", "zhengpu query units"), ("plan", "zhengpu query plans"), ("role", "lead（牵头）")])
def test_no_candidate_says_what_to_do(kind: str, says: str) -> None:
    with pytest.raises(QueryError) as told:
        the_one((), kind, "某某")
    assert says in str(told.value)


def test_the_place_that_is_given_tells_units_apart(sample_store: Store) -> None:
    (unit,) = resolve_name(sample_store, "unit", "澄湖区财政局")
    assert unit.iri in prepare(sample_store, "load-of-unit", {"unit": "区财政局", "place": "澄湖区"})
    with pytest.raises(QueryError, match="区财政局"):
        prepare(sample_store, "load-of-unit", {"unit": "区财政局", "place": "青岚县"})


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "xml"])
def test_answers_come_in_every_form(form: str, sample_store: Store) -> None:
    assert "澄湖区2021年政务公开实施方案" in run(sample_store, "plans", {"place": "澄湖区"}, form).decode("utf-8")


def test_an_unknown_query_names_those_like_it(sample_store: Store) -> None:
    with pytest.raises(QueryError, match="tasks-of-unit"):
        run(sample_store, "task-of-unit", {}, "csv")
