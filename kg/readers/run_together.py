"""Text whose paragraphs run together on one line, cut where its printed numbering begins a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.model import Span
from kg.readers.draft import Line
from kg.rules import pattern
from kg.text import fold, to_number

_LONG = 400
_FEWEST = 3
_MARK = re.compile(r"(?P<comma>(?<![^。；：）！？])[一二三四五六七八九十]{1,3})、|（(?P<bracket>[一二三四五六七八九十]{1,3})）|(?<![^。；：）！？])(?P<dot>\d{1,2})[.．、](?!\d)")
_RECIPIENTS = re.compile(r"[^。；《]{4,160}?(?:政府|部门|机构|单位|委员会|局|街道|公司|企业|院校|管委会|直属机构|组织|团体)：(?=.)")
_SIGNATURE = re.compile(r"(?<=[。）])(?P<name>[^，。；：（）〔〕]{4,40}?)(?P<date>20\d{2}年\d{1,2}月\d{1,2}日)(?P<note>（此件[^）]*）)?$")


def split_run_together(line: Line) -> Iterator[Line]:
    """The paragraphs of the line; the line itself where it is one."""
    folded = fold(line.text)
    cuts = sorted({*_title_cut(folded.text), *(_paragraph_cuts(folded.text) if len(folded.text) > _LONG else ())})
    bounds = [0, *(folded.offset(cut) for cut in cuts), len(line.text)]
    for start, end in zip(bounds, bounds[1:], strict=False):
        source = Span(line.source.start + start, line.source.start + end) if line.source else None
        yield replace(line, text=line.text[start:end], source=source)


def _title_cut(text: str) -> Iterator[int]:
    """Between a title and the number that runs into it."""
    number = next((found for found in pattern("citations", "number").finditer(text) if found.end() == len(text)), None)
    if number is None or len(text) > 120:
        return
    for cut in range(number.start() + 1, number.start() + len(number["code"])):
        if pattern("kinds", "title").fullmatch(text[:cut]) and len(number["code"]) - (cut - number.start()) <= 8:
            yield cut
            return
    if number.start() and pattern("kinds", "title").fullmatch(text[: number.start()]):
        yield number.start()


def _paragraph_cuts(text: str) -> Iterator[int]:
    marks = list(_in_sequence(text))
    if len(marks) < _FEWEST:
        return
    yield from marks
    head = _RECIPIENTS.match(text)
    if head and head.end() < marks[0]:
        yield head.end()
    tail = _SIGNATURE.search(text, marks[-1])
    if tail:
        yield from (tail.start(group) for group in ("name", "date", "note") if tail.group(group))


def _in_sequence(text: str) -> Iterator[int]:
    """Where the numbers 一、二、…, （一）（二）… and 1. 2. … come in their order; inner ones may start again under an outer one."""
    last = {"comma": 0, "bracket": 0, "dot": 0}
    for found in _MARK.finditer(text):
        form = found.lastgroup or ""
        value = to_number(found.group(form)) or 0
        restarts = value == 1 and form != "comma"
        if value != last[form] + 1 and not restarts:
            continue
        if restarts and last[form] and not _under_new(last):
            continue
        last[form] = value
        if form == "comma":
            last |= {"fresh": 1}
        elif form == "bracket":
            last["dot"] = 0
        if form != "comma":
            last["fresh"] = 0
        yield found.start()


def _under_new(last: dict[str, int]) -> bool:
    return bool(last.get("fresh"))
