"""Identifiers come from what the source prints."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ids import Ids, code, digest, section_paths, segment, task_names
from kg.model import Edition, Instrument, Plan, Quoted, Section, Span, Task, Unit

IDS = Ids("https://example.org/id/")
NOWHERE = Span(0, 0)
IRI_CHARACTERS = re.compile(r"[^<>\"{}|\\^`\x00-\x20]+")


def _plan(title: str, year: int | None = 2021) -> Plan:
    quoted = Quoted(value=year, span=NOWHERE) if year else None
    return Plan(title=Quoted(value=title, span=NOWHERE), kind=None, year=quoted, span=NOWHERE)


def _section(number: str, heading: str = "题", level: int = 1) -> Section:
    return Section(number=number, heading=heading, level=level, span=NOWHERE)


def _task(number: str | None, *path: Section) -> Task:
    return Task(number=number, form="item", path=path, text="做", span=NOWHERE)


@pytest.mark.parametrize(
    ("one", "other"),
    [("台政办发〔2021〕5号", "台政办发[2021] 5 号"), ("（一）", "(一)"), ("12", "１２")],
    ids=["brackets and blanks", "half-width", "full-width digits"],
)
def test_printed_forms_of_one_value_give_one_segment(one: str, other: str) -> None:
    assert segment(one) == segment(other)
    assert digest(one) == digest(other)


@given(st.text(min_size=1))
def test_whatever_is_printed_a_segment_is_legal_in_an_iri(text: str) -> None:
    made = segment(text)
    assert not set(made) & {"/", "#"}
    assert made == "" or IRI_CHARACTERS.fullmatch(made)


@pytest.mark.parametrize(
    ("plan", "place", "number", "expected"),
    [
        (_plan("2021年云溪市政务公开工作要点"), "990100", "云政办发〔2021〕15号", "plan/990100/2021/云政办发〔2021〕15号/"),
        (_plan("2021年云溪市政务公开工作要点"), "990100", None, "plan/990100/2021/" + digest("2021年云溪市政务公开工作要点")),
        (_plan("任务分解表"), "990100", None, "plan/990100/2021/document-abababababababab-"),
        (_plan("2021年云溪市政务公开工作要点"), None, None, "plan/unplaced/2021/document-"),
        (_plan("云溪市政务公开工作要点汇编", None), "990100", None, "plan/990100/undated/document-"),
    ],
    ids=["number and title", "title", "a title that only names a kind", "no place", "no year"],
)
def test_a_plan_is_known_by_what_it_prints(plan: Plan, place: str | None, number: str | None, expected: str) -> None:
    assert IDS.plan(plan, place=place, number=number, sha256="ab" * 32).startswith(IDS.base + expected)


def test_two_plans_that_claim_one_number_stay_two() -> None:
    one, other = (IDS.plan(_plan(f"2021年{name}工作要点"), place="990100", number="云政办发〔2021〕5号", sha256="0") for name in "甲乙")
    assert one != other


@pytest.mark.parametrize(
    ("tasks", "names"),
    [
        ([_task("1"), _task("2")], ["1", "2"]),
        ([_task("1", _section("一")), _task("1", _section("二"))], ["一/1", "二/1"]),
        ([_task(None, _section("一")), _task(None, _section("一")), _task(None, _section("二"))], ["一/n1", "一/n2", "二/n1"]),
        ([_task("（十）", _section("二")), _task("（十）", _section("二"))], ["二/n1", "二/n2"]),
        ([_task(None), _task(None)], ["n1", "n2"]),
    ],
    ids=["printed once", "anew in each section", "no number", "several tasks under one number", "neither number nor section"],
)
def test_a_task_is_known_by_its_number_else_by_its_place_in_the_section(tasks: list[Task], names: list[str]) -> None:
    assert list(task_names(tasks)) == names


def test_sections_lie_in_those_above_them() -> None:
    outline = [_section("一"), _section("（一）", level=2), _section("（二）", level=2), _section("二")]
    assert [[one.number for one in path] for path in section_paths(outline)] == [["一"], ["一", "（一）"], ["一", "（二）"], ["二"]]


def test_an_instrument_is_known_by_its_title_and_a_claimed_one_by_its_number() -> None:
    known = Instrument(title="中华人民共和国政府信息公开条例", kind="administrative-regulation", source="国务院公报")
    short = Instrument(title="政府信息公开条例", kind="administrative-regulation", source="国务院公报")
    claimed = Instrument(title="某市规则", kind="policy", editions=(Edition(number="某政发〔2020〕1号"),))
    assert IDS.instrument(known) == IDS.instrument(short)
    assert IDS.instrument(claimed) == IDS.base + "instrument/某政发〔2020〕1号"


def test_a_unit_is_known_by_its_place_and_full_name() -> None:
    one = Unit(code="990102", name="澄湖区财政局", kind="department")
    assert IDS.unit(one) == IDS.unit(Unit(code="990102", name="澄湖区财政局", kind="department", functions=("finance",)))
    assert IDS.unit(one) != IDS.unit(Unit(code="990121", name="澄湖区财政局", kind="department"))


def test_codes_keep_their_words() -> None:
    assert code("role", "lead") == "https://w3id.org/zhengpu/code/role/lead"
