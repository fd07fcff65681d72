"""Places and codes: the table itself, a table of one's own, names in text."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RuleError
from kg.resolve.gazetteer import COLUMNS, EXTRA, NATION, NEVER
from kg.resolve.jurisdictions import (
    Evidence,
    find_jurisdiction_mentions,
    load_jurisdictions,
    resolve_jurisdiction,
)

TABLE = load_jurisdictions()


# --- the table --------------------------------------------------------------------------------------------------

# 民政部 at the end of each year: prefectures, counties. 2018 counts 莱芜 as gone; its government went in January 2019.
TOTALS = {
    2000: (333, 2861),
    2001: (332, 2861),
    2002: (332, 2860),
    2003: (333, 2861),
    2004: (333, 2862),
    2005: (333, 2862),
    2006: (333, 2860),
    2007: (333, 2859),
    2008: (333, 2859),
    2009: (333, 2858),
    2010: (333, 2856),
    2011: (332, 2853),
    2012: (333, 2852),
    2013: (333, 2853),
    2014: (333, 2854),
    2015: (334, 2850),
    2016: (334, 2851),
    2017: (334, 2851),
    2018: (334, 2851),
    2019: (333, 2846),
    2020: (333, 2844),
    2021: (333, 2843),
    2022: (333, 2843),
    2023: (333, 2844),
    2024: (333, 2846),
    2025: (333, 2845),
    2026: (333, 2847),
}


@pytest.mark.parametrize("year", TOTALS)
def test_as_many_places_as_the_ministry_counts(year: int) -> None:
    levels = Counter(place.level for place in TABLE.places if place.valid_from <= year < place.valid_to)
    assert (levels["province"], levels["prefecture"], levels["county"]) == (34, *TOTALS[year])


def test_every_code_fits_its_level_and_every_parent_exists() -> None:
    for place in TABLE.places:
        assert re.fullmatch(r"[1-8]\d{5}", place.code)
        level = "province" if place.code.endswith("0000") else "prefecture" if place.code.endswith("00") else "county"
        assert place.level == level
        assert place.parent == NATION if level == "province" else place.parent in TABLE.by_code
        assert place.valid_from < place.valid_to
        assert place.source_note


def test_no_code_has_two_names_at_one_time() -> None:
    for rows in TABLE.by_code.values():
        for earlier, later in pairwise(rows):
            assert earlier.valid_to <= later.valid_from, (earlier, later)


def test_what_ended_has_successors_that_stood_when_it_ended() -> None:
    for place in TABLE.places:
        assert bool(place.successors) == (place.valid_to < NEVER), place
        for code in place.successors:
            assert TABLE.at(code, place.valid_to) is not None, (place, code)


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        pytest.param("371200", 2018, "莱芜市", id="莱芜-before-济南"),
        pytest.param("371200", 2019, None, id="莱芜-in-济南"),
        pytest.param("371202", 2018, "莱城区", id="莱城"),
        pytest.param("371203", 2018, "钢城区", id="钢城-of-莱芜"),
        pytest.param("370116", 2019, "莱芜区", id="莱芜区"),
        pytest.param("370117", 2019, "钢城区", id="钢城-of-济南"),
        pytest.param("370114", 2016, "章丘区", id="章丘区"),
        pytest.param("370181", 2015, "章丘市", id="章丘市"),
        pytest.param("370115", 2018, "济阳区", id="济阳"),
        pytest.param("370215", 2017, "即墨区", id="即墨"),
        pytest.param("370812", 2013, "兖州区", id="兖州"),
        pytest.param("371703", 2016, "定陶区", id="定陶"),
        pytest.param("370481", 2022, "滕州市", id="滕州"),
        pytest.param("370405", 2022, "台儿庄区", id="台儿庄"),
        pytest.param("370304", 2022, "博山区", id="博山"),
        pytest.param("330104", 2020, "江干区", id="江干"),
        pytest.param("330104", 2021, None, id="江干-gone"),
        pytest.param("330113", 2021, "临平区", id="临平"),
        pytest.param("330114", 2021, "钱塘区", id="钱塘"),
        pytest.param("330105", 2021, "拱墅区", id="拱墅"),
        pytest.param("110118", 2015, "密云区", id="密云区"),
        pytest.param("110228", 2014, "密云县", id="密云县"),
        pytest.param("120119", 2016, "蓟州区", id="蓟州"),
        pytest.param("310151", 2016, "崇明区", id="崇明"),
        pytest.param("500154", 2016, "开州区", id="开州"),
        pytest.param("500157", 2025, "两江新区", id="两江新区"),
        pytest.param("429004", 2022, "仙桃市", id="仙桃"),
        pytest.param("419001", 2022, "济源市", id="济源"),
        pytest.param("659001", 2022, "石河子市", id="石河子"),
        pytest.param("659010", 2019, "胡杨河市", id="胡杨河"),
        pytest.param("659011", 2021, "新星市", id="新星"),
        pytest.param("659012", 2023, "白杨市", id="白杨"),
        pytest.param("659013", 2026, "草湖市", id="草湖"),
        pytest.param("460300", 2012, "三沙市", id="三沙"),
        pytest.param("460302", 2020, "西沙区", id="西沙"),
        pytest.param("460400", 2015, "儋州市", id="儋州"),
        pytest.param("469003", 2014, "儋州市", id="儋州-before-prefecture"),
        pytest.param("653228", 2024, "和康县", id="和康"),
        pytest.param("710000", 2022, "台湾省", id="台湾"),
        pytest.param("810000", 2022, "香港特别行政区", id="香港"),
        pytest.param("820000", 2022, "澳门特别行政区", id="澳门"),
    ],
)
def test_the_name_of_a_code_at_the_end_of_a_year(code: str, year: int, name: str | None) -> None:
    place = TABLE.at(code, year)
    assert (place.name if place else None) == name


@pytest.mark.parametrize("code", ["441900", "442000", "620200", "460400"])
def test_four_cities_have_no_counties(code: str) -> None:
    assert not [place for place in TABLE.places if place.parent == code and place.valid_to == NEVER]


def test_lookups() -> None:
    assert [place.code for place in TABLE.by_name["恩施州"]] == ["422800"]
    assert [place.code for place in TABLE.by_short["滕州"]] == ["370481"]
    assert "忠" not in TABLE.by_short
    assert TABLE.at("370405", None) is TABLE.by_code["370405"][-1]
    assert TABLE.at("123456", 2020) is None
    valley = TABLE.by_name["谷城县"][0]
    assert [place.name for place in TABLE.path(valley, 2008)] == ["湖北省", "襄樊市", "谷城县"]
    assert TABLE.jurisdiction(valley, 2012).full_name == "湖北省襄阳市谷城县"


# --- a table of one's own -----------------------------------------------------------------------------------------

OWN = """\
990000,东陵省,province,,1950-01-01,,,样例
990100,云溪市,prefecture,990000,1983,,,样例
990102,澄湖区,county,990100,2016-03-01,,,样例
"""


def own_table(folder: Path, lines: str = OWN, header: str = ",".join(COLUMNS)) -> Path:
    file = folder / "own.csv"
    file.write_text(f"{header}\n{lines}", encoding="utf-8")
    return file


def test_a_table_of_ones_own_is_merged_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EXTRA, str(own_table(tmp_path)))
    found = resolve_jurisdiction([Evidence(kind="issuer", text="云溪市澄湖区人民政府办公室")], 2022)
    assert found.jurisdiction is not None
    assert (found.jurisdiction.code, found.jurisdiction.full_name) == ("990102", "东陵省云溪市澄湖区")
    assert load_jurisdictions(tmp_path / "own.csv").at("370405", 2022) == TABLE.at("370405", 2022)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param("370405,云溪市,county,370400,,,,\n", "已在国家表中", id="a-code-of-the-state"),
        pytest.param("990102,澄湖区,county,990100,,,,\n", "上级代码990100不存在", id="no-parent"),
        pytest.param("9901,云溪市,prefecture,000000,,,,\n", "六位数字", id="short-code"),
        pytest.param("990100,云溪市,town,000000,,,,\n", "级别", id="unknown-level"),
        pytest.param("990100,云溪市,prefecture,000000\n", "第2行", id="too-few-columns"),
        pytest.param("990100,云溪市,prefecture,000000,去年,,,\n", "日期为数字", id="year-in-words"),
    ],
)
def test_a_wrong_line_is_an_error_that_names_it(tmp_path: Path, lines: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        load_jurisdictions(own_table(tmp_path, lines))


def test_wrong_columns_and_a_missing_file_are_errors(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="表头应为"):
        load_jurisdictions(own_table(tmp_path, header="code,name"))
    with pytest.raises(RuleError, match="读不了"):
        load_jurisdictions(tmp_path / "none.csv")


# --- names in text ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("枣庄市台儿庄区人民政府办公室", ["枣庄市", "台儿庄区"], id="chain"),
        pytest.param("山东省枣庄市市中区", ["山东省", "枣庄市", "市中区"], id="市-twice"),
        pytest.param("济南市中区人民政府", ["济南", "市中区"], id="市-once-for-two"),
        pytest.param("青岛市北区", ["青岛", "市北区"], id="市-once-for-北"),
        pytest.param("恩施土家族苗族自治州恩施市", ["恩施土家族苗族自治州", "恩施市"], id="longest"),
        pytest.param("恩施州人民政府", ["恩施州"], id="short-form-of-a-people"),
        pytest.param("浦东新区", ["浦东新区"], id="longer-than-东新区"),
        pytest.param("关于印发单县2022年要点", ["单县"], id="two-characters-after-印发"),
        pytest.param("《忠县2022年要点》", ["忠县"], id="two-characters-in-brackets"),
        pytest.param("台儿庄2021年要点", ["台儿庄"], id="no-suffix-before-year"),
        pytest.param("山东滕州经济开发区", ["山东", "滕州"], id="no-suffix-in-chain"),
        pytest.param("晋城市城区人民政府", ["晋城市", "城区"], id="城区-of-its-city"),
        pytest.param("城区人民政府", ["城区"], id="城区-first"),
        pytest.param("前郭县人民政府", ["前郭县"], id="alias"),
        pytest.param("新疆生产建设兵团第八师石河子市", ["新疆", "石河子市"], id="师市"),
    ],
)
def test_names_in_text(text: str, names: list[str]) -> None:
    mentions = find_jurisdiction_mentions(text)
    assert [mention.name for mention in mentions] == names
    assert [text[mention.start : mention.end] for mention in mentions] == names


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=text)
        for text in (
            "中心城区道路提升",
            "主城区域",
            "沿海城市",
            "全市中区域协调",
            "各市和县（市、区）",
            "合作市场建设",
            "发展县域经济",
            "形成县乡村三级网络",
            "老城区改造",
            "新城区建设",
            "其中市区",
            "东部城区",
            "中华人民共和国",
            "河南县域经济",
            "公安机关",
            "长治久安",
            "大理石产业",
            "北京大学",
            "自治区人民政府",
            "市政府各部门",
            "平安县区创建",
            "国家级新区",
            "云溪市",
        )
    ],
)
def test_words_that_are_no_names(text: str) -> None:
    assert not find_jurisdiction_mentions(text)


@given(st.text(alphabet="枣庄市中区台儿山东省青岛北新县州和城2〔（，政", max_size=30))
def test_mentions_lie_in_order_in_the_text(text: str) -> None:
    mentions = find_jurisdiction_mentions(text)
    assert all(text[mention.start : mention.end] == mention.name and mention.candidates for mention in mentions)
    assert all(earlier.end <= later.start for earlier, later in pairwise(mentions))
