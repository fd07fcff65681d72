"""Who and when, wherever items of running text print it: brackets, label lines, bare lists; and how broken pages print it."""

from __future__ import annotations

import pytest

from tests.texts import show_task, to_document, to_extraction

TITLE = "青岩市2031年重点工作实施方案\n\n一、改善城乡环境\n"


def _read(text: str) -> list[str]:
    return [show_task(task) for task in to_extraction(TITLE + text).tasks]


def _statements(text: str) -> list[str]:
    return [one.text for plan in to_extraction(TITLE + text).plans for one in plan.statements]


# --- lines below an item ---------------------------------------------------------------------------------

ITEM = "1.疏浚城区三条河道，清运沿岸垃圾。"

LABEL_LINES = [
    pytest.param(
        "牵头单位：市水利局\n责任单位：市城管局、各镇街\n完成时限：10月底前\n",
        "L市水利局 R市城管局 R各镇街 | 2031-10-31",
        id="who-then-when",
    ),
    pytest.param("完成时限：10月底前\n责任单位：市水利局\n", "R市水利局 | 2031-10-31", id="when-then-who"),
    pytest.param("责任领导：柳某\n责任单位：市水利局\n完成时限：年底前\n", "R市水利局 | 2031-12-31", id="a-person-first"),
    pytest.param("责任单位：市水利局\n责任领导：柳某\n", "R市水利局 | ", id="a-person-last"),
    pytest.param("责任单位：市水利局\n完成时限：年底前\n责任领导：柳某\n", "R市水利局 | 2031-12-31", id="a-person-behind-the-time"),
    pytest.param("包保县领导：柳某\n牵头单位：市水利局\n", "L市水利局 | ", id="a-person-of-the-county"),
    pytest.param("联络员：柳某\n责任单位：市水利局\n", "R市水利局 | ", id="a-person-to-call"),
    pytest.param("责任单位：市水利局；完成时限：长期坚持\n", "R市水利局 | standing", id="both-on-one-line"),
    pytest.param("责任单位：市水利局　　完成时限：9月底前\n", "R市水利局 | 2031-09-30", id="both-a-gap-apart"),
    pytest.param("责任单位：市水利局、\n市城管局\n完成时限：年底前\n", "R市水利局 R市城管局 | 2031-12-31", id="a-list-over-two-lines"),
    pytest.param("时间要求：年底前\n责任主体：各镇街\n", "R各镇街 | 2031-12-31", id="other-names-of-both"),
    pytest.param("承办单位：市水利局（牵头）、各镇街\n办结时限：年底前\n", "L市水利局 R各镇街 | 2031-12-31", id="as-orders-name-them"),
    pytest.param("整改期限：年底前\n责任单位：市水利局\n", "R市水利局 | 2031-12-31", id="a-term-to-put-right"),
    pytest.param("责任单位：市水利局\n配合单位：市城管局\n", "R市水利局 S市城管局 | ", id="who-and-with-whom"),
]


@pytest.mark.parametrize(("lines", "wanted"), LABEL_LINES)
def test_label_lines_below_an_item(lines: str, wanted: str) -> None:
    following = "2.修缮沿河步道。\n责任单位：市住建局\n"
    assert _read(f"{ITEM}\n{lines}{following}") == [
        f"1 疏浚城区三条河道，清运沿岸垃圾。 | {wanted}",
        "2 修缮沿河步道。 | R市住建局 | ",
    ]


# --- brackets ----------------------------------------------------------------------------------------------

BRACKETS = [
    pytest.param("——市水利局牵头，市城管局配合，4月底前完成", "L市水利局 S市城管局 | 2031-04-30", id="behind-a-dash"),
    pytest.param("（6月底前完成，市水利局牵头）", "L市水利局 | 2031-06-30", id="time-then-lead"),
    pytest.param("（2032年3月底前，市水利局牵头，市城管局配合）", "L市水利局 S市城管局 | 2032-03-31", id="time-lead-support"),
    pytest.param("（上半年完成，市水利局牵头，市城管局及各镇街配合）", "L市水利局 S市城管局 S各镇街 | 2031-06-30", id="half-year-first"),
    pytest.param("（9月底前，责任单位：市水利局）", "R市水利局 | 2031-09-30", id="time-before-a-label"),
    pytest.param("（9月底前；责任单位：市水利局）", "R市水利局 | 2031-09-30", id="time-and-a-semicolon-before-a-label"),
    pytest.param("（市水利局牵头，市城管局配合，2031年8月底前完成）", "L市水利局 S市城管局 | 2031-08-31", id="time-last"),
    pytest.param("（市水利局、市城管局，持续推进）", "R市水利局 R市城管局 | standing", id="standing-behind-a-bare-list"),
    pytest.param("（市水利局负责，年底前完成）", "R市水利局 | 2031-12-31", id="time-behind-in-charge"),
    pytest.param("（市水利局；年底前完成）", "R市水利局 | 2031-12-31", id="time-behind-a-semicolon"),
    pytest.param("（责任领导：柳某；牵头单位：市水利局）", "L市水利局 | ", id="a-person-then-the-lead"),
    pytest.param("（牵头单位：市水利局；责任领导：柳某；完成时限：7月15日前）", "L市水利局 | 2031-07-15", id="a-person-between"),
    pytest.param("（责任单位：市水利局；完成时限：11月底前）", "R市水利局 | 2031-11-30", id="labels-of-both"),
    pytest.param(
        "（市水利局牵头，年底前完成；市城管局配合，长期坚持）", "L市水利局 S市城管局 | 2031-12-31 standing", id="a-time-for-each-role"
    ),
    pytest.param("（第三季度完成，市水利局负责）", "R市水利局 | 2031-09-30", id="quarter-first"),
    pytest.param("（长期坚持，市水利局负责）", "R市水利局 | standing", id="standing-first"),
    pytest.param("（2031.6.30前，市水利局负责）", "R市水利局 | 2031-06-30", id="dotted-day-first"),
    pytest.param("（10月底前，市水利局、市城管局）", "R市水利局 R市城管局 | 2031-10-31", id="time-before-a-bare-list"),
    pytest.param("（责任单位：市水利局 完成时限：10月底前）", "R市水利局 | 2031-10-31", id="labels-a-gap-apart"),
    pytest.param("（责任单位：市水利局，10月底前完成）", "R市水利局 | 2031-10-31", id="time-without-a-label-behind-a-label"),
    pytest.param("【责任单位：市水利局】", "R市水利局 | ", id="black-brackets"),
    pytest.param("（责任单位∶市水利局）", "R市水利局 | ", id="a-ratio-sign-for-the-colon"),
    pytest.param("（市不动产登记中心牵头，市水利局配合）", "L市不动产登记中心 S市水利局 | ", id="a-name-with-not-in-it"),
    pytest.param("（市老年大学、市青少年活动中心负责）", "R市老年大学 R市青少年活动中心 | ", id="names-with-year-in-them"),
    pytest.param("（此项工作由市水利局负责落实）", "R市水利局 | ", id="words-before-the-name"),
    # without a word
    pytest.param("（市水利局、市城管局、各镇街）", "R市水利局 R市城管局 R各镇街 | ", id="bare-list"),
    pytest.param("（市水利局）", "R市水利局 | ", id="bare-name"),
]


@pytest.mark.parametrize(("bracket", "wanted"), BRACKETS)
def test_a_bracket_behind_an_item(bracket: str, wanted: str) -> None:
    assert _read(ITEM + bracket + "\n") == [f"1 疏浚城区三条河道，清运沿岸垃圾。 | {wanted}"]


@pytest.mark.parametrize(
    "bracket",
    [
        pytest.param("（不再由市水利局负责）", id="no-longer"),
        pytest.param("（已由市水利局落实）", id="done-already"),
        pytest.param("（含市水利局所属码头）", id="a-thing-of-a-unit"),
        pytest.param("（2031年6月底前完成）", id="a-time-alone"),
    ],
)
def test_a_bracket_that_names_nobody(bracket: str) -> None:
    assert _read(f"{ITEM}{bracket}\n") == []


# --- the first of a list leads, where a remark says so ------------------------------------------------------

FIRST_LEADS = [
    pytest.param("排在第一位的为牵头单位", "L市水利局 R市城管局", id="the-first-place"),
    pytest.param("列首位的单位为牵头单位", "L市水利局 R市城管局", id="head-of-the-list"),
    pytest.param("列第一位的为牵头单位，其他为配合单位", "L市水利局 S市城管局", id="the-others-support"),
    pytest.param("排名第一的为牵头单位，其余单位均为配合单位", "L市水利局 S市城管局", id="all-the-rest-support"),
]


@pytest.mark.parametrize(("remark", "wanted"), FIRST_LEADS)
@pytest.mark.parametrize(
    "form",
    [
        pytest.param("{title}\n（责任单位中{remark}）\n\n一、改善环境\n1.疏浚河道。（责任单位：{units}）\n", id="under-the-title"),
        pytest.param("{title}\n\n现将分工明确如下，{remark}。\n一、改善环境\n1.疏浚河道。（{units}）\n", id="in-the-preamble"),
        pytest.param("{title}\n\n一、改善环境\n1.疏浚河道。（责任单位：{units}。{remark}，下同）\n", id="in-the-bracket"),
    ],
)
def test_a_remark_on_the_first_of_a_list(form: str, remark: str, wanted: str) -> None:
    title = "青岩市2031年重点工作任务分工"
    extraction = to_extraction(form.format(title=title, remark=remark, units="市水利局、市城管局"))
    assert [plan.title.value for plan in extraction.plans] == [title]
    assert [show_task(task) for task in extraction.tasks] == [f"1 疏浚河道。 | {wanted} | "]


# --- numbers -------------------------------------------------------------------------------------------------

NUMBERS = [
    pytest.param(
        "①疏浚河道。（市水利局）\n②修缮步道。（市住建局）\n", ["① 疏浚河道。 | R市水利局 | ", "② 修缮步道。 | R市住建局 | "], id="circled"
    ),
    pytest.param(
        "⑴疏浚河道。（市水利局）\n⑵修缮步道。（市住建局）\n⑶栽植行道树。（市林业局）\n",
        ["⑴ 疏浚河道。 | R市水利局 | ", "⑵ 修缮步道。 | R市住建局 | ", "⑶ 栽植行道树。 | R市林业局 | "],
        id="in-small-brackets",
    ),
    pytest.param(
        "1.2032年底前建成滨河公园。（市城管局）\n2.6月底前修缮步道。（市住建局）\n",
        ["1 2032年底前建成滨河公园。 | R市城管局 | 2032-12-31", "2 6月底前修缮步道。 | R市住建局 | 2031-06-30"],
        id="a-time-right-behind-the-number",
    ),
    pytest.param(
        "1.1疏浚河道。（市水利局）\n1.2修缮步道。（市住建局）\n",
        ["1.1 疏浚河道。 | R市水利局 | ", "1.2 修缮步道。 | R市住建局 | "],
        id="of-two-levels",
    ),
    pytest.param(
        "（1）疏浚河道；（市水利局负责）（2）修缮步道。（市住建局负责）\n",
        ["（1） 疏浚河道 | R市水利局 | ", "（2） 修缮步道。 | R市住建局 | "],
        id="two-on-one-line",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), NUMBERS)
def test_the_numbers_of_items(text: str, wanted: list[str]) -> None:
    assert _read(text) == wanted


# --- what is no time and no measure ----------------------------------------------------------------------------

TIMES = [
    pytest.param("改造1998年底前建成的住宅小区", [], id="when-a-thing-was-built"),
    pytest.param("清理2020年以前立项的工程", [], id="before-a-year"),
    pytest.param("总结今年以来的治水经验", [], id="since-this-year"),
    pytest.param("公布自2029年以来的水质", [], id="since-a-year"),
    pytest.param("改造1998年底前建成的小区，2031年9月底前完工", ["2031-09-30"], id="a-scope-beside-a-time"),
    pytest.param("2030年底前开工的泵站6月底前完工", ["2031-06-30"], id="when-a-thing-began-and-when-it-is-due"),
    pytest.param("及时清运垃圾，6月20日前清完", ["2031-06-20"], id="promptly-beside-a-day"),
]


@pytest.mark.parametrize(("text", "wanted"), TIMES)
def test_the_times_of_an_item(text: str, wanted: list[str]) -> None:
    (task,) = to_extraction(f"{TITLE}1.{text}。（市水利局）\n").tasks
    assert [str(one.date) for one in task.deadlines] == wanted


MEASURES = [
    pytest.param("放流虾苗6万尾，打下木桩310根", ["=60000尾", "=310根"], id="shrimp-and-posts"),
    pytest.param("增设座椅70组，接入探头1.5万路，梳理事项30类", ["=70组", "=15000路", "=30类"], id="sets-lines-kinds"),
    pytest.param("督促占地3000平方米以上的工地装围挡", [], id="how-large-the-sites-are"),
    pytest.param("化解60人以上的大班额", [], id="how-large-the-classes-are"),
    pytest.param("关停年产30万吨以下的砖厂", [], id="how-small-the-works-are"),
    pytest.param("年产值2000万元以上企业入库不少于20家", [">=20家"], id="how-large-the-firms-are-beside-how-many"),
    pytest.param("实现河长巡查“6个100%”", [], id="a-slogan"),
    pytest.param("深化“最多跑一次”改革", [], id="a-slogan-with-once"),
    pytest.param("垃圾清运率不低于95%", [">=95%"], id="at-least"),
    pytest.param("督促占地3000平方米以上的工地装围挡，覆盖率不低于90%", [">=90%"], id="a-size-beside-an-aim"),
    pytest.param("颗粒物不高于60微克/立方米", ["<=60微克/立方米"], id="a-ratio"),
    pytest.param("植树不少于2万株", [">=20000株"], id="ten-thousands"),
]


@pytest.mark.parametrize(("text", "wanted"), MEASURES)
def test_the_measures_of_an_item(text: str, wanted: list[str]) -> None:
    (task,) = to_extraction(f"{TITLE}1.{text}。（市水利局）\n").tasks
    assert [f"{one.op}{one.value:g}{one.unit}" for one in task.measures] == wanted


# --- broken lines, broken pages, lines run together -----------------------------------------------------------------

BROKEN = [
    pytest.param(
        "1.疏浚城区三条河道，清运沿岸垃圾，定期公布\n- 4 -\n各河段的水质。（责任单位：市水利局）\n",
        ["1 疏浚城区三条河道，清运沿岸垃圾，定期公布各河段的水质。 | R市水利局 | "],
        id="a-sentence-cut-by-a-page",
    ),
    pytest.param(
        "1.疏浚城区三条河道。（责\n- 4 -\n责任单位：市水利局、市城管局）\n",
        ["1 疏浚城区三条河道。 | R市水利局 R市城管局 | "],
        id="a-character-printed-on-both-pages",
    ),
    pytest.param(
        "1.疏浚城区三条河道。（责任单\n位：市水利局、市城管局）\n2.修缮步道。（市住建局）\n",
        ["1 疏浚城区三条河道。 | R市水利局 R市城管局 | ", "2 修缮步道。 | R市住建局 | "],
        id="a-bracket-cut-in-a-word",
    ),
    pytest.param(
        "1.疏浚城区三条河道。（牵头单位：市水利局；配合单位：市城\n管局、各镇街）\n",
        ["1 疏浚城区三条河道。 | L市水利局 S市城管局 S各镇街 | "],
        id="a-bracket-cut-in-a-name",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), BROKEN)
def test_what_a_page_cuts(text: str, wanted: list[str]) -> None:
    assert _read(text) == wanted


LONG = "组织专业队伍逐段清淤护岸并且公布每个河段的水质情况，对沿河排污口逐一登记编号溯源整治销号管理，" * 3


ONE_LINE = (
    f"一、治理水体1.疏浚河道，{LONG}年底前完成。（市水利局）2.修缮步道，{LONG}完善照明。（市住建局）"
    f"二、绿化道路1.栽植乔木，{LONG}做好管护。（市林业局）"
)


def test_a_whole_plan_on_one_line_is_read_as_its_paragraphs() -> None:
    text = f"青岩市2031年重点工作实施方案\n{ONE_LINE}\n"
    assert len(to_document(text).blocks) == 6
    tasks = to_extraction(text).tasks
    assert [(task.number, task.path[0].heading, task.text[:4]) for task in tasks] == [
        ("1", "一、治理水体", "疏浚河道"),
        ("2", "一、治理水体", "修缮步道"),
        ("1", "二、绿化道路", "栽植乔木"),
    ]
    assert [[one.name for one in task.assignments] for task in tasks] == [["市水利局"], ["市住建局"], ["市林业局"]]
