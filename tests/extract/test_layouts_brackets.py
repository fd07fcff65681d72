"""Brackets that say who owes an item where others have none: at its head, behind the title that is run into it."""

from __future__ import annotations

import pytest

from tests.texts import show_task, to_extraction

TITLE = "澄湖区2031年重点工作实施方案\n\n一、改善环境\n"

ITEMS = [
    pytest.param(
        "1.【区水利局牵头，区城管局配合】疏浚入湖河道，9月底前完成。\n2.（责任单位：区住建局）修缮环湖步道。\n",
        ["1 疏浚入湖河道，9月底前完成。 | L区水利局 S区城管局 | 2031-09-30", "2 修缮环湖步道。 | R区住建局 | "],
        id="at-the-head",
    ),
    pytest.param(
        "1.【牵头单位：区水利局；完成时限：9月底前】疏浚入湖河道。\n2.【区住建局牵头】修缮环湖步道。（完成时限：8月底前）\n",
        ["1 疏浚入湖河道。 | L区水利局 | 2031-09-30", "2 修缮环湖步道。 | L区住建局 | 2031-08-31"],
        id="with-a-time",
    ),
    pytest.param(
        "【区水利局牵头，区城管局配合】疏浚入湖河道，9月底前完成。\n【区住建局牵头】修缮环湖步道，安装路灯。\n",
        ["- 疏浚入湖河道，9月底前完成。 | L区水利局 S区城管局 | 2031-09-30", "- 修缮环湖步道，安装路灯。 | L区住建局 | "],
        id="of-a-paragraph-without-a-number",
    ),
    pytest.param(
        "（一）【区水利局牵头】整治水环境\n1.疏浚入湖河道，9月底前完成。\n2.清理湖面垃圾。\n",
        ["1 疏浚入湖河道，9月底前完成。 | L区水利局 | 2031-09-30", "2 清理湖面垃圾。 | L区水利局 | "],
        id="of-a-heading",
    ),
    pytest.param(
        "1.整治水环境。【区水利局牵头】疏浚入湖河道12公里，清理湖面漂浮垃圾，9月底前完成。\n"
        "2.修缮步道（区住建局牵头）。安装路灯90盏，铺设透水砖，更换破损的栏杆。\n",
        [
            "1 整治水环境。疏浚入湖河道12公里，清理湖面漂浮垃圾，9月底前完成。 | L区水利局 | 2031-09-30",
            "2 修缮步道。安装路灯90盏，铺设透水砖，更换破损的栏杆。 | L区住建局 | ",
        ],
        id="behind-a-run-in-title",
    ),
    pytest.param(
        "1.（试点先行）疏浚入湖河道。（责任单位：区水利局）\n2.【重点】修缮环湖步道。（责任单位：区住建局）\n",
        ["1 （试点先行）疏浚入湖河道。 | R区水利局 | ", "2 【重点】修缮环湖步道。 | R区住建局 | "],
        id="that-say-something-else",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), ITEMS)
def test_brackets_that_do_not_stand_at_the_end(text: str, wanted: list[str]) -> None:
    assert [show_task(task) for task in to_extraction(TITLE + text).tasks] == wanted
