"""What is drawn on paper for the tests of PDF files, and how it reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.readers.draft import Draft, DraftParagraph
from kg.readers.pdf import draft_pdf
from tests.readers.papers import HEIGHT, WIDTH, Cell, Paper

# Invented, in the manner of a plan: two lines and a half each.
PROSE = (
    "推进松溪水库改造和青石镇河道清淤，完善雨水管网监测，健全社区食堂运营办法，"
    "年内建成数字档案一期，开放图书馆分馆六处，培训网格员三百人次以上。"
)
OTHER = (
    "建立老城片区危旧房屋台账，逐户开展安全评估，对鉴定为危房的制定加固方案并限期完成，"
    "同步改造周边公交站点和绿道，方便群众出行和日常休憩活动。"
)
Draw = Callable[[Paper], None]


def read(path: Path, draw: Draw, size: tuple[float, float] = (WIDTH, HEIGHT)) -> Draft:
    """The draft of what `draw` puts on paper."""
    paper = Paper(path, size=size)
    draw(paper)
    paper.save()
    return draft_pdf(path)


def paragraphs(draft: Draft) -> list[tuple[str, str]]:
    """Alignment and text of each paragraph."""
    return [(item.align, "".join(line.text for line in item.lines)) for item in draft.items if isinstance(item, DraftParagraph)]


def plain(*texts: str) -> list[tuple[str, str]]:
    return [("", text) for text in texts]


def two_paragraphs(paper: Paper) -> None:
    paper.prose(PROSE)
    paper.prose(OTHER)


XS = (60.0, 130.0, 170.0, 400.0, 480.0, 540.0)
HEADER: list[Cell] = [(0, column, 1, 1, text) for column, text in enumerate(("类别", "序号", "工作任务", "责任单位", "时限"))]


def row(row: int, number: str, task: str, unit: str = "县水利局", due: str = "6月底", *, group: str | None = None) -> list[Cell]:
    """The cells of one row; with a `group`, even an empty one, also its first cell."""
    first: list[Cell] = [] if group is None else [(row, 0, 1, 1, group)]
    return [*first, (row, 1, 1, 1, number), (row, 2, 1, 1, task), (row, 3, 1, 1, unit), (row, 4, 1, 1, due)]


def heights(top: float, *rows: float) -> list[float]:
    ys = [top]
    for height in rows:
        ys.append(ys[-1] + height)
    return ys


def over_pages(paper: Paper) -> None:
    """A group reaches over the page, and the header is printed again."""
    paper.table(
        XS,
        heights(600, 30, 60, 60),
        [*HEADER, (1, 0, 2, 1, "管网"), *row(1, "1", "改造管网"), *row(2, "2", "清淤河道。")],
    )
    paper.foot("— 1 —")
    paper.next()
    paper.table(
        XS,
        heights(100, 30, 40, 40),
        [*HEADER, (1, 0, 1, 1, ""), *row(1, "3", "建设泵站"), *row(2, "4", "改造房屋", "县住建局", group="房屋")],
    )
    paper.foot("— 2 —")
