"""What a careful reader would look at again: passages left out, and readings that look odd, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.brackets import find_brackets
from kg.extract.outline import missing_numbers
from kg.extract.unit_names import ends_like_unit
from kg.model import Document, Issue, Span, Task
from kg.text import fold, key

_MOST_GAPS = 30
_LONG_NAME = 30


def find_doubts(document: Document, tasks: Sequence[Task]) -> Iterator[Issue]:
    """Doubts about the tasks of one plan."""
    yield from _numbering(document, tasks)
    for task in tasks:
        yield from _units(document, task)
        yield from _open_titles(document, task)


def unread_deadline(document: Document, span: Span) -> Issue:
    """A cell of a deadline column that names no time this reader knows."""
    words = key(document.quote(span))[:30]
    return _issue(document, "deadline.unread", span, f"时限没有读懂：{words}", f"deadline not understood: {words}")


def unread_units(document: Document, span: Span) -> Issue:
    """A bracket that says who, in which no unit was found."""
    words = key(document.quote(span))[:30]
    return _issue(document, "units.unread", span, f"责任单位没有读懂：{words}", f"units not understood: {words}")


def unmet_charge(document: Document, span: Span) -> Issue:
    """A line that says who owes items which are not there."""
    words = key(document.quote(span))[:30]
    return _issue(document, "units.unmet", span, f"没有找到所说的各项任务：{words}", f"the items it speaks of were not found: {words}")


def _units(document: Document, task: Task) -> Iterator[Issue]:
    if not task.assignments:
        yield _issue(document, "units.none", task.span, "任务没有责任单位", "the task names no unit")
    for one in task.assignments:
        if not ends_like_unit(key(one.name)) or len(one.name) > _LONG_NAME:
            yield _issue(document, "units.odd", one.span, f"不像单位名称：{one.name}", f"does not look like a unit: {one.name}")


def _open_titles(document: Document, task: Task) -> Iterator[Issue]:
    text = fold(document.quote(task.span), task.span.start)
    if text.text.count("《") > text.text.count("》"):
        last = [bracket for bracket in find_brackets(text.text, "《") if not bracket.closed]
        span = text.span(last[-1].start, len(text.text)) if last else task.span
        yield _issue(document, "citation.open", span, "书名号没有闭合，引用未读出", "a title in 《 is not closed; not read as a citation")


def _numbering(document: Document, tasks: Sequence[Task]) -> Iterator[Issue]:
    """Gaps and doubles in the numbers that rows print, and in items that are numbered through."""
    for form in ("row", "item"):
        numbered = [task for task in tasks if task.form == form and task.number and task.number.isascii() and task.number.isdigit()]
        values = [int(task.number or 0) for task in numbered]
        if len(values) < 3 or values.count(1) > 1:
            continue
        gaps, doubled = missing_numbers(values)
        span = numbered[0].span
        if gaps and len(gaps) < _MOST_GAPS:
            text = "、".join(map(str, gaps))
            yield _issue(document, "tasks.gap", span, f"任务编号缺 {text}", f"the printed numbers leave out {text}")
        if doubled and form == "item":
            text = "、".join(map(str, doubled))
            yield _issue(document, "tasks.double", span, f"任务编号重复 {text}", f"the printed numbers have {text} twice")


def _issue(document: Document, code: str, span: Span, zh: str, en: str) -> Issue:
    return Issue(code=code, zh=zh, en=en, span=span, place=document.place(span))


def once(issues: Iterable[Issue]) -> Iterator[Issue]:
    """Each doubt about the same words once: a merged cell is read for every row that it covers."""
    seen = set()
    for issue in issues:
        if (issue.code, issue.span, issue.zh) not in seen:
            seen.add((issue.code, issue.span, issue.zh))
            yield issue
