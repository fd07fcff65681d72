"""Documents that a text names, and names in 《》 that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.citations import Own, find_citations, find_short_names
from kg.text import fold, key
from tests.texts import to_extraction, to_plan

NOBODY = Own(titles=frozenset(), number=None)


def _find(text: str, own: Own = NOBODY, short_names: dict[str, str] | None = None) -> list[str]:
    """Title and number of each citation: 办法|青政发〔2031〕1号."""
    found = find_citations(fold(text), own, short_names or {})
    return ["|".join(key(part or "") for part in (one.title, one.number)) for one in found]


CASES = [
    # titles
    pytest.param("按照《青岩市政务公开条例》要求", ["青岩市政务公开条例|"], id="title"),
    pytest.param("落实《甲办法》《乙办法》和《丙规定》", ["甲办法|", "乙办法|", "丙规定|"], id="three-titles"),
    pytest.param("落实《关于转发〈预算公开办法〉的通知》", ["关于转发〈预算公开办法〉的通知|"], id="title-in-a-title"),
    pytest.param("落实《关于转发《预算公开办法》的通知》", ["关于转发《预算公开办法》的通知|"], id="title-in-a-title-in-equal-brackets"),
    pytest.param("按《预算公开办法(试行)》", ["预算公开办法（试行）|"], id="brackets-in-a-title"),
    pytest.param("按《青岩市“十五五”规划》", ["青岩市“十五五”规划|"], id="quotes-in-a-title"),
    pytest.param("《预算公开办法》第十四条", ["预算公开办法|"], id="an-article-of-it"),
    pytest.param("《预算公开办法》（2028年修正）", ["预算公开办法|"], id="a-note-behind-it"),
    # numbers
    pytest.param("《预算公开办法》（青政办发〔2031〕7号）", ["预算公开办法|青政办发〔2031〕7号"], id="title-and-number"),
    pytest.param("《预算公开办法》(青政办发[2031] 7号)", ["预算公开办法|青政办发〔2031〕7号"], id="half-width-number"),
    pytest.param("《预算公开办法》（青政办发【2031】第7号）", ["预算公开办法|青政办发〔2031〕7号"], id="black-brackets-and-an-ordinal"),
    pytest.param("《预算公开办法》（青岩市人民政府令第36号）", ["预算公开办法|青岩市人民政府令第36号"], id="title-and-decree"),
    pytest.param(
        "《甲办法》和《乙办法》（青政发〔2031〕1号）", ["甲办法|", "乙办法|青政发〔2031〕1号"], id="the-number-belongs-to-the-last"
    ),
    pytest.param("按照青政办发〔2031〕7号文件要求", ["|青政办发〔2031〕7号"], id="number-alone"),
    pytest.param("严格按照青政办字〔2031〕7号执行", ["|青政办字〔2031〕7号"], id="words-before-a-number"),
    pytest.param("贯彻落实青政发〔2031〕7号和青财预〔2030〕12号", ["|青政发〔2031〕7号", "|青财预〔2030〕12号"], id="two-numbers"),
    pytest.param("依据国务院令第999号", ["|国务院令第999号"], id="decree"),
    pytest.param("依据国务院第999号令", ["|国务院令第999号"], id="decree-the-other-way-round"),
    pytest.param("依据教育部令第93号", ["|教育部令第93号"], id="decree-of-a-ministry"),
    pytest.param("依据省政府令第36号", ["|省政府令第36号"], id="decree-of-a-province"),
    pytest.param("见，国家税务总局公告2031年第5号", ["|国家税务总局公告2031年第5号"], id="announcement"),
    pytest.param("《河道办法》（青府令第36号）", ["河道办法|青府令第36号"], id="decree-of-a-government-in-short"),
    pytest.param("依据2030年4月3日国务院令第999号", ["|国务院令第999号"], id="a-day-before-a-decree"),
    pytest.param(
        "《河道条例》（青岩市第九届人大常委会公告第八号）", ["河道条例|青岩市第九届人大常委会公告第8号"], id="announced-by-a-congress"
    ),
    pytest.param("国家税务总局2031年第5号公告", ["|国家税务总局公告2031年第5号"], id="announcement-the-other-way-round"),
    pytest.param("《河道规范》（DB88/T 1234—2031）", ["河道规范|DB88/T1234-2031"], id="standard"),
    pytest.param("《泵站规程》（T/CECS 1234—2031）", ["泵站规程|T/CECS1234-2031"], id="standard-of-an-association"),
    pytest.param("《幼儿园建筑规范》（JGJ 9—2031）", ["幼儿园建筑规范|JGJ9-2031"], id="standard-without-a-stroke"),
    pytest.param("《幼儿园建筑规范》（2031—2035）", ["幼儿园建筑规范|"], id="years-are-no-standard"),
    pytest.param("内容符合国办公开办函〔2031〕30号格式要求", ["|国办公开办函〔2031〕30号"], id="what-agrees-with-a-number"),
    pytest.param("工作体例遵循青政办发〔2031〕7号", ["|青政办发〔2031〕7号"], id="what-follows-a-number"),
    # none
    pytest.param("放映电影《青岩往事》", [], id="film"),
    pytest.param("排演话剧《清风》，编印漫画《小河长》", [], id="play-and-comic"),
    pytest.param("编研《青岩往事》1部，编纂《青岩志略》", [], id="works-that-are-made"),
    pytest.param("编制《青岩市河道规划》", ["青岩市河道规划|"], id="a-plan-that-is-made"),
    pytest.param("在《政务公开》杂志刊登", [], id="magazine"),
    pytest.param("在《青岩日报》刊发", [], id="newspaper"),
    pytest.param("在《青岩新闻》开设专栏，编印《明白人》宣传册", [], id="news-programme-and-booklet"),
    pytest.param("开设《在线访谈》栏目", [], id="column"),
    pytest.param("按照《青岩市政务公开", [], id="never-closed"),
    pytest.param("在第3号楼，2031年第5号", [], id="numbers-of-other-things"),
    pytest.param("公开透明", [], id="nothing"),
    pytest.param("依据国家税务总局公告2031年第5号", ["|国家税务总局公告2031年第5号"], id="words-before-an-announcement"),
    pytest.param("按照青政办发〔2031〕7号《预算公开办法》", ["预算公开办法|青政办发〔2031〕7号"], id="number-before-its-title"),
    pytest.param("依据主席令第五十七号", ["|主席令第57号"], id="decree-numbered-in-words"),
    pytest.param("《操作规程》（试行）（青财〔2031〕8号）", ["操作规程|青财〔2031〕8号"], id="on-trial-between-title-and-number"),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_citation(text: str, wanted: list[str]) -> None:
    assert _find(text) == wanted


@pytest.mark.parametrize(
    "code",
    ["国发", "国办发", "国办函", "中办发", "鲁政办字", "青财预", "市委办发", "云教函", "建办质", "人社部发", "发改办高技", "银发"],
)
def test_the_number_of_any_issuer(code: str) -> None:
    assert _find(f"《某某办法》（{code}〔2031〕7号）") == [f"某某办法|{code}〔2031〕7号"]


def test_all_numbers_behind_one_title_are_kept() -> None:
    (one,) = find_citations(fold("《预算公开办法》（青政发〔2031〕7号、青财预〔2031〕12号）"), NOBODY, {})
    assert one.number == "青政发〔2031〕7号"
    assert one.numbers == ("青政发〔2031〕7号", "青财预〔2031〕12号")


def test_the_span_holds_title_and_number() -> None:
    text = "按照 《预算公开办法》 （青政发〔2031〕7号） 办理"
    (one,) = find_citations(fold(text), NOBODY, {})
    assert text[one.span.start : one.span.end] == "《预算公开办法》 （青政发〔2031〕7号）"


# --- short names --------------------------------------------------------------------------------------

DEFINING = "《青岩市政府信息公开条例》（以下简称《条例》）"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("《青岩市信息公开条例》（以下简称《条例》）", "条例", id="in-title-brackets"),
        pytest.param("《青岩市信息公开条例》（以下简称“条例”）", "条例", id="in-quotes"),
        pytest.param("《青岩市信息公开条例》（以下称《条例》）", "条例", id="called"),
        pytest.param("《青岩市信息公开条例》（青政令第3号，以下简称《条例》）", "条例", id="beside-a-number"),
        pytest.param("《青岩市信息公开条例》（青政令第3号）（以下简称《条例》）", "条例", id="behind-a-number"),
    ],
)
def test_a_short_name_is_found(text: str, name: str) -> None:
    assert dict(find_short_names(fold(text))) == {name: "青岩市信息公开条例"}


def test_the_bracket_that_gives_a_short_name_is_no_citation_of_its_own() -> None:
    assert _find(DEFINING) == ["青岩市政府信息公开条例|"]


def test_a_later_use_leads_to_the_title() -> None:
    extraction = to_plan(f"落实{DEFINING}。（责任单位：市财政局）\n（二）公开决算。按照《条例》公开决算。（责任单位：市审计局）\n")
    first, second = extraction.tasks
    assert [(one.title, one.short_for) for one in first.citations] == [("青岩市政府信息公开条例", None)]
    assert [(one.title, one.short_for) for one in second.citations] == [("条例", "青岩市政府信息公开条例")]


def test_a_short_name_that_nobody_gave_stands_as_it_is() -> None:
    assert _find("按照《条例》公开") == ["条例|"]


# --- the document itself ----------------------------------------------------------------------------------

NOTICE = """\
青岩市人民政府办公室
关于印发2031年青岩市政务公开工作要点的通知
青政办发〔2031〕9号

各县（市、区）人民政府，市政府各部门：
现将《2031年青岩市政务公开工作要点》印发给你们，请对照《青岩市政务公开办法》（青政发〔2029〕2号）抓好落实。

青岩市人民政府办公室
2031年4月8日

2031年青岩市政务公开工作要点

一、公开重点领域信息
（一）公开财政信息。落实青政办发〔2031〕9号和青财预〔2030〕12号。（责任单位：市财政局）
"""


def test_a_document_does_not_cite_itself() -> None:
    extraction = to_extraction(NOTICE)
    assert [(one.title, one.number) for one in extraction.citations] == [("青岩市政务公开办法", "青政发〔2029〕2号")]
    (task,) = extraction.tasks
    assert [(one.title, one.number) for one in task.citations] == [(None, "青财预〔2030〕12号")]


TITLES = st.text(alphabet=st.sampled_from("青岩市预算公开办法条例（）〈〉“”、"), min_size=1, max_size=20)


@given(st.lists(TITLES, max_size=4))
def test_every_span_begins_with_its_title(titles: list[str]) -> None:
    text = "，".join(f"《{title}》" for title in titles)
    for one in find_citations(fold(text), NOBODY, {}):
        assert text[one.span.start : one.span.end].startswith(f"《{one.title}》")
