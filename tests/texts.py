"""Short texts as documents, for tests that need no file."""

from __future__ import annotations

from kg.extract import extract
from kg.model import Document, Extraction, Place, Source, Task
from kg.readers.assemble import assemble
from kg.readers.draft import Draft, DraftCell, DraftParagraph, DraftTable, Line
from kg.readers.text import draft_plain

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def to_document(text: str, *, markdown: bool = False) -> Document:
    """The document that a .txt file with this text is read into."""
    source = Source(name="text.txt", media_type="text/plain", sha256="0" * 64, size=len(text.encode()))
    return assemble(source, draft_plain(text, markdown=markdown))


def to_extraction(text: str) -> Extraction:
    return extract(to_document(text))


PLAN = """\
青岩市2031年政务公开工作要点

一、公开重点领域信息
（一）公开财政信息。{item}
"""


def to_plan(item: str) -> Extraction:
    """A plan of 2031 with one numbered item."""
    return to_extraction(PLAN.format(item=item))


def to_table(rows: str, *, merges: bool = True, title: str = "2031年青岩市政务公开工作任务分解表") -> Document:
    """A document with one table: a line a row, cells apart by |; < joins a cell to the left one, ^ to the upper one."""
    grid = [[cell.strip() for cell in row.split("|")] for row in rows.strip().splitlines()]
    width = max(map(len, grid))
    cells = []
    for at, row in enumerate(grid):
        for column, text in enumerate(row):
            if text in {"<", "^"}:
                continue
            down, right = 1, 1
            while at + down < len(grid) and grid[at + down][column] == "^":
                down += 1
            while column + right < len(row) and row[column + right] == "<":
                right += 1
            place = Place(table=1, row=at + 1, column=column + 1)
            lines = tuple(Line(text=part, place=place) for part in text.split("/") if part)
            cells.append(DraftCell(row=at, column=column, row_span=down, column_span=right, lines=lines))
    table = DraftTable(rows=len(grid), columns=width, cells=tuple(cells), merges=merges)
    heading = DraftParagraph(lines=(Line(text=title, place=Place(paragraph=1)),), align="center")
    source = Source(name="table.docx", media_type=_DOCX, sha256="0" * 64, size=0)
    return assemble(source, Draft(media_type=_DOCX, items=(heading, table)))


def show_task(task: Task) -> str:
    """A task in one line: number, text, units with the first letter of their roles, times."""
    units = " ".join(one.role[0].upper() + one.name for one in task.assignments)
    times = " ".join(str(one.date) if one.kind == "fixed" else one.kind for one in task.deadlines)
    return f"{task.number or '-'} {task.text} | {units} | {times}"
