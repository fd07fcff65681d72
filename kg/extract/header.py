"""What a document says of itself: number, issuer, date, openness, to whom it goes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from kg.extract.brackets import split_top
from kg.extract.gap_labels import fold_labelled
from kg.extract.outline import find_mark, tidy
from kg.extract.titles import Titles
from kg.extract.unit_names import ends_like_unit
from kg.model import Document, Header, Paragraph, Quoted, Table
from kg.rules import pattern
from kg.text import Folded, fold, to_number

_DATE = re.compile(
    r"(?P<year>20\d{2}|二零[零一二三四五六七八九]{2})年(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_OPENNESS = re.compile(
    r"[（〔](?P<value>此件.{2,14}|(?:信息)?公开(?:方式|属性|类型|选项)：.{2,8}|主动公开|依申请公开)[）〕]|(?:信息)?公开(?:方式|属性|类型|选项)：(?P<value2>.{2,8})"
)
_HEAD = 15  # how many blocks at the head may hold metadata
_FIELDS = {
    "number": ("发文字号", "文号", "文件编号", "发文文号", "文件字号", "发文号", "文件号"),
    "issuer": ("发文机关", "发布机构", "发文单位", "发布单位", "发布机关", "制发机关", "信息来源", "发文部门", "公开主体", "发布部门"),
    "issued": ("成文日期", "发文日期", "生成日期", "成文时间", "发文时间", "生成时间", "印发日期", "制发日期"),
}


def read_header(document: Document, titles: Titles) -> Header:
    """The header's fields, each with the words that say it."""
    shown = (block for block in document.blocks if isinstance(block, Paragraph) and not block.note)
    lines = [(block, fold_labelled(document, block.span)) for block in shown]
    issuer, issued = _signature(document, lines, titles)
    return Header(
        number=_number(document, lines, titles),
        issuer=issuer or _field(document, "issuer") or _issuer_of_title(document, titles) or _letterhead(lines),
        issued=issued or _field_date(document) or _print_date(lines),
        openness=_openness(lines),
        recipients=tuple(_recipients(lines)),
        copies_to=tuple(_copies(lines)),
    )


Lines = Sequence[tuple[Paragraph, Folded]]


def _field(document: Document, name: str) -> Quoted[str] | None:
    """What the page's metadata says, or a line like 文号：… | 索引号：… at the head of the text."""
    for entry in document.fields:
        if entry.value[0] in _FIELDS[name] and entry.value[1].strip("/-—无 "):
            return Quoted(value=tidy(entry.value[1]), span=entry.span)
    for block in document.blocks[:_HEAD]:
        if not isinstance(block, Paragraph) or len(block.span) > 200:
            continue
        folded = fold(document.quote(block.span), block.span.start)
        for label in _FIELDS[name]:
            found = re.search(rf"(?:^|[|，；]|(?<=[^一-龥])){label}[：|](?P<value>[^|：]+)(?=\||$)", folded.text)
            if found and found["value"].strip("/-无"):
                span = folded.span(*found.span("value"))
                return Quoted(value=tidy(document.quote(span)).strip("| "), span=span)
    return None


# --- number ------------------------------------------------------------------------------------------


def _number(document: Document, lines: Lines, titles: Titles) -> Quoted[str] | None:
    """The number on a line of its own near the title, else the page's, else one printed at the end of the title's line."""
    last = max((title.last for title in [titles.notice, *titles.plans[:1]] if title), default=0)
    near = [line for line in lines if line[0].span.start <= _start(document, last + 6)]
    for _, folded in near:
        found = pattern("citations", "number").fullmatch(folded.text.strip("（）〔〕")) or re.match(
            r"(?:文号|发文字号)：(?P<rest>.+)", folded.text
        )
        if found and "rest" in found.groupdict():
            found = pattern("citations", "number").search(found.group("rest"))
        if found:
            return Quoted(value=_normal(found), span=folded.whole)
    field = _field(document, "number")
    if field:
        found = pattern("citations", "number").search(fold(field.value).text)
        return Quoted(value=_normal(found) if found else field.value, span=field.span)
    for _, folded in near[:12]:
        found = pattern("citations", "number").search(folded.text)
        if found and found.end() == len(folded.text) and len(folded.text) < 60 and "《" not in folded.text:
            skip = _after_title(found.group("code"))
            return Quoted(value=_normal(found, skip), span=folded.span(found.start() + skip, found.end()))
    return None


def _after_title(code: str) -> int:
    """Where the issuer's code begins if a letterhead or a title runs into it."""
    found = re.match(r".*(?:文件|通知|意见|方案|要点|计划|办法|决定|措施)", code)
    return found.end() if found and found.end() < len(code) else 0


def _start(document: Document, index: int) -> int:
    return document.blocks[min(max(index, 0), len(document.blocks) - 1)].span.start if document.blocks else 0


def _normal(found: re.Match[str], skip: int = 0) -> str:
    return f"{found['code'][skip:]}〔{found['year']}〕{found['serial']}号"


# --- signature ---------------------------------------------------------------------------------------


def _signature(document: Document, lines: Lines, titles: Titles) -> tuple[Quoted[str] | None, Quoted[dt.date] | None]:
    """Who signs, and when: a line with nothing but a date, under the names of those who sign."""
    for at, (paragraph, line) in enumerate(lines):
        folded = line.trimmed("（）〔〕")
        found = _DATE.fullmatch(folded.text)
        together = re.fullmatch(rf"(?P<name>[^，。；：]{{4,60}}?)(?P<date>{_DATE.pattern})", folded.text) if not found else None
        if together and ends_like_unit(_without_seal(together.group("name"))) and "印发" not in folded.text:
            name = folded.part(0, together.end("name"))
            return _signer(document, [name]), _date(together, folded, together.start("date"), together.end("date"))
        if found:
            issued = _date(found, folded, 0, len(folded.text))
            names = _signing_lines(document, lines, at, titles)
            if names:
                return _signer(document, names), issued
            if _under_title(document, paragraph, titles) or _over_plan(document, paragraph, titles):
                return None, issued
    return None, None


def _under_title(document: Document, paragraph: Paragraph, titles: Titles) -> bool:
    """A date right under a title, in brackets or not, is the day of signing where nobody signs below."""
    return any(0 < document.blocks.index(paragraph) - title.last <= 3 for title in [titles.notice, *titles.plans] if title)


def _over_plan(document: Document, paragraph: Paragraph, titles: Titles) -> bool:
    """A date at the end of the notice, over the plan that it prints, is the day of signing also where no name stands over it."""
    return titles.notice is not None and any(0 < title.first - document.blocks.index(paragraph) <= 2 for title in titles.plans)


def _signing_lines(document: Document, lines: Lines, at: int, titles: Titles) -> list[Folded]:
    """The lines above a date, and below the last table, that are names of who signs; a name may take two lines."""
    names: list[Folded] = []
    titled = {title.span for title in [titles.notice, *titles.plans, *titles.annexes] if title}
    tables = [block.span for block in document.blocks if isinstance(block, Table)]
    for paragraph, folded in reversed(lines[max(at - 14, 0) : at]):
        text = _without_seal(folded.text)
        inside = any(paragraph.span in span for span in titled)
        if inside or not text or len(text) > 40 or re.search("[，。；：！？《》]", text) or find_mark(text) or text.startswith("附件"):
            break
        if not ends_like_unit(text) and not (names and _goes_on(text)):
            break
        if names and any(paragraph.span.end <= table.start < names[0].whole.start for table in tables):
            break
        names.insert(0, folded)
    return names


def _goes_on(text: str) -> bool:
    """Whether a line over a name may be its first half: not a title, not the document's number."""
    titled = text.endswith(("通知", "方案", "要点", "意见", "计划", "（此件公开发布）"))
    return len(text) >= 6 and not titled and not pattern("outline", "fixture").match(text)


def _without_seal(text: str) -> str:
    return re.sub(r"[（〔](?:代章|章|盖章|公章|印)[）〕]$", "", text)


def _signer(document: Document, names: Sequence[Folded]) -> Quoted[str]:
    """The names that sign; a line that is no whole name goes on in the next."""
    parts: list[str] = []
    open_name = ""
    for name in (part for line in names for part in _apart(document, line)):
        text = open_name + _without_seal(tidy(document.quote(name.whole)))
        if (ends_like_unit(fold(text).text) and not text.endswith("）")) or name.whole.end == names[-1].whole.end:
            parts.append(_without_seal(fold(text).text) if "章" in text[-4:] else text)
            open_name = ""
        else:
            open_name = text
    return Quoted(value="、".join(part for part in parts if part), span=names[0].whole.to(names[-1].whole))


def _apart(document: Document, line: Folded) -> Iterator[Folded]:
    """The names that stand on one line with a gap between them; the line itself where it is one name."""
    printed = document.quote(line.whole)
    parts = re.split(r"\s+", printed.strip())
    if len(parts) < 2 or not all(len(part) >= 3 and ends_like_unit(fold(part).text) for part in parts):
        yield line
        return
    at = 0
    for part in parts:
        length = len(fold(part).text)
        yield line.part(at, at + length)
        at += length


def _date(found: re.Match[str], folded: Folded, start: int, end: int) -> Quoted[dt.date] | None:
    year, month, day = (to_number(found[part]) for part in ("year", "month", "day"))
    try:
        return Quoted(value=dt.date(year or 0, month or 0, day or 0), span=folded.span(start, end))
    except ValueError:
        return None


def _field_date(document: Document) -> Quoted[dt.date] | None:
    field = _field(document, "issued")
    if field is None:
        return None
    folded = fold(field.value)
    found = _DATE.search(folded.text) or re.search(r"(?P<year>20\d{2})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", folded.text)
    dated = _date(found, folded, 0, len(folded.text)) if found else None
    return Quoted(value=dated.value, span=field.span) if dated else None


def _print_date(lines: Lines) -> Quoted[dt.date] | None:
    """The day of printing, where no day of signing is printed."""
    for _, folded in reversed(lines):
        found = re.search(_DATE.pattern + "(?=印发|发布|公布)", folded.text)
        if found and len(folded.text) < 60:
            return _date(found, folded, found.start(), found.end())
    return None


def _issuer_of_title(document: Document, titles: Titles) -> Quoted[str] | None:
    """The office in front of 关于 in the title."""
    title = titles.notice or (titles.plans[0] if titles.plans else None)
    if title is None:
        return None
    folded = fold(document.quote(title.span), title.span.start)
    found = re.match(r"(?P<issuer>[^《》]{2,60}?)(?:文件)?关于", folded.text)
    if found and ends_like_unit(re.sub(r"等\d+(?:个)?部门$", "", found.group("issuer"))):
        span = folded.span(0, found.end("issuer"))
        names = [tidy(document.quote(part.whole)) for part in _apart(document, folded.part(0, found.end("issuer")))]
        return Quoted(value="、".join(names), span=span)
    return None


def _letterhead(lines: Lines) -> Quoted[str] | None:
    for _, folded in lines[:6]:
        if re.fullmatch("[一-龥]{4,30}(?:政府|办公室|办公厅|委员会|局|厅)", folded.text):
            return Quoted(value=folded.text, span=folded.whole)
        if folded.text.endswith("文件") and ends_like_unit(folded.text[:-2]):
            return Quoted(value=folded.text[:-2], span=folded.span(0, len(folded.text) - 2))
    return None


# --- openness, recipients, copies --------------------------------------------------------------------


def _openness(lines: Lines) -> Quoted[str] | None:
    for _, folded in lines:
        found = _OPENNESS.search(folded.text) if len(folded.text) < 40 else None
        if found:
            return Quoted(value=found.group("value") or found.group("value2"), span=folded.span(*found.span()))
    return None


def _recipients(lines: Lines) -> Iterator[Quoted[str]]:
    """Those whom the notice addresses: the first line that ends with a colon, above the first heading."""
    for _, folded in lines[:30]:
        text = folded.text
        if find_mark(text) or (len(text) > 300 and "：" not in text[:200]):
            return
        colon = text.find("：")
        addressed = text[: max(colon, 0)]
        alone = colon == len(text) - 1 or len(text) > 200
        if (
            2 <= colon < 200
            and alone
            and "。" not in addressed
            and "；" not in addressed
            and re.search("[、，各]|有关|政府|部门", addressed)
        ):
            yield from _members(folded.part(0, colon))
            return


def _members(folded: Folded) -> Iterator[Quoted[str]]:
    for start, end in split_top(folded.text, "，、,"):
        if end > start:
            yield Quoted(value=folded.text[start:end], span=folded.span(start, end))


def _copies(lines: Lines) -> Iterator[Quoted[str]]:
    for _, folded in lines[-12:]:
        found = re.match("抄送：|抄报：", folded.text)
        if found:
            yield from _members(folded.part(found.end(), len(folded.text)).trimmed("。"))
