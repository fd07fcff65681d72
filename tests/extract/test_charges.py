"""Lines that say who owes several items, wherever they stand, and the items that they mean."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Place, Source
from kg.readers.assemble import assemble
from kg.readers.draft import Draft, DraftParagraph, Line
from tests.texts import show_task, to_extraction

TITLE = "青岩市2031年重点工作实施方案\n\n"


def _read(text: str) -> list[str]:
    return [show_task(task) for task in to_extraction(TITLE + text).tasks]


THREE = "1.疏浚河道。\n2.修缮步道。\n3.改造路口。\n"

LINES = [
    pytest.param(
        "一、市水利局（2项）\n1.疏浚河道。\n2.修缮堤防，9月底前完成。（配合单位：市城管局）\n二、市教育局、市体育局\n3.开放场馆。\n",
        [
            "1 疏浚河道。 | R市水利局 | ",
            "2 修缮堤防，9月底前完成。 | S市城管局 L市水利局 | 2031-09-30",
            "3 开放场馆。 | R市教育局 R市体育局 | ",
        ],
        id="units-that-are-headings",
    ),
    pytest.param(
        "各部分下列任务由该单位牵头。\n一、市水利局（2项）\n1.疏浚河道。（完成时限：9月底前）\n2.修缮堤防。\n二、市教育局（1项）\n1.开放场馆。\n",
        ["1 疏浚河道。 | L市水利局 | 2031-09-30", "2 修缮堤防。 | L市水利局 | ", "1 开放场馆。 | L市教育局 | "],
        id="units-that-are-headings-lead",
    ),
    pytest.param(
        "一、牵头单位：市水利局（2项）\n1.疏浚河道。（9月底前完成）\n2.修缮堤防。（配合单位：市城管局）\n二、牵头单位：市教育局\n1.开放场馆。\n",
        ["1 疏浚河道。 | L市水利局 | 2031-09-30", "2 修缮堤防。 | S市城管局 L市水利局 | ", "1 开放场馆。 | L市教育局 | "],
        id="units-with-their-label-that-are-headings",
    ),
    pytest.param(
        "【市水利局】\n1.疏浚河道。\n2.修缮堤防。（市城管局配合）\n【市教育局】\n1.开放场馆。\n",
        ["1 疏浚河道。 | R市水利局 | ", "2 修缮堤防。 | S市城管局 L市水利局 | ", "1 开放场馆。 | R市教育局 | "],
        id="units-in-boxes-that-are-headings",
    ),
    pytest.param(
        "一、改善环境\n1.市水利局：牵头疏浚河道，6月底前完成。\n2.市财政局、市审计局：拨付资金。（配合单位：市城管局）\n",
        ["1 牵头疏浚河道，6月底前完成。 | L市水利局 | 2031-06-30", "2 拨付资金。 | R市财政局 R市审计局 S市城管局 | "],
        id="units-that-begin-their-items",
    ),
    pytest.param(
        "市水利局：\n1.疏浚河道。\n2.清运垃圾。\n市城管局：\n1.修缮步道。\n",
        ["1 疏浚河道。 | R市水利局 | ", "2 清运垃圾。 | R市水利局 | ", "1 修缮步道。 | R市城管局 | "],
        id="units-over-items-without-a-number",
    ),
    pytest.param(
        f"一、改善环境\n{THREE}以上任务由市水利局牵头，市城管局配合。\n",
        ["1 疏浚河道。 | L市水利局 S市城管局 | ", "2 修缮步道。 | L市水利局 S市城管局 | ", "3 改造路口。 | L市水利局 S市城管局 | "],
        id="all-of-a-part",
    ),
    pytest.param(
        f"一、改善环境\n{THREE}以上1—2项由市水利局牵头，第3项由市交通局负责。\n",
        ["1 疏浚河道。 | L市水利局 | ", "2 修缮步道。 | L市水利局 | ", "3 改造路口。 | R市交通局 | "],
        id="some-each",
    ),
    pytest.param(
        f"第1至2项由市水利局牵头；第3项由市交通局负责。\n一、改善环境\n{THREE}",
        ["1 疏浚河道。 | L市水利局 | ", "2 修缮步道。 | L市水利局 | ", "3 改造路口。 | R市交通局 | "],
        id="before-all-of-them",
    ),
    pytest.param(
        f"一、改善环境\n{THREE}二、明确分工\n市水利局牵头负责第1至2项，市交通局负责第3项。\n",
        ["1 疏浚河道。 | L市水利局 | ", "2 修缮步道。 | L市水利局 | ", "3 改造路口。 | R市交通局 | "],
        id="a-part-of-its-own",
    ),
    pytest.param(
        "一、改善环境\n1.疏浚河道。\n2.修缮步道。以上两项由市水利局牵头。\n3.改造路口。上述工作由市交通局负责。\n",
        ["1 疏浚河道。 | L市水利局 | ", "2 修缮步道。 | L市水利局 | ", "3 改造路口。 | R市交通局 | "],
        id="at-the-end-of-an-item",
    ),
    pytest.param(
        "一、改善环境\n1.疏浚河道。\n2.修缮步道。\n（以上两项责任单位：市水利局）\n3.改造路口。（责任单位：市交通局）\n",
        ["1 疏浚河道。 | R市水利局 | ", "2 修缮步道。 | R市水利局 | ", "3 改造路口。 | R市交通局 | "],
        id="in-a-bracket",
    ),
    pytest.param(
        "一、改善环境\n（一）整治河道\n以下任务由市水利局牵头：\n1.疏浚河道。\n2.清运垃圾。\n（二）修缮步道\n3.逐段修缮。（责任单位：市城管局）\n",
        ["1 疏浚河道。 | L市水利局 | ", "2 清运垃圾。 | L市水利局 | ", "3 逐段修缮。 | R市城管局 | "],
        id="below-a-line-to-the-next-heading",
    ),
    pytest.param(
        "一、改善环境\n本部分由市水利局牵头。\n（一）整治河道\n1.疏浚河道。\n（二）修缮步道\n2.逐段修缮。\n二、便利出行\n3.改造路口。此项由市交通局负责。\n",
        ["1 疏浚河道。 | L市水利局 | ", "2 逐段修缮。 | L市水利局 | ", "3 改造路口。 | R市交通局 | "],
        id="a-part-with-parts",
    ),
    pytest.param(
        "第一章 环境\n第一条 疏浚河道。\n第二条 修缮步道。\n本章各条由规划科负责。\n第二章 出行\n第三条 改造路口。本条由交通科负责。",
        ["第一条 疏浚河道。 | R规划科 | ", "第二条 修缮步道。 | R规划科 | ", "第三条 改造路口。 | R交通科 | "],
        id="articles",
    ),
    pytest.param(
        "1 改善环境\n1.1 疏浚河道，年底前完成。\n1.2 修缮步道。\n1.1—1.2项由市水利局牵头。\n2 便利出行\n2.1 改造路口。此项由市交通局牵头。",
        ["1.1 疏浚河道，年底前完成。 | L市水利局 | 2031-12-31", "1.2 修缮步道。 | L市水利局 | ", "2.1 改造路口。 | L市交通局 | "],
        id="numbers-of-two-steps",
    ),
    pytest.param(
        "一、由市水利局牵头的任务（2项）\n1.疏浚河道。\n2.修缮步道。（配合单位：市城管局）\n二、市交通局负责的任务\n3.改造路口。\n",
        ["1 疏浚河道。 | L市水利局 | ", "2 修缮步道。 | S市城管局 L市水利局 | ", "3 改造路口。 | R市交通局 | "],
        id="headings-that-say-who",
    ),
    pytest.param(
        f"一、改善环境（责任单位：市水利局牵头，市城管局配合；完成时限：6月底前）\n{THREE}二、便利出行\n1.增设标线。（责任单位：市交通局）\n",
        [
            "1 疏浚河道。 | L市水利局 S市城管局 | 2031-06-30",
            "2 修缮步道。 | L市水利局 S市城管局 | 2031-06-30",
            "3 改造路口。 | L市水利局 S市城管局 | 2031-06-30",
            "1 增设标线。 | R市交通局 | ",
        ],
        id="a-bracket-behind-a-heading",
    ),
    pytest.param(
        "一、改善环境（牵头单位：市水利局）\n1.疏浚河道。\n2.修缮步道。（责任单位：市城管局）\n",
        ["1 疏浚河道。 | L市水利局 | ", "2 修缮步道。 | R市城管局 L市水利局 | "],
        id="a-bracket-behind-a-heading-over-an-item-with-its-own",
    ),
    pytest.param(
        "一、改善环境\n（一）整治河道（市水利局牵头）\n（二）修缮步道（市城管局牵头）\n",
        ["（一） 整治河道 | L市水利局 | ", "（二） 修缮步道 | L市城管局 | "],
        id="a-short-item-with-nothing-under-it",
    ),
    pytest.param(
        "一、改善环境\n（一）年底前疏浚河道，整治河岸，并清运两岸堆积的建筑垃圾；对淤积的河段逐段清理。（市水利局牵头）\n1.疏浚河道。\n2.清运垃圾。\n",
        ["（一） 年底前疏浚河道，整治河岸，并清运两岸堆积的建筑垃圾；对淤积的河段逐段清理。 | L市水利局 | 2031-12-31"],
        id="a-sentence-with-a-bracket-is-no-heading",
    ),
    pytest.param(
        "一、改善环境\n（一）整治河道\n责任单位：市水利局\n完成时限：6月底前\n1.疏浚河道。\n2.清运垃圾。\n（二）修缮步道\n责任单位：市城管局\n",
        ["1 疏浚河道。 | R市水利局 | 2031-06-30", "2 清运垃圾。 | R市水利局 | 2031-06-30", "（二） 修缮步道 | R市城管局 | "],
        id="lines-under-a-heading-over-its-items",
    ),
    pytest.param(
        "一、改善环境\n1.疏浚河道\n2.修缮步道\n以上由市水利局负责\n",
        ["1 疏浚河道 | R市水利局 | ", "2 修缮步道 | R市水利局 | "],
        id="short-items-are-no-headings",
    ),
    pytest.param(
        "一、改善环境\n1.整治河道：\n（1）疏浚河道。\n（2）清运垃圾。\n2.修缮步道。\n以上1、2项由市水利局牵头。\n",
        ["（1） 疏浚河道。 | L市水利局 | ", "（2） 清运垃圾。 | L市水利局 | ", "2 修缮步道。 | L市水利局 | "],
        id="an-item-over-others",
    ),
    pytest.param(
        "一、改善环境\n（一）整治河道\n1.疏浚河道。\n2.清运垃圾。\n（二）修缮步道\n逐段修缮城区步道五处。\n以上（一）至（二）项由市水利局牵头。\n",
        ["1 疏浚河道。 | L市水利局 | ", "2 清运垃圾。 | L市水利局 | ", "- 逐段修缮城区步道五处。 | L市水利局 | "],
        id="headings",
    ),
    pytest.param(
        "一、改善环境\n1.疏浚河道。\n重点清理淤泥，确保行洪安全。\n2.修缮步道。\n以上2项由市水利局牵头。\n",
        ["1 疏浚河道。重点清理淤泥，确保行洪安全。 | L市水利局 | ", "2 修缮步道。 | L市水利局 | "],
        id="an-item-that-goes-on",
    ),
    pytest.param(
        "一、改善环境\n1.疏浚河道。（责任单位：市财政局）\n2.修缮步道。（牵头单位：市城管局）\n以上各项由市水利局牵头，各责任单位配合。\n",
        ["1 疏浚河道。 | R市财政局 L市水利局 | ", "2 修缮步道。 | L市城管局 | "],
        id="their-own-brackets-come-first",
    ),
    pytest.param(
        "一、改善环境\n年底前疏浚城区三条河道。\n此项工作由市水利局负责。\n二、便利出行\n改造五处路口，增设标线。\n上述工作由市交通局负责。\n",
        ["- 年底前疏浚城区三条河道。 | R市水利局 | 2031-12-31", "- 改造五处路口，增设标线。 | R市交通局 | "],
        id="paragraphs-without-numbers",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), LINES)
def test_a_line_about_several_items(text: str, wanted: list[str]) -> None:
    assert _read(text) == wanted


SAYS_NOBODY = [
    pytest.param(f"一、改善环境\n{THREE}以上任务由各责任单位负责落实。\n", id="nobody-by-name"),
    pytest.param(f"一、改善环境\n{THREE}本方案由市水利局负责解释。\n", id="who-explains-the-plan"),
    pytest.param(f"一、改善环境\n{THREE}以上7—9项由市水利局负责。\n", id="numbers-that-are-not-there"),
]


@pytest.mark.parametrize("text", SAYS_NOBODY)
def test_a_line_that_charges_nobody_stays_a_statement(text: str) -> None:
    extraction = to_extraction(TITLE + text)
    assert extraction.tasks == ()
    assert extraction.plans[0].statements[-1].text == text.splitlines()[-1]


@pytest.mark.parametrize(
    "headings",
    [
        pytest.param(["产业园区", "美丽乡村"], id="that-only-end-like-units"),
        pytest.param(["市水利局", "改善环境", "市城管局"], id="another-among-units"),
        pytest.param(["市水利局"], id="one-alone"),
    ],
)
def test_headings_that_charge_nobody(headings: list[str]) -> None:
    text = "".join(f"{'一二三'[at]}、{heading}\n{at + 1}.疏浚河道。\n" for at, heading in enumerate(headings))
    assert _read(text) == []


def test_such_a_line_is_no_part_of_a_text_and_no_statement() -> None:
    extraction = to_extraction(f"{TITLE}一、改善环境\n{THREE}以上1—3项由市水利局牵头。\n其余要求另行通知各有关单位。\n")
    assert extraction.tasks[-1].text == "改造路口。"
    assert [one.text for one in extraction.plans[0].statements] == ["其余要求另行通知各有关单位。"]


# --- notes at the foot of a page ---------------------------------------------------------------------------


def _noted(*paragraphs: str) -> list[str]:
    """The tasks of a plan of these paragraphs, those with an asterisk being the notes of the one before."""
    items = tuple(
        DraftParagraph(lines=(Line(text=text.lstrip("*"), place=Place(paragraph=at)),), note=text.startswith("*"))
        for at, text in enumerate(("青岩市2031年重点工作实施方案", *paragraphs), 1)
    )
    source = Source(name="notes.docx", media_type="application/octet-stream", sha256="0" * 64, size=0)
    return [show_task(task) for task in extract(assemble(source, Draft(media_type=source.media_type, items=items))).tasks]


NOTES = [
    pytest.param(
        ("一、改善环境", "1.疏浚河道。", "*责任单位：市水利局。", "2.修缮步道。", "*由市城管局牵头，市财政局配合。"),
        ["1 疏浚河道。 | R市水利局 | ", "2 修缮步道。 | L市城管局 S市财政局 | "],
        id="of-an-item",
    ),
    pytest.param(
        ("一、改善环境", "*责任单位：市水利局。", "1.疏浚河道。", "2.修缮步道。", "二、便利出行", "3.改造路口。（责任单位：市交通局）"),
        ["1 疏浚河道。 | R市水利局 | ", "2 修缮步道。 | R市水利局 | ", "3 改造路口。 | R市交通局 | "],
        id="of-a-heading",
    ),
    pytest.param(
        (
            "第一章 改善环境",
            "*本章第一条至第二条由规划科牵头。",
            "第一条 疏浚河道。",
            "第二条 修缮步道。",
            "第三条 清运垃圾。",
            "*水利科、城管科",
        ),
        ["第一条 疏浚河道。 | L规划科 | ", "第二条 修缮步道。 | L规划科 | ", "第三条 清运垃圾。 | R水利科 R城管科 | "],
        id="of-a-chapter-with-numbers",
    ),
    pytest.param(
        (
            "一、改善环境",
            "1.疏浚“三河”河道。",
            "*“三河”指青河、岩河、柳河，由市水利局定界。",
            "（责任单位：市水利局）",
            "2.修缮步道。",
            "*含各镇街。",
        ),
        ["1 疏浚“三河”河道。 | R市水利局 | "],
        id="that-explains-a-word",
    ),
]


@pytest.mark.parametrize(("paragraphs", "wanted"), NOTES)
def test_notes_that_say_who(paragraphs: tuple[str, ...], wanted: list[str]) -> None:
    assert _noted(*paragraphs) == wanted
