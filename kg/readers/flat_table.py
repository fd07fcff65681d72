"""The pages of a flattened table made one table: every cell under the column that it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.columns import column_role
from kg.readers.draft import DraftCell, DraftTable, Line
from kg.rules import pattern
from kg.text import key

_SURELY_SHIFTED = 2.0  # how much better other columns must suit a row before its cells are moved
_MOST_PIECES = 5  # lines that one cell may take
_LONGEST_SIGN = 4  # characters of a dash, of 无, of 同上
_NAMELESS = {"spare", "bare number"}


@dataclass(frozen=True, slots=True)
class Token:
    """A cell's text: its lines, none for an empty cell."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return key("".join(line.text for line in self.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The rows under one printed header. `broken`: a cell may go on over several of a row's tokens."""

    header: tuple[Token, ...]
    rows: tuple[tuple[Token, ...], ...]
    broken: bool = False


_Column = tuple[str, int]  # what it holds, and which of those it is
_Aligned = tuple[list[_Column], list[tuple[Token, ...]]]


def is_number(token: Token) -> bool:
    return bool(pattern("columns", "looks_number").fullmatch(token.text))


def lists_units(text: str) -> bool:
    """Whether the text of a cell says who, with labels (牵头单位：…) or without."""
    return bool(pattern("columns", "looks_units").fullmatch(text) or pattern("units", "label").match(text))


def to_table(pages: Sequence[Page]) -> DraftTable:
    """One table of all pages, its columns in the order numbers, groups, requirement, units, deadline."""
    placed = _healed([_align(page) for page in pages])
    groups = max(sum(1 for column in columns if column[0] == "group") for columns, _ in placed)
    order: list[_Column] = []
    for columns, _ in placed:
        for column in columns:
            if column[0] != "group" and column not in order:
                order.append(column)
    head = [column for column in order if column[0] == "number"]
    order = [*head, *(("group", level) for level in range(groups)), *(column for column in order if column not in head)]
    cells: list[DraftCell] = []
    names = dict(zip(_align(pages[0])[0], _header_tokens(pages[0]), strict=True))
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
    return DraftTable(rows=row, columns=len(order), cells=tuple(cells), merges=False)


def _healed(pages: Sequence[_Aligned]) -> list[_Aligned]:
    """The pages with every row that the end of a page cut given back to the row on which it begins."""
    healed: list[_Aligned] = []
    last: _Aligned = ([], [])  # the page on which the row above stands
    for columns, rows in pages:
        page: _Aligned = (columns, [])
        for at, row in enumerate(rows):
            over = (at == 0 and bool(healed)) or any(line.new_page for token in row for line in token.lines)
            if last[1] and last[0] == columns and _takes_up(last[1][-1], row, columns, over_page=over):
                last[1][-1] = tuple(Token(one.lines + other.lines) for one, other in zip(last[1][-1], row, strict=True))
            else:
                page[1].append(row)
                last = page
        healed.append(page)
    return healed


def _takes_up(last: Sequence[Token], row: Sequence[Token], columns: Sequence[_Column], *, over_page: bool) -> bool:
    """Whether a row without a number goes on with the requirement, or with the list, that the row above leaves open."""
    if ("number", 0) not in columns or row[columns.index(("number", 0))].text or not last[columns.index(("number", 0))].text:
        return False
    open_ended = any(one.text.endswith(("、", "，")) and other.text for one, other in zip(last, row, strict=True))
    text, more = (one[columns.index(("requirement", 0))].text for one in (last, row))
    if open_ended or not over_page or not text or pattern("outline", "opens_block").match(more):
        return open_ended
    return text[-1] not in "。；！？" and sum(bool(token.text) for token in row) == 1


def _placed(token: Token, row: int, column: int) -> tuple[Line, ...]:
    return tuple(replace(line, place=replace(line.place, row=row + 1, column=column + 1)) for line in token.lines)


def _header_tokens(page: Page) -> list[Token]:
    """The header's names over the columns of `_align`, empty over those that have none."""
    roles = _roles(page)
    names = {}
    tokens = [token for token in page.header if token.text]
    named = _named(roles)
    places = [at for at, column in enumerate(roles) if column[0] not in _NAMELESS]
    for at, token in zip(places, tokens, strict=False):
        names[named[at]] = token
    return [names.get(column, Token(())) for column in named]


def _width(page: Page) -> int:
    counts = Counter(len(row) for row in page.rows)
    return max(counts, key=lambda width: (counts[width], width))


def _roles(page: Page) -> list[_Column]:
    """A role for each column: the header's, with a spare group column before the requirement for each cell that has no name."""
    names = [token.text for token in page.header if token.text]
    roles = [role if (role := column_role(name)) not in {"", "fact"} else "other" for name in names]
    spare = max(_width(page) - len(names), 0)
    at = _requirement(roles)
    roles = [*roles[:at], *["spare"] * spare, *roles[at:]]
    if "number" not in roles:
        roles = _with_number(roles, page)
    return [(role, sum(1 for other in roles[:index] if other == role)) for index, role in enumerate(roles)]


def _with_number(roles: Sequence[str], page: Page) -> list[str]:
    """The roles with a nameless column that holds nothing but numbers called so."""
    whole = [row for row in page.rows if len(row) == len(roles)]
    for at, role in enumerate(roles):
        if role == "spare" and whole and all(is_number(row[at]) for row in whole):
            return [*roles[:at], "bare number", *roles[at + 1 :]]
    return list(roles)


def _requirement(roles: Sequence[str]) -> int:
    """The column that holds the requirement: the last that is called so, else the last group."""
    for wanted in ("requirement", "group", "other"):
        if wanted in roles:
            return len(roles) - 1 - list(reversed(roles)).index(wanted)
    return 0


def _named(roles: Sequence[_Column]) -> list[_Column]:
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


def _align(page: Page) -> tuple[list[_Column], list[tuple[Token, ...]]]:
    """The page's columns, and its rows with a cell for each."""
    columns = _named(_roles(page))
    return columns, [_align_row(row, columns, broken=page.broken) for row in page.rows]


def _align_row(row: Sequence[Token], columns: Sequence[_Column], *, broken: bool) -> tuple[Token, ...]:
    """The row's cells under the columns that they fit, in order; a row of the right width mostly stands as it is."""
    roles = [role for role, _ in columns]
    if broken:
        return _best_places([token for token in row if token.text], roles, most=_MOST_PIECES)[1]
    if len(row) > len(columns):
        row = _squeeze(row, len(columns))
    if len(row) < len(columns):
        return _best_places(row, roles)[1]
    shifted, placed = _best_places([token for token in row if token.text], roles)
    standing = sum(_fit(token, role) for token, role in zip(row, roles, strict=True) if token.text)
    return placed if shifted > standing + _SURELY_SHIFTED else tuple(row)


def _best_places(tokens: Sequence[Token], roles: Sequence[str], most: int = 1) -> tuple[float, tuple[Token, ...]]:
    """The tokens under the columns that suit them best, keeping their order, up to `most` of them in one cell; and how well that suits."""
    best: dict[int, tuple[float, tuple[Token, ...]]] = {0: (0.0, ())}
    for role in roles:
        following: dict[int, tuple[float, tuple[Token, ...]]] = {}
        for used, (score, cells) in best.items():
            _keep(following, used, score, (*cells, Token(())))
            cell, cost = Token(()), 0.0
            for end in range(used + 1, min(used + most, len(tokens)) + 1):
                piece = tokens[end - 1]
                cost += _joint(cell, piece)
                cell = Token(cell.lines + piece.lines)
                _keep(following, end, score + _fit(cell, role) - cost, (*cells, cell))
        best = following
    if len(tokens) not in best:  # more tokens than the columns can take
        return _best_places(_squeeze(tokens, len(roles)), roles)
    return best[len(tokens)]


def _joint(cell: Token, piece: Token) -> float:
    """What it costs to take a token for the rest of the cell before it."""
    if not cell.lines:
        return 0.0
    before = key(cell.lines[-1].text)
    if pattern("units", "label").match(before) and pattern("units", "label").match(piece.text):
        return 0.0  # 牵头单位：… over 配合单位：…
    if before[-1:] in "。；" or is_number(cell):
        return 3.0
    if piece.lines[0].new_page:
        return -0.8  # a page cut the cell
    return 1.0 if len(piece.text) > len(before) else 0.3


def _keep(best: dict[int, tuple[float, tuple[Token, ...]]], used: int, score: float, cells: tuple[Token, ...]) -> None:
    if used not in best or score > best[used][0]:
        best[used] = (score, cells)


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
    if not text or _fits_anywhere(text):
        return 0.1
    if role == "number":
        return 3.0 if is_number(token) else -3.0
    if role in {"lead", "support", "responsible"}:
        return 2.0 if lists_units(text) else -2.0
    if role == "deadline":
        return 2.0 if pattern("columns", "looks_deadline").fullmatch(text) else -2.0
    if role == "requirement":
        return min(len(text) / 15, 2.0) + ("。" in text) - 2.0 * is_number(token)
    if role == "group":
        return 0.5 - 1.5 * (len(text) > 30 or ("，" in text and len(text) > 16) or text[-1] in "。；") - 1.5 * is_number(token)
    return 0.0


def _fits_anywhere(text: str) -> bool:
    """A dash, 无 or 同上, which may stand in any column."""
    return len(text) <= _LONGEST_SIGN and any(pattern("columns", rule).fullmatch(text) for rule in ("nobody", "ditto"))
