"""Printed names of units to the bodies that they mean: rows of tables, what the rule files promise, and what holds for every name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Jurisdiction, Unit, UnitGroup, UnitIdentity
from kg.resolve.gazetteer import EXTRA, NATION, load_jurisdictions
from kg.resolve.unit_registry import find_state_body, load_state_bodies
from kg.resolve.unit_words import load_bodies, load_functions, read_stem
from kg.resolve.units import resolve_issuers, resolve_unit
from kg.rules import load_data

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples" / "jurisdictions.csv"
ROWS = list(csv.DictReader(HERE.joinpath("unit_names.csv").read_text("utf-8").splitlines()))
FUNCTIONS = {function.code for function in load_functions()}
KINDS = {"department", "government", "government-office", "party", "congress", "court", "mass-organisation", "town", "zone", "branch"}
KINDS |= {"institution", "enterprise", "bank", "state", "other"}
GROUP_KINDS = {"departments", "concerned-departments", "towns", "lower-governments", "departments-and-lower", "public-institutions"}
GROUP_KINDS |= {"by-duty", "other"}


@pytest.fixture(autouse=True)
def _invented_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EXTRA, str(SAMPLES))


def _place(code: str, year: int | None = None) -> Jurisdiction | None:
    if code in ("", NATION):
        return Jurisdiction(name="全国", code=NATION) if code else None
    table = load_jurisdictions(SAMPLES)
    place = table.at(code, year)
    assert place, f"no place has {code} in {year}"
    return table.jurisdiction(place, year)


def _resolve(printed: str, code: str = "370405", year: int | None = 2022, *, group: bool = False) -> UnitIdentity:
    return resolve_unit(printed, group=group, jurisdiction=_place(code, year), year=year)


def _unit(printed: str, code: str = "370405", year: int | None = 2022) -> Unit:
    unit = _resolve(printed, code, year).unit
    assert isinstance(unit, Unit), f"{printed} should be a unit"
    return unit


# --- the table of printed names ------------------------------------------------------------------------------

NAMES = [pytest.param(row, id=f"{row['place']}-{row['year']}-{row['printed']}") for row in ROWS]


@pytest.mark.parametrize("row", NAMES)
def test_a_printed_name_means_its_body(row: dict[str, str]) -> None:
    identity = _resolve(row["printed"], row["place"], int(row["year"]), group=row["group"] == "1")
    assert identity.unit, identity.method
    functions = " ".join(identity.unit.functions) if isinstance(identity.unit, Unit) else ""
    found = (identity.unit.name, identity.unit.code, identity.unit.kind, functions)
    assert found == (row["name"], row["code"], row["kind"], row["functions"])
    assert identity.printed == row["printed"]


@pytest.mark.parametrize("row", NAMES)
def test_a_full_name_means_itself(row: dict[str, str]) -> None:
    code, year, group = row["place"], int(row["year"]), row["group"] == "1"
    unit = _resolve(row["printed"], code, year, group=group).unit
    assert unit
    assert _resolve(unit.name, code, year, group=isinstance(unit, UnitGroup)).unit == unit


def test_the_table_is_large_and_knows_its_words() -> None:
    assert len(ROWS) >= 500
    assert len({(row["printed"], row["group"], row["place"], row["year"]) for row in ROWS}) == len(ROWS)
    assert {row["kind"] for row in ROWS} <= KINDS | GROUP_KINDS
    assert {code for row in ROWS for code in row["functions"].split()} <= FUNCTIONS


# --- one body, two bodies ---------------------------------------------------------------------------------------

ONE_BODY = [
    ("区教体局", "区教育体育局", "区教育和体育局", "台儿庄区教育和体育局", "教体局"),
    ("区文旅局", "区文化旅游局", "区文化和旅游局"),
    ("区卫健局", "区卫生健康局", "区卫生和健康局"),
    ("区住建局", "区住房和城乡建设局", "区住房城乡建设局"),
    ("区市监局", "区市场监管局", "区市场监督管理局", "市场监管局"),
    ("区发改局", "区发展改革局", "区发展和改革局"),
    ("区发改委", "区发展改革委", "区发展和改革委员会"),
    ("区政府办", "区政府办公室", "区人民政府办公室", "区府办", "政府办"),
    ("区公安分局", "市公安局台儿庄分局", "枣庄市公安局台儿庄分局", "台儿庄公安分局", "枣庄市公安局台儿庄区分局"),
    ("区生态环境分局", "生态环境台儿庄分局", "市生态环境局台儿庄分局"),
    ("涧头集镇", "涧头集镇人民政府", "涧头集镇政府", "台儿庄区涧头集镇"),
    ("运河街道", "运河街道办", "运河街道办事处"),
    ("经济开发区", "经济开发区管委会", "台儿庄经济开发区", "区经济开发区管理委员会"),
    ("区委编办", "区编办", "区委机构编制委员会办公室", "中共台儿庄区委机构编制委员会办公室"),
    ("团区委", "共青团台儿庄区委", "共青团台儿庄区委员会"),
    ("区政协", "政协台儿庄区委员会", "台儿庄区政协"),
    ("区税务局", "国家税务总局台儿庄区税务局", "国家税务总局枣庄市台儿庄区税务局", "税务局"),
    ("人行台儿庄支行", "人民银行台儿庄支行", "中国人民银行台儿庄区支行"),
    ("区供电中心", "台儿庄供电中心", "供电中心"),
    ("区人大办公室", "区人大常委会办公室", "台儿庄区人大常委会办公室"),
    ("区国资局", "区国有资产监管局", "区国有资产监督管理局"),
    ("区 财 政 局", "区财政局", "区\n财政局"),
    ("区交运局", "区交通运输局", "交运局"),
    ("台儿庄生态环境局", "枣庄市台儿庄生态环境局"),
    ("区河长办", "区河长制办公室"),
    ("区化工园", "化工园区管委会", "台儿庄化工园区管理委员会"),
]
TWO_BODIES = [
    ("区商务和投资促进局", "区商务局"),
    ("区发展和改革局", "区发展和改革委员会"),
    ("区农业农村和水利局", "区农业农村局"),
    ("区水利局", "区水务局"),
    ("区水务局", "区城乡水务局"),
    ("区大数据局", "区数据局"),
    ("区大数据局", "区大数据中心"),
    ("区行政审批局", "区行政审批服务局"),
    ("区市场监督管理局", "区市场监督管管理局"),
    ("区文化体育局", "区体育文化局"),
    ("区财政局", "市财政局"),
    ("区委办公室", "区政府办公室"),
    ("区公安分局", "市公安局"),
    ("区规划和自然资源局", "区自然资源和规划局"),
    ("区金融办", "区委金融办"),
    ("区外办", "区委外办"),
    ("区纪委", "区纪委监委"),
    ("区水利局", "区水利和湖泊局"),
    ("区生态环境局", "台儿庄生态环境局"),
]


@pytest.mark.parametrize("names", [pytest.param(names, id=names[0]) for names in ONE_BODY])
def test_spellings_of_one_body(names: tuple[str, ...]) -> None:
    assert {(_unit(name).code, _unit(name).name) for name in names} == {(_unit(names[0]).code, _unit(names[0]).name)}


@pytest.mark.parametrize(("one", "other"), [pytest.param(*pair, id="-".join(pair)) for pair in TWO_BODIES])
def test_two_printed_names_are_two_bodies(one: str, other: str) -> None:
    assert (_unit(one).code, _unit(one).name) != (_unit(other).code, _unit(other).name)


ONE_GROUP = [
    ("区政府各部门", "区政府各部门单位", "区直各部门", "各部门", "区直部门单位"),
    ("有关部门", "区政府有关部门", "各有关部门单位", "区直有关部门", "相关单位"),
    ("各镇街", "各镇（街道）", "各镇(街道)", "各镇人民政府、街道办事处", "镇（街道）"),
    ("各级各部门", "各级、各部门", "全区各级各部门"),
    ("各重大行政决策承办单位", "区级重大行政决策承办单位", "重大行政决策相关承办部门"),
    ("各镇街、各部门", "各镇（街道）、区政府各部门", "各镇（街道），区直各部门"),
    ("各区镇", "各镇区", "各镇（区）", "各镇、开发区"),
    ("各街道", "街道办事处", "各街道办事处"),
]


@pytest.mark.parametrize("names", [pytest.param(names, id=names[0]) for names in ONE_GROUP])
def test_spellings_of_one_collective(names: tuple[str, ...]) -> None:
    assert {_resolve(name, group=True).unit for name in names} == {_resolve(names[0], group=True).unit}


def test_a_collective_is_one_even_where_the_reading_did_not_see_it() -> None:
    assert isinstance(_resolve("各镇街").unit, UnitGroup)
    assert _resolve("各镇街").method == "as-group"


@pytest.mark.parametrize("printed", ["区直各执法部门", "区级各医院", "沿黄各市人民政府", "涉事单位", "街道办事处", "经济功能区管委会"])
def test_many_bodies_are_never_taken_for_one(printed: str) -> None:
    assert isinstance(_resolve(printed).unit, UnitGroup)


# --- whose it is ------------------------------------------------------------------------------------------------

PLACES = [
    ("市财政局", "370481", "370481"),  # a city of county rank has its own
    ("市财政局", "370405", "370400"),
    ("市财政局", "110108", "110000"),
    ("市财政局", "429004", "429004"),
    ("省财政厅", "370405", "370000"),
    ("省财政厅", "429004", "420000"),
    ("滕州市财政局", "370405", "370481"),
    ("市中区财政局", "370405", "370402"),
    ("市中区财政局", "370100", "370103"),
    ("自治区财政厅", "152500", "150000"),
    ("州财政局", "532901", "532900"),
    ("浙江省财政厅", NATION, "330000"),
    ("国务院办公厅", "370405", NATION),
    ("浙江省财政厅", "", "330000"),
]


@pytest.mark.parametrize(("printed", "plan", "code"), [pytest.param(*row, id=f"{row[1]}-{row[0]}") for row in PLACES])
def test_a_name_says_whose_body_it_is(printed: str, plan: str, code: str) -> None:
    assert _unit(printed, plan).code == code


UNRESOLVED = [("区财政局", ""), ("教育局", ""), ("各部门", ""), ("区财政局", "370400"), ("市财政局", NATION), ("县公安局", "370405")]
UNRESOLVED += [("教育", "370405"), ("卫生健康", "511722")]  # a line of work, of the list 教育、卫生健康等部门


@pytest.mark.parametrize(("printed", "plan"), [pytest.param(*row, id=f"{row[1]}-{row[0]}") for row in UNRESOLVED])
def test_where_nothing_says_whose_it_is_it_stays_open(printed: str, plan: str) -> None:
    identity = _resolve(printed, plan)
    assert (identity.unit, identity.method) == (None, "unresolved")


def test_a_branch_has_its_upper_body_and_the_place_it_serves() -> None:
    branch = _unit("区公安分局")
    assert branch.parent == _unit("市公安局")
    assert (branch.code, branch.serves, branch.kind) == ("370400", "370405", "branch")
    tax = _unit("区税务局")
    assert tax.parent
    assert (tax.parent.name, tax.code, tax.serves) == ("国家税务总局", NATION, "370405")


STATE_PARTS = [
    ("市气象局", "370481", "中国气象局", "370481"),
    ("省邮政管理局", "330000", "国家邮政局", "330000"),
    ("二连海关", "152501", "海关总署", ""),
    ("二连边检站", "152501", "国家移民管理局", ""),
    ("国家矿山安全监察局四川局广元监察站", "510800", "国家矿山安全监察局", "510800"),
    ("财政部山东监管局", "370405", "财政部", "370000"),
    ("人民银行达拉特旗营业管理部", "150621", "中国人民银行", "150621"),
]


@pytest.mark.parametrize(("printed", "plan", "parent", "serves"), [pytest.param(*row, id=row[0]) for row in STATE_PARTS])
def test_a_part_of_a_state_body_is_the_states(printed: str, plan: str, parent: str, serves: str) -> None:
    unit = _unit(printed, plan, 2024)
    assert unit.parent
    assert (unit.code, unit.parent.name, unit.serves) == (NATION, parent, serves)


@pytest.mark.parametrize("printed", ["农业农村部门", "财政部门", "人民银行、银保监局", "国家发展改革委"])
def test_a_name_that_only_begins_like_a_state_body_is_no_part_of_it(printed: str) -> None:
    assert _unit(printed).parent is None


def test_a_county_bureau_named_in_short_is_the_citys() -> None:
    bureau = _unit("昆山生态环境局", "320583")
    assert (bureau.name, bureau.code, bureau.serves) == ("苏州市昆山生态环境局", "320500", "320583")
    assert _unit("永川生态环境局", "500118").code == "500118"  # a municipality's district has its own
    assert _unit("枣庄生态环境局").name == "枣庄市生态环境局"


def test_a_county_that_became_a_district_has_the_name_of_the_year() -> None:
    assert _unit("县财政局", "990122", 2015).name == "澄湖县财政局"
    assert _unit("澄湖区财政局", "990102", 2020).name == "澄湖区财政局"


def test_a_place_that_the_table_does_not_have_has_its_own_bodies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EXTRA)
    unknown = Jurisdiction(name="澄湖区", code="990102")
    found = resolve_unit("区财政局", group=False, jurisdiction=unknown, year=2022)
    assert found.unit
    assert (found.unit.name, found.unit.code) == ("澄湖区财政局", "990102")


def test_without_a_year_the_last_names_count() -> None:
    assert _unit("区财政局", year=None).name == "台儿庄区财政局"


METHODS = [
    ("区财政局", "by-function"),
    ("之江实验室", "by-name"),
    ("财政部", "by-registry"),
    ("区公安分局", "by-branch"),
    ("各镇街", "as-group"),
]


@pytest.mark.parametrize(("printed", "method"), [pytest.param(*row, id=row[0]) for row in METHODS])
def test_how_it_is_known(printed: str, method: str) -> None:
    assert _resolve(printed).method == method


# --- second name boards, issuers -----------------------------------------------------------------------------------

BOARDS = [
    ("区政府办公室（区大数据局）", "台儿庄区人民政府办公室", ["台儿庄区大数据局"]),
    ("区政府办公室(外事办、政务公开办)", "台儿庄区人民政府办公室", ["台儿庄区外事办公室", "台儿庄区政务公开办公室"]),
    ("区住建局（区住房保障中心）", "台儿庄区住房和城乡建设局", ["台儿庄区住房保障中心"]),
    ("市公安局（交警支队）", "枣庄市公安局", []),
    ("市公安局（台儿庄）", "枣庄市公安局", []),
    ("区委宣传部（区新闻出版局）", "中共台儿庄区委宣传部", ["台儿庄区新闻出版局"]),
    ("区财政局（牵头）", "台儿庄区财政局", []),
    ("市水务局（市河长制办公室）", "枣庄市水务局", ["枣庄市河长制办公室"]),
    ("市公安局（办公室）", "枣庄市公安局", []),
]


@pytest.mark.parametrize(("printed", "name", "boards"), [pytest.param(*row, id=row[0]) for row in BOARDS])
def test_what_a_bracket_says(printed: str, name: str, boards: list[str]) -> None:
    identity = _resolve(printed)
    assert identity.unit
    assert identity.unit.name == name
    assert [unit.name for unit in identity.also] == boards


ISSUERS = [
    ("台儿庄区人民政府办公室", ["台儿庄区人民政府办公室"]),
    ("中共台儿庄区委办公室、台儿庄区人民政府办公室", ["中共台儿庄区委办公室", "台儿庄区人民政府办公室"]),
    ("台儿庄区财政局 台儿庄区教育和体育局", ["台儿庄区财政局", "台儿庄区教育和体育局"]),
    ("国务院办公厅", ["国务院办公厅"]),
]


@pytest.mark.parametrize(("printed", "names"), [pytest.param(*row, id=row[0]) for row in ISSUERS])
def test_issuers(printed: str, names: list[str]) -> None:
    found = resolve_issuers(printed, jurisdiction=_place("370405", 2022), year=2022)
    assert [identity.unit.name for identity in found if identity.unit] == names


# --- the State's bodies ------------------------------------------------------------------------------------------------

STATE = load_state_bodies()


def test_the_registry_holds_together() -> None:
    names = [body.unit.name for body in STATE]
    assert len(names) == len(set(names))
    for body in STATE:
        assert body.source, body.unit.name
        assert body.unit.kind in KINDS, body.unit.name
        assert set(body.unit.functions) <= FUNCTIONS, body.unit.name
        assert set(body.successors) <= set(names) - {body.unit.name}, body.unit.name
        assert body.valid_from <= body.valid_to, body.unit.name


@pytest.mark.parametrize("body", [pytest.param(body, id=body.unit.name) for body in STATE])
def test_every_name_of_a_state_body_means_it_in_its_years(body: object) -> None:
    assert body in STATE
    for one in STATE:
        if one is body:
            year = min(max(one.valid_from, 2022), one.valid_to)
            names = (one.unit.name, *one.short_names)
            assert {find_state_body(name, year, national=True) for name in names} == {one.unit}


def test_a_former_body_is_not_its_successor() -> None:
    assert _unit("银保监会", NATION, 2020).name == "中国银行保险监督管理委员会"
    assert _unit("金融监管总局", NATION, 2024).name == "国家金融监督管理总局"
    assert _unit("农业部", NATION, 2017).name == "农业部"


def test_before_2018_a_tax_office_was_the_places_own() -> None:
    assert _unit("市国税局", "370400", 2016).name == "枣庄市国家税务局"
    assert _unit("市税务局", "370400", 2016).code == "370400"
    assert _unit("市税务局", "370400", 2019).code == NATION


def test_short_names_that_others_have_too_are_the_states_only_in_its_own_plans() -> None:
    assert _unit("统计局", NATION).name == "国家统计局"
    assert _unit("统计局").name == "台儿庄区统计局"
    assert _unit("国家统计局").name == "国家统计局"


# --- what the rule files promise ------------------------------------------------------------------------------------------

_PLAN_OF = {"区": "370405", "市": "370400", "省": "370000", "县": "371722", "旗": "150622", "团": "370405", "青": "370200"}


def _functions_of(printed: str) -> set[str]:
    code = "150000" if printed.startswith("自治区") else "370400" if printed.startswith("团市") else _PLAN_OF.get(printed[0], "370405")
    unit = _resolve(printed, code).unit
    return set(unit.functions) if isinstance(unit, Unit) else set()


EXAMPLES = [(code, table) for code, table in load_data("functions").items() if code in FUNCTIONS]


@pytest.mark.parametrize(("code", "table"), [pytest.param(*row, id=row[0]) for row in EXAMPLES])
def test_a_function_has_its_examples_and_leaves_its_near_misses(code: str, table: dict[str, list[str]]) -> None:
    assert table["examples"]
    assert table["near_misses"]
    assert [example for example in table["examples"] if code not in _functions_of(example)] == []
    assert [miss for miss in table["near_misses"] if code in _functions_of(miss)] == []


NAMED = [name for _, table in EXAMPLES for name in table.get("names", ())]


@pytest.mark.parametrize("name", [pytest.param(name, id=name["long"]) for name in NAMED])
def test_every_form_of_a_function_is_spelled_as_its_full_name(name: dict[str, object]) -> None:
    forms = (name["long"], *name.get("short", ()))  # type: ignore[misc]
    assert {stem.spelled for form in forms if (stem := read_stem(str(form)))} == {name["long"]}


def test_no_two_names_share_a_form() -> None:
    forms = [form for name in NAMED for form in {name["long"], *name.get("short", ())}]
    assert len(forms) == len(set(forms))


def test_every_form_of_a_body_is_resolved() -> None:
    for entry in load_data("bodies")["body"]:
        assert set(entry.get("functions", ())) <= FUNCTIONS
        assert entry["kind"] in KINDS
        for form in entry["forms"]:
            place = "台儿庄" if entry.get("short_place") else "台儿庄区"
            unit = _unit(form.replace("{p}", place), year=2024)
            assert unit.functions == tuple(entry.get("functions", ())), form
            assert unit.kind == entry["kind"], form
    assert all(body.kind in KINDS for bodies in load_bodies().values() for body in bodies)


# --- what holds for every name ---------------------------------------------------------------------------------------------

_PARTS = [
    "省",
    "市",
    "区",
    "县",
    "各",
    "政府",
    "台儿庄",
    "枣庄市",
    "公安",
    "财政",
    "教育",
    "和",
    "发展改革",
    "商投",
    "局",
    "委",
    "办公室",
    "分局",
]
_PARTS += ["中心", "有关部门", "镇", "街道", "（", "）", "、", "国家", "人民银行", "经济开发区", "管委会", "法院", "党委", " ", "X", "监管"]
_PLANS = ["370405", "370481", "370400", "370000", "110108", "152500", NATION, ""]


@given(st.lists(st.sampled_from(_PARTS), max_size=6).map("".join), st.sampled_from(_PLANS), st.booleans())
def test_any_name_has_an_answer(printed: str, code: str, group: bool) -> None:
    identity = resolve_unit(printed, group=group, jurisdiction=_place(code, 2022), year=2022)
    assert (identity.unit is None) == (identity.method == "unresolved")
    if isinstance(identity.unit, Unit):
        assert identity.unit.kind in KINDS
        assert set(identity.unit.functions) <= FUNCTIONS
        assert len(identity.unit.code) == 6
    elif identity.unit:
        assert identity.unit.kind in GROUP_KINDS


_STEMS = sorted({str(name["long"]) for name in NAMED})


@given(st.lists(st.sampled_from(_STEMS), min_size=1, max_size=3, unique=True), st.sampled_from(["局", "委员会", "厅", "中心"]))
def test_a_spelled_name_is_spelled_the_same_again(stems: list[str], last: str) -> None:
    unit = _unit(f"区{'、'.join(stems[:-1])}{'和' if len(stems) > 1 else ''}{stems[-1]}{last}")
    assert _unit(unit.name) == unit
