"""A document to what it says: header, plans, sections, tasks and their facts, each with its words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.extract.citations import Own, find_citations, find_short_names
from kg.extract.doubts import find_doubts, once
from kg.extract.facts import Facts
from kg.extract.header import read_header
from kg.extract.items import Context, Items, read_items
from kg.extract.outline import Entry, Stack, read_entries
from kg.extract.plain_headings import find_plain_headings
from kg.extract.row_columns import Columns
from kg.extract.rows import read_rows
from kg.extract.text_cards import with_cards
from kg.extract.titles import Title, Titles, find_kind, is_sample, read_titles
from kg.model import Citation, Document, Extraction, Header, Issue, Paragraph, Plan, Quoted, Role, Span, Table
from kg.rules import pattern
from kg.text import fold, key

__all__ = ["extract"]


def extract(document: Document) -> Extraction:
    """All that is understood of `document`, and an issue for what is not."""
    titles = read_titles(document)
    header = read_header(document, titles)
    facts = Facts(own=_own(titles, header), short_names=_short_names(document))
    frame = _Frame(document=document, titles=titles, header=header, facts=facts)
    read = [_read_plan(frame, title, first, last) for title, first, last in _plan_bounds(document, titles)]
    plans = [plan for plan, _ in read]
    issues = [*document.issues, *(issue for _, more in read for issue in more), *_header_issues(header, titles)]
    if not any(plan.tasks for plan in plans):
        issues.append(_no_task())
    return Extraction(
        document=document,
        header=header,
        plans=tuple(plans),
        citations=tuple(_citations_outside(frame, plans)),
        issues=tuple(once(issues)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What the whole document says, for the reading of each of its plans."""

    document: Document
    titles: Titles
    header: Header
    facts: Facts


def _own(titles: Titles, header: Header) -> Own:
    """What the document is itself: its plans, its annexes, the plans that its notice announces."""
    names = {key(title.text) for title in (*titles.plans, *titles.annexes)} | set(titles.announced)
    if titles.notice:
        names.add(key(titles.notice.text))
    return Own(titles=frozenset(names), number=header.number.value if header.number else None)


def _short_names(document: Document) -> dict[str, str]:
    return dict(pair for block in _paragraphs(document) for pair in find_short_names(fold(document.quote(block.span))))


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    return (block for block in document.blocks if isinstance(block, Paragraph))


# --- plans --------------------------------------------------------------------------------------------


def _plan_bounds(document: Document, titles: Titles) -> list[tuple[Title | None, int, int]]:
    """Each plan with the blocks [first, last) under its title; the first one also has what a notice says before it."""
    if not titles.plans:
        return [(None, 0, len(document.blocks))]
    starts = [title.last + 1 for title in titles.plans]
    return [
        (title, start, stop)
        for title, start, stop in zip(titles.plans, starts, [*(t.first for t in titles.plans[1:]), len(document.blocks)], strict=True)
    ]


def _read_plan(frame: _Frame, title: Title | None, first: int, last: int) -> tuple[Plan, list[Issue]]:
    document = frame.document
    year = _year(frame, title)
    context = Context(document=document, year=year.value if year else None, facts=frame.facts, after_first=_after_first(frame, first, last))
    items, stack = Items(), Stack()
    plain = find_plain_headings(document, document.blocks[first:last])
    above: Columns | None = None
    minutes = any(key(one.text).endswith("纪要") for one in (title, frame.titles.notice) if one)
    for blocks, fresh in _stretches(frame, first, last):
        if fresh:
            stack.clear()
            above = None
        for block in _runs(document, blocks):
            if isinstance(block, Table):
                rows = read_rows(block, context, stack.path, above)
                items.tasks += rows.tasks
                items.issues += rows.issues
                above = rows.columns or above
            else:
                items.add(read_items(_body(frame, read_entries(document, block, plain), minutes=minutes), context, stack))
    tasks = tuple(sorted(items.tasks, key=lambda task: task.span))
    plan = Plan(
        title=Quoted(value=title.text if title else "", span=title.span if title else Span(0, 0)),
        kind=_kind(title),
        year=year,
        span=_plan_span(document, title, first, last),
        sections=tuple(items.sections),
        tasks=tasks,
        statements=tuple(items.statements),
    )
    return plan, [*items.issues, *find_doubts(document, tasks)]


def _after_first(frame: _Frame, first: int, last: int) -> Role | None:
    """The role of all but the first of a list, where the plan or the notice before it says that the first leads (下同)."""
    blocks = frame.document.blocks
    before = min((title.first for title in frame.titles.plans), default=0)
    for block in [*blocks[: max(before, 0)], *blocks[max(first - 1, 0) : last]]:
        text = key(frame.document.quote(block.span))
        if "牵头" in text and pattern("units", "first_leads").search(text):
            return "support" if pattern("units", "rest_supports").search(text) else "responsible"
    return None


def _kind(title: Title | None) -> Quoted[str] | None:
    kind = find_kind(title.text) if title else None
    return Quoted(value=kind, span=title.span) if title and kind else None


def _plan_span(document: Document, title: Title | None, first: int, last: int) -> Span:
    """From the plan's title to its last block."""
    blocks = document.blocks[first:last]
    if title is None:
        return blocks[0].span.to(blocks[-1].span) if blocks else Span(0, 0)
    return title.span.to(blocks[-1].span) if blocks else title.span


def _stretches(frame: _Frame, first: int, last: int) -> Iterator[tuple[list[Paragraph | Table], bool]]:
    """The plan's blocks cut at its annexes; the annexes that are forms to be filled in are left out."""
    blocks = frame.document.blocks
    marks = [title for title in frame.titles.annexes if first <= title.first < last]
    at, sample, fresh = first, False, False
    for title in [*marks, None]:
        stop = title.first if title else last
        if not sample and stop > at:
            yield list(blocks[at:stop]), fresh
        if title:
            at, sample, fresh = title.last + 1, is_sample(title.text), True


def _runs(document: Document, blocks: Sequence[Paragraph | Table]) -> Iterator[list[Paragraph] | Table]:
    """Paragraphs that follow each other together, tables one by one."""
    for is_table, run in groupby(blocks, key=lambda block: isinstance(block, Table)):
        if is_table:
            yield from (block for block in run if isinstance(block, Table))
        else:
            yield from with_cards(document, [block for block in run if isinstance(block, Paragraph)])


_WORD = re.compile(r"\w")
_FIXTURE = re.compile(
    r"抄送：|抄报：|主送：|[（〔](?:此件|发至|发到)|附件\d{0,2}[：.]?|附：|[（〔]此页|\d{4}年\d{1,2}月\d{1,2}日$|注：|备注：|.{0,40}\d{4}年\d{1,2}月\d{1,2}日印发|扫一扫|填表|.{0,20}联系(?:人|电话)："
)


def _body(frame: _Frame, entries: Sequence[Entry], *, minutes: bool) -> list[Entry]:
    """Without what every official document prints around its text: number, addressees, signature, date, copies, notes, the list of
    annexes; in minutes also without those who were there."""
    kept, in_annexes = [], False
    for entry in entries:
        if _FIXTURE.match(entry.text) or (minutes and pattern("outline", "attendance").match(entry.text)):
            in_annexes = entry.text.startswith("附")
            continue
        if not entry.mark and (pattern("outline", "metadata").match(entry.text) or _is_of_header(frame, entry)):
            continue
        if in_annexes and entry.mark and entry.mark.form == "arabic_dot" and len(entry.text) < 60:
            continue
        in_annexes = False
        kept.append(entry)
    return kept


def _is_of_header(frame: _Frame, entry: Entry) -> bool:
    """Whether a line says only what the header was read from: the number, who issued it, whom it is addressed to."""
    header = frame.header
    if entry.text.strip("（）") in {key(one.value) for one in (header.number, header.issuer) if one}:
        return True
    addressed = sorted(one.span for one in (*header.recipients, *header.copies_to) if one.span in entry.folded.whole)
    return bool(addressed) and not any(_WORD.search(frame.document.quote(part)) for part in _outside(entry.folded.whole, addressed))


def _year(frame: _Frame, title: Title | None) -> Quoted[int] | None:
    """The year the plan is for: its title's first, else the notice's, that of its signing, of its number, of a line under its title."""
    header = frame.header
    for one in (title, frame.titles.notice, *frame.titles.plans):
        found = re.search(r"(?<!\d)(20\d{2})(?=年|-|度|~|至|$|[（）])", key(one.text)) if one else None
        if one and found:
            return Quoted(value=int(found.group(1)), span=one.span)
    if header.issued:
        return Quoted(value=header.issued.value.year, span=header.issued.span)
    found = re.search(r"〔(\d{4})〕", header.number.value) if header.number else None
    if found and header.number:
        return Quoted(value=int(found.group(1)), span=header.number.span)
    return _year_under_title(frame.document, title)


def _year_under_title(document: Document, title: Title | None) -> Quoted[int] | None:
    """The year of a short line right under the title: （截至2021年5月20日）, 制表时间：2025年3月."""
    for block in document.blocks[title.last + 1 : title.last + 4] if title else ():
        folded = fold(document.quote(block.span), block.span.start) if isinstance(block, Paragraph) and len(block.span) <= 40 else None
        found = re.search(r"(?<!\d)(20\d{2})(?=年|[-/.]\d)", folded.text) if folded else None
        if folded and found:
            return Quoted(value=int(found.group(1)), span=folded.span(*found.span()))
    return None


# --- citations outside the tasks ---------------------------------------------------------------------------


def _citations_outside(frame: _Frame, plans: Sequence[Plan]) -> Iterator[Citation]:
    """What the rest of the text names: preamble, headings, statements; not the titles themselves."""
    document, titles, facts = frame.document, frame.titles, frame.facts
    inside = sorted(task.span for plan in plans for task in plan.tasks)
    titled = [title.span for title in (titles.notice, *titles.plans, *titles.annexes) if title]
    for block in _paragraphs(document):
        folded = fold(document.quote(block.span), block.span.start)
        if any(block.span in span for span in titled) or pattern("outline", "fixture").match(folded.text):
            continue
        for part in _outside(block.span, inside):
            yield from find_citations(fold(document.quote(part), part.start), facts.own, facts.short_names)


def _outside(span: Span, inside: Sequence[Span]) -> Iterator[Span]:
    """The stretches of `span` that none of the spans `inside`, which are in order, covers."""
    at = span.start
    for taken in inside[max(bisect_left(inside, span) - 1, 0) :]:
        if taken.start >= span.end:
            break
        if taken.start > at:
            yield Span(at, taken.start)
        at = max(at, taken.end)
    if at < span.end:
        yield Span(at, span.end)


# --- issues ---------------------------------------------------------------------------------------------------


def _header_issues(header: Header, titles: Titles) -> list[Issue]:
    issues = []
    if not titles.plans:
        issues.append(Issue(code="header.title", zh="没有认出标题", en="no title was recognised"))
    if header.issuer is None:
        issues.append(Issue(code="header.issuer", zh="没有认出发文机关", en="no issuer was recognised"))
    if header.issued is None:
        issues.append(Issue(code="header.issued", zh="没有认出成文日期", en="no date of signing was recognised"))
    return issues


def _no_task() -> Issue:
    return Issue(
        code="tasks.none",
        zh="没有读出任务：正文里没有带责任单位的条目，也没有任务表",
        en="no task was read: no item names who owes it and there is no table of tasks",
    )
