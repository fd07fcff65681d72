"""Samples as ledgers: .xlsx with merged cells under a title row, .csv with blanks for what is merged."""

from __future__ import annotations

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from .blocks import ABOVE, LEFT, Grid, Sample, all_rows, spots

THIN = Side(style="thin")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def render_csv(sample: Sample) -> str:
    """The title on a row of its own, then the table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for grid in _grids(sample):
        rows = all_rows(grid)
        writer.writerow([sample.spec["title"], *[""] * (len(rows[0]) - 1)])
        writer.writerows([["" if cell in (ABOVE, LEFT) else cell for cell in row] for row in rows])
    return out.getvalue()


def render_xlsx(sample: Sample) -> bytes:
    """A workbook of one sheet: a merged title row, the header, the rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "工作台账"
    [grid] = _grids(sample)
    width = len(grid.pages[0].header)
    sheet.cell(row=1, column=1, value=sample.spec["title"]).font = Font(name="黑体", size=18)
    sheet.cell(row=1, column=1).alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    for spot in spots(all_rows(grid)):
        top, left = spot.row + 2, spot.column + 1
        number = spot.column == 0 and spot.text.isdigit()
        cell = sheet.cell(row=top, column=left, value=int(spot.text) if number else spot.text or None)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if spot.row == 0 else None)
        cell.font = Font(name="黑体" if spot.row == 0 else "宋体", size=11)
        cell.border = FRAME
        if spot.rows > 1 or spot.columns > 1:
            sheet.merge_cells(start_row=top, start_column=left, end_row=top + spot.rows - 1, end_column=left + spot.columns - 1)
    for index, part in enumerate(grid.widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = part * 1.4
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _grids(sample: Sample) -> list[Grid]:
    return [block for block in sample.blocks if isinstance(block, Grid)]
