"""The metadata that a page prints beside its document (索引号, 发文机关, …) in tables, lists, boxes or lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Place
from kg.readers.draft import DraftField, Line
from kg.readers.html_blocks import Block, edges_between
from kg.readers.html_breaks import MARK
from kg.readers.html_page import Element
from kg.readers.html_words import data, squeezed, words

_EDGE = f" \t\r\n\u00a0\u3000|｜;；,，{MARK}"
_GAP = (" ", "\t", "\n", "\u3000", "|", "｜", MARK)
_BOX = "【〔["
_GROUPS = frozenset({"table", "ul", "ol", "dl"})
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}[〔\[［]\s*[12]\d{3}\s*[〕\]］]\s*第?\s*\d{1,5}\s*号")  # printed without its name
_DATE = re.compile(r"[12]\d{3}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?")
_LONGEST_BLOCK, _LONGEST_VALUE, _LONGEST_LONE, _LONGEST_GAP = 900, 400, 60, 40
_MOST_VALUE_BLOCKS, _MOST_GAP_BLOCKS = 4, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Names and values in the blocks from `start` to `end`; an empty value is one that the page leaves empty."""

    start: int
    end: int
    pairs: tuple[tuple[str, str], ...]


def find_fields(blocks: Sequence[Block], ranges: Mapping[Element, range]) -> tuple[list[DraftField], set[int]]:
    """The fields, and the blocks that print them."""
    fields: dict[tuple[str, str], DraftField] = {}
    used: set[int] = set()
    for group in _groups(list(_all_found(blocks, ranges)), blocks):
        if not _is_metadata(group):
            continue
        for name, value in (pair for found in group for pair in found.pairs):
            if value and name not in words("labels", "ignored"):
                fields.setdefault((name, value), DraftField(name=name, line=Line(text=value, place=Place())))
        used |= _used(group, blocks, ranges)
    return list(fields.values()), used


def meta_fields(meta: Mapping[str, str], printed: Iterable[DraftField]) -> list[DraftField]:
    """What the page's <meta> say, under the names that sites print, where the page does not print it itself."""
    names = {field.name for field in printed}
    found = []
    for key, name in data()["meta"].items():
        if key in meta and name not in names:
            names.add(name)
            found.append(DraftField(name=name, line=Line(text=_value(meta[key]), place=Place())))
    return found


# --- candidates ------------------------------------------------------------------------------------------


def _all_found(blocks: Sequence[Block], ranges: Mapping[Element, range]) -> Iterator[_Found]:
    at = 0
    while at < len(blocks):
        found = _found_at(at, blocks, ranges) if _may_begin(blocks[at].plain) else None
        if found:
            yield found
        at = found.end if found else at + 1


def _may_begin(plain: str) -> bool:
    return plain.lstrip(_BOX).startswith(_names()) or bool(_NUMBER.match(plain))


def _found_at(at: int, blocks: Sequence[Block], ranges: Mapping[Element, range]) -> _Found | None:
    """The fields whose names block `at` prints: with their values behind them, or in the element beside."""
    text = blocks[at].marked
    if len(text) > _LONGEST_BLOCK:
        return None
    alone = _name_alone().fullmatch(text.strip())
    if alone:
        beside = _beside(at, blocks, ranges)
        value = " ".join(line for index in beside for line in blocks[index].lines)
        return _Found(start=at, end=beside.stop, pairs=((squeezed(alone.group("name")), _value(value)),))
    pairs = tuple(_pairs(text))
    return _Found(start=at, end=at + 1, pairs=pairs) if pairs else None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The names with a colon and what follows each, where the text begins with one, or with the document's number."""
    found = list(_name_and_colon().finditer(text))
    before = text[: found[0].start()].strip(_EDGE + _BOX) if found else ""
    unnamed = _NUMBER.match(before)
    if not found or (before and not (unnamed and _is_aside(before[unnamed.end() :]))):
        return
    if unnamed:
        yield "文号", _value(unnamed.group())
    for one, following in zip(found, [*found[1:], None], strict=True):
        value = text[one.end() : following.start() if following else len(text)]
        number = _NUMBER.search(value)
        if number and value[: number.start()].strip(_EDGE) and value[: number.start()].endswith(_GAP) and _is_aside(value[number.end() :]):
            yield "文号", _value(number.group())  # behind the value of another name: 发布日期：2031-06-06 某政办〔2031〕5号
            value = value[: number.start()]
        yield squeezed(one.group("name") or one.group("boxed")), _value(value)


def _is_aside(text: str) -> bool:
    """Whether nothing but a date stands there."""
    return not _DATE.sub("", text).strip(_EDGE)


def _beside(at: int, blocks: Sequence[Block], ranges: Mapping[Element, range]) -> range:
    """The blocks of the element right after the one that holds only block `at`; none where that is another name."""
    nothing = range(at + 1, at + 1)
    if at + 1 >= len(blocks) or _begins_with_name(blocks[at + 1]):
        return nothing
    edges = edges_between(blocks[at].owner, blocks[at + 1].owner)
    if edges is None or any(element not in ranges and element.tag != "br" for element in edges.between):
        return nothing
    if edges.before is not None and (edges.before.tag in _GROUPS or len(ranges[edges.before]) > 1):
        return nothing
    value = ranges[edges.after] if edges.after is not None else range(at + 1, at + 2)
    if len(value) > _MOST_VALUE_BLOCKS or sum(len(blocks[index].plain) for index in value) > _LONGEST_VALUE:
        return nothing
    return value


def _begins_with_name(block: Block) -> bool:
    if not block.plain.lstrip(_BOX).startswith(_names()):
        return False
    return bool(_name_alone().fullmatch(block.marked.strip())) or next(_pairs(block.marked), None) is not None


def _value(text: str) -> str:
    return _SPACE.sub(" ", text.replace(MARK, " ")).strip(_EDGE)


# --- groups ----------------------------------------------------------------------------------------------


def _groups(found: list[_Found], blocks: Sequence[Block]) -> Iterator[list[_Found]]:
    """Candidates that stand together."""
    group: list[_Found] = []
    for one in found:
        gap = blocks[group[-1].end : one.start] if group else []
        if len(gap) > _MOST_GAP_BLOCKS or any(len(block.plain) > _LONGEST_GAP or "。" in block.plain for block in gap):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _is_metadata(group: list[_Found]) -> bool:
    """Whether the names are those of a page and not of the document's own text."""
    pairs = [pair for found in group for pair in found.pairs]
    names = {name for name, _ in pairs}
    info, aside = words("labels", "info"), words("labels", "ignored")
    if len(names) > 1 and (names & words("labels", "key") or (names & info and len(names & (info | aside)) > 1)):
        return True
    name, value = pairs[0]
    if len(pairs) > 1 or len(value) > _LONGEST_LONE:
        return False
    return name in words("labels", "lone") or (name in info and bool(_DATE.fullmatch(value)))


def _used(group: list[_Found], blocks: Sequence[Block], ranges: Mapping[Element, range]) -> set[int]:
    """The blocks of the group, and a heading or so in a table that prints nothing else."""
    used = {index for found in group for index in range(found.start, found.end)}
    for table in {_table_of(blocks[index]) for index in used} - {None}:
        whole = ranges[table] if table is not None else range(0)
        cells = {blocks[index].cell for index in used.intersection(whole)}
        if len(cells) > 1 and group[0].start - 1 <= whole.start and whole.stop <= group[-1].end + 1:
            used.update(index for index in whole if len(blocks[index].plain) <= _LONGEST_GAP)
    return used


def _table_of(block: Block) -> Element | None:
    if block.cell is None:
        return None
    return next((element for element in block.cell.ancestors() if element.tag == "table"), None)


# --- names -----------------------------------------------------------------------------------------------


@cache
def _names() -> tuple[str, ...]:
    """Every name, the longest first."""
    every = {name for table in ("key", "other", "info", "ignored") for name in words("labels", table)}
    return tuple(sorted(every, key=lambda name: (-len(name), name)))


@cache
def _any_name() -> str:
    return "|".join(r"\s*".join(name) for name in _names())


@cache
def _name_alone() -> re.Pattern[str]:
    return re.compile(rf"[【〔\[]?\s*(?P<name>{_any_name()})\s*[】〕\]]?[\s:：{MARK}]*")


@cache
def _name_and_colon() -> re.Pattern[str]:
    boxed, plain = rf"[【〔\[]\s*(?P<boxed>{_any_name()})\s*[】〕\]]", rf"(?P<name>{_any_name()})\s*[:：{MARK}]"
    return re.compile(rf"(?:{boxed}|{plain})[\s:：{MARK}]*")
