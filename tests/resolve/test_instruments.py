"""What a citation means: numbers and titles in every printed form, and what a document says of its own citations."""

from __future__ import annotations

import pytest

from kg.model import Citation, Edition, Instrument, InstrumentIdentity, Jurisdiction, Span
from kg.resolve.instrument_names import agree, guess_kind, number_key, title_key, title_name
from kg.resolve.instruments import find_unknown_editions, instrument_key, resolve_instruments
from kg.resolve.registry import Registry, is_replaced, load_registry

REGISTRY = load_registry()
TAIERZHUANG = Jurisdiction(name="台儿庄区", code="370405", full_name="山东省枣庄市台儿庄区")

FOI = "中华人民共和国政府信息公开条例"

# --- names -----------------------------------------------------------------------------------------------------------

NUMBERS = [
    ("国务院令第711号", "国务院令第711号"),
    ("中华人民共和国国务院令第711号", "国务院令第711号"),
    ("国务院第711号令", "国务院令第711号"),
    ("国令第711号", "国务院令第711号"),
    ("国务院令 第 711 号", "国务院令第711号"),
    ("国务院令第七百一十一号", "国务院令第711号"),
    ("主席令第四十六号", "主席令第46号"),
    ("中华人民共和国主席令第一一四号", "主席令第114号"),
    ("国家主席令第114号", "主席令第114号"),
    ("农业农村部令2021年第3号", "农业农村部令2021年第3号"),
    ("市场监管总局令第45号", "国家市场监督管理总局令第45号"),
    ("国家发改委令第16号", "国家发展和改革委员会令第16号"),
    ("省政府令第336号", "山东省人民政府令第336号"),
    ("省人民政府令第336号", "山东省人民政府令第336号"),
    ("山东省政府令第336号", "山东省人民政府令第336号"),
    ("市政府令第3号", "枣庄市人民政府令第3号"),
    ("区政府令第3号", "台儿庄区人民政府令第3号"),
    ("县政府令第3号", ""),
    ("国办发[2019]54号", "国办发〔2019〕54号"),
    ("国办发（2019）第054号", "国办发〔2019〕54号"),
    ("国办发〔2019〕 54号", "国办发〔2019〕54号"),
    ("GB/T 9704-2012", "GB/T9704-2012"),
    ("GB/T9704—2012", "GB/T9704-2012"),
    ("国家税务总局公告2021年第5号", "国家税务总局公告2021年第5号"),
]


@pytest.mark.parametrize(("printed", "expected"), [pytest.param(*row, id=row[0]) for row in NUMBERS])
def test_one_form_of_a_number(printed: str, expected: str) -> None:
    assert number_key(printed, TAIERZHUANG.full_name) == expected


def test_whose_order_it_is_stays_open_without_a_place() -> None:
    assert number_key("省政府令第336号") == ""


TITLES = [
    (FOI, "政府信息公开条例"),
    ("《政府信息公开条例》", "政府信息公开条例"),
    ("政府信息公开条例（2019年修订）", "政府信息公开条例"),
    ("政府信息公开条例（修订）", "政府信息公开条例"),
    ("国务院关于进一步贯彻实施《中华人民共和国行政处罚法》的通知", "国务院关于进一步贯彻实施行政处罚法的通知"),
    ("中共中央、国务院关于打赢脱贫攻坚战的决定", "中共中央国务院关于打赢脱贫攻坚战的决定"),
    ("“无废城市”建设试点工作方案", "无废城市建设试点工作方案"),
    ("全民健身计划（2021—2025年）", "全民健身计划（2021-2025年）"),
    ("环境信息公开办法（试行）", "环境信息公开办法（试行）"),
]


@pytest.mark.parametrize(("printed", "expected"), [pytest.param(*row, id=row[0]) for row in TITLES])
def test_one_form_of_a_title(printed: str, expected: str) -> None:
    assert title_key(printed) == expected


@pytest.mark.parametrize(
    ("title", "inner", "by"),
    [
        ("国务院办公厅关于印发〈政府网站发展指引〉的通知", "政府网站发展指引", "国务院办公厅"),
        ("国务院办公厅关于印发政府网站发展指引的通知", "政府网站发展指引", "国务院办公厅"),
        ("关于印发《政府网站发展指引》的通知", "政府网站发展指引", ""),
        ("云溪市政府办公室转发《政府网站发展指引》的通知", "", ""),
        ("国务院办公厅关于全面实行行政许可事项清单管理的通知", "", ""),
        ("关于做好政务信息发布和解读工作的通知", "", ""),
    ],
)
def test_what_a_notice_prints(title: str, inner: str, by: str) -> None:
    assert (title_name(title).inner, title_name(title).by) == (inner, by)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(
            "关于推进政务新媒体健康有序发展的意见", "国务院办公厅关于推进政务新媒体健康有序发展的意见", True, id="without-the-issuer"
        ),
        pytest.param("2021年政务公开工作要点", "国务院办公厅关于印发2021年政务公开工作要点的通知", True, id="without-the-notice"),
        pytest.param("地方政府债务信息公开办法", "地方政府债务信息公开办法（试行）", True, id="without-the-trial"),
        pytest.param("2020年政务公开工作要点", "国务院办公厅关于印发2021年政务公开工作要点的通知", False, id="another-year"),
        pytest.param("地方政府债务管理办法", "地方政府债务信息公开办法（试行）", False, id="another-matter"),
    ],
)
def test_titles_that_agree(one: str, other: str, expected: bool) -> None:
    assert agree(title_key(one), title_key(other)) is expected


@pytest.mark.parametrize(
    ("title", "number", "kind"),
    [
        ("东陵省政务公开工作规则", "东政发〔2018〕14号", "normative"),
        ("东陵省2021年政务公开工作要点", "东政办发〔2021〕9号", "policy"),
        ("东陵省行政规范性文件管理办法", "东陵省人民政府令第241号", "rule"),
        ("关于国有企业创新驱动高质量发展的十条意见", "鲁发〔2022〕1号", "party"),
        ("关于深化改革的意见", "国发〔2022〕1号", "policy"),
        ("东陵省优化营商环境条例", "", "local-regulation"),
        ("自治区优化营商环境条例", "", "local-regulation"),
        ("商用密码管理条例", "国务院令第9999号", "administrative-regulation"),
        ("中华人民共和国河湖法", "主席令第9号", "law"),
        ("", "GB/T38836-2020", "standard"),
        ("", "鲁政办发〔2021〕5号", "policy"),
    ],
)
def test_the_kind_that_the_words_tell(title: str, number: str, kind: str) -> None:
    assert guess_kind(title, number) == kind


# --- one citation ------------------------------------------------------------------------------------------------------


def _citation(title: str | None, *numbers: str, short_for: str | None = None, at: int = 0) -> Citation:
    return Citation(title=title, number=numbers[0] if numbers else None, numbers=numbers, span=Span(at, at + 1), short_for=short_for)


def _resolved(*citations: Citation, registry: Registry = REGISTRY, year: int | None = 2023) -> list[InstrumentIdentity]:
    found = resolve_instruments(citations, registry, year=year, place=TAIERZHUANG)
    return [found[citation.span] for citation in citations]


def _said(identity: InstrumentIdentity) -> tuple[str, str | None, str | None]:
    return (
        identity.method,
        identity.instrument.title if identity.instrument else None,
        identity.edition.label if identity.edition else None,
    )


ALONE = [
    pytest.param("政府信息公开条例", (), "by-title", FOI, None, id="title-without-the-state"),
    pytest.param(FOI, ("国务院令第711号",), "by-number", FOI, "国务院令第711号", id="title-and-number"),
    pytest.param("政府信息公开条例", ("国令第711号",), "by-number", FOI, "国务院令第711号", id="short-title-and-number"),
    pytest.param("政府信息公开条例", ("国务院令第492号",), "by-edition", FOI, "国务院令第492号", id="number-of-the-older-edition"),
    pytest.param("政府信息公开条例", ("国务院令第492号", "国务院令第711号"), "by-number", FOI, "国务院令第711号", id="both-numbers"),
    pytest.param("政府信息公开条例（2007年）", (), "unresolved", None, None, id="a-year-that-is-no-edition"),
    pytest.param("政府信息公开条例（2007年版）", (), "by-edition", FOI, "国务院令第492号", id="edition-of-a-year"),
    pytest.param("政府信息公开条例（2019修订）", (), "by-edition", FOI, "国务院令第711号", id="revised-in-a-year"),
    pytest.param("政府信息公开条例（修订）", (), "by-title", FOI, None, id="revised-without-a-year"),
    pytest.param("政府信息公开条例（2015年修订）", (), "by-title", FOI, None, id="a-year-without-an-edition"),
    pytest.param("国家危险废物名录（2021年版）", (), "by-edition", "国家危险废物名录", "生态环境部令第15号", id="edition-by-its-own-title"),
    pytest.param(None, ("国务院令第713号",), "by-number", "重大行政决策程序暂行条例", "国务院令第713号", id="number-alone"),
    pytest.param(
        None,
        ("国办发〔2019〕54号",),
        "by-number",
        "国务院办公厅关于全面推进基层政务公开标准化规范化工作的指导意见",
        "国办发〔2019〕54号",
        id="document-number-alone",
    ),
    pytest.param(None, ("GB/T 9704—2012",), "by-number", "党政机关公文格式", "GB/T 9704—2012", id="standard"),
    pytest.param(None, ("国务院令第709号",), "ambiguous", None, None, id="an-act-that-changed-many"),
    pytest.param(None, ("主席令第九号",), "ambiguous", None, None, id="a-presidential-order-alone"),
    pytest.param(
        "行政复议法", ("主席令第九号",), "by-number", "中华人民共和国行政复议法", "主席令第9号", id="a-presidential-order-with-a-title"
    ),
    pytest.param("保密法", (), "by-alias", "中华人民共和国保守国家秘密法", None, id="alias"),
    pytest.param("中国共产党党务公开条例", (), "by-alias", "中国共产党党务公开条例（试行）", None, id="trial-left-out"),
    pytest.param("重大行政决策程序暂行条例（试行）", (), "unresolved", None, None, id="trial-of-what-is-none"),
    pytest.param("政府信息公开条例（征求意见稿）", (), "unresolved", None, None, id="a-draft-is-another-paper"),
    pytest.param(
        "国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知",
        (),
        "by-title",
        "政府信息公开信息处理费管理办法",
        None,
        id="the-notice-that-prints-it",
    ),
    pytest.param(
        "云溪市人民政府办公室关于印发〈政府信息公开信息处理费管理办法〉的通知", (), "unresolved", None, None, id="anothers-notice"
    ),
    pytest.param(
        "关于推进政务新媒体健康有序发展的意见",
        ("国办发〔2018〕123号",),
        "by-number",
        "国务院办公厅关于推进政务新媒体健康有序发展的意见",
        "国办发〔2018〕123号",
        id="without-the-issuer-but-with-the-number",
    ),
    pytest.param("关于推进政务新媒体健康有序发展的意见", (), "unresolved", None, None, id="without-the-issuer"),
    pytest.param(
        "2021年政务公开工作要点",
        ("国办发〔2021〕12号",),
        "by-number",
        "国务院办公厅关于印发2021年政务公开工作要点的通知",
        "国办发〔2021〕12号",
        id="what-a-notice-prints-with-its-number",
    ),
    pytest.param("2021年政务公开工作要点", (), "unresolved", None, None, id="a-title-that-every-province-has"),
    pytest.param(
        "山东省重大行政决策程序规定",
        ("省政府令第336号",),
        "by-number",
        "山东省重大行政决策程序规定",
        "山东省人民政府令第336号",
        id="an-order-of-the-province",
    ),
    pytest.param("优化营商环境条例", ("国务院令第711号",), "contradictory", "优化营商环境条例", None, id="the-number-of-another"),
    pytest.param("河湖管理办法", ("国务院令第711号",), "contradictory", None, None, id="an-unknown-title-with-anothers-number"),
    pytest.param(
        "优化营商环境条例", ("国务院令第9722号",), "by-title", "优化营商环境条例", "国务院令第9722号", id="an-edition-nobody-knows"
    ),
    pytest.param("优化营商环境条例", ("东政发〔2021〕3号",), "by-title", "优化营商环境条例", None, id="a-number-of-another-series"),
    pytest.param(
        "招标投标法实施条例",
        ("国务院令第709号",),
        "by-number",
        "中华人民共和国招标投标法实施条例",
        "国务院令第709号",
        id="the-act-that-changed-it",
    ),
    pytest.param(
        "东陵省政务公开工作规则",
        ("东政发〔2018〕14号",),
        "by-citation",
        "东陵省政务公开工作规则",
        "东政发〔2018〕14号",
        id="its-own-number",
    ),
    pytest.param(None, ("东政发[2018]14号",), "by-citation", "东政发〔2018〕14号", "东政发〔2018〕14号", id="its-own-number-alone"),
    pytest.param("东陵省河湖规定", ("县政府令第3号",), "unresolved", None, None, id="an-order-of-nobody-known"),
    pytest.param("政府工作报告", (), "unresolved", None, None, id="a-title-that-nobody-knows"),
    pytest.param("政府信息公开条列", (), "unresolved", None, None, id="no-likeness"),
]


@pytest.mark.parametrize(("title", "numbers", "method", "instrument", "edition"), ALONE)
def test_a_citation_alone(title: str | None, numbers: tuple[str, ...], method: str, instrument: str | None, edition: str | None) -> None:
    [identity] = _resolved(_citation(title, *numbers))
    assert _said(identity) == (method, instrument, edition)


def test_an_older_edition_can_be_told() -> None:
    older, later = _resolved(_citation(FOI, "国务院令第492号"), _citation(FOI, "国务院令第711号", at=5))
    assert [is_replaced(one.edition) for one in (older, later) if one.edition] == [True, False]


def test_an_edition_that_nobody_knows_is_shown() -> None:
    citations = [_citation("优化营商环境条例", "国务院令第9722号"), _citation(FOI, "国务院令第711号", at=5), _citation(FOI, at=9)]
    issues = list(find_unknown_editions(resolve_instruments(citations, REGISTRY, year=2023)))
    assert [(issue.code, issue.span) for issue in issues] == [("citation.unknown-edition", Span(0, 1))]
    assert "9722" in issues[0].zh
    assert "9722" in issues[0].en


# --- citations of one document -------------------------------------------------------------------------------------------

RULES = "东陵省政务公开工作规则"
NOTICE = "云溪市人民政府办公室关于印发〈云溪市政策解读工作规程〉的通知"

TOGETHER = [
    pytest.param(
        [(RULES, ("东政发〔2018〕14号",)), (RULES, ())],
        [("by-citation", RULES), ("by-document", RULES)],
        id="a-title-printed-with-its-number-before",
    ),
    pytest.param([(RULES, ()), (RULES, ("东政发〔2018〕14号",))], [("by-document", RULES), ("by-citation", RULES)], id="or-after"),
    pytest.param(
        [(RULES, ("东政发〔2018〕14号",)), (None, ("东政发〔2018〕14号",))],
        [("by-citation", RULES), ("by-document", RULES)],
        id="a-number-printed-with-its-title",
    ),
    pytest.param(
        [(NOTICE, ("云政办发〔2020〕18号",)), ("云溪市政策解读工作规程", ())],
        [("by-citation", NOTICE), ("by-document", NOTICE)],
        id="what-the-notice-prints",
    ),
    pytest.param(
        [(RULES, ("东政发〔2018〕14号",)), (RULES, ("东政发〔2022〕6号",)), (RULES, ())],
        [("by-citation", RULES), ("by-citation", RULES), ("ambiguous", None)],
        id="two-numbers-of-one-title",
    ),
    pytest.param(
        [("云溪市政府网站管理细则", ("云政办发〔2019〕33号", "云政办发〔2021〕7号")), (None, ("云政办发〔2021〕7号",))],
        [("by-citation", "云溪市政府网站管理细则"), ("by-document", "云溪市政府网站管理细则")],
        id="two-numbers-in-one-bracket",
    ),
    pytest.param(
        [("行政复议法", ("主席令第九号",)), (None, ("主席令第九号",))],
        [("by-number", "中华人民共和国行政复议法"), ("by-document", "中华人民共和国行政复议法")],
        id="a-presidential-order-that-the-document-explains",
    ),
    pytest.param([(RULES, ()), (RULES, ())], [("unresolved", None), ("unresolved", None)], id="a-title-that-nobody-explains"),
    pytest.param(
        [("优化营商环境条例", ("国务院令第711号",)), (None, ("国务院令第711号",))],
        [("contradictory", "优化营商环境条例"), ("by-number", FOI)],
        id="a-contradiction-teaches-nothing",
    ),
]


@pytest.mark.parametrize(("printed", "expected"), TOGETHER)
def test_citations_together(printed: list[tuple[str | None, tuple[str, ...]]], expected: list[tuple[str, str | None]]) -> None:
    citations = [_citation(title, *numbers, at=5 * at) for at, (title, numbers) in enumerate(printed)]
    assert [_said(identity)[:2] for identity in _resolved(*citations)] == expected


def test_one_number_is_one_instrument_throughout_the_document() -> None:
    first, again, bare = _resolved(
        _citation(RULES, "东政发〔2018〕14号"), _citation(RULES, at=5), _citation(None, "东政发[2018]14号", at=9)
    )
    assert first.instrument is again.instrument
    assert first.instrument is bare.instrument
    assert (first.edition, again.edition, bare.edition) == (
        Edition(number="东政发〔2018〕14号"),
        None,
        Edition(number="东政发〔2018〕14号"),
    )


def test_a_title_with_two_numbers_means_neither_edition_alone() -> None:
    [identity] = _resolved(_citation("云溪市政府网站管理细则", "云政办发〔2019〕33号", "云政办发〔2021〕7号"))
    assert identity.edition is None
    assert identity.instrument
    assert [edition.number for edition in identity.instrument.editions] == ["云政办发〔2019〕33号", "云政办发〔2021〕7号"]


SHORT = [
    pytest.param([("政府信息公开条例", ())], ("by-document", FOI, None), id="its-title"),
    pytest.param([("政府信息公开条例", ("国务院令第711号",))], ("by-document", FOI, "国务院令第711号"), id="its-title-and-number"),
    pytest.param([("政府信息公开条例", ("国务院令第711号",)), (FOI, ("国务院令第492号",))], ("by-document", FOI, None), id="two-numbers"),
    pytest.param([], ("by-document", FOI, None), id="nothing-else"),
]


@pytest.mark.parametrize(("printed", "expected"), SHORT)
def test_a_short_name_leads_to_its_title(printed: list[tuple[str, tuple[str, ...]]], expected: tuple[str, str | None, str | None]) -> None:
    others = [_citation(title, *numbers, at=5 * at + 5) for at, (title, numbers) in enumerate(printed)]
    identity = _resolved(_citation("条例", short_for="政府信息公开条例"), *others)[0]
    assert _said(identity) == expected


def test_a_short_name_of_what_only_the_document_knows() -> None:
    first, short = _resolved(_citation(RULES, "东政发〔2018〕14号"), _citation("规则", short_for=RULES, at=5))
    assert _said(short) == ("by-document", RULES, "东政发〔2018〕14号")
    assert first.instrument is short.instrument


# --- several instruments of one name ----------------------------------------------------------------------------------------


def _work(title: str, day: str, *aliases: str) -> Instrument:
    return Instrument(title=title, kind="policy", aliases=aliases, editions=(Edition(number="", promulgated=day),), source="甲")


TWO = Registry(
    instruments=(_work("河湖规划（2016—2020年）", "2016-03-01", "河湖规划"), _work("河湖规划（2021—2025年）", "2021-03-01", "河湖规划"))
)


@pytest.mark.parametrize(
    ("year", "method", "title"),
    [
        pytest.param(2018, "by-alias", "河湖规划（2016—2020年）", id="the-later-one-did-not-exist"),
        pytest.param(2023, "ambiguous", None, id="both-existed"),
        pytest.param(None, "ambiguous", None, id="no-year"),
        pytest.param(2010, "ambiguous", None, id="neither-existed"),
    ],
)
def test_a_name_of_two(year: int | None, method: str, title: str | None) -> None:
    [identity] = _resolved(_citation("河湖规划"), registry=TWO, year=year)
    assert _said(identity)[:2] == (method, title)


# --- what an instrument is known by -----------------------------------------------------------------------------------------


def test_what_only_a_citation_tells_of_is_known_by_its_number_in_every_document() -> None:
    [titled] = _resolved(_citation(RULES, "东政发〔2018〕14号"))
    [bare] = _resolved(_citation(None, "东政发[2018]14号"))
    assert titled.instrument
    assert bare.instrument
    assert instrument_key(titled.instrument) == instrument_key(bare.instrument) == "东政发〔2018〕14号"


def test_what_the_registry_knows_is_known_by_its_title() -> None:
    assert len({instrument_key(instrument) for instrument in REGISTRY.instruments}) == len(REGISTRY.instruments)
