"""Printed numbers, headings, and what stands over a task."""

from __future__ import annotations

import pytest

from kg.extract.outline import find_mark, missing_numbers, tidy
from kg.text import fold
from tests.texts import to_extraction

MARKS = [
    pytest.param("一、总体要求", "han_comma 一 总体要求", id="words-and-a-pause-mark"),
    pytest.param("十二、保障措施", "han_comma 十二 保障措施", id="twelve"),
    pytest.param("（一）公开财政信息", "han_bracket （一） 公开财政信息", id="words-in-brackets"),
    pytest.param("(一) 公开财政信息", "han_bracket （一） 公开财政信息", id="half-width-brackets"),
    pytest.param("1.公开预算", "arabic_dot 1 公开预算", id="arabic-and-a-dot"),
    pytest.param("１．公开预算", "arabic_dot 1 公开预算", id="full-width-arabic"),
    pytest.param("1、公开预算", "arabic_dot 1 公开预算", id="arabic-and-a-pause-mark"),
    pytest.param("（3）公开预算", "arabic_bracket （3） 公开预算", id="arabic-in-brackets"),
    pytest.param("3）公开预算", "arabic_bracket 3） 公开预算", id="arabic-and-a-bracket"),
    pytest.param("①公开预算", "circled ① 公开预算", id="circled"),
    pytest.param("㈠公开预算", "circled ㈠ 公开预算", id="number-in-one-sign"),
    pytest.param("第一章 总则", "chapter 第一章 总则", id="chapter"),
    pytest.param("第二部分 重点任务", "chapter 第二部分 重点任务", id="part"),
    pytest.param("第十二条 各单位应当公开", "article 第十二条 各单位应当公开", id="article"),
    pytest.param("1.2.3 公开预算", "arabic_multi 1.2.3 公开预算", id="three-levels"),
    pytest.param("12.5亿元投资", None, id="an-amount"),
    pytest.param("2031年工作", None, id="a-year"),
    pytest.param("10个部门参加", None, id="a-count"),
    pytest.param("一是公开预算", None, id="firstly"),
    pytest.param("一体推进", None, id="a-word-that-begins-with-one"),
    pytest.param("（试行）", None, id="on-trial"),
    pytest.param("附件1", None, id="annex"),
    pytest.param("第一季度", None, id="quarter"),
    pytest.param("", None, id="nothing"),
]


@pytest.mark.parametrize(("text", "wanted"), MARKS)
def test_a_printed_number(text: str, wanted: str | None) -> None:
    folded = fold(text).text
    mark = find_mark(folded)
    assert (f"{mark.form} {mark.printed} {folded[mark.end :]}" if mark else None) == wanted


@pytest.mark.parametrize(
    ("values", "gaps", "doubled"),
    [([1, 2, 3], [], []), ([1, 3, 4], [2], []), ([1, 2, 2, 4], [3], [2]), ([3, 4], [1, 2], []), ([], [], [])],
)
def test_numbers_left_out_and_doubled(values: list[int], gaps: list[int], doubled: list[int]) -> None:
    assert missing_numbers(values) == (gaps, doubled)


def test_a_heading_loses_the_blanks_that_fill_its_line() -> None:
    assert tidy("第一章　　总  则") == "第一章总则"
    assert tidy("推进 Open Data 工作") == "推进 Open Data 工作"


# --- what stands over a task ------------------------------------------------------------------------

TITLE = "2031年青岩市政务公开工作要点\n\n"
UNIT = "（责任单位：市财政局）"


def _paths(text: str) -> list[tuple[str | None, list[str]]]:
    return [(task.number, [section.heading for section in task.path]) for task in to_extraction(TITLE + text).tasks]


PATHS = [
    pytest.param(f"一、公开信息\n（一）公开预算。{UNIT}\n", [("（一）", ["一、公开信息"])], id="one-level"),
    pytest.param(
        f"一、公开信息\n（一）公开财政信息\n1.公开预算的编制依据和结果。{UNIT}\n2.公开决算的编制依据和结果。{UNIT}\n",
        [("1", ["一、公开信息", "（一）公开财政信息"]), ("2", ["一、公开信息", "（一）公开财政信息"])],
        id="two-levels",
    ),
    pytest.param(
        f"一、公开信息\n1.公开预算的编制依据和结果。{UNIT}\n二、回应关切\n2.答复每一封群众来信来函。{UNIT}\n",
        [("1", ["一、公开信息"]), ("2", ["二、回应关切"])],
        id="numbered-through",
    ),
    pytest.param(
        f"一、公开信息\n（一）公开财政信息\n1.公开预算的编制依据和结果。{UNIT}\n二、回应关切\n答复每一封群众来信来函。{UNIT}\n",
        [("1", ["一、公开信息", "（一）公开财政信息"]), (None, ["二、回应关切"])],
        id="an-outer-heading-ends-the-inner-one",
    ),
    pytest.param(f"第一章 总则\n第一条 公开预算的编制依据和结果。{UNIT}\n", [("第一条", ["第一章总则"])], id="chapter-and-article"),
    pytest.param(
        f"一、公开信息\n（一）加强公开。各单位公开预算。{UNIT}\n", [("（一）", ["一、公开信息"])], id="a-run-in-title-stays-in-the-text"
    ),
    pytest.param(
        f"1 公开信息\n1.1 公开预算的编制依据和结果。{UNIT}\n2 回应关切\n2.1 答复每一封群众来信来函。{UNIT}\n",
        [("1.1", ["1 公开信息"]), ("2.1", ["2 回应关切"])],
        id="counted-in-two-parts",
    ),
    pytest.param(
        f"1.公开信息\n1.1 公开预算的编制依据和结果。{UNIT}\n1.2 公开决算。{UNIT}\n2.回应关切\n2.1 答复来信。{UNIT}\n",
        [("1.1", ["1.公开信息"]), ("1.2", ["1.公开信息"]), ("2.1", ["2.回应关切"])],
        id="counted-in-two-parts-with-a-stop",
    ),
    pytest.param(
        f"1 公开信息\n1.1 财政信息\n1.1.1 公开预算的编制依据。{UNIT}\n1.1.2 公开决算的说明。{UNIT}\n"
        f"1.2 教育信息\n1.2.1 公开招生计划。{UNIT}\n"
        f"2 回应关切\n2.1 群众来信\n2.1.1 答复每一封来信。{UNIT}\n",
        [
            ("1.1.1", ["1 公开信息", "1.1 财政信息"]),
            ("1.1.2", ["1 公开信息", "1.1 财政信息"]),
            ("1.2.1", ["1 公开信息", "1.2 教育信息"]),
            ("2.1.1", ["2 回应关切", "2.1 群众来信"]),
        ],
        id="counted-in-three-parts",
    ),
    pytest.param(
        f"一、公开信息{UNIT}\n1.公开预算的编制依据和结果。\n2.公开决算的编制依据和结果。\n",
        [("1", ["一、公开信息"]), ("2", ["一、公开信息"])],
        id="a-heading-without-the-bracket-behind-it",
    ),
    pytest.param(
        f"一、公开信息{UNIT}\n1.公开预算。\n2.公开决算。\n二、回应关切（责任单位：市信访局）\n3.答复来信。\n4.公布电话。\n",
        [("1", ["一、公开信息"]), ("2", ["一、公开信息"]), ("3", ["二、回应关切"]), ("4", ["二、回应关切"])],
        id="items-count-on-under-the-next-heading",
    ),
    pytest.param(
        f"一、公开信息\n1.公开预算。{UNIT}\n附件\n\n重点河段包片责任表\n\n序号\t工作任务\t责任单位\t完成时限\n1\t疏浚河道\t市水利局\t6月底前\n2\t修缮步道\t市城管局\t8月底前\n",
        [("1", ["一、公开信息"]), ("1", []), ("2", [])],
        id="the-table-of-an-annex-stands-under-no-heading-of-the-text",
    ),
    pytest.param(f"公开预算。{UNIT}\n", [(None, [])], id="no-heading"),
]


@pytest.mark.parametrize(("text", "wanted"), PATHS)
def test_the_headings_over_a_task(text: str, wanted: list[tuple[str | None, list[str]]]) -> None:
    assert _paths(text) == wanted


# --- what is a task, and what only a statement -----------------------------------------------------------

ITEMS = [
    pytest.param(f"一、公开信息\n（一）公开预算。{UNIT}\n", ["公开预算。"], [], id="item"),
    pytest.param(f"一、公开信息\n（一）公开财政信息。公开预算。{UNIT}\n", ["公开财政信息。公开预算。"], [], id="run-in-title"),
    pytest.param(f"一、公开信息\n公开预算。{UNIT}\n", ["公开预算。"], [], id="paragraph"),
    pytest.param("一、公开信息\n各单位要加强组织领导。\n", [], ["各单位要加强组织领导。"], id="no-unit-no-task"),
    pytest.param(
        f"一、公开信息\n（一）公开预算。{UNIT}公开决算。（责任单位：市审计局）\n",
        ["公开预算。", "公开决算。"],
        [],
        id="two-brackets-two-tasks",
    ),
    pytest.param(
        f"一、公开信息\n1.公开预算，说明编制依据。\n按时公开决算，并作出说明。{UNIT}\n",
        ["公开预算，说明编制依据。按时公开决算，并作出说明。"],
        [],
        id="the-bracket-closes-the-next-paragraph",
    ),
    pytest.param(
        f"一、公开信息\n1.公开本级部门预算和三公经费，说明编制的\n依据和执行结果。{UNIT}\n",
        ["公开本级部门预算和三公经费，说明编制的依据和执行结果。"],
        [],
        id="a-broken-line-is-healed",
    ),
    pytest.param(f"一、公开信息\n1.公开预算，说明编制依据。\n{UNIT}\n", ["公开预算，说明编制依据。"], [], id="bracket-on-its-own-line"),
]


@pytest.mark.parametrize(("text", "tasks", "statements"), ITEMS)
def test_tasks_and_statements(text: str, tasks: list[str], statements: list[str]) -> None:
    extraction = to_extraction(TITLE + text)
    assert [task.text for task in extraction.tasks] == tasks
    assert [one.text for plan in extraction.plans for one in plan.statements] == statements


def test_a_gap_in_the_printed_numbers_is_told() -> None:
    text = TITLE + "".join(f"{number}.公开第{number}批预算信息。{UNIT}\n" for number in (1, 2, 4, 5))
    assert "tasks.gap" in [issue.code for issue in to_extraction(text).issues]


def test_a_document_without_tasks_says_so() -> None:
    assert "tasks.none" in [issue.code for issue in to_extraction(TITLE + "一、公开信息\n各单位要加强组织领导。\n").issues]


MODALITIES = [
    pytest.param("应当公开预算。", "must", id="ought"),
    pytest.param("各单位要公开预算。", "must", id="must"),
    pytest.param("不得收取费用。", "must_not", id="must-not"),
    pytest.param("鼓励公开预算。", "encourage", id="encouraged"),
    pytest.param("探索公开预算。", "explore", id="explored"),
    pytest.param("公开预算。", "plain", id="plain"),
    pytest.param("公开率不得低于60%。", "plain", id="a-measure-is-no-ban"),
    pytest.param("明确要求和应用范围。", "plain", id="words-that-hold-the-sign"),
]


@pytest.mark.parametrize(("text", "wanted"), MODALITIES)
def test_how_strictly_a_task_obliges(text: str, wanted: str) -> None:
    (task,) = to_extraction(f"{TITLE}一、公开信息\n（一）{text}{UNIT}\n").tasks
    assert task.modality == wanted
