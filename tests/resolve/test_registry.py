"""The registry of instruments: what it holds, how files become one, how two become one."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from kg.errors import RegistryError
from kg.model import Edition, Instrument
from kg.resolve.instrument_names import number_key, title_key, words
from kg.resolve.registry import (
    Registry,
    edition_in_force,
    index_of,
    is_amending_act,
    is_replaced,
    load_registry,
    merge_registries,
    read_registry,
    successor_of,
)
from kg.resolve.registry_rows import COLUMNS, write_registry
from kg.rules import load_data, pattern

REGISTRY = load_registry()
EDITIONS = [(instrument, edition) for instrument in REGISTRY.instruments for edition in instrument.editions]


def _titled(registry: Registry, title: str) -> Instrument:
    [found] = index_of(registry).by_title[title_key(title)]
    return found


# --- what comes with the program -------------------------------------------------------------------------------------


def test_there_are_enough_instruments_of_every_kind() -> None:
    assert len(REGISTRY.instruments) >= 230
    assert {instrument.kind for instrument in REGISTRY.instruments} == set(load_data("instruments")["kinds"]) - {"local-regulation"}
    assert not REGISTRY.issues


def test_merging_it_with_itself_finds_no_contradiction() -> None:
    merged = merge_registries(REGISTRY, REGISTRY)
    assert merged.issues == ()
    assert merged.instruments == REGISTRY.instruments


def test_canonical_titles_are_unique_and_no_alias_is_another_title() -> None:
    keys = [title_key(instrument.title) for instrument in REGISTRY.instruments]
    assert len(set(keys)) == len(keys)
    aliases = [title_key(alias) for instrument in REGISTRY.instruments for alias in instrument.aliases]
    assert len(set(aliases)) == len(aliases)
    assert not set(aliases) & set(keys)


def test_every_day_is_a_day() -> None:
    days = [day for _, edition in EDITIONS for day in (edition.promulgated, edition.in_force) if day]
    assert [dt.date.fromisoformat(day).isoformat() for day in days] == days


def test_no_edition_came_into_force_before_it_was_promulgated() -> None:
    wrong = [edition for _, edition in EDITIONS if edition.in_force and edition.promulgated and edition.in_force < edition.promulgated]
    assert not wrong


def test_editions_stand_in_the_order_of_their_days() -> None:
    for instrument in REGISTRY.instruments:
        days = [edition.promulgated for edition in instrument.editions if edition.promulgated]
        assert days == sorted(set(days)), instrument.title


def test_codes_are_of_the_lists() -> None:
    assert {instrument.status for instrument in REGISTRY.instruments} <= set(load_data("instruments")["statuses"]) - {"amended"}
    assert {edition.status for _, edition in EDITIONS} <= set(load_data("instruments")["statuses"])


def test_every_fact_says_where_it_is_from_and_whether_it_was_looked_up() -> None:
    stated = [edition.source for _, edition in EDITIONS] + [instrument.source for instrument in REGISTRY.instruments]
    assert not [source for source in stated if not re.fullmatch(r".+（(?:已核|日期已核|文号已核|未核)）", source)]


def test_what_replaces_and_is_replaced_leads_somewhere() -> None:
    for instrument in REGISTRY.instruments:
        if instrument.replaced_by:
            assert successor_of(REGISTRY, instrument), instrument.title
            assert instrument.status == "replaced"
        labels = [edition.label for edition in instrument.editions]
        for at, edition in enumerate(instrument.editions):
            assert not edition.replaces or edition.replaces == labels[at - 1], f"{instrument.title} {edition.label}"
        assert all(is_replaced(edition) for edition in instrument.editions[:-1]), instrument.title
        assert not instrument.editions or instrument.editions[-1].status == instrument.status


def test_a_number_is_one_instruments_own() -> None:
    """Numbers of presidential orders begin anew, and one act may change many instruments; every other number is one title's."""
    owners = defaultdict(set)
    for instrument, edition in EDITIONS:
        again = pattern("instruments", "series_again").fullmatch(number_key(edition.number))
        if edition.number and not again and not is_amending_act(edition):
            owners[number_key(edition.number)].add(instrument.title)
    assert not {number: titles for number, titles in owners.items() if len(titles) > 1}


def test_one_presidential_order_of_one_day_is_one_act() -> None:
    acts = defaultdict(set)
    for instrument, edition in EDITIONS:
        if pattern("instruments", "series_again").fullmatch(edition.number):
            acts[edition.number, edition.promulgated].add(edition.title or instrument.title)
    assert not {act: titles for act, titles in acts.items() if len(titles) > 1}


def _term(day: str) -> int:
    """The first year of the National People's Congress of that day; its President is elected in the middle of March."""
    year, rest = int(day[:4]), day[5:]
    since = year - (year - 1978) % 5
    return since if year > since or rest >= "03-10" else since - 5


def _serials() -> dict[tuple[str, str], set[tuple[int, str, str]]]:
    """For every series of numbers its numbers, each with its day and the act it is of."""
    serials = defaultdict(set)
    for instrument, edition in EDITIONS:
        found = re.fullmatch(r"(国务院令|主席令)第(\d+)号|(国发|国办发|国办函)〔(\d{4})〕(\d+)号", edition.number)
        if not found or not edition.promulgated:
            continue
        period = str(_term(edition.promulgated)) if found[1] == "主席令" else found[4] or ""
        act = edition.title if is_amending_act(edition) else instrument.title
        serials[found[1] or found[3], period].add((int(found[2] or found[5]), edition.promulgated, act))
    return serials


@pytest.mark.parametrize(("series", "period"), [pytest.param(*name, id="-".join(filter(None, name))) for name in _serials()])
def test_numbers_grow_with_their_days(series: str, period: str) -> None:
    """A number remembered wrongly stands out: within a series a later number is of a later day, give or take some days in signing."""
    acts = sorted(_serials()[series, period])
    assert len({number for number, _, _ in acts}) == len(acts), "one number, two acts or two days"
    for (_, day, act), (_, next_day, next_act) in pairwise(acts):
        assert dt.date.fromisoformat(day) - dt.date.fromisoformat(next_day) <= dt.timedelta(days=5), f"{act} {next_act}"


def test_the_year_of_a_document_number_is_the_year_of_its_day() -> None:
    for _, edition in EDITIONS:
        year = re.search(r"〔(\d{4})〕", edition.number)
        assert not year or not edition.promulgated or year[1] == edition.promulgated[:4], edition.number


# Known from the orders themselves: who is cited most is checked by hand.
FACTS = [
    ("政府信息公开条例", "国务院令第492号", "2007-04-05", "2008-05-01", "replaced"),
    ("政府信息公开条例", "国务院令第711号", "2019-04-03", "2019-05-15", "in-force"),
    ("重大行政决策程序暂行条例", "国务院令第713号", "2019-04-20", "2019-09-01", "in-force"),
    ("优化营商环境条例", "国务院令第722号", "2019-10-22", "2020-01-01", "in-force"),
    ("保障农民工工资支付条例", "国务院令第724号", "2019-12-30", "2020-05-01", "in-force"),
    ("体育法", "主席令第114号", "2022-06-24", "2023-01-01", "in-force"),
    ("环境保护法", "主席令第9号", "2014-04-24", "2015-01-01", "replaced"),
    ("信访条例", "国务院令第431号", "2005-01-10", "2005-05-01", "replaced"),
    ("公共企事业单位信息公开规定制定办法", "国办发〔2020〕50号", "2020-12-07", "2021-01-01", "in-force"),
]


@pytest.mark.parametrize(
    ("title", "number", "promulgated", "in_force", "status"), [pytest.param(*fact, id=f"{fact[0]}-{fact[1]}") for fact in FACTS]
)
def test_a_fact(title: str, number: str, promulgated: str, in_force: str, status: str) -> None:
    edition = next(edition for edition in _titled(REGISTRY, title).editions if edition.number == number)
    assert (edition.promulgated, edition.in_force, edition.status) == (promulgated, in_force, status)


def test_it_goes_to_other_processes() -> None:
    index_of(REGISTRY)
    again = pickle.loads(pickle.dumps(REGISTRY))
    assert again.instruments == REGISTRY.instruments
    assert index_of(again).by_number.keys() == index_of(REGISTRY).by_number.keys()


# --- what held on a day -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "day", "number"),
    [
        pytest.param("政府信息公开条例", "2008-04-30", None, id="before-the-first"),
        pytest.param("政府信息公开条例", "2008-05-01", "国务院令第492号", id="first-day"),
        pytest.param("政府信息公开条例", "2019-05-14", "国务院令第492号", id="promulgated-but-not-in-force"),
        pytest.param("政府信息公开条例", "2019-05-15", "国务院令第711号", id="the-later-one"),
        pytest.param("信访条例", "2022-04-30", "国务院令第431号", id="until-the-successor"),
        pytest.param("信访条例", "2022-05-01", None, id="from-the-successor-on"),
        pytest.param("公司法", "2010-01-01", None, id="editions-are-left-out-behind-it"),
        pytest.param("法治政府建设实施纲要（2021－2025年）", "2022-01-01", None, id="no-days-known"),
    ],
)
def test_the_edition_in_force(title: str, day: str, number: str | None) -> None:
    instrument = _titled(REGISTRY, title)
    edition = edition_in_force(instrument, day, successor_of(REGISTRY, instrument))
    assert (edition.number if edition else None) == number


def test_an_end_that_nobody_tells_leaves_it_open() -> None:
    assert edition_in_force(_titled(REGISTRY, "信访条例"), "2010-01-01") is None


# --- reading files --------------------------------------------------------------------------------------------------------

HEADER = "title,kind,issuer,status,aliases,replaced_by,number,edition_title,promulgated,in_force,edition_status,replaces,source"


def test_the_columns_are_as_documented() -> None:
    assert ",".join(COLUMNS) == HEADER


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_registry(REGISTRY.instruments, tmp_path / "all.csv")
    assert read_registry(tmp_path / "all.csv").instruments == REGISTRY.instruments


def test_the_file_is_as_it_would_be_written(tmp_path: Path) -> None:
    write_registry(REGISTRY.instruments, tmp_path / "all.csv")
    kept = Path(__file__).parent.parent.parent / "ontology" / "registry" / "instruments.csv"
    assert (tmp_path / "all.csv").read_text("utf-8") == kept.read_text("utf-8")


def test_a_public_list_with_chinese_columns(tmp_path: Path) -> None:
    header = "标题,法律性质,制定机关,公布日期,施行日期,时效性,其他"
    table = f"{header}\n云溪市河湖条例,地方性法规,云溪市人大常委会,2021/03/01,2021/05/01,有效,无\n"
    (tmp_path / "list.csv").write_bytes(table.encode("gb18030"))
    [instrument] = read_registry(tmp_path / "list.csv").instruments
    assert (instrument.kind, instrument.status, instrument.source) == ("local-regulation", "in-force", "list.csv")
    assert instrument.editions == (Edition(number="", promulgated="2021-03-01", in_force="2021-05-01", source="list.csv"),)


WRONG = [
    pytest.param("云溪市河湖条例,statute,,,,,,,,,,,", "kind", "statute", id="unknown-kind"),
    pytest.param("云溪市河湖条例,,,valid,,,,,,,,,", "status", "valid", id="unknown-status"),
    pytest.param("云溪市河湖条例,,,,,,,,2021-02-30,,,,", "promulgated", "2021-02-30", id="no-such-day"),
    pytest.param("云溪市河湖条例,,,,,,,,二〇二一年,,,,", "promulgated", "二〇二一年", id="a-day-in-words"),
    pytest.param(",law,,,,,国务院令第1号,,,,,,", "title", "missing", id="no-title"),
    pytest.param("云溪市河湖条例,,,,,,,,,,,,,,more", "13", "15", id="too-many-columns"),
]


@pytest.mark.parametrize(("row", "expected", "found"), WRONG)
def test_a_wrong_row_is_left_out_with_its_place(row: str, expected: str, found: str, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(f"{HEADER}\n{row}\n云溪市绿化办法,,,,,,云政发〔2021〕3号,,,,,,\n", "utf-8")
    registry = read_registry(tmp_path / "mine.csv")
    assert [instrument.title for instrument in registry.instruments] == ["云溪市绿化办法"]
    [issue] = registry.issues
    assert issue.place == "mine.csv 第2行"
    assert expected in issue.en
    assert found in issue.en
    assert issue.zh


def test_a_file_without_a_right_row_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(f"{HEADER}\n云溪市河湖条例,statute,,,,,,,,,,,\n", "utf-8")
    with pytest.raises(RegistryError, match=r"mine\.csv.*第2行.*statute"):
        read_registry(tmp_path / "mine.csv")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        pytest.param("mine.csv", "名字\n云溪市河湖条例\n", "title", id="no-title-column"),
        pytest.param("mine.csv", "", "title", id="empty"),
        pytest.param("mine.xlsx", "PK", "xlsx", id="unknown-format"),
        pytest.param("mine.jsonl", "[1]\n", "object", id="no-objects"),
    ],
)
def test_a_file_that_is_no_registry_is_named(name: str, content: str, word: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(RegistryError, match=word) as caught:
        read_registry(tmp_path / name)
    assert name in str(caught.value)


@pytest.mark.parametrize("name", ["none.csv", "none.jsonl"])
def test_a_file_that_is_not_there(name: str, tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=name):
        read_registry(tmp_path / name)


def test_lines_of_json(tmp_path: Path) -> None:
    said = {"title": "云溪市河湖条例", "kind": "地方性法规", "aliases": ["河湖条例"]}
    editions = [{"number": "", "promulgated": "2015-03-01", "status": "replaced"}, {"promulgated": "2021-03-01", "replaces": "2015-03-01"}]
    lines = [
        json.dumps(said | {"editions": editions}, ensure_ascii=False),
        "{",
        json.dumps({"标题": "云溪市绿化办法", "文号": "云政发〔2021〕3号"}),
        '{"title": "甲办法", "editions": 3}',
    ]
    (tmp_path / "mine.jsonl").write_text("\n".join(lines), "utf-8")
    registry = read_registry(tmp_path / "mine.jsonl")
    river, green = registry.instruments
    assert (river.aliases, [edition.label for edition in river.editions]) == (("河湖条例",), ["2015-03-01", "2021-03-01"])
    assert (green.kind, green.editions[0].number) == ("normative", "云政发〔2021〕3号")
    assert [issue.place for issue in registry.issues] == ["mine.jsonl 第2行", "mine.jsonl 第4行"]


# --- law texts ------------------------------------------------------------------------------------------------------------


def _law(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


HEADS = [
    pytest.param(
        "# 中华人民共和国河湖法\n\n2017年11月4日 第十二届全国人民代表大会常务委员会第三十次会议通过\n\n"
        "2018年10月26日 第十三届全国人民代表大会常务委员会第六次会议《关于修改〈中华人民共和国草地法〉等十五部法律的决定》修正\n\n"
        "<!-- INFO END -->\n\n## 第一章 总则\n",
        [("", "2017-11-04", "", "amended"), ("", "2018-10-26", "", "unknown")],
        id="a-line-an-event",
    ),
    pytest.param(
        "# 河湖信息公开条例\n\n（2007年4月5日中华人民共和国国务院令第3492号公布　"
        "2019年4月3日中华人民共和国国务院令第3711号修订　自2019年5月15日起施行）\n\n## 第一章\n",
        [("国务院令第3492号", "2007-04-05", "", "amended"), ("国务院令第3711号", "2019-04-03", "2019-05-15", "unknown")],
        id="one-bracket-for-all",
    ),
    pytest.param(
        "# 河湖劳动法\n（1994年7月5日第八届全国人民代表大会常务委员会第八次会议通过　"
        "根据2009年8月27日第十一届全国人民代表大会常务委员会第十次会议《关于修改部分法律的决定》第一次修正　"
        "根据2018年12月29日第十三届全国人民代表大会常务委员会第七次会议《关于修改〈甲法〉等七部法律的决定》第二次修正）\n第一条\n",
        [("", "1994-07-05", "", "amended"), ("", "2009-08-27", "", "amended"), ("", "2018-12-29", "", "unknown")],
        id="passed-and-amended-twice",
    ),
    pytest.param(
        "# 河湖办法\n\n2021年1月4日 经局务会议审议通过\n2021年2月5日 河湖局令第3号公布\n2021年3月1日 施行\n",
        [("河湖局令第3号", "2021-02-05", "2021-03-01", "unknown")],
        id="made-public-after-it-was-passed",
    ),
    pytest.param(
        "---\ntitle: 甲\n---\n\n# 河湖语言法 <!-- 全称 -->\n\n2000年10月31日 第九届全国人民代表大会常务委员会第十八次会议通过\n"
        "<!-- INFO END -->\n第一条 2001年1月1日公布的清单\n",
        [("", "2000-10-31", "", "unknown")],
        id="front-matter-and-a-body-with-days",
    ),
]


@pytest.mark.parametrize(("text", "editions"), HEADS)
def test_the_head_of_a_law_text(text: str, editions: list[tuple[str, str, str, str]], tmp_path: Path) -> None:
    _law(tmp_path, "法律/a.md", text)
    [instrument] = read_registry(tmp_path).instruments
    assert [(edition.number, edition.promulgated, edition.in_force, edition.status) for edition in instrument.editions] == editions
    assert (instrument.kind, instrument.source) == ("law", "法律/a.md")
    assert [edition.replaces for edition in instrument.editions][1:] == [edition.label for edition in instrument.editions][:-1]


def test_a_folder_of_law_texts(tmp_path: Path) -> None:
    _law(tmp_path, "README.md", "# 说明\n\n本项目收集法律。\n")
    _law(tmp_path, "行政法规/甲(2007-04-05).md", "# 河湖条例\n\n2007年4月5日 国务院令第3492号公布\n")
    _law(tmp_path, "行政法规/甲(2019-04-03).md", "# 河湖条例\n\n2007年4月5日 国务院令第3492号公布\n\n2019年4月3日 国务院令第3711号修订\n")
    _law(tmp_path, "部门规章/河湖局/乙.md", "# 河湖办法\n\n2021年2月5日 河湖局令第3号公布\n")
    _law(tmp_path, "行政法规/丙.md", "没有标题\n")
    registry = read_registry(tmp_path)
    kinds = {instrument.title: (instrument.kind, [edition.label for edition in instrument.editions]) for instrument in registry.instruments}
    assert kinds == {
        "河湖条例": ("administrative-regulation", ["国务院令第3492号", "国务院令第3711号"]),
        "河湖办法": ("rule", ["河湖局令第3号"]),
    }
    assert {issue.place for issue in registry.issues} == {"README.md 第1行", "行政法规/丙.md 第1行"}


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="Markdown"):
        read_registry(tmp_path)


# --- two registries as one ---------------------------------------------------------------------------------------------


def _registry(*instruments: Instrument) -> Registry:
    return Registry(instruments=instruments)


RIVER = Instrument(
    title="中华人民共和国河湖条例",
    kind="administrative-regulation",
    status="in-force",
    editions=(Edition(number="国务院令第3711号", promulgated="2019-04-03"),),
    source="甲",
)


def _work(title: str, *editions: Edition) -> Instrument:
    return Instrument(title=title, kind="policy", editions=editions, source="乙")


def test_the_same_title_is_one_instrument_with_all_editions() -> None:
    other = _work(
        "河湖条例",
        Edition(number="国令第3492号", promulgated="2007-04-05"),
        Edition(number="", promulgated="2019-04-03", in_force="2019-05-15"),
    )
    [merged] = merge_registries(_registry(RIVER), _registry(other)).instruments
    assert (merged.title, merged.kind, merged.aliases) == ("中华人民共和国河湖条例", "administrative-regulation", ("河湖条例",))
    assert [(edition.number, edition.in_force) for edition in merged.editions] == [("国令第3492号", ""), ("国务院令第3711号", "2019-05-15")]


def test_a_number_of_another_title_stays_where_it_was() -> None:
    merged = merge_registries(
        _registry(RIVER),
        _registry(_work("草地条例", Edition(number="国务院第3711号令")), _work("山林条例", Edition(number="国务院令第3712号"))),
    )
    assert [instrument.title for instrument in merged.instruments] == ["中华人民共和国河湖条例", "山林条例"]
    [issue] = merged.issues
    assert issue.code == "registry.contradiction"
    assert "草地条例" in issue.zh
    assert "河湖条例" in issue.zh


def test_two_days_of_one_edition_are_told_and_the_first_stays() -> None:
    merged = merge_registries(_registry(RIVER), _registry(_work("河湖条例", Edition(number="国务院令第3711号", promulgated="2019-04-04"))))
    assert merged.instruments[0].editions[0].promulgated == "2019-04-03"
    assert ["2019-04-04" in issue.en for issue in merged.issues] == [True]


def test_an_act_that_changes_several_is_no_contradiction() -> None:
    act = Edition(number="国务院令第3709号", title="国务院关于修改部分行政法规的决定", promulgated="2019-03-02")
    merged = merge_registries(_registry(_work("草地条例", act)), _registry(_work("山林条例", act)))
    assert (len(merged.instruments), merged.issues) == (2, ())


def test_presidential_orders_begin_anew() -> None:
    merged = merge_registries(
        _registry(_work("草地法", Edition(number="主席令第9号", promulgated="2014-04-24"))),
        _registry(
            _work("山林法", Edition(number="主席令第九号", promulgated="2023-09-01")),
            _work("草地法", Edition(number="主席令第9号", promulgated="2019-01-01")),
        ),
    )
    assert [len(instrument.editions) for instrument in merged.instruments] == [2, 1]
    assert merged.issues == ()


def test_a_file_that_contradicts_itself_is_told(tmp_path: Path) -> None:
    rows = [
        "草地条例,,,,,,国务院令第3711号,,,,,,",
        "山林条例,,,,,,国令第3711号,,,,,,",
        "中华人民共和国草地条例,,,,,,国务院令第3800号,,,,,,",
    ]
    (tmp_path / "mine.csv").write_text("\n".join([HEADER, *rows]), "utf-8")
    registry = read_registry(tmp_path / "mine.csv")
    assert [(instrument.title, len(instrument.editions)) for instrument in registry.instruments] == [("草地条例", 2)]
    assert [issue.code for issue in registry.issues] == ["registry.contradiction"]


def test_words_of_public_lists_lead_to_our_codes() -> None:
    assert words("kinds")["部门规章"] == "rule"
    assert words("statuses")["已废止"] == "repealed"
