"""Drafts as short values that a test can write down."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from kg.readers.draft import Draft, DraftParagraph, DraftTable


def texts(draft: Draft) -> list[str]:
    """Each item as text: a paragraph's lines between slashes, a table's cells by their places."""
    return [words(item) if isinstance(item, DraftParagraph) else str(cells(item)) for item in draft.items]


def words(item: DraftParagraph | DraftTable) -> str:
    """The lines of a paragraph, between slashes."""
    assert isinstance(item, DraftParagraph)
    return "/".join(line.text for line in item.lines)


def cells(item: DraftParagraph | DraftTable) -> dict[tuple[int, ...], str]:
    """The text of each cell of a table by row and column, with its spans where it has any."""
    assert isinstance(item, DraftTable)
    found = {}
    for cell in item.cells:
        spans = (cell.row_span, cell.column_span) if (cell.row_span, cell.column_span) != (1, 1) else ()
        found[cell.row, cell.column, *spans] = "/".join(line.text for line in cell.lines)
    return found


def pack(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return data.getvalue()
