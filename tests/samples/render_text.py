"""Samples as plain text, in the forms that conversion leaves: paragraphs, tabs, a cell a line, all in one line; Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from .blocks import ABOVE, LEFT, Grid, Item, Line, Page, Sample

PAGE_LENGTH = 620  # characters on a page of running text
CELL_PAGE = 3  # in every third page of the one-cell-a-line form a cell is cut


def render_running(sample: Sample) -> str:
    """Paragraphs between blank lines; every page break cuts the paragraph that it falls into."""
    out: list[str] = []
    on_page = 0
    page = 1
    for paragraph in _paragraphs(sample):
        on_page += len(paragraph)
        if on_page < PAGE_LENGTH or len(paragraph) < 40:
            out.append(paragraph)
            continue
        cut = _cut(paragraph, len(out))
        foot = [f"— {page} —"] if sample.spec.get("page_numbers") else []
        out += [paragraph[:cut], *foot, paragraph[cut:]]
        page += 1
        on_page = len(paragraph) - cut
    return "\n\n".join(["", *out, ""])


def _cut(paragraph: str, turn: int) -> int:
    """Where a page break falls: in turn inside the sentence, inside the name of a unit, inside the word 责任."""
    bracket = max(paragraph.rfind("（"), paragraph.rfind("("))
    if turn % 3 == 0 and paragraph[bracket + 1 :].startswith("责任"):
        return bracket + 2
    start = bracket + 8 if turn % 3 == 1 and len(paragraph) - bracket > 16 else len(paragraph) * 3 // 5
    for cut in range(start, len(paragraph) - 3):
        if all("一" <= char <= "鿿" for char in paragraph[cut - 2 : cut + 2]):
            return cut
    return len(paragraph) // 2


def _paragraphs(sample: Sample) -> Iterator[str]:
    """Every paragraph of running text as printed."""
    for block in sample.blocks:
        if isinstance(block, Line):
            if block.kind != "break":
                yield block.marker + block.text
        elif isinstance(block, Item):
            yield from item_paragraphs(block)
        else:
            raise TypeError("running text has no tables")


def item_paragraphs(item: Item) -> Iterator[str]:
    """An item as printed, and its units where they stand in a paragraph of their own."""
    yield item.marker + "".join(segment.text + ("" if segment.own_line else segment.owed) for segment in item.segments)
    yield from (segment.owed for segment in item.segments if segment.own_line)


def render_tabs(sample: Sample) -> str:
    """Paragraphs, and tables as rows of cells with tabs between; the header is printed on every page."""
    out = []
    for block in sample.blocks:
        if isinstance(block, Grid):
            out += [_tab_page(page) for page in block.pages]
        elif isinstance(block, Item):
            out += list(item_paragraphs(block))
        elif block.kind != "break":
            out.append(block.marker + block.text)
    return "\n\n".join(["", *out, ""])


def _tab_page(page: Page) -> str:
    return "\n".join("\t".join(_shown(cell) for cell in row) for row in (page.header, *page.rows))


def _shown(cell: str) -> str:
    return "" if cell in (ABOVE, LEFT) else cell


def render_cells(sample: Sample) -> str:
    """Paragraphs, and tables with one cell a line: a tab in front, an empty line between rows."""
    out = []
    for block in sample.blocks:
        if isinstance(block, Grid):
            out += [_cell_page(page, index, block.text_column) for index, page in enumerate(block.pages)]
        elif isinstance(block, Line) and block.kind != "break":
            out.append(block.marker + block.text)
    return "\n\n".join(["", *out, ""])


def _cell_page(page: Page, index: int, text_column: int) -> str:
    rows = [tuple(cell for cell in page.header if cell != LEFT), *page.rows]
    printed = []
    for number, row in enumerate(rows):
        cells = [_shown(cell) for cell in row]
        if index % CELL_PAGE == 1 and number == len(rows) // 2:
            cut = _cut(cells[text_column], 2)
            cells[text_column] = f"{cells[text_column][:cut]}\n\n{cells[text_column][cut:]}"
        printed.append("\n".join(f"\t{cell}" for cell in cells))
    return "\n\n".join(printed) + "\n"


def render_inline(sample: Sample) -> str:
    """Title and number on a line, the notice on the next, the whole plan on one more."""
    lines = ["", "", ""]
    for block in sample.blocks:
        if isinstance(block, Item):
            lines[2] += "".join(item_paragraphs(block))
        elif isinstance(block, Line):
            if block.kind in ("agency", "open"):
                continue
            first = block.kind in ("number", "title") and not lines[1]
            past_notice = bool(lines[2]) or (block.kind == "title" and bool(lines[1]))
            lines[0 if first else 2 if past_notice else 1] += block.marker + block.text
    return "\n".join([*lines, ""])


def render_markdown(sample: Sample) -> str:
    """Headings with #, tables with pipes; a merged cell is empty."""
    marks = {"title": "# ", "h1": "## ", "h2": "### "}
    out = []
    for block in sample.blocks:
        if isinstance(block, Grid):
            out.append(_pipe_table(block))
        elif isinstance(block, Line) and block.kind != "break":
            out.append(marks.get(block.kind, "") + block.marker + block.text)
    return "\n\n".join(out) + "\n"


def _pipe_table(grid: Grid) -> str:
    page = grid.pages[0]
    rows = [page.header, tuple("---" for _ in page.header), *page.rows]
    return "\n".join("| " + " | ".join(_shown(cell) for cell in row) + " |" for row in rows)
