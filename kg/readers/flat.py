"""Tables that a copy or a conversion flattened to lines of text, made tables again.

Four forms: rows of tab-separated cells, rows between pipes, one cell a line behind a tab, one cell a line. In all of
them a merged cell is an empty one or none at all, a header has fewer names than the rows have cells, and a table
starts again with its header on every page. See docs/notes/merged-cells.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.columns import column_role, is_header
from kg.readers.draft import DraftCell, DraftParagraph, DraftTable, Line
from kg.rules import pattern
from kg.text import key

_SURELY_SHIFTED = 2.0  # how much better other columns must suit a row before its cells are moved
_NAMELESS = {"spare", "bare number"}
_RULE = re.compile(r"[\s|:+=\-—–─━]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A cell's text: its lines, none for an empty cell."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return key("".join(line.text for line in self.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The rows under one printed header."""

    header: tuple[Token, ...]
    rows: tuple[tuple[Token, ...], ...]


def find_tables(lines: Sequence[Line]) -> Iterator[Line | DraftTable]:
    """The lines in order, with every stretch that is a flattened table given as that table."""
    at = 0
    while at < len(lines):
        pages, end = _read_pages(lines, at)
        if pages:
            yield _table(pages)
            at = end
        else:
            yield lines[at]
            at += 1


def _read_pages(lines: Sequence[Line], start: int) -> tuple[list[_Page], int]:
    """The pages of the table that begins at `start`, and where it ends; none where no table begins there."""
    pages: list[_Page] = []
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


def _same_table(one: _Page, other: _Page) -> bool:
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


def _read_tab_rows(lines: Sequence[Line], start: int) -> tuple[_Page, int] | None:
    if lines[start].text.strip("\t").count("\t") < 2:
        return None
    header = _cells_of(lines[start], "\t")
    if not is_header([token.text for token in header]):
        return None
    rows, at, end = [], start + 1, start + 1
    width = len(header)
    while at < len(lines):
        line = lines[at]
        if line.text.count("\t") >= 2:
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
        elif line.text.strip():
            break
        at += 1
        end = at if line.text.strip() else end
    return (_Page(header=header, rows=tuple(rows)), end) if rows else None


def _continues_row(row: Sequence[Token], cells: Sequence[Token], width: int) -> bool:
    """A line break inside a cell: the row is short, and the next line neither starts a row nor ends one."""
    return len(row) < width and len(row) + len(cells) - 1 <= width and bool(row[-1].text) and not _is_number(cells[0]) and bool(cells[0].text)


def _is_number(token: Token) -> bool:
    return bool(pattern("columns", "looks_number").fullmatch(token.text))


# --- rows between pipes ----------------------------------------------------------------------------------


def _read_pipe_rows(lines: Sequence[Line], start: int) -> tuple[_Page, int] | None:
    if not _is_pipe_row(lines[start]):
        return None
    header = _pipe_cells(lines[start])
    if not is_header([token.text for token in header]):
        return None
    rows, at, end = [], start + 1, start + 1
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
    return (_Page(header=header, rows=tuple(rows)), end) if rows else None


def _is_pipe_row(line: Line) -> bool:
    text = line.text.strip()
    return text.count("|") >= 2 and len(text) > 2


def _pipe_cells(line: Line) -> tuple[Token, ...]:
    text = line.text.strip()
    inner = replace(line, text=text.removeprefix("|").removesuffix("|"))
    return _cells_of(replace(inner, text=re.sub(r"<br\s*/?>", "", inner.text)), "|")


# --- one cell a line behind a tab --------------------------------------------------------------------------


def _read_tab_cells(lines: Sequence[Line], start: int) -> tuple[_Page, int] | None:
    if not lines[start].text.startswith("\t"):
        return None
    header, at = _header_lines(lines, start, tabbed=True)
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
            if is_header([t.text for t in _header_lines(lines, at, tabbed=True)[0]]):
                break
            if not rows or (_is_number(token) and _row_is_full(lines, at, rows, width)):
                width = max(width, *(len(row) for row in rows)) if rows else 0
                rows.append([])
            elif width and len(rows[-1]) >= width and text:
                if _after_blank(lines, at) and not _is_number(token):
                    break
            rows[-1].append(token)
        elif text:
            if not (rows and rows[-1] and _cell_goes_on(rows[-1][-1], line)):
                break
            rows[-1][-1] = Token((*rows[-1][-1].lines, replace(line, text=text)))
        at += 1
        end = at if text else end
    return (_Page(header=tuple(header), rows=tuple(map(tuple, rows))), end) if rows else None


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


def _header_lines(lines: Sequence[Line], start: int, *, tabbed: bool) -> tuple[list[Token], int]:
    """The names that stand a line each from `start` on, and the line behind them."""
    header, at = [], start
    while at < len(lines):
        text = lines[at].text
        if text.strip():
            if (tabbed and not text.startswith("\t")) or not column_role(text):
                break
            header.append(Token((replace(lines[at], text=text.strip()),)))
        elif not tabbed or text.startswith("\t") is False:
            if tabbed or (at + 1 < len(lines) and not column_role(lines[at + 1].text)):
                break
        at += 1
    return header, at


# --- one cell a line -------------------------------------------------------------------------------------------


def _read_cells(lines: Sequence[Line], start: int) -> tuple[_Page, int] | None:
    """Cells a line each, or between lines that hold a pipe alone; a row begins with the next number."""
    if not column_role(lines[start].text.strip("| \t")):
        return None
    tokens, after = _tokens(lines, start)
    names = 0
    while names < len(tokens) and column_role(tokens[names].text):
        names += 1
    if not is_header([token.text for token in tokens[:names]]) or names < 3:
        return None
    rows, used = _split_rows(tokens[names:], tokens[:names])
    if len(rows) < 2:
        return None
    return _Page(header=tuple(tokens[:names]), rows=tuple(rows)), after[names + used - 1]


def _tokens(lines: Sequence[Line], start: int) -> tuple[list[Token], list[int]]:
    """The cells from `start` on, and for each the line behind it; two pipes with nothing between are an empty cell."""
    tokens, after, piped = [], [], False
    for at in range(start, len(lines)):
        text = lines[at].text.strip()
        if text == "|":
            if piped:
                tokens.append(Token(()))
                after.append(at + 1)
            piped = True
        elif text:
            tokens.append(Token((replace(lines[at], text=text.strip("| ")),)))
            after.append(at + 1)
            piped = False
    return tokens, after


def _split_rows(tokens: Sequence[Token], header: Sequence[Token]) -> tuple[list[tuple[Token, ...]], int]:
    """Rows by the numbers 1, 2, 3 …; what stands behind a row's last column opens the next row."""
    starts, expected = [], None
    for at, token in enumerate(tokens):
        if not _is_number(token) or not token.text.strip("（）.、").isdigit():
            continue
        value = int(token.text.strip("（）.、"))
        if expected is None or value == expected:
            starts.append(at)
            expected = value + 1
    if not starts:
        return [], 0
    last = column_role(header[-1].text)
    rows, carried, used = [], list(tokens[: starts[0]]), starts[0]
    for start, stop in zip(starts, [*starts[1:], len(tokens)], strict=True):
        cells = list(tokens[start:stop])
        end = _row_end(cells, last, len(header) + 2, final=stop == len(tokens))
        rows.append(tuple(carried + cells[:end]))
        carried, used = cells[end:], start + end
    return rows, used


def _row_end(cells: Sequence[Token], last: str, most: int, *, final: bool) -> int:
    """Where the row ends: behind the cell that fits its last column, or with the last cell."""
    test = {"deadline": "looks_deadline", "responsible": "looks_units", "lead": "looks_units", "support": "looks_units"}.get(last)
    if test is None:
        return min(len(cells), most) if final else len(cells)
    fits = [at for at, cell in enumerate(cells[:most], 1) if at > 2 and pattern("columns", test).fullmatch(cell.text)]
    return fits[0] if final and fits else fits[-1] if fits else len(cells)


# --- pages to one table --------------------------------------------------------------------------------------------


def _table(pages: Sequence[_Page]) -> DraftTable:
    """One table of all pages, its columns in the order numbers, groups, requirement, units, deadline."""
    placed = [_align(page) for page in pages]
    groups = max(sum(1 for column in columns if column[0] == "group") for columns, _ in placed)
    order: list[tuple[str, int]] = []
    for columns, _ in placed:
        for column in columns:
            if column[0] != "group" and column not in order:
                order.append(column)
    head = [column for column in order if column[0] == "number"]
    order = [*head, *(("group", level) for level in range(groups)), *(column for column in order if column not in head)]
    cells: list[DraftCell] = []
    header = pages[0].header
    names = {column: token for column, token in zip(_align(pages[0])[0], _header_tokens(pages[0]), strict=True)}
    for at, column in enumerate(order):
        token = names.get(column)
        if token is not None and token.lines:
            cells.append(DraftCell(row=0, column=at, lines=_placed(token, 0, at)))
    row = 1
    for columns, rows in placed:
        for tokens in rows:
            for column, token in zip(columns, tokens, strict=True):
                if token.lines:
                    at = order.index(column)
                    cells.append(DraftCell(row=row, column=at, lines=_placed(token, row, at)))
            row += 1
    del header
    return DraftTable(rows=row, columns=len(order), cells=tuple(cells), merges=False)


def _placed(token: Token, row: int, column: int) -> tuple[Line, ...]:
    return tuple(replace(line, place=replace(line.place, row=row + 1, column=column + 1)) for line in token.lines)


def _header_tokens(page: _Page) -> list[Token]:
    """The header's names over the columns of `_align`, empty over those that have none."""
    roles = _roles(page)
    names = {}
    tokens = [token for token in page.header if token.text]
    for column, token in zip((column for column in roles if column[0] not in _NAMELESS), tokens, strict=False):
        names[column] = token
    return [names.get(column, Token(())) for column in _named(roles)]


def _width(page: _Page) -> int:
    counts = Counter(len(row) for row in page.rows)
    return max(counts, key=lambda width: (counts[width], width))


def _roles(page: _Page) -> list[tuple[str, int]]:
    """A role for each column: the header's, with a spare group column before the requirement for each cell that has no name."""
    names = [token.text for token in page.header if token.text]
    roles = [column_role(name) or "other" for name in names]
    spare = max(_width(page) - len(names), 0)
    at = _requirement(roles)
    roles = [*roles[:at], *["spare"] * spare, *roles[at:]]
    if "number" not in roles:
        roles = _with_number(roles, page)
    return [(role, sum(1 for other in roles[:index] if other == role)) for index, role in enumerate(roles)]


def _with_number(roles: Sequence[str], page: _Page) -> list[str]:
    """The roles with a nameless column that holds nothing but numbers called so."""
    whole = [row for row in page.rows if len(row) == len(roles)]
    for at, role in enumerate(roles):
        if role == "spare" and whole and all(_is_number(row[at]) for row in whole):
            return [*roles[:at], "bare number", *roles[at + 1 :]]
    return list(roles)


def _requirement(roles: Sequence[str]) -> int:
    """The column that holds the requirement: the last that is called so, else the last group."""
    for wanted in ("requirement", "group", "other"):
        if wanted in roles:
            return len(roles) - 1 - list(reversed(roles)).index(wanted)
    return 0


def _named(roles: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Spare and group columns left of the requirement counted through as groups; the requirement itself named so."""
    at = _requirement([role for role, _ in roles])
    named, level = [], 0
    for index, (role, count) in enumerate(roles):
        if index == at:
            named.append(("requirement", 0))
        elif role == "bare number":
            named.append(("number", 0))
        elif index < at and role in {"group", "spare", "other", "requirement"}:
            named.append(("group", level))
            level += 1
        else:
            named.append((role, count))
    return named


def _align(page: _Page) -> tuple[list[tuple[str, int]], list[tuple[Token, ...]]]:
    """The page's columns, and its rows with a cell for each."""
    columns = _named(_roles(page))
    return columns, [_align_row(row, columns) for row in page.rows]


def _align_row(row: Sequence[Token], columns: Sequence[tuple[str, int]]) -> tuple[Token, ...]:
    """The row's cells under the columns that they fit, in order; a row of the right width mostly stands as it is."""
    if len(row) > len(columns):
        row = _squeeze(row, len(columns))
    if len(row) < len(columns):
        return _best_places(row, columns)[1]
    shifted, placed = _best_places([token for token in row if token.text], columns)
    standing = sum(_fit(token, role) for token, (role, _) in zip(row, columns, strict=True) if token.text)
    return placed if shifted > standing + _SURELY_SHIFTED else tuple(row)


def _best_places(filled: Sequence[Token], columns: Sequence[tuple[str, int]]) -> tuple[float, tuple[Token, ...]]:
    """The cells under the columns that suit them best, keeping their order, and how well that suits."""
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for at in range(len(columns)):
        for used in range(min(at, len(filled)) + 1):
            state = best.get((at, used))
            if state is None:
                continue
            score, path = state
            _keep(best, (at + 1, used), score, path)
            if used < len(filled):
                _keep(best, (at + 1, used + 1), score + _fit(filled[used], columns[at][0]), (*path, at))
    score, chosen = best[len(columns), len(filled)]
    cells = [Token(())] * len(columns)
    for token, at in zip(filled, chosen, strict=True):
        cells[at] = token
    return score, tuple(cells)


def _keep(best: dict[tuple[int, int], tuple[float, tuple[int, ...]]], state: tuple[int, int], score: float, path: tuple[int, ...]) -> None:
    if state not in best or score > best[state][0]:
        best[state] = (score, path)


def _squeeze(row: Sequence[Token], width: int) -> list[Token]:
    """A row too long for its header, without as many of its empty cells, from the end."""
    cells = list(row)
    for at in range(len(cells) - 1, -1, -1):
        if len(cells) > width and not cells[at].text:
            del cells[at]
    while len(cells) > width:
        cells[-2:] = [Token(cells[-2].lines + cells[-1].lines)]
    return cells


def _fit(token: Token, role: str) -> float:
    """How well a cell suits a column."""
    text = token.text
    if not text:
        return 0.1
    if role == "number":
        return 3.0 if _is_number(token) else -3.0
    if role in {"lead", "support", "responsible"}:
        return 2.0 if pattern("columns", "looks_units").fullmatch(text) else -2.0
    if role == "deadline":
        return 2.0 if pattern("columns", "looks_deadline").fullmatch(text) else -2.0
    if role == "requirement":
        return min(len(text) / 15, 2.0) + ("。" in text) - 2.0 * _is_number(token)
    if role == "group":
        return 0.5 - 1.5 * (len(text) > 40) - 1.5 * _is_number(token)
    return 0.0
