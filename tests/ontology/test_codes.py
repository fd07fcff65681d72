"""Code lists: those that the shapes allow are those of the file, and every word that is printed leads to its code."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from rdflib import RDF, SKOS

from ontology import CODES, codes, load_codes, load_shapes, printed_codes
from tests.ontology.broken import SH

SCHEMES = sorted(str(each).removeprefix(CODES) for each in load_codes().subjects(RDF.type, SKOS.ConceptScheme))
KINDS = tomllib.loads((Path(__file__).parents[2] / "kg/data/kinds.toml").read_text("utf-8"))["kinds"]
PRINTED_PERIODS = (
    *(
        "每半年",
        "每季",
        "每季度",
        "每个季",
        "每个季度",
        "每月",
        "每个月",
        "每年",
        "每年度",
        "每周",
        "每日",
        "每天",
        "每两周",
        "每双月",
        "每旬",
    ),
    *("按季", "按季度", "按月", "按月度", "按年", "按年度", "按半年", "按周"),
    *("逐月", "逐季", "逐季度", "逐年", "定期", "季度", "月度", "半年", "年度"),
)


def test_the_shapes_allow_the_codes_of_the_lists_and_no_others() -> None:
    shapes, seen = load_shapes(), set()
    for head in shapes.objects(None, SH["in"]):
        members = {str(each) for each in shapes.items(head)}
        if not all(each.startswith(CODES) for each in members):
            continue
        (scheme,) = {each.removeprefix(CODES).partition("/")[0] for each in members}
        assert members == {f"{CODES}{scheme}/{code}" for code in codes(scheme)}, scheme
        seen.add(scheme)
    assert seen == set(SCHEMES) - {"function", "deadline-kind"}  # functions are facts; kinds of deadline are classes


@pytest.mark.parametrize("scheme", [each for each in SCHEMES if each != "function"])
def test_codes_are_slugs_with_labels_of_their_own(scheme: str) -> None:
    found = codes(scheme)
    assert all(each.zh and each.en and code.replace("_", "-").replace("-", "").isalpha() and code.islower() for code, each in found.items())
    assert len({each.zh for each in found.values()}) == len(found)
    assert all(broader in found and found[broader].broader != (code,) for code, each in found.items() for broader in each.broader)


@pytest.mark.parametrize("word", KINDS)
def test_every_kind_of_plan_has_its_code(word: str) -> None:
    assert word in printed_codes("plan-kind")


@pytest.mark.parametrize(
    ("narrow", "broad"),
    [("任务分解表", "分解表"), ("责任分工表", "分工表"), ("分工表", "分解分工"), ("工作要点", "要点"), ("任务台账", "台账")],
)
def test_kinds_of_plan_are_sorts_of_others(narrow: str, broad: str) -> None:
    words = printed_codes("plan-kind")
    assert words[broad] in codes("plan-kind")[words[narrow]].broader


@pytest.mark.parametrize("word", PRINTED_PERIODS)
def test_every_printed_period_has_its_code(word: str) -> None:
    assert word in printed_codes("period")


@pytest.mark.parametrize(("word", "code"), [("逐季度", "quarter"), ("每双月", "two-months"), ("半年", "half"), ("定期", "regular")])
def test_printed_periods_mean_what_they_say(word: str, code: str) -> None:
    assert printed_codes("period")[word] == code
