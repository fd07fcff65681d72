"""Tables that a copy or a conversion flattened to lines of text, made tables again.

Four forms beside those that are drawn (drawn_table.py) or aligned by blanks (spaced_table.py): rows of tab-separated cells, rows
between pipes, one cell a line behind a tab, one cell a line. In all of these a merged cell is an empty one or none at all, a header has
fewer names than the rows have cells, and a table starts again with its header on every page. See docs/notes/merged-cells.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from kg.columns import column_role, is_header
from kg.readers.draft import DraftTable, Line
from kg.readers.drawn_table import read_drawn_table
from kg.readers.flat_cards import read_card_rows
from kg.readers.flat_table import Page, Token, is_number, lists_units, to_table
from kg.readers.spaced_table import read_spaced_table
from kg.rules import pattern
from kg.text import key

Apart = Literal["blanks are cells", "by blanks", "by lines"]  # what tells the cells of a table with a cell a line
_APART: tuple[Apart, ...] = ("blanks are cells", "by blanks", "by lines")
_GLANCE = 150  # lines in which two rows must be seen before the rest is read as a table
_LONGEST_TITLE = 50
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)([^|]+?)(?<=\S)\1")
_RULE = re.compile(r"[\s|:+=\-—–─━]+")


def find_tables(lines: Sequence[Line]) -> Iterator[Line | DraftTable]:
    """The lines in order, with every stretch that is a flattened table given as that table."""
    at = 0
    while at < len(lines):
        drawn = read_drawn_table(lines, at)
        if drawn:
            held, at = drawn
            yield from held if isinstance(held, tuple) else [held]
            continue
        pages, end = _read_pages(lines, at)
        cards = None if pages else read_card_rows(lines, at) or read_spaced_table(lines, at)
        if pages:
            yield to_table(pages)
            at = end
        elif cards:
            table, at = cards
            yield table
        else:
            yield lines[at]
            at += 1


def _read_pages(lines: Sequence[Line], start: int) -> tuple[list[Page], int]:
    """The pages of the table that begins at `start`, and where it ends; none where no table begins there."""
    pages: list[Page] = []
    end = at = start
    while at < len(lines):
        for read in (_read_tab_rows, _read_pipe_rows, _read_tab_cells, _read_cells):
            found = read(lines, at)
            if found is not None:
                break
        else:
            break
        page, end = found
        if pages and not _same_table(pages[-1], page):
            return pages, at
        pages.append(page)
        at = _skip_page_break(lines, end)
    return pages, end


def _same_table(one: Page, other: Page) -> bool:
    names = [frozenset(token.text for token in page.header if token.text) for page in (one, other)]
    return len(names[0] & names[1]) >= max(len(names[0]), len(names[1])) - 1


def _skip_page_break(lines: Sequence[Line], at: int) -> int:
    """The next line with text that is not a page number."""
    while at < len(lines) and (not lines[at].text.strip() or re.fullmatch(r"\s*[-—–]*\s*\d{1,3}\s*[-—–]*\s*", lines[at].text)):
        at += 1
    return at


# --- rows of tab-separated cells ----------------------------------------------------------------------


def _cells_of(line: Line, separator: str) -> tuple[Token, ...]:
    cells = []
    for text in line.text.strip("\r\n").split(separator):
        cells.append(Token((replace(line, text=text.strip()),) if text.strip() else ()))
    return tuple(cells)


def _read_tab_rows(lines: Sequence[Line], start: int) -> tuple[Page, int] | None:
    if lines[start].text.strip("\t").count("\t") < 2:
        return None
    header, at = _tab_header(lines, start)
    if not is_header([token.text for token in header]):
        return None
    rows: list[tuple[Token, ...]] = []
    end = at
    width = len(header)
    while at < len(lines) and not pattern("outline", "note").match(key(lines[at].text)):
        line = lines[at]
        if line.text.count("\t") >= 2 or _starts_row(line):
            cells = _cells_of(line, "\t")
            if is_header([token.text for token in cells]):
                break
            if rows and _continues_row(rows[-1], cells, width):
                rows[-1] = (*rows[-1][:-1], Token(rows[-1][-1].lines + cells[0].lines), *cells[1:])
            else:
                rows.append(cells)
            width = max(width, len(rows[-1]))
        elif rows and line.text.strip() and _continues_row(rows[-1], _cells_of(line, "\t"), width):
            cells = _cells_of(line, "\t")
            rows[-1] = (*rows[-1][:-1], Token(rows[-1][-1].lines + cells[0].lines), *cells[1:])
        elif line.text.strip() and _heads_rows(lines, at):
            rows.append(_cells_of(line, "\t"))
        elif line.text.strip():
            break
        at += 1
        end = at if line.text.strip() else end
    return (Page(header=header, rows=tuple(rows)), end) if rows else None


def _tab_header(lines: Sequence[Line], start: int) -> tuple[tuple[Token, ...], int]:
    """The names of a header, also of one that takes two lines (牵头 over 单位), and the line behind it."""
    upper = _cells_of(lines[start], "\t")
    lower = _cells_of(lines[start + 1], "\t") if start + 1 < len(lines) else ()
    if len(upper) == len(lower) and not lower[0].text and all(len(token.text) <= 6 for token in lower):
        joined = tuple(Token(one.lines + other.lines) for one, other in zip(upper, lower, strict=True))
        if _known(joined) >= _known(upper) and any(token.text for token in lower):
            return joined, start + 2
    return upper, start + 1


def _known(header: Sequence[Token]) -> int:
    return sum(bool(column_role(token.text)) for token in header)


def _starts_row(line: Line) -> bool:
    """A row whose second cell a line break cuts: a number, a tab, the beginning of a sentence."""
    return "\t" in line.text.strip() and is_number(_cells_of(line, "\t")[0])


def _heads_rows(lines: Sequence[Line], at: int) -> bool:
    """A numbered title on a line of its own, with rows below it."""
    text = key(lines[at].text)
    below = next((line for line in lines[at + 1 : at + 4] if line.text.strip()), None)
    mark = pattern("outline", "han_comma").match(text) or pattern("outline", "han_bracket").match(text)
    return bool(mark) and len(text) <= 50 and below is not None and below.text.count("\t") >= 1 and not is_header(below.text.split("\t"))


def _continues_row(row: Sequence[Token], cells: Sequence[Token], width: int) -> bool:
    """A line break inside a cell: the row is short, and the next line neither starts a row nor ends one."""
    return (
        len(row) < width and len(row) + len(cells) - 1 <= width and bool(row[-1].text) and not is_number(cells[0]) and bool(cells[0].text)
    )


# --- rows between pipes ----------------------------------------------------------------------------------


def _read_pipe_rows(lines: Sequence[Line], start: int) -> tuple[Page, int] | None:
    if not _is_pipe_row(lines[start]):
        return None
    header = _pipe_cells(lines[start])
    if not is_header([token.text for token in header]):
        return None
    rows: list[tuple[Token, ...]] = []
    at = end = start + 1
    while at < len(lines) and (_is_pipe_row(lines[at]) or not lines[at].text.strip()):
        if _is_pipe_row(lines[at]):
            cells = _pipe_cells(lines[at])
            if is_header([token.text for token in cells]):
                break
            if not _RULE.fullmatch(lines[at].text):
                rows.append(cells)
            end = at + 1
        elif at + 1 < len(lines) and not _is_pipe_row(lines[at + 1]):
            break
        at += 1
    return (Page(header=header, rows=tuple(rows)), end) if rows else None


def _is_pipe_row(line: Line) -> bool:
    text = line.text.strip()
    return text.count("|") >= 2 and len(text) > 2


def _pipe_cells(line: Line) -> tuple[Token, ...]:
    text = line.text.strip()
    inner = text.removeprefix("|").removesuffix("|")
    return _cells_of(replace(line, text=_EMPHASIS.sub(r"\2", re.sub(r"<br\s*/?>", "", inner))), "|")


# --- one cell a line behind a tab --------------------------------------------------------------------------


def _read_tab_cells(lines: Sequence[Line], start: int) -> tuple[Page, int] | None:
    if not lines[start].text.startswith("\t"):
        return None
    header, at = _header_lines(lines, start)
    if not is_header([token.text for token in header]):
        return None
    rows: list[list[Token]] = []
    end = at
    width = 0
    while at < len(lines):
        line = lines[at]
        text = line.text.strip()
        if line.text.startswith("\t"):
            token = _cells_of(replace(line, text=text), "\t")[0]
            if _begins_page(lines, at, header, rows, width):
                break
            if not rows or (is_number(token) and _row_is_full(lines, at, rows, width)):
                width = max(width, *(len(row) for row in rows)) if rows else 0
                rows.append([])
            elif 0 < width <= len(rows[-1]) and text and _after_blank(lines, at) and not is_number(token):
                break
            rows[-1].append(token)
        elif text:
            if not (rows and rows[-1] and _cell_goes_on(rows[-1][-1], line)):
                break
            rows[-1][-1] = Token((*rows[-1][-1].lines, replace(line, text=text)))
        at += 1
        end = at if text else end
    return (Page(header=tuple(header), rows=tuple(map(tuple, rows))), end) if rows else None


def _begins_page(lines: Sequence[Line], at: int, header: Sequence[Token], rows: Sequence[Sequence[Token]], width: int) -> bool:
    """Whether a header stands here: where a row may begin, or with two names of the first (a cell may read 相关责任单位)."""
    names = {token.text for token in _header_lines(lines, at)[0]}
    if not is_header(tuple(names)):
        return False
    return len(names & {token.text for token in header}) > 1 or not rows or _row_is_full(lines, at, rows, width)


def _row_is_full(lines: Sequence[Line], at: int, rows: Sequence[Sequence[Token]], width: int) -> bool:
    """A number begins a row behind an empty line, or once the row before has all its cells."""
    return _after_blank(lines, at) or (width > 0 and len(rows[-1]) >= width)


def _after_blank(lines: Sequence[Line], at: int) -> bool:
    return at > 0 and not lines[at - 1].text


def _cell_goes_on(token: Token, line: Line) -> bool:
    """A sentence cut in the middle, that the next line without a tab takes up."""
    text = token.text
    if not text or pattern("outline", "opens_block").match(key(line.text)):
        return False
    return text[-1] not in "。！？；：" and (len(text) > 15 or text.count("（") > text.count("）"))


def _header_lines(lines: Sequence[Line], start: int) -> tuple[list[Token], int]:
    """The names that stand behind a tab on a line each from `start` on, and the line behind them."""
    header, at = [], start
    while at < len(lines) and lines[at].text.startswith("\t"):
        text = lines[at].text.strip()
        if text and not column_role(text):
            break
        if text:
            header.append(Token((replace(lines[at], text=text),)))
        at += 1
    return header, at


# --- one cell a line -------------------------------------------------------------------------------------------


def _read_cells(lines: Sequence[Line], start: int) -> tuple[Page, int] | None:
    """Cells a line each, or between lines that hold a pipe alone; a row begins with the next number."""
    if not column_role(lines[start].text.strip("| \t")):
        return None
    for apart in _APART:
        if _cell_rows(lines, start, start + _GLANCE, apart):
            return _cell_rows(lines, start, len(lines), apart)
    return None


def _cell_rows(lines: Sequence[Line], start: int, stop: int, apart: Apart) -> tuple[Page, int] | None:
    if apart == "by blanks":
        tokens, after = _paragraph_tokens(lines, start, stop)
    else:
        tokens, after = _tokens(lines, start, stop, blanks=apart == "blanks are cells")
    names = 0
    while names < len(tokens) and column_role(tokens[names].text):
        names += 1
    if names < 3 or not is_header([token.text for token in tokens[:names]]):
        return None
    header = tokens[:names]
    kept = list(_without_headers(tokens, header))
    rows, used = _split_rows([tokens[at] for at in kept], header)
    if len(rows) < 2 or (apart == "blanks are cells" and not _of_one_width(rows, names)):
        return None
    if apart == "by blanks" and not (any(len(token.lines) > 1 for token in tokens) and all(len(row) in {1, names} for row in rows[:-1])):
        return None
    return Page(header=tuple(header), rows=tuple(rows), broken=apart == "by lines"), after[kept[used - 1]]


def _paragraph_tokens(lines: Sequence[Line], start: int, stop: int) -> tuple[list[Token], list[int]]:
    """The cells where empty lines part them, each of one line or more."""
    tokens: list[Token] = []
    after: list[int] = []
    for at in range(start, min(stop, len(lines))):
        text = lines[at].text.strip("| \t\u3000")
        if not text:
            continue
        line = replace(lines[at], text=text)
        if tokens and lines[at - 1].text.strip():
            tokens[-1] = Token((*tokens[-1].lines, line))
            after[-1] = at + 1
        else:
            tokens.append(Token((line,)))
            after.append(at + 1)
    return tokens, after


def _without_headers(tokens: Sequence[Token], header: Sequence[Token]) -> Iterator[int]:
    """Where the cells stand: all tokens but the header, on this page and on those that follow."""
    names = [token.text for token in header]
    at = 0
    while at < len(tokens):
        if [token.text for token in tokens[at : at + len(names)]] == names:
            at += len(names)
        else:
            yield at
            at += 1


def _of_one_width(rows: Sequence[Sequence[Token]], names: int) -> bool:
    """Whether empty lines are empty cells: with them counted, nearly all rows have as many cells as the header, or a few more."""
    widths = [len(row) for row in rows[:-1] if len(row) > 1]
    common = max(set(widths), key=widths.count)
    empty = any(not token.text for row in rows for token in row)
    return empty and names <= common <= names + 2 and widths.count(common) >= 0.8 * len(widths)


def _tokens(lines: Sequence[Line], start: int, stop: int, *, blanks: bool) -> tuple[list[Token], list[int]]:
    """The cells from `start` to `stop`, and for each the line behind it; two pipes with nothing between are an empty cell,
    and so is an empty line where `blanks` says so."""
    tokens, after, piped = [], [], False
    for at in range(start, min(stop, len(lines))):
        text = lines[at].text.strip()
        if text == "|":
            if piped:
                tokens.append(Token(()))
                after.append(at + 1)
            piped = True
        elif text or blanks:
            tokens.append(Token((replace(lines[at], text=text.strip("| ")),) if text else ()))
            after.append(at + 1)
            piped = False
    return tokens, after


def _split_rows(tokens: Sequence[Token], header: Sequence[Token]) -> tuple[list[tuple[Token, ...]], int]:
    """Rows by the numbers 1, 2, 3 …; what stands behind a row's last column opens the next row."""
    starts, expected = [], None
    for at, token in enumerate(tokens):
        if not is_number(token) or not token.text.strip("（）.、").isdigit():
            continue
        value = int(token.text.strip("（）.、"))
        if expected is None or value == expected:
            starts.append(at)
            expected = value + 1
    if not starts:
        return [], 0
    last = column_role(header[-1].text)
    rows: list[tuple[Token, ...]] = []
    carried, used = list(tokens[: starts[0]]), starts[0]
    for start, stop in zip(starts, [*starts[1:], len(tokens)], strict=True):
        cells = list(tokens[start:stop])
        usual = len(rows[-1]) if rows else 0
        end = _row_end(cells, last, len(header) + 2, usual, final=stop == len(tokens))
        rows += [(token,) for token in carried if _is_heading(token)]
        rows.append((*(token for token in carried if not _is_heading(token)), *cells[:end]))
        carried, used = cells[end:], start + end
    return rows, used


def _is_heading(token: Token) -> bool:
    """A numbered title over the rows below it: 一、…, （一）…."""
    mark = pattern("outline", "han_comma").match(token.text) or pattern("outline", "han_bracket").match(token.text)
    return bool(mark) and len(token.text) <= _LONGEST_TITLE and "。" not in token.text


def _row_end(cells: Sequence[Token], last: str, most: int, usual: int, *, final: bool) -> int:
    """Where the row ends: behind the cell that fits its last column, or with the last cell; the last row is as long as the others."""
    if last not in {"deadline", "responsible", "lead", "support"}:
        return min(len(cells), most) if final else len(cells)
    suits = pattern("columns", "looks_deadline").fullmatch if last == "deadline" else lists_units
    fits = [at for at, cell in enumerate(cells[:most], 1) if at > 2 and suits(cell.text)]
    if final and usual in fits:
        return usual
    return fits[0] if final and fits else fits[-1] if fits else len(cells)
