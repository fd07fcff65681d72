"""A table that a file cuts in two: the second part has no header of its own."""

from __future__ import annotations

from dataclasses import replace

from kg.extract import extract
from kg.model import Document, Place, Source
from kg.readers.assemble import assemble
from kg.readers.draft import Draft, DraftCell, DraftParagraph, DraftTable, Line


def _table(*rows: str) -> DraftTable:
    grid = [row.split("|") for row in rows]
    cells = tuple(
        DraftCell(row=at, column=column, lines=(Line(text=text, place=Place(row=at + 1, column=column + 1)),))
        for at, row in enumerate(grid)
        for column, text in enumerate(row)
    )
    return DraftTable(rows=len(grid), columns=len(grid[0]), cells=cells, merges=True)


TITLE = DraftParagraph(lines=(Line(text="青岩市2031年重点工作任务分解表", place=Place(paragraph=1)),), align="center")
HEADING = DraftParagraph(lines=(Line(text="二、提升服务", place=Place(paragraph=2)),))
FIRST = _table("序号|工作任务|责任单位|完成时限", "1|疏浚河道|市水利局|6月底前")


def _document(*items: DraftParagraph | DraftTable) -> Document:
    source = Source(name="table.docx", media_type="", sha256="0" * 64, size=0)
    return assemble(source, Draft(media_type="", items=items))


def _read(*items: DraftParagraph | DraftTable) -> list[tuple[str | None, str, list[str]]]:
    return [(task.number, task.text, [one.name for one in task.assignments]) for task in extract(_document(*items)).tasks]


def test_the_second_part_has_the_columns_of_the_first() -> None:
    second = _table("2|修缮步道|市住建局|9月底前", "3|安装路灯|市城管局|长期坚持")
    assert _read(TITLE, FIRST, HEADING, second) == [
        ("1", "疏浚河道", ["市水利局"]),
        ("2", "修缮步道", ["市住建局"]),
        ("3", "安装路灯", ["市城管局"]),
    ]


def _paths(heading: str, *titles: str) -> list[list[str]]:
    """The paths of the tasks of a table below a heading, with a title in a row of its own before each task but the first."""
    rows: list[tuple[str, ...]] = [("序号", "工作任务", "责任单位"), ("1", "疏浚河道", "市水利局")]
    for title in titles:
        rows += [(title,), ("2", "修缮步道", "市住建局")]
    cells = [
        DraftCell(
            row=at, column=column, column_span=4 - len(row) if len(row) == 1 else 1, lines=(Line(text=text, place=Place(row=at + 1)),)
        )
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    ]
    table = DraftTable(rows=len(rows), columns=3, cells=tuple(cells), merges=True)
    document = _document(TITLE, DraftParagraph(lines=(Line(text=heading, place=Place(paragraph=2)),)), table)
    return [[section.heading for section in task.path] for task in extract(document).tasks]


def test_a_title_in_the_table_ends_the_one_over_it() -> None:
    assert _paths("一、改善环境", "二、提升服务", "三、强化保障") == [["一、改善环境"], ["二、提升服务"], ["三、强化保障"]]
    assert _paths("一、改善环境", "（一）步道") == [["一、改善环境"], ["一、改善环境", "（一）步道"]]
    assert _paths("三、任务分解", "一、改善环境", "二、提升服务") == [
        ["三、任务分解"],
        ["三、任务分解", "一、改善环境"],
        ["三、任务分解", "二、提升服务"],
    ]


def test_the_outer_heading_holds_behind_a_table() -> None:
    lines = [DraftParagraph(lines=(Line(text=text, place=Place(paragraph=2)),)) for text in ("一、改善环境", "（一）河道", "（二）步道")]
    tasks = extract(_document(TITLE, lines[0], lines[1], FIRST, lines[2], FIRST)).tasks
    assert [[section.heading for section in task.path] for task in tasks] == [
        ["一、改善环境", "（一）河道"],
        ["一、改善环境", "（二）步道"],
    ]


def test_a_table_of_something_else_does_not_go_on() -> None:
    contacts = _table("柳某|市水利局|局长|00000", "王某|市住建局|科长|00001")
    assert _read(TITLE, FIRST, contacts) == [("1", "疏浚河道", ["市水利局"])]
    wider = replace(FIRST, columns=5)
    assert _read(TITLE, FIRST, wider) == _read(TITLE, FIRST) * 2
