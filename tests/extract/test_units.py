"""Lists of units: who, in which role, and what is no unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import extract
from kg.extract.unit_brackets import find_unit_brackets
from kg.extract.units import UnitList, lead_first, read_units
from kg.text import fold, key
from tests.texts import to_document, to_plan, to_table

L, R, S = "lead", "responsible", "support"


def _read(text: str, role: str = R) -> UnitList:
    document = to_document(text)
    return read_units(document, document.blocks[0].span, role)  # type: ignore[arg-type]


def _shown(units: UnitList) -> str:
    """The units with the first letter of their roles: L甲局 R乙局."""
    return " ".join(one.role[0].upper() + key(one.name) for one in units.assignments)


CASES = [
    # lists without a word
    pytest.param("岩城区财政局", "R岩城区财政局", id="one"),
    pytest.param("市财政局、市教育局", "R市财政局 R市教育局", id="pause-mark"),
    pytest.param("市财政局，市教育局", "R市财政局 R市教育局", id="comma"),
    pytest.param("市财政局,市教育局;市民政局", "R市财政局 R市教育局 R市民政局", id="half-width-marks"),
    pytest.param("市财政局 市教育局 市民政局", "R市财政局 R市教育局 R市民政局", id="gaps"),
    pytest.param("市财政局/市教育局", "R市财政局 R市教育局", id="slash"),
    pytest.param("市财政局和市教育局", "R市财政局 R市教育局", id="and"),
    pytest.param("市财政局、市教育局及市审计局", "R市财政局 R市教育局 R市审计局", id="and-last"),
    pytest.param("市发展和改革委员会、市审计局", "R市发展和改革委员会 R市审计局", id="and-inside-a-name"),
    pytest.param("市工业和信息化局和市商务局", "R市工业和信息化局 R市商务局", id="and-inside-and-between"),
    pytest.param("市住房和城乡建设局、市人力资源和社会保障局", "R市住房和城乡建设局 R市人力资源和社会保障局", id="long-names-with-and"),
    pytest.param("市妇联、团市委、市总工会", "R市妇联 R团市委 R市总工会", id="bodies-of-the-people"),
    pytest.param("国网青岩供电公司、青岩银行", "R国网青岩供电公司 R青岩银行", id="companies"),
    pytest.param("", "", id="nothing"),
    pytest.param("无", "", id="none"),
    pytest.param("/", "", id="stroke"),
    pytest.param("市财政局\\市教育局", "R市财政局 R市教育局", id="backslash"),
    pytest.param("市财政局|市教育局", "R市财政局 R市教育局", id="upright-stroke"),
    # labels
    pytest.param("责任单位：市财政局、市教育局", "R市财政局 R市教育局", id="responsible-label"),
    pytest.param("牵头单位：市财政局；责任单位：市教育局、市民政局", "L市财政局 R市教育局 R市民政局", id="lead-and-responsible-labels"),
    pytest.param("牵头单位：市财政局，配合单位：市教育局", "L市财政局 S市教育局", id="lead-and-support-labels"),
    pytest.param("牵头单位:市财政局 责任单位:市教育局", "L市财政局 R市教育局", id="labels-a-gap-apart"),
    pytest.param("牵头：市财政局；配合：市教育局", "L市财政局 S市教育局", id="bare-labels"),
    pytest.param("主办单位：市财政局；协办单位：市教育局", "L市财政局 S市教育局", id="host-and-co-host"),
    pytest.param("责任科室：办公室、政策法规科", "R办公室 R政策法规科", id="sections-of-an-office"),
    pytest.param("参加单位：市教育局；牵头单位：市财政局", "S市教育局 L市财政局", id="support-first"),
    pytest.param("责任单位：市财政局，责任人：王某，联系电话：000", "R市财政局", id="people-are-no-units"),
    pytest.param("主责：市财政局；协同：市教育局", "L市财政局 S市教育局", id="other-bare-labels"),
    pytest.param("第一责任单位：市财政局，第二责任单位：市教育局", "R市财政局 R市教育局", id="numbered-labels"),
    pytest.param("责任单位：市财政局；监督单位：市纪委监委", "R市财政局", id="who-watches-owes-nothing"),
    # verbs
    pytest.param("市财政局牵头", "L市财政局", id="stands-before-lead"),
    pytest.param("甲局牵头，乙局配合", "L甲局 S乙局", id="lead-and-support-verbs"),
    pytest.param("市财政局牵头，市教育局、市民政局配合", "L市财政局 S市教育局 S市民政局", id="a-verb-holds-for-its-clause"),
    pytest.param("市财政局、市教育局牵头，市民政局配合落实", "L市财政局 L市教育局 S市民政局", id="two-lead"),
    pytest.param("市财政局牵头负责，市教育局参加", "L市财政局 S市教育局", id="takes-part"),
    pytest.param("市财政局负责，市教育局参与", "R市财政局 S市教育局", id="in-charge"),
    pytest.param("市财政局、市教育局分工负责", "R市财政局 R市教育局", id="each-its-share"),
    pytest.param("市财政局、市教育局按职责分工负责", "R市财政局 R市教育局", id="by-their-duties"),
    pytest.param("市财政局牵头，各镇街按职责分工负责", "L市财政局 R各镇街", id="lead-then-by-their-duties"),
    pytest.param("由市财政局牵头，会同市教育局落实", "L市财政局 R市教育局", id="together-with"),
    pytest.param("市财政局牵头，市教育局和各镇街配合", "L市财政局 S市教育局 S各镇街", id="and-before-a-collective"),
    pytest.param("市财政局牵头；市公安局、市司法局按职责分工负责", "L市财政局 R市公安局 R市司法局", id="clauses-at-a-semicolon"),
    # brackets and remarks
    pytest.param("区政府办公室（区大数据局）", "R区政府办公室（区大数据局）", id="other-name-in-brackets-stays"),
    pytest.param("有关部门（市财政局、市教育局）", "R市财政局 R市教育局", id="description-in-front-of-a-list"),
    pytest.param("各市、县（市、区）人民政府", "R各市、县（市、区）人民政府", id="pause-marks-inside-a-collective"),
    pytest.param("责任单位：市财政局、市教育局，列第一位的为牵头单位，下同", "R市财政局 R市教育局", id="a-remark-on-the-order-is-no-unit"),
    pytest.param("市财政局（牵头）、市民政局（配合）", "L市财政局 S市民政局", id="roles-in-brackets"),
    pytest.param("相关县级部门（县财政局、县教育局）", "R县财政局 R县教育局", id="departments-of-a-level-before-a-list"),
    pytest.param("有关乡镇（云溪镇、松岭乡）", "R云溪镇 R松岭乡", id="towns-before-a-list"),
    pytest.param("各乡镇（涉农街道）", "R各乡镇（涉农街道）", id="a-bracket-that-lists-nobody"),
    # 等
    pytest.param("市财政局、市教育局等部门单位", "R市财政局 R市教育局", id="and-other-departments"),
    pytest.param("市财政局等市有关部门单位", "R市财政局", id="and-departments-concerned"),
    pytest.param("市财政局等", "R市财政局", id="and-others"),
    # departments by what they do
    pytest.param(
        "县政府办公室，经济信息化、教育、卫生健康等行业主管部门",
        "R县政府办公室 R经济信息化、教育、卫生健康等行业主管部门",
        id="whose-departments-are-meant",
    ),
    pytest.param("教育、卫生健康主管部门", "R教育、卫生健康主管部门", id="whose-departments-are-meant-without-and-others"),
    pytest.param("市场监管、公安等监管部门按职责分工负责", "R市场监管、公安等监管部门", id="whose-departments-share"),
    pytest.param("市教育局、市卫健委等行业主管部门", "R市教育局 R市卫健委", id="units-before-departments"),
    pytest.param("市发改、财政、教育局", "R市发改 R财政 R教育局", id="names-in-short"),
    # a clause without a verb
    pytest.param("市水利局牵头，市城管局，各镇街配合", "L市水利局 S市城管局 S各镇街", id="goes-with-the-next"),
    pytest.param(
        "市水利局牵头，市城管局、市住建局，市财政局，各镇街配合", "L市水利局 S市城管局 S市住建局 S市财政局 S各镇街", id="two-go-with-it"
    ),
    pytest.param("市水利局，市城管局配合", "R市水利局 S市城管局", id="the-first-goes-with-none"),
    pytest.param("市水利局牵头，市城管局；各镇街配合", "L市水利局 R市城管局 S各镇街", id="not-over-a-semicolon"),
    pytest.param("市水利局牵头；市城管局，各镇街配合", "L市水利局 S市城管局 S各镇街", id="behind-a-semicolon"),
    pytest.param("市水利局牵头，市城管局", "L市水利局 R市城管局", id="nothing-follows"),
    # a deadline beside them
    pytest.param("责任单位：市财政局；完成时限：2031年9月底前", "R市财政局", id="a-deadline-is-no-unit"),
    pytest.param("市财政局、市教育局，排在第一位的为牵头单位", "R市财政局 R市教育局", id="another-remark-on-the-order"),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_list_of_units(text: str, wanted: str) -> None:
    if text:
        assert _shown(_read(text)) == wanted
    else:
        assert not _read("责任单位：").assignments


LINES = [
    pytest.param("区经济信息委/区农业农村委/各镇街", "R区经济信息委 R区农业农村委 R各镇街", id="commissions"),
    pytest.param("区政府/区法院/区检察院", "R区政府 R区法院 R区检察院", id="a-government"),
    pytest.param("区政府/各部门", "R区政府各部门", id="a-government's-departments"),
    pytest.param("区委/宣传部", "R区委宣传部", id="a-committee's-department"),
    pytest.param("市住房和/城乡建设局", "R市住房和城乡建设局", id="a-name-over-two-lines"),
    pytest.param("市财政局 柳某/市教育局 桑某", "R市财政局 R市教育局", id="persons-behind-their-units"),
    pytest.param("牵头单位：市财政局/配合单位：市教育局", "L市财政局 S市教育局", id="labels"),
]


@pytest.mark.parametrize(("cell", "wanted"), LINES)
def test_names_a_line_each_in_a_cell(cell: str, wanted: str) -> None:
    (task,) = extract(to_table(f"序号|工作要求|责任单位\n1|公开预算。|{cell}")).tasks
    assert " ".join(one.role[0].upper() + key(one.name) for one in task.assignments) == wanted


@pytest.mark.parametrize(("role", "wanted"), [(L, "L甲局 L乙局"), (R, "R甲局 R乙局"), (S, "S甲局 S乙局")])
def test_a_column_gives_the_role(role: str, wanted: str) -> None:
    assert _shown(_read("甲局、乙局", role)) == wanted


def test_a_verb_goes_before_the_column() -> None:
    assert _shown(_read("甲局牵头，乙局配合", R)) == "L甲局 S乙局"


@pytest.mark.parametrize(
    "name",
    [
        "各镇街",
        "各镇（街道）",
        "区政府各部门单位",
        "各有关部门",
        "全体成员单位",
        "政策文件起草部门",
        "各县（市、区）政府",
        "相关单位",
        "各行政执法主体",
        "街道办事处",
        "乡镇人民政府",
        "省属驻县单位",
        "行业主管部门",
    ],
)
def test_a_collective(name: str) -> None:
    (one,) = _read(name).assignments
    assert (one.name, one.group) == (name, True)


@pytest.mark.parametrize(
    "name", ["区财政局", "岩河街道办事处", "青岩镇人民政府", "区政府办公室（区大数据局）", "经济开发区管委会", "区委各项事业发展局"]
)
def test_a_single_unit(name: str) -> None:
    (one,) = _read(name).assignments
    assert (one.name, one.group) == (name, False)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("甲局、乙局等部门", True), ("甲局等", True), ("甲局、乙局等按职责分工负责", True), ("甲局、乙局", False), ("市高等教育局", False)],
)
def test_an_open_list(text: str, wanted: bool) -> None:
    assert _read(text).open_list is wanted


@pytest.mark.parametrize(
    "remark",
    ["列第一位的为牵头单位，下同", "列第一位者为牵头单位", "排第一位的为牵头单位", "排名第一的为牵头单位"],
)
def test_the_first_leads_where_the_list_says_so(remark: str) -> None:
    units = _read(f"责任单位：市财政局、市教育局，{remark}")
    assert [one.name for one in units.assignments] == ["市财政局", "市教育局"]
    assert [one.role for one in lead_first(units.assignments)] == [L, R]


def test_a_unit_alone_does_not_become_the_lead() -> None:
    assert [one.role for one in lead_first(_read("市财政局").assignments)] == [R]


def test_a_list_that_names_its_lead_keeps_it() -> None:
    assert [one.role for one in lead_first(_read("甲局、乙局牵头，丙局").assignments)] == [L, L, R]


def test_the_first_leads_from_then_on() -> None:
    extraction = to_plan(
        "公开预算。（责任单位：市财政局、市教育局，列第一位的为牵头单位，下同）\n（二）公开决算。公开各级决算。（责任单位：市审计局、市民政局）\n"
    )
    assert [[one.role for one in task.assignments] for task in extraction.tasks] == [[L, R], [L, R]]


def test_a_deadline_in_the_bracket_is_handed_on() -> None:
    (part,) = _read("完成时限：2031年9月底前；责任单位：市财政局").deadlines
    assert part.text.startswith("2031年9月底前")


# --- the bracket behind a task ----------------------------------------------------------------------------

BRACKETS = [
    pytest.param("公开预算。（责任单位：甲局）", ["R甲局"], id="label"),
    pytest.param("公开预算。（甲局负责）", ["R甲局"], id="verb"),
    pytest.param("公开预算。（市财政局牵头，市教育局配合）", ["L市财政局 S市教育局"], id="lead-and-support"),
    pytest.param("公开预算。（市财政局、市教育局）", ["R市财政局 R市教育局"], id="bare-names-behind-a-full-stop"),
    pytest.param("公开预算。(责任单位:市财政局)", ["R市财政局"], id="half-width"),
    pytest.param("公开预算。〔责任单位：市财政局〕", ["R市财政局"], id="square"),
    pytest.param("公开预算（责任单位：市财政局）。", ["R市财政局"], id="before-the-full-stop"),
    pytest.param("公开预算。（牵头单位：市财政局）（配合单位：市教育局）", ["L市财政局 S市教育局"], id="two-brackets-are-one"),
    pytest.param("公开预算。（责任单位：甲局）公开决算。（责任单位：乙局）", ["R甲局", "R乙局"], id="two-tasks"),
    pytest.param("公开预算。责任单位：市财政局、市教育局", ["R市财政局 R市教育局"], id="no-bracket"),
    pytest.param("公开预算。（责任单位：市财政局", ["R市财政局"], id="never-closed"),
    pytest.param("公开预算。（市财政局、市教育局负责", ["R市财政局 R市教育局"], id="never-closed-behind-a-verb"),
    pytest.param("公开预算。（市财政局、市教育局", [], id="never-closed-without-a-word"),
    pytest.param("公开预算（含三公经费）和决算。", [], id="a-note"),
    pytest.param("公开预算。（下同）", [], id="a-remark"),
    pytest.param("用好政务新媒体（微博、微信）。", [], id="a-list-of-things"),
    pytest.param("由县级以上政府（含管委会）公开。", [], id="a-unit-in-the-middle-of-a-sentence"),
    pytest.param("（一）公开预算", [], id="a-number"),
]


@pytest.mark.parametrize(("text", "wanted"), BRACKETS)
def test_a_bracket_that_says_who_owes(text: str, wanted: list[str]) -> None:
    document = to_document(text)
    assert [_shown(bracket.units) for bracket in find_unit_brackets(document, fold(document.text))] == wanted


NAMES = st.lists(
    st.sampled_from(["市财政局", "市教育局", "市发展和改革委员会", "各镇街", "区政府办公室（区大数据局）"]),
    min_size=1,
    max_size=4,
    unique=True,
)


@given(NAMES, st.sampled_from("、，,;； "), st.sampled_from(["", "责任单位：", "牵头单位："]))
def test_every_name_is_found_where_it_stands(names: list[str], mark: str, label: str) -> None:
    document = to_document(label + mark.join(names))
    units = read_units(document, document.blocks[0].span)
    assert [one.name for one in units.assignments] == names
    assert [document.quote(one.span) for one in units.assignments] == names
