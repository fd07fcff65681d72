"""Titles: of the notice that prints a plan, of each plan, of the annexes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.brackets import find_brackets
from kg.extract.outline import find_mark, tidy
from kg.model import Document, Paragraph, Span, Table
from kg.rules import load_data, pattern
from kg.text import fold, key

_LONGEST_LINE, _LONGEST_TITLE, _MOST_LINES = 60, 110, 5
_HEAD = 4  # blocks in which a title of any form must stand
_BANNER = 8  # blocks that a letterhead takes
_SHORT = 30  # no sentence of a notice is shorter
_ANNEX = re.compile(r"附件?(?:表)?\s*[\d一二三四五六七八九十]{0,2}[：:]?")
_PART = re.compile("（[^（）]{1,24}）$")
_DATE_LINE = re.compile(r"[（〔]?(?:20\d{2}|二零[零一二三四五六七八九]{2})年.{1,3}月.{1,3}日(?:印发|发布|公布)?[）〕]?")

_DAY_AT_END = re.compile(r"20\d{2}年\d{1,2}月\d{1,2}日$")  # of a letterhead: an office and its day


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title on lines of its own: the blocks [first, last] of the document."""

    first: int
    last: int
    text: str
    span: Span
    annex: bool
    styled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """The notice's title if there is one, and the titles of the plans and of the annexes, in order."""

    notice: Title | None
    plans: tuple[Title, ...]
    annexes: tuple[Title, ...]
    announced: tuple[str, ...] = ()


def read_titles(document: Document) -> Titles:
    """Every title of the document, told apart."""
    found = _without_banner(list(_title_lines(document)))
    head = found[0] if found and _opens_with_annex(document, found[0]) else next((title for title in found if not title.annex), None)
    if head is None:
        head = _from_fields(document) or (found[0] if found else None) or _only_title(document)
    if head is None:
        return Titles(notice=None, plans=(), annexes=())
    notice = pattern("kinds", "notice_title").match(key(head.text))
    later = [title for title in found if title.first > head.last]
    if not notice:
        others = [title for title in later if not title.annex and _begins_plan(document, title, head)]
        own = _without_parts([head, *others], later)
        return Titles(notice=None, plans=own, annexes=tuple(title for title in later if title.first not in _firsts(own)))
    announced = tuple(_announced(notice.group("plan")))
    later = sorted([*later, *_named_lines(document, head, announced, later)], key=lambda title: title.first)
    plans = list(_without_parts(_printed_plans(document, later, announced), later))
    if not plans:
        name = announced[0] if announced else head.text
        plans = [Title(first=head.first, last=head.last, text=_as_printed(head.text, name), span=head.span, annex=False, styled=True)]
    annexes = tuple(title for title in later if title.first not in _firsts(plans))
    return Titles(notice=head, plans=tuple(plans), annexes=annexes, announced=announced)


def _without_banner(found: Sequence[Title]) -> Sequence[Title]:
    """The titles without a first one that only says the kind which the next, the document's own, ends in: 会议纪要 over 关于…的会议纪要."""
    banner = len(found) > 1 and not found[1].annex and found[1].first <= _BANNER and key(found[1].text).endswith(key(found[0].text))
    return found[1:] if banner and key(found[1].text) != key(found[0].text) else found


def _opens_with_annex(document: Document, title: Title) -> bool:
    """Whether the document begins with 附件2 and this title: an annex filed without its notice is the plan itself."""
    return title.annex and title.first <= _HEAD and all(len(block.span) <= _SHORT for block in document.blocks[: title.first])


def _firsts(titles: Sequence[Title]) -> set[int]:
    return {title.first for title in titles}


def _without_parts(plans: Sequence[Title], later: Sequence[Title]) -> tuple[Title, ...]:
    """The plans, those that differ only in a bracket at the end as one: …分解表（城区部分）, …分解表（乡镇部分）."""
    kept: list[Title] = []
    for plan in plans:
        stem = _PART.sub("", key(plan.text))
        parts = {key(title.text) for title in (plan, *later) if _PART.search(key(title.text)) and _PART.sub("", key(title.text)) == stem}
        if any(_PART.sub("", key(one.text)) == stem for one in kept):
            continue
        kept.append(replace(plan, text=_as_printed(plan.text, stem)) if len(parts) > 1 else plan)
    return tuple(kept)


def _printed_plans(document: Document, later: Sequence[Title], announced: Sequence[str]) -> list[Title]:
    """The plans that the notice announces, where they stand; else the one title that can be theirs."""
    plans = [title for title in later if any(_same_title(title.text, name) for name in announced)]
    if not plans:
        free = [title for title in later if not title.annex] or list(later[:1])
        plans = free[:1]
    for title in later:
        if title not in plans and not title.annex and plans and title.first > plans[0].last and _begins_plan(document, title, plans[0]):
            plans.append(title)
    return sorted(plans, key=lambda title: title.first)


def _named_lines(document: Document, head: Title, announced: Sequence[str], known: Sequence[Title]) -> Iterator[Title]:
    """The lines that are, word by word, what the notice announces, by whatever words it ends: 2031年第一批督办事项."""
    taken = {at for title in known for at in range(title.first, title.last + 1)}
    for at in range(head.last + 1, len(document.blocks)):
        joined = ""
        for line in _run(document, at) if at not in taken else ():
            joined += document.quote(line.span)
            if key(joined) in announced:
                last = document.blocks.index(line)
                span = document.blocks[at].span.to(line.span)
                yield Title(first=at, last=last, text=tidy(joined), span=span, annex=False, styled=True)
                break
            if not any(name.startswith(key(joined)) for name in announced):
                break


def _same_title(one: str, other: str) -> bool:
    one, other = key(one), key(other)
    return one == other or difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.88


def _begins_plan(document: Document, title: Title, head: Title) -> bool:
    """A second title is that of a plan if it is set like one and a text or a table stands under it."""
    if not title.styled or len(key(title.text)) < 8 or _same_title(title.text, head.text):
        return False
    following = document.blocks[title.last + 1 : title.last + 3]
    return any(isinstance(block, Table) or len(block.span) > 30 or find_mark(key(document.quote(block.span))) for block in following)


def _announced(plan: str) -> Iterator[str]:
    """The plans that a notice names: each 《…》, or the words between 印发 and 的通知."""
    brackets = [bracket for bracket in find_brackets(plan, "《") if bracket.closed]
    between = plan
    for bracket in brackets:
        between = between.replace(plan[bracket.start : bracket.end], "")
    if brackets and not between.strip("和及与、暨"):
        yield from (plan[bracket.inner : bracket.close] for bracket in brackets)
    else:
        yield plan


def _as_printed(title: str, name: str) -> str:
    """`name`, which is folded, as `title` prints it."""
    folded = fold(title)
    at = folded.text.find(name)
    if at < 0:
        return name
    span = folded.span(at, at + len(name))
    return tidy(title[span.start : span.end])


def _from_fields(document: Document) -> Title | None:
    """The title that the page's metadata gives, where the text prints none."""
    for entry in document.fields:
        if entry.value[0] in {"标题", "名称", "文件标题", "信息名称", "文件名称"} and entry.value[1]:
            return Title(first=-1, last=-1, text=entry.value[1], span=entry.span, annex=False, styled=True)
    return None


def _only_title(document: Document) -> Title | None:
    """The first line, or the first that together make one, that names a plan by other words than titles mostly end in."""
    for at, block in enumerate(document.blocks[:_HEAD]):
        if isinstance(block, Table):
            return None
        lines = _run(document, at)[:2]
        for count in range(1, len(lines) + 1):
            text = "".join(document.quote(line.span) for line in lines[:count])
            if len(key(text)) >= 6 and pattern("kinds", "only_title").fullmatch(key(text)):
                span = lines[0].span.to(lines[count - 1].span)
                return Title(first=at, last=at + count - 1, text=tidy(text), span=span, annex=False, styled=True)
    return None


# --- lines that make a title --------------------------------------------------------------------------


def _title_lines(document: Document) -> Iterator[Title]:
    """Runs of short lines that end like a title."""
    at, annex, body_seen = 0, False, False
    blocks = document.blocks
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Table):
            title = _in_table(document, block, at) if at == 0 else None
            if title:
                yield title
            at += 1
            continue
        text = key(document.quote(block.span))
        if _ANNEX.fullmatch(text):
            annex, at = True, at + 1
            continue
        run = _run(document, at)
        title = _best(document, at, run, annex=annex, body_seen=body_seen) or (_over_table(document, at, run) if annex else None)
        if title:
            yield title
            annex, at = False, title.last + 1
        else:
            if len(text) > _LONGEST_LINE:
                annex, body_seen = False, True
            at += 1


def _in_table(document: Document, table: Table, at: int) -> Title | None:
    """A ledger's title in the first row of its sheet."""
    first = [cell for cell in table.cells if cell.row == 0 and len(cell.span)]
    if len(first) == 1 and first[0].column_span > 2 and pattern("kinds", "title").fullmatch(key(document.quote(first[0].span))):
        text = tidy(document.quote(first[0].span))
        return Title(first=at - 1, last=at - 1, text=text, span=first[0].span, annex=False, styled=True)
    return None


def _run(document: Document, start: int) -> list[Paragraph]:
    """The short lines from `start` on that may make one title."""
    run: list[Paragraph] = []
    for block in document.blocks[start : start + _MOST_LINES]:
        if isinstance(block, Table) or not _may_be_title(block, key(document.quote(block.span))):
            break
        run.append(block)
    return run


def _may_be_title(paragraph: Paragraph, text: str) -> bool:
    if paragraph.note or not text or len(text) > _LONGEST_TITLE or re.search("[。！？；]", text) or text.endswith(("：", "，", "、")):
        return False
    if (find_mark(text) and not text.startswith(("20", "二零"))) or (
        paragraph.align == "right" and len(text) < 30 and not text.endswith(("案", "点", "账", "表"))
    ):
        return False
    if (
        pattern("outline", "metadata").match(text)
        or re.match("[一-龥]{2,6}：", text)
        or "浏览次数" in text
        or not re.search("[一-龥]", text)
    ):
        return False
    if (
        _DATE_LINE.fullmatch(text)
        or _DAY_AT_END.search(text)
        or _ANNEX.fullmatch(text)
        or re.match("附件|抄送|（(?:此件|发至|发到|不发)|主送|索引号|发布(?:时间|日期)|来源", text)
    ):
        return False
    return not (
        pattern("outline", "fixture").match(text) or (text.endswith(("文件", "电报")) and "〔" not in text) or re.search("日印发$", text)
    )


def _best(document: Document, at: int, run: Sequence[Paragraph], *, annex: bool, body_seen: bool) -> Title | None:
    """The longest join of the run's lines that reads like a title and adds nothing to one that is whole already."""
    best: Title | None = None
    joined = ""
    for count, paragraph in enumerate(run, 1):
        printed = document.quote(paragraph.span)
        joined += printed
        text = key(joined)
        if len(text) > _LONGEST_TITLE:
            break
        if not pattern("kinds", "title").fullmatch(text) or len(text) < 5:
            continue
        if count > 1 and _is_signature(key(document.quote(run[0].span)), text):
            return None  # who signs above the plan's own title
        if best is not None and not _continues_title(key(best.text), key(printed)):
            break
        span = run[0].span.to(paragraph.span)
        styled = any(one.align == "center" or one.level > 0 for one in run[:count]) or not body_seen
        best = Title(first=at, last=at + count - 1, text=tidy(joined), span=span, annex=annex, styled=styled)
    if best and body_seen and not annex and not best.styled and not _names_a_plan(key(best.text)):
        return None
    return best


def _over_table(document: Document, at: int, run: Sequence[Paragraph]) -> Title | None:
    """What stands between 附件 and a table, by whatever words it ends: it is the annex's title."""
    last = at + len(run) - 1
    if not 1 <= len(run) <= 2 or not isinstance(next(iter(document.blocks[last + 1 :]), None), Table):
        return None
    text = tidy("".join(document.quote(line.span) for line in run))
    return Title(first=at, last=last, text=text, span=run[0].span.to(run[-1].span), annex=True, styled=True)


def _is_signature(first: str, joined: str) -> bool:
    """Whether the first line of a run is an office that signs, not the beginning of 某办公室关于…的通知."""
    return bool(re.search("(?:政府|办公室|办公厅|委员会|局|厅|部|小组|党委|管委会|指挥部)$", first)) and "关于" not in joined


def _continues_title(title: str, line: str) -> bool:
    """Whether a line goes on with a title that could end: 关于印发…方案 / 的通知, a bracket, or a name cut after 工作方案."""
    if title.startswith(("关于", "印发")) or ("关于印发" in title and not title.endswith(("通知", "函"))):
        return True
    if line.startswith("（"):
        return not re.search("单位|牵头|责任|部门|：|截[至止]|更新", line) and len(line) <= 20
    return line.startswith(("的", "和", "及", "暨")) or title.count("《") > title.count("》")


def _names_a_plan(text: str) -> bool:
    """A line without any style that can still be nothing but a title: a year or a place, and a kind."""
    return bool(re.search(r"20\d{2}年", text)) and len(text) <= 50


def find_kind(title: str) -> str | None:
    """The kind of plan that a title ends in; that of 工作要点及分工 stands in front."""
    bare = re.sub(r"[（〔][^（）〔〕]*[）〕]$", "", key(title))
    texts = (bare, re.sub("[及和与](?:[一-龥]{2})?分[工解]表?$", "", bare))
    return next((kind for text in texts for kind in load_data("kinds")["kinds"] if text.endswith(kind)), None)


def is_sample(title: str) -> bool:
    """Whether an annex is a form to be filled in, not a table of tasks."""
    text = key(title)
    return bool(pattern("kinds", "sample").fullmatch(text) or pattern("kinds", "blank_name").fullmatch(text))
