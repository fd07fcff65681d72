"""Rules and checks on a small store: each with a hit and a near miss."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from ontology import Check, Rule, expand, known_terms, load_checks, load_rules
from tests.ontology.documents import (
    BASE,
    DOCUMENT,
    LAW,
    PLAN,
    code,
    document,
    everything,
    group,
    group_lines,
    iri,
    literal,
    ntriples,
    triple,
    typed,
    unit,
    unit_lines,
)

GOOD = everything()
TASK = f"{PLAN}/task/1"
CHECKS = {check.name: check for check in load_checks()}
RULES = {rule.name: rule for rule in load_rules()}
OTHER = f"{BASE}plan/990000/2021/云政办〔2021〕1号"
CITY = f"{BASE}jurisdiction/990000"
Lines = tuple[str, ...]


def changed(*add: str, drop: Iterable[tuple[str, ...]] = (), lines: Lines = GOOD) -> Lines:
    """The good graph without the lines that hold all words of one of `drop`, and with `add`."""
    kept = (line for line in lines if not any(all(word in line for word in words) for words in drop))
    return (*kept, *add)


def stored(lines: Lines) -> ox.Store:
    """A store whose facts lie in two graphs, as they do in life."""
    store = ox.Store()
    for name, part in (("one", lines[::2]), ("two", lines[1::2])):
        store.load(ntriples(part), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(f"{BASE}graph/{name}"))
    return store


def rows(check: Check, lines: Lines) -> list[dict[str, str]]:
    solutions = stored(lines).query(check.query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [{name: str(row[name].value) if row[name] else "" for name in names} for row in solutions]


def derived(rule: Rule, lines: Lines) -> set[str]:
    triples = stored(lines).query(rule.query, use_default_graph_as_union=True)
    return {f"{one.subject} {one.predicate} {one.object} ." for one in triples}  # type: ignore[union-attr]


# --- what the rows of a table are made of


def a_plan(node: str, number: str, title: str, source: str) -> Iterator[str]:
    yield from typed(node, "zp:Plan", "eli:LegalResource", "prov:Entity")
    yield triple(node, "eli:number", literal(number))
    yield triple(node, "dcterms:title", literal(title))
    yield triple(node, "zp:sourceDocument", iri(source))


def a_task(name: str, number: str, *, plan: str = PLAN, section: str = "一", form: str = "item") -> Iterator[str]:
    node = f"{plan}/task/{name}"
    yield from typed(node, "zp:Task", "eli-dl:ForeseenActivity")
    yield triple(node, "zp:text", literal("另一项任务"))
    yield triple(node, "zp:printedNumber", literal(number))
    yield triple(node, "zp:inPlan", iri(plan))
    yield triple(node, "zp:inSection", iri(f"{plan}/section/{section}"))
    yield triple(node, "zp:form", code("form", form))
    yield triple(node, "zp:hasAssignment", iri(f"{node}/assignment/1"))


def resolved(node: str, how: str) -> Lines:
    return changed(triple(node, "zp:resolution", code("resolution", how)), drop=[(f"<{node}>", iri("zp:resolution"))])


ROWS = tuple(line.replace("form/item>", "form/row>") for line in document(3))
WITH_OTHER = (*a_plan(OTHER, "澄政办〔2021〕5号", "另一份计划", f"{BASE}document/{'1' * 64}"), *a_task("1", "1", plan=OTHER))
ASSIGNMENT, CITATION, DEADLINE = f"{TASK}/assignment/2", f"{TASK}/citation/1", f"{TASK}/deadline/1"
NO_UNIT = [(f"<{ASSIGNMENT}>", iri("zp:unit"))]
GROUP, OFFICE, FINANCE = group("区政府各部门"), unit("澄湖区人民政府办公室"), unit("澄湖区财政局")


@dataclass(frozen=True, kw_only=True)
class Case:
    check: str
    hit: Lines
    says: str
    near: Lines = GOOD


CASES = (
    Case(
        check="task-without-unit",
        hit=changed(drop=[(iri("zp:hasAssignment"),)]),
        says="任务没有责任单位：第1项：规范办理依申请公开，按季度公开办理情况，公开比例不得低于60%。",
        near=changed(drop=[(f"<{TASK}> {iri('rdf:type')} {iri('zp:Task')}",)]),
    ),
    Case(
        check="unit-unresolved",
        hit=changed(drop=NO_UNIT, lines=resolved(ASSIGNMENT, "unresolved")),
        says="没有认出“澄湖区财政局”是哪个单位",
        near=resolved(ASSIGNMENT, "ambiguous"),
    ),
    *(
        Case(check=f"citation-{how}", hit=resolved(CITATION, how), says=says, near=resolved(CITATION, near))
        for how, near, says in (
            ("unresolved", "ambiguous", "没有认出引用的是哪份文件：《政府信息公开条例》（国务院令第711号）"),
            ("ambiguous", "contradictory", "引用可能指不止一份文件：《政府信息公开条例》（国务院令第711号）"),
            ("contradictory", "unresolved", "引用的标题与文号对不上：《政府信息公开条例》（国务院令第711号）"),
        )
    ),
    Case(
        check="deadline-without-date",
        hit=changed(drop=[(f"<{DEADLINE}>", iri("time:inXSDDate"))]),
        says="时限没有年份，推不出日期：2021年底前",
    ),
    Case(
        check="numbering-doubled",
        hit=changed(*a_task("1-2", "1", form="row"), lines=ROWS),
        says="2021年澄湖区政务公开工作要点：有 2 行编号都是 1",
        near=changed(*a_task("1-2", "1", section="二", form="row"), *a_task("1-3", "1"), lines=ROWS),
    ),
    Case(
        check="numbering-gap",
        hit=changed(drop=[(f"<{PLAN}/task/2>",)], lines=ROWS),
        says="2021年澄湖区政务公开工作要点：编号从 1 到 3，只有 2 项",
        near=ROWS,
    ),
    Case(
        check="task-two-texts",
        hit=changed(triple(TASK, "zp:text", literal("第1项：改过的文字。"))),
        says="同一任务有两种文字：“第1项：改过的文字。”和“第1项：规范办理依申请公开，按季度公开办理情况，公开比例不得低于60%。”",
        near=changed(
            *a_task("2", "2"), triple(TASK, "zp:text", literal("第1项：规范办理依申请公开，按季度公开办理情况，公开比例不得低于60%。"))
        ),
    ),
    Case(
        check="number-claimed-twice",
        hit=changed(*WITH_OTHER),
        says="“另一份计划”和“2021年澄湖区政务公开工作要点”都用文号 澄政办〔2021〕5号",
        near=changed(*a_plan(OTHER, "澄政办〔2021〕5号", "任务分解表", DOCUMENT), *a_task("1", "1", plan=OTHER)),
    ),
    Case(
        check="plan-without-place",
        hit=changed(drop=[(f"<{PLAN}>", iri("zp:jurisdiction"))]),
        says="认不出是哪个地方的计划：2021年澄湖区政务公开工作要点",
    ),
    Case(check="plan-without-year", hit=changed(drop=[(iri("zp:planYear"),), (iri("dcterms:title"), f"<{PLAN}>")]), says="没有年度：—"),
    Case(
        check="plan-without-tasks",
        hit=changed(drop=[(iri("zp:inPlan"),)]),
        says="没有读出任务：2021年澄湖区政务公开工作要点",
        near=changed(triple(PLAN, "eli:has_part", iri(OTHER)), *WITH_OTHER, drop=[(f"<{TASK}>", iri("zp:inPlan"))]),
    ),
    Case(
        check="group-without-members",
        hit=GOOD,
        says="还不知道“区政府各部门”包括哪些单位",
        near=changed(triple(GROUP, "org:hasMember", iri(FINANCE))),
    ),
    Case(
        check="edition-replaced",
        hit=changed(triple(CITATION, "zp:edition", iri(f"{LAW}/edition/国务院令第492号")), drop=[(f"<{CITATION}>", iri("zp:edition"))]),
        says="引用的《中华人民共和国政府信息公开条例》国务院令第492号 已被取代或废止",
    ),
    Case(
        check="unit-two-names",
        hit=changed(triple(FINANCE, "skos:prefLabel", literal("区财政局"))),
        says="同一单位有两个名称：“区财政局”和“澄湖区财政局”",
        near=changed(triple(FINANCE, "skos:altLabel", literal("区财政局"))),
    ),
    Case(check="doubts", hit=GOOD, says="没有认出成文日期", near=changed(drop=[(iri("zp:Doubt"),)])),
)


def test_every_check_has_its_case() -> None:
    assert {case.check for case in CASES} == CHECKS.keys()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.check)
def test_a_check_finds_what_it_is_for(case: Case) -> None:
    check = CHECKS[case.check]
    assert [check.say.format(**row) for row in rows(check, case.hit)] == [case.says]
    assert rows(check, case.near) == []


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_check_says_in_two_languages_what_its_rows_hold(check: Check) -> None:
    solutions = ox.Store().query(check.query)
    assert isinstance(solutions, ox.QuerySolutions)
    names = {variable.value for variable in solutions.variables}
    for say in (check.say, check.say_en):
        assert set(re.findall(r"\{(\w+)\}", say)) <= names
    assert check.title
    assert check.title_en


def test_a_row_with_evidence_says_where_it_stands() -> None:
    (row,) = rows(CHECKS["unit-unresolved"], changed(drop=NO_UNIT, lines=resolved(ASSIGNMENT, "unresolved")))
    assert (row["quote"], row["place"], row["file"]) == ("澄湖区财政局", "第1页 第2行", "district-2021.txt")


def test_contradictions_come_first() -> None:
    assert [check.severity for check in load_checks()] == sorted(
        (check.severity for check in load_checks()), key=["contradiction", "warning", "info"].index
    )


# --- rules


def member(whole: str, part: str) -> str:
    return triple(whole, "org:hasMember", iri(part))


def way_back(line: str) -> str:
    """From the member to its group."""
    group, _, unit = line.removesuffix(" .").split(" ")
    return f"{unit} {iri('zp:obligedThrough')} {group} ."


TOWNS = (*group_lines("各镇街", "towns"), *unit_lines("澄湖区湖滨街道办事处", "town"), *unit_lines("澄湖区人民检察院", "court"))
CITY_WIDE = (
    *group_lines("各区县人民政府", "lower-governments", "990000"),
    *group_lines("全市各镇街", "towns", "990000"),
    *unit_lines("澄湖区人民政府", "government"),
    *unit_lines("云溪市人民政府", "government", "990000"),
    *unit_lines("澄湖区湖滨街道办事处", "town"),
)
TOWN = unit("澄湖区湖滨街道办事处")
DEPARTMENTS = {member(GROUP, OFFICE), member(GROUP, FINANCE)}
OLD = f"{LAW}/edition/国务院令第492号"
NUMBERED = changed(*a_plan(OTHER, "国务院令第711号", "另一份计划", f"{BASE}document/{'1' * 64}"))


@pytest.mark.parametrize(
    ("rule", "lines", "expected"),
    [
        pytest.param("group-members", GOOD, DEPARTMENTS, id="departments of the same place"),
        pytest.param("group-members", changed(*TOWNS), {*DEPARTMENTS, member(group("各镇街"), TOWN)}, id="towns, and no court"),
        pytest.param(
            "group-members",
            changed(*CITY_WIDE),
            {
                *DEPARTMENTS,
                member(group("各区县人民政府", "990000"), unit("澄湖区人民政府")),
                member(group("全市各镇街", "990000"), TOWN),
            },
            id="governments below and not its own, towns of the counties",
        ),
        pytest.param(
            "group-members",
            changed(triple(GROUP, "zp:groupKind", code("group-kind", "by-duty")), drop=[(iri("zp:groupKind"),)]),
            set(),
            id="each by its duty: nobody knows",
        ),
        pytest.param("cited-plans", GOOD, set(), id="the number is no plan's"),
        pytest.param("cited-plans", NUMBERED, {triple(TASK, "zp:citesPlan", iri(OTHER))}, id="a task cites a plan"),
        pytest.param(
            "cited-plans",
            changed(triple(PLAN, "zp:hasCitation", iri(CITATION)), drop=[(f"<{TASK}>", iri("zp:hasCitation"))], lines=NUMBERED),
            {triple(PLAN, "zp:citesPlan", iri(OTHER)), triple(PLAN, "eli:applies", iri(OTHER))},
            id="a whole plan applies another",
        ),
        pytest.param(
            "cited-plans",
            changed(triple(OTHER, "eli:is_part_of", iri(PLAN)), lines=NUMBERED),
            set(),
            id="the first of a notice stands for it",
        ),
        pytest.param("cites-replaced", GOOD, set(), id="the edition in force"),
        pytest.param(
            "cites-replaced",
            changed(triple(CITATION, "zp:edition", iri(OLD)), drop=[(f"<{CITATION}>", iri("zp:edition"))]),
            {triple(TASK, "zp:citesReplaced", iri(OLD))},
            id="an edition that was replaced",
        ),
        pytest.param(
            "cited-plans",
            changed(triple(PLAN, "eli:number", literal("国务院令第711号")), drop=[(f"<{PLAN}>", iri("eli:number"))]),
            set(),
            id="its own number",
        ),
    ],
)
def test_a_rule_derives_what_follows_and_no_more(rule: str, lines: Lines, expected: set[str]) -> None:
    back = {way_back(line) for line in expected if iri("org:hasMember") in line}
    assert {line for line in derived(RULES[rule], lines) if iri("zp:derivedIn") not in line} == expected | back


def test_what_is_derived_says_in_which_scope() -> None:
    scopes = {line.split(" ")[2] for line in derived(RULES["group-members"], GOOD) if iri("zp:derivedIn") in line}
    assert len(scopes) == 1
    for rule in RULES.values():
        assert "# ?scope" in rule.query, rule.name
        lines = derived(rule, NUMBERED) | derived(rule, GOOD)
        told = {line.split(" ")[0] for line in lines if iri("zp:derivedIn") in line}
        assert {line.split(" ")[0] for line in lines} == told, rule.name


def test_no_rule_reads_what_a_rule_derives() -> None:
    """So that one round is the fixed point."""
    given, read = set(), set()
    for rule in RULES.values():
        template, _, pattern = re.sub(r"#.*|PREFIX .*", "", rule.query).partition("WHERE")
        given |= set(re.findall(r"[a-z-]+:\w+", template))
        read |= set(re.findall(r"[a-z-]+:\w+", pattern))
    assert given & read == set()


def test_terms_of_rules_and_checks_exist() -> None:
    known = known_terms()
    for name, query in [(rule.name, rule.query) for rule in RULES.values()] + [(check.name, check.query) for check in CHECKS.values()]:
        prefixes = dict(re.findall(r"^PREFIX (\S+): <([^>]+)>", query, re.MULTILINE))
        body = re.sub(r"#.*|PREFIX .*|\"[^\"]*\"", "", query)
        terms = {prefixes[prefix] + local for prefix, local in re.findall(r"(?<![\w?])([a-zA-Z-]+):([\w-]+)", body)}
        assert terms - known <= {expand("xsd:integer")}, name
