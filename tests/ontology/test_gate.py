"""The gate finds what pySHACL finds, violation by violation, and lets a good graph through."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ontology.components import ShapeError
from ontology.gate import Gate
from ontology.shapes import compile_targets
from ontology.terms import NotNTriples
from tests.ontology.broken import SH, Broken, broken_nodes, found, found_by_pyshacl
from tests.ontology.documents import DOCUMENT, PLAN, document, everything, iri, literal, ntriples, triple

GATE = Gate()
GOOD = everything()
BROKEN = tuple(broken_nodes(GOOD))
ALL_BROKEN = (*GOOD, *(line for each in BROKEN for line in each.lines))
TASK = f"{PLAN}/task/1"
HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <urn:e:> .
e:Shape a sh:NodeShape ; sh:targetClass e:Thing ; sh:property e:rule . e:rule sh:path e:path"""


def test_a_good_graph_passes_without_a_warning() -> None:
    assert GATE.violations(ntriples(GOOD)) == ()
    assert GATE.warnings(ntriples(GOOD)) == ()
    assert GATE.violations(ntriples(document(3))) == ()
    assert GATE.violations(b"") == ()


def test_there_is_a_broken_node_for_every_constraint() -> None:
    assert len(BROKEN) > 550
    assert {each.component for each in BROKEN} == {
        *("Class", "Closed", "Datatype", "Equals", "HasValue", "In", "LanguageIn", "LessThanOrEquals", "MaxCount", "MaxInclusive"),
        *("MinCount", "MinInclusive", "MinLength", "NodeKind", "Pattern", "QualifiedMaxCount", "QualifiedMinCount", "UniqueLang"),
    }


def test_every_constraint_is_seen_when_broken() -> None:
    seen = {(each.focus, each.shape, each.component) for each in GATE.violations(ntriples(ALL_BROKEN))}
    missed = [each for each in BROKEN if (each.focus, each.shape, each.component) not in seen]
    assert not missed


def test_the_gate_finds_what_pyshacl_finds() -> None:
    assert found(GATE.violations(ntriples(ALL_BROKEN))) == found_by_pyshacl(ALL_BROKEN)


def test_warnings_are_those_of_pyshacl() -> None:
    bare = tuple(
        line for line in GOOD if not any(iri(f"zp:{each}") in line for each in ("planYear", "hasAssignment", "unit", "instrument"))
    )
    warned = GATE.warnings(ntriples(bare))
    assert {each.shape.partition("#")[2] for each in warned} == {
        *("PlanMissing-planYear", "TaskMissing-hasAssignment", "AssignmentMissing-unit", "CitationMissing-instrument")
    }
    assert {each.severity for each in warned} == {"Warning"}
    assert found(warned) == found_by_pyshacl(bare, SH.Warning)


CHANGES = st.tuples(st.sampled_from(("drop", "say twice", "swap predicates", "swap objects")), st.integers(0), st.integers(0))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CHANGES, min_size=1, max_size=6))
def test_whatever_is_changed_the_gate_and_pyshacl_agree(changes: list[tuple[str, int, int]]) -> None:
    lines = list(GOOD)
    for kind, at, other in changes:
        _change(lines, kind, at % len(lines), other % len(lines))
    assert found(GATE.violations(ntriples(lines))) == found_by_pyshacl(lines)


def _change(lines: list[str], kind: str, at: int, other: int) -> None:
    one, two = lines[at].split(" ", 2), lines[other].split(" ", 2)
    if kind == "drop":
        del lines[at]
    elif kind == "say twice":
        lines.append(lines[at])
    elif kind == "swap predicates":
        lines[at] = " ".join((one[0], two[1], one[2]))
    else:
        lines[at] = " ".join((one[0], one[1], two[2]))


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        pytest.param(
            triple(TASK, "zp:txet", literal("x")),
            "任务只能是 IRI，不能带有本体没有给它的属性",
            "no property that the ontology does not give it",
            id="typo",
        ),
        pytest.param(triple(TASK, "zp:dueMonth", literal("2021-13")), "写成 2021-12 的月份", "a month as 2021-12", id="month"),
        pytest.param(triple(TASK, "zp:leadUnit", literal("区财政局")), "单位或集合称谓的 IRI", "the IRI of a unit or group", id="name"),
        pytest.param(triple(f"{TASK}/x", "rdf:type", iri("zp:Taks")), "类型不在本体里", "the type is not in the ontology", id="class"),
        pytest.param(triple(TASK, "zp:text", literal("另一段")), "要有且只有一个“文字”", "needs exactly one text", id="two texts"),
        pytest.param(
            triple(f"{TASK}/deadline/1", "zp:period", iri("zpc:period/month")), "固定时限没有“周期”", "has no period", id="period"
        ),
        pytest.param(
            triple(DOCUMENT, "zp:sha256", literal("ABC")), "六十四位小写十六进制数", "64 lower-case hexadecimal digits", id="hash"
        ),
    ],
)
def test_messages_are_in_both_languages(line: str, zh: str, en: str) -> None:
    (violation, *_) = GATE.violations(ntriples((*GOOD, line)))
    assert zh in violation.zh
    assert en in violation.en
    assert violation.focus in str(violation)


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ('"2021-12-31"^^<http://www.w3.org/2001/XMLSchema#date>', True),
        ('"2021-02-30"^^<http://www.w3.org/2001/XMLSchema#date>', False),
        ('"2021-12-31"^^<http://www.w3.org/2001/XMLSchema#dateTime>', False),
        ('"2021-12-31"', False),
    ],
)
def test_a_date_is_a_day_of_the_calendar(value: str, good: bool) -> None:
    lines = [line for line in GOOD if iri("zp:dueDate") not in line]
    assert (GATE.violations(ntriples([*lines, triple(TASK, "zp:dueDate", value)])) == ()) is good


def test_a_statement_written_twice_is_one_statement() -> None:
    assert GATE.violations(ntriples((*GOOD, *GOOD))) == ()


def test_a_blank_node_is_no_name() -> None:
    blank = tuple(line.replace(f"<{TASK}/measure/1>", "_:b") for line in GOOD)
    assert {each.component for each in GATE.violations(ntriples(blank))} >= {"NodeKind"}
    assert found(GATE.violations(ntriples(blank)))


@pytest.mark.parametrize("text", [b"<a> <b> <c>", b"<a> <b>", b"nonsense", b'<a> <b> "c" ;'])
def test_what_is_not_n_triples_is_said(text: bytes) -> None:
    with pytest.raises(NotNTriples):
        GATE.violations(text + b"\n")


@pytest.mark.parametrize(
    "rule",
    [
        "; sh:lessThan e:other .",
        "; sh:nodeKind sh:Literal .",
        "; sh:datatype e:own .",
        "; sh:minInclusive 'much' .",
        "; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape e:both . e:both sh:nodeKind sh:IRI ; sh:class e:C .",
    ],
)
def test_a_rule_that_is_not_understood_is_no_rule_passed_over(rule: str) -> None:
    with pytest.raises(ShapeError):
        compile_targets(f"{HEAD} {rule}", "Violation")


def test_a_path_of_several_steps_is_not_understood() -> None:
    with pytest.raises(ShapeError):
        compile_targets(HEAD.replace("sh:path e:path", "sh:path ( e:one e:two )") + " .", "Violation")


def test_threads_share_a_gate() -> None:
    texts = [ntriples((*GOOD, *each.lines)) for each in BROKEN[:24]]
    alone = [GATE.violations(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(GATE.violations, texts)) == alone


def test_broken_nodes_are_broken_in_one_way_at_least() -> None:
    assert all(isinstance(each, Broken) and each.lines for each in BROKEN)
