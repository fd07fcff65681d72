"""Text whose paragraphs run together on one line, cut where its printed numbering begins a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kg.model import Span
from kg.readers.draft import Line
from kg.rules import pattern
from kg.text import fold, to_number

_LONG, _SHORTER = 400, 40
_FEWEST = 3
_HEAD = 160  # characters in which the title and the number stand
_LONGEST_CODE = 8
_FORMS = ("comma", "bracket", "dot")  # from the outermost to the innermost
_MARK = re.compile(
    r"(?P<comma>(?<![^。；：）！？])[一二三四五六七八九十]{1,3})、|（(?P<bracket>[一二三四五六七八九十]{1,3})）|(?P<dot>(?<!\d)\d{1,3})[.．、](?!\d(?!\d{0,3}[年月日]))"
)
_RECIPIENTS = re.compile(r"[^。；：《]{4,160}?(?:政府|部门|机构|单位|委员会|局|街道|公司|企业|院校|管委会|直属机构|组织|团体)：(?=.)")
_PREAMBLE = re.compile(r"[^，。；：]{6,60}?(?=为[^，。；：]{3,80}[，。]|根据|按照|依据|深入贯彻)")
_SIGNATURE = re.compile(r"(?<=[。）])(?P<name>[^，。；：（）〔〕]{4,40}?)(?P<date>20\d{2}年\d{1,2}月\d{1,2}日)(?P<note>（此件[^）]*）)?$")


def split_run_together(line: Line, *, after_another: bool = False) -> Iterator[Line]:
    """The paragraphs of the line; the line itself where it is one. `after_another`: lines before it held several, so a shorter one may."""
    folded = fold(line.text)
    cuts = sorted({*_title_cut(folded.text), *_paragraph_cuts(folded.text, _SHORTER if after_another else _LONG)})
    bounds = [0, *(folded.offset(cut) for cut in cuts), len(line.text)]
    for start, end in pairwise(bounds):
        source = Span(line.source.start + start, line.source.start + end) if line.source else None
        yield replace(line, text=line.text[start:end], source=source)


def _title_cut(text: str) -> Iterator[int]:
    """Between a title and the number, or the text, that runs into it."""
    if len(text) > 120:
        yield from _head_cuts(text)
        return
    first = pattern("citations", "number").match(text)
    if first and pattern("kinds", "notice_title").match(text, first.end()):
        yield first.end()
    number = next((found for found in pattern("citations", "number").finditer(text) if found.end() == len(text)), None)
    if number is None:
        yield from _head_cuts(text)
        return
    for cut in range(number.start() + len(number["code"]) - 1, number.start(), -1):
        if pattern("kinds", "title").fullmatch(text[:cut]) and len(number["code"]) - (cut - number.start()) <= 8:
            yield cut
            return
    if number.start() and pattern("kinds", "title").fullmatch(text[: number.start()]):
        yield number.start()


def _head_cuts(text: str) -> Iterator[int]:
    """Where a whole document on one line ends its title: before its number and those addressed, or before the words that say what for."""
    for number in pattern("citations", "number").finditer(text, 0, _HEAD):
        cut = _title_end(text, number)
        if cut and (_RECIPIENTS.match(text, number.end()) or pattern("kinds", "notice_title").match(text[:cut])):
            yield from (cut, number.end())
            return
    found = _PREAMBLE.match(text) if len(text) > _LONG else None
    if found and pattern("kinds", "title").fullmatch(text, 0, found.end()):
        yield found.end()


def _title_end(text: str, number: re.Match[str]) -> int | None:
    """Where the title ends that a number runs into: as late as leaves the number a code."""
    first = max(number.start() + len(number["code"]) - _LONGEST_CODE, number.start() + 1)
    cuts = range(number.start() + len(number["code"]) - 2, first - 1, -1)
    return next((cut for cut in cuts if pattern("kinds", "title").fullmatch(text, 0, cut)), None)


def _paragraph_cuts(text: str, least: int) -> Iterator[int]:
    """Where numbered paragraphs begin, and where what stands around them does: those addressed, those who sign."""
    marks = list(_in_sequence(text)) if len(text) > least else []
    marks = marks if len(marks) >= _FEWEST else []
    yield from marks
    tail = _SIGNATURE.search(text, marks[-1] if marks else 0)
    if tail:
        yield from (tail.start(group) for group in ("name", "date", "note") if tail.group(group))
    head = _RECIPIENTS.match(text, max(_head_cuts(text), default=0))
    if head and ((marks and head.end() < marks[0]) or (tail and not marks)):
        yield head.end()


def _in_sequence(text: str) -> Iterator[int]:
    """Where 一、二、…, （一）（二）… and 1. 2. … come in their order; inner ones may go on or start again under an outer one."""
    last = dict.fromkeys(_FORMS, 0)
    may_restart = dict.fromkeys(_FORMS, True)
    at = 0
    for found in _MARK.finditer(text):
        form = found.lastgroup or ""
        value = to_number(found.group(form)) or 0
        goes_on = found.start() == 0  # from the line before
        if value != last[form] + 1 and not (value == 1 and may_restart[form]) and not goes_on:
            continue
        if form == "dot" and not _opens(text, at, found.start()):
            continue
        last[form], at = value, found.end()
        may_restart[form] = False
        may_restart |= dict.fromkeys(_FORMS[_FORMS.index(form) + 1 :], True)
        yield found.start()


def _opens(text: str, before: int, start: int) -> bool:
    """An Arabic number opens a paragraph behind a stop, or right behind a heading, which has none."""
    heading = text[before:start]
    return not heading or heading[-1] in "。；：）！？" or (len(heading) <= 45 and not re.search("[。；：]", heading))
