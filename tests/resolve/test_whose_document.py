"""Whose document it is: issuers, titles, years, numbers; zones and towns; what stays open."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from kg.model import Span
from kg.resolve.gazetteer import place_words
from kg.resolve.jurisdictions import (
    Evidence,
    Resolution,
    document_codes,
    is_national,
    load_jurisdictions,
    resolve_jurisdiction,
)
from kg.resolve.placenames import Kind

TABLE = load_jurisdictions()


# --- whose document -----------------------------------------------------------------------------------------------


def resolve(passages: Mapping[Kind, str], year: int | None = 2022) -> Resolution:
    evidence = [Evidence(kind=kind, text=text) for kind, text in passages.items()]
    return resolve_jurisdiction(evidence, year)


def code_of(resolution: Resolution) -> str | None:
    return resolution.jurisdiction.code if resolution.jurisdiction else None


@pytest.mark.parametrize(
    ("issuer", "code", "full_name"),
    [
        ("台儿庄区人民政府办公室", "370405", "山东省枣庄市台儿庄区"),
        ("枣庄市台儿庄区人民政府办公室", "370405", "山东省枣庄市台儿庄区"),
        ("台儿庄区人民政府办公室  台儿庄区大数据局", "370405", "山东省枣庄市台儿庄区"),
        ("中共台儿庄区委办公室", "370405", "山东省枣庄市台儿庄区"),
        ("台儿庄区国家生态文明建设示范区创建工作领导小组办公室", "370405", "山东省枣庄市台儿庄区"),
        ("中共单县委员会", "371722", "山东省菏泽市单县"),
        ("枣庄市市中区人民政府", "370402", "山东省枣庄市市中区"),
        ("山东省人民政府办公厅", "370000", "山东省"),
        ("浙江省制造业高质量发展（数字经济发展）领导小组办公室", "330000", "浙江省"),
        ("杭州市财政局", "330100", "浙江省杭州市"),
        ("国家税务总局枣庄市税务局", "370400", "山东省枣庄市"),
        ("恩施土家族苗族自治州人民政府", "422800", "湖北省恩施土家族苗族自治州"),
        ("恩施州人民政府办公室", "422800", "湖北省恩施土家族苗族自治州"),
        ("内蒙古自治区人民政府", "150000", "内蒙古自治区"),
        ("广西壮族自治区人民政府办公厅", "450000", "广西壮族自治区"),
        ("吉林省吉林市人民政府", "220200", "吉林省吉林市"),
        ("上海市浦东新区人民政府", "310115", "上海市浦东新区"),
        ("浦东新区人民政府办公室", "310115", "上海市浦东新区"),
        ("仙桃市人民政府", "429004", "湖北省仙桃市"),
        ("东莞市人民政府办公室", "441900", "广东省东莞市"),
        ("海南藏族自治州人民政府", "632500", "青海省海南藏族自治州"),
        ("新疆生产建设兵团第八师石河子市人民政府", "659001", "新疆维吾尔自治区石河子市"),
        ("国务院", "000000", "中华人民共和国"),
        ("国务院办公厅", "000000", "中华人民共和国"),
        ("教育部", "000000", "中华人民共和国"),
        ("国家发展改革委 财政部", "000000", "中华人民共和国"),
        ("中共中央办公厅 国务院办公厅", "000000", "中华人民共和国"),
    ],
)
def test_the_issuer_decides(issuer: str, code: str, full_name: str) -> None:
    found = resolve({"issuer": issuer})
    assert found.jurisdiction is not None
    assert (found.jurisdiction.code, found.jurisdiction.full_name) == (code, full_name)
    assert not found.approximate
    assert not found.candidates
    assert found.evidence is not None
    assert found.evidence.kind == "issuer"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("滕州市2022年政务公开工作要点", "370481"),
        ("《滕州市2022年政务公开工作要点》", "370481"),
        ("2022年台儿庄区政务公开实施方案", "370405"),
        ("台儿庄2022年政务公开实施方案", "370405"),
        ("台儿庄区落实《枣庄市2022年政务公开工作要点》实施方案", "370405"),
        ("台儿庄区贯彻落实山东省要点的实施方案", "370405"),
        ("关于贯彻落实山东省要点的实施方案", None),
        ("关于转发《枣庄市2022年要点》的通知", None),
        ("2022年政务公开工作要点", None),
        ("国务院办公厅关于印发2022年政务公开工作要点的通知", "000000"),
        ("教育部2022年工作要点", "000000"),
        ("国家知识产权强市建设试点城市滕州市工作方案", "370481"),
        ("老城区改造2022年工作方案", None),
    ],
)
def test_the_title_decides_where_no_issuer_does(title: str, code: str | None) -> None:
    assert code_of(resolve({"title": title})) == code


@pytest.mark.parametrize("issuer", ["省经信厅", "市人民政府办公室", "区财政局", "市市场监督管理局", "自治区人民政府办公厅", "省直机关工委"])
def test_an_issuer_without_a_name_says_nothing(issuer: str) -> None:
    found = resolve({"issuer": issuer})
    assert found.jurisdiction is None
    assert not found.candidates
    assert not found.unknown
    assert found.evidence is None
    assert found.note_zh
    assert found.note_en


@pytest.mark.parametrize(
    ("year", "issuer", "code", "approximate"),
    [
        pytest.param(2017, "莱芜市人民政府", "371200", False, id="莱芜-2017"),
        pytest.param(2019, "莱芜市人民政府", "371200", False, id="莱芜-in-the-year-of-the-change"),
        pytest.param(2020, "莱芜市人民政府", "370100", True, id="莱芜-2020"),
        pytest.param(2020, "莱芜市钢城区人民政府", "370117", False, id="钢城-2020"),
        pytest.param(2019, "杭州市江干区人民政府", "330104", False, id="江干-2019"),
        pytest.param(2021, "江干区人民政府", "330104", False, id="江干-in-the-year-of-the-change"),
        pytest.param(2018, "章丘市人民政府", "370114", False, id="章丘市-2018"),
        pytest.param(2015, "章丘市人民政府", "370181", False, id="章丘市-2015"),
        pytest.param(2008, "襄樊市人民政府", "420600", False, id="襄樊-2008"),
        pytest.param(2021, "三元区人民政府", "350404", False, id="三元-two-codes-in-one-year"),
        pytest.param(2020, "三元区人民政府", "350403", False, id="三元-2020"),
        pytest.param(2015, "杭州市钱塘区人民政府", "330114", False, id="钱塘-in-杭州-long-before"),
        pytest.param(2015, "钱塘区人民政府", "330114", False, id="钱塘-long-before"),
        pytest.param(None, "章丘区人民政府", "370114", False, id="no-year"),
        pytest.param(None, "莱芜市人民政府", "371200", False, id="no-year-and-gone"),
        pytest.param(None, "三元区人民政府", "350404", False, id="no-year-two-codes"),
    ],
)
def test_the_year_decides_between_names(year: int | None, issuer: str, code: str | None, approximate: bool) -> None:
    found = resolve({"issuer": issuer}, year)
    assert (code_of(found), found.approximate) == (code, approximate)


@pytest.mark.parametrize(
    ("year", "issuer", "note"),
    [
        (2020, "莱芜市人民政府", "莱芜市2019年已撤销或更名，2020年为济南市"),
        (2012, "襄樊市人民政府", "襄樊市2010年已撤销或更名，2012年为襄阳市"),
        (2015, "钱塘区人民政府", "此名自2021年起，晚于文件年份2015年"),
        (None, "莱芜市人民政府", "莱芜市2019年已撤销或更名"),
        (2017, "莱芜市人民政府", ""),
    ],
)
def test_a_name_out_of_its_years_is_noted(year: int | None, issuer: str, note: str) -> None:
    assert resolve({"issuer": issuer}, year).note_zh == note


def test_a_place_that_was_split_leaves_its_heirs_as_candidates() -> None:
    found = resolve({"issuer": "渝北区人民政府"}, 2026)
    assert found.jurisdiction is None
    assert [place.name for place in found.candidates] == ["两江新区", "北碚区"]


SHARED = {
    "鼓楼区": {"320106", "320302", "350102", "410204"},
    "市中区": {"370103", "370402", "511002", "511102"},
    "朝阳区": {"110105", "220104"},
    "和平区": {"120101", "210102"},
}


@pytest.mark.parametrize("name", SHARED)
def test_a_shared_name_alone_is_not_guessed(name: str) -> None:
    found = resolve({"issuer": f"{name}人民政府办公室"})
    assert found.jurisdiction is None
    assert {place.code for place in found.candidates} == SHARED[name]
    assert found.printed == name
    assert str(len(SHARED[name])) in found.note_zh


@pytest.mark.parametrize(
    ("passages", "code"),
    [
        pytest.param({"issuer": "鼓楼区人民政府", "title": "南京市鼓楼区2022年要点"}, "320106", id="title-with-its-city"),
        pytest.param({"issuer": "鼓楼区人民政府", "body": "落实《徐州市2022年要点》"}, "320302", id="city-in-body"),
        pytest.param({"issuer": "鼓楼区人民政府", "number_prefix": "闽政办发"}, "350102", id="number-of-a-province"),
        pytest.param({"issuer": "市中区人民政府", "number_prefix": "枣政办发"}, "370402", id="number-of-a-city"),
        pytest.param(
            {"issuer": "市中区人民政府", "body": "（鲁政办发〔2022〕1号）、（枣政办发〔2022〕5号）"}, "370402", id="numbers-in-body"
        ),
        pytest.param({"issuer": "市中区人民政府", "body": "按照枣庄市人民政府要求，山东省规定"}, "370402", id="city-and-province-in-body"),
        pytest.param({"issuer": "市中区人民政府", "recipient": "济南市有关部门驻区单位"}, "370103", id="recipient"),
        pytest.param({"issuer": "和平区人民政府", "letterhead": "沈阳市和平区人民政府文件"}, "210102", id="letterhead"),
        pytest.param({"issuer": "朝阳区人民政府", "body": "北京市", "title": "朝阳区2022年要点"}, "110105", id="same-name-again-and-city"),
    ],
)
def test_the_rest_of_the_evidence_decides_between_shared_names(passages: dict[Kind, str], code: str) -> None:
    assert code_of(resolve(passages)) == code


@pytest.mark.parametrize(
    ("passages", "candidates"),
    [
        pytest.param({"issuer": "鼓楼区人民政府", "body": "江苏省"}, {"320106", "320302"}, id="a-province-with-two"),
        pytest.param({"issuer": "市中区人民政府", "body": "山东省"}, {"370103", "370402"}, id="山东-with-two"),
        pytest.param({"issuer": "市中区人民政府", "number_prefix": "济政办发"}, {"370103"}, id="济-is-济南-here"),
        pytest.param({"issuer": "市中区人民政府", "body": "济南市，枣庄市"}, {"370103", "370402"}, id="two-cities-in-body"),
        pytest.param({"issuer": "和平区人民政府", "title": "和平区2022年要点"}, {"120101", "210102"}, id="the-name-again"),
    ],
)
def test_evidence_narrows_and_does_not_guess(passages: dict[Kind, str], candidates: set[str]) -> None:
    found = resolve(passages)
    named = {place.code for place in found.candidates} if found.candidates else {code_of(found)}
    assert named == candidates


@pytest.mark.parametrize(
    ("issuer", "printed", "near"),
    [
        ("云溪市澄湖区人民政府办公室", "云溪市澄湖区", []),
        ("云溪市人民政府", "云溪市", []),
        ("澄湖区财政局", "澄湖区", []),
        ("枣庄市澄湖区人民政府", "枣庄市澄湖区", ["370400"]),
    ],
)
def test_an_unknown_place_is_reported_as_printed(issuer: str, printed: str, near: list[str]) -> None:
    found = resolve({"issuer": issuer})
    assert found.unknown
    assert found.jurisdiction is None
    assert found.printed == printed
    assert [place.code for place in found.candidates] == near
    assert printed in found.note_zh


def test_an_unknown_place_in_a_title() -> None:
    found = resolve({"title": "云溪市澄湖区2022年贯彻落实山东省要求工作要点"})
    assert (found.unknown, found.printed) == (True, "云溪市澄湖区")


@pytest.mark.parametrize(
    ("passages", "code", "printed"),
    [
        pytest.param({"issuer": "青岛西海岸新区管委会"}, "370200", "青岛西海岸新区管委会", id="西海岸"),
        pytest.param({"issuer": "济南高新区管委会"}, "370100", "济南高新区管委会", id="高新区"),
        pytest.param({"issuer": "苏州工业园区管理委员会"}, "320500", "苏州工业园区管理委员会", id="园区"),
        pytest.param({"issuer": "昆山经济技术开发区管委会"}, "320583", "昆山经济技术开发区管委会", id="zone-of-a-county"),
        pytest.param({"issuer": "河北雄安新区管理委员会"}, "130000", "河北雄安新区管理委员会", id="雄安"),
        pytest.param({"issuer": "重庆两江新区管理委员会"}, "500000", "重庆两江新区管理委员会", id="两江-before-it-had-a-code"),
        pytest.param({"issuer": "茂名滨海新区管理委员会"}, "440900", "茂名滨海新区管理委员会", id="another-滨海新区"),
        pytest.param({"issuer": "新疆生产建设兵团办公厅"}, "650000", "新疆生产建设兵团", id="兵团"),
        pytest.param({"issuer": "台儿庄区运河街道办事处"}, "370405", "台儿庄区", id="street"),
        pytest.param({"issuer": "滕州市级索镇人民政府"}, "370481", "滕州市", id="town"),
        pytest.param({"title": "青岛西海岸新区2022年工作要点"}, "370200", "青岛西海岸新区", id="title"),
        pytest.param({"issuer": "经济技术开发区管委会", "body": "枣庄市、山东省"}, "370400", "经济技术开发区管委会", id="place-in-body"),
        pytest.param({"issuer": "高新区管委会", "title": "枣庄市2022年要点"}, "370400", "枣庄市", id="place-in-title"),
        pytest.param(
            {"title": "运河街道2022年工作要点", "body": "台儿庄区、山东省"}, "370405", "运河街道2022年工作要点", id="street-in-title"
        ),
    ],
)
def test_a_zone_or_a_town_is_in_a_place_and_not_the_same(passages: dict[Kind, str], code: str, printed: str) -> None:
    found = resolve(passages)
    assert (code_of(found), found.approximate, found.printed) == (code, True, printed)
    assert found.note_zh


def test_a_government_that_writes_about_a_zone_is_no_zone() -> None:
    found = resolve({"letterhead": "滕州市人民政府关于支持高新区建设的意见"})
    assert (code_of(found), found.approximate) == ("370481", False)


@pytest.mark.parametrize(
    "passages",
    [
        pytest.param({"title": "枣庄高新区、薛城区2022年工作要点"}, id="title"),
        pytest.param({"issuer": "枣庄高新技术产业开发区管理委员会办公室、薛城区人民政府办公室"}, id="issuer"),
    ],
)
def test_a_zone_that_acts_with_its_district_acts_for_it(passages: dict[Kind, str]) -> None:
    found = resolve(passages)
    assert (code_of(found), found.approximate) == ("370403", False)


@pytest.mark.parametrize(
    "passages",
    [
        pytest.param({"issuer": "经济技术开发区管委会"}, id="nowhere"),
        pytest.param({"issuer": "经济技术开发区管委会", "body": "枣庄市、济南市"}, id="two-cities"),
    ],
)
def test_a_zone_whose_place_is_not_said_stays_open(passages: dict[Kind, str]) -> None:
    found = resolve(passages)
    assert found.jurisdiction is None
    assert found.printed == "经济技术开发区管委会"


@pytest.mark.parametrize(
    ("passages", "code"),
    [
        pytest.param({"number_prefix": "鲁政办发"}, "370000", id="province"),
        pytest.param({"number_prefix": "内政办发"}, "150000", id="内蒙古"),
        pytest.param({"number_prefix": "国办发"}, "000000", id="country"),
        pytest.param({"number_prefix": "宁政办发"}, None, id="shared-by-宁夏-and-南京"),
        pytest.param({"number_prefix": "枣政办发"}, None, id="city-alone"),
        pytest.param({"number_prefix": "枣政办发", "body": "山东省人民政府办公厅"}, "370400", id="city-in-a-province"),
        pytest.param({"number_prefix": "济政办发", "body": "山东省人民政府办公厅"}, None, id="济南-or-济宁"),
        pytest.param({"number_prefix": "农办发", "body": "吉林省人民政府"}, None, id="a-line-of-work"),
        pytest.param({"issuer": "区教育局", "number_prefix": "鲁教发"}, None, id="level-against-number"),
        pytest.param({"issuer": "省政府办公厅", "number_prefix": "鲁政办发"}, "370000", id="level-with-number"),
        pytest.param({"issuer": "区政府办公室", "number_prefix": "台政办发", "body": "枣庄市，台儿庄区实际"}, "370405", id="district"),
        pytest.param(
            {"issuer": "市政府办公室", "number_prefix": "枣政办发", "recipient": "滕州市人民政府，各区政府"}, "370400", id="recipient"
        ),
        pytest.param({"issuer": "区政府办公室", "body": "台儿庄区实际，台儿庄区各部门"}, "370405", id="one-district-named-twice"),
        pytest.param({"issuer": "区政府办公室", "body": "枣庄市要求，枣庄市规定"}, None, id="only-the-city-named"),
        pytest.param({"issuer": "市政府办公室", "body": "枣庄市要求，枣庄市规定"}, None, id="市-may-be-a-county"),
    ],
)
def test_without_a_name_the_number_needs_company(passages: dict[Kind, str], code: str | None) -> None:
    assert code_of(resolve(passages)) == code


def test_the_evidence_that_decided_comes_back_as_it_was_given() -> None:
    given_evidence = Evidence(kind="issuer", text="台儿庄区 人民政府", span=Span(3, 12))
    found = resolve_jurisdiction([Evidence(kind="body", text="济南市"), given_evidence], 2022)
    assert found.evidence is given_evidence


def test_no_evidence_no_place() -> None:
    assert resolve_jurisdiction([], 2022).jurisdiction is None


# --- the data proves itself ---------------------------------------------------------------------------------------


def test_document_codes_name_places_of_the_table() -> None:
    codes = document_codes()
    named = [*codes["provinces"].values(), *codes["cities"].values(), *(code for shared in codes["shared"].values() for code in shared)]
    assert all(TABLE.at(code, None) for code in [*named, *place_words()["aliases"].values()])
    assert {code[:2] for code in codes["provinces"].values()} == {place.code[:2] for place in TABLE.places} - {"71", "81", "82"}


def test_examples_of_national_words() -> None:
    numbers, issuers = document_codes()["national"], place_words()["national"]
    assert all(map(is_national, numbers["examples"]))
    assert not any(map(is_national, numbers["near_misses"]))
    assert all(re.match(issuers["regex"], example) for example in issuers["examples"])
    assert not any(re.match(issuers["regex"], near_miss) for near_miss in issuers["near_misses"])


@pytest.mark.parametrize("year", [2008, 2022])
def test_every_place_is_found_by_its_own_name(year: int) -> None:
    for place in TABLE.places:
        if not place.valid_from <= year < place.valid_to:
            continue
        whole = resolve({"issuer": TABLE.jurisdiction(place, year).full_name + "人民政府办公室"}, year)
        assert (code_of(whole), whole.approximate, whole.note_zh) == (place.code, False, "")
        bare = resolve({"issuer": place.name + "人民政府"}, year)
        assert place.code in {code_of(bare), *(other.code for other in bare.candidates)}
