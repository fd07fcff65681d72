"""Who owes a task: lists of units with their roles, from a bracket, a line or a cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg.extract.brackets import Bracket, find_brackets, split_top
from kg.model import Assignment, Document, Role, Span
from kg.rules import load_rules, pattern
from kg.text import Folded, fold

_NEGATED = re.compile("^(?:不|已|未)|不再由|不予|不得|已由|由.*负责的")
_AFTER_TIME = re.compile(
    "(?:完成|办结)?(?:[，并且]{0,2}(?:长期|持续|常态化?)(?:坚持|推进|实施|开展|落实)*)?(?:.{0,4}|(?:取得|形成|实现|建成|达到|见到|出台|基本)[^、]{0,12})"
)
_SAYS_LABEL = re.compile("[：为〔]|单位；")
LABELS = ("label", "other_label", "ignored_label")
_LONGEST_NAME = 200  # with the units that its bracket lists
_LONGEST_VERB = 40
_TRIM = "，。；：、/ "
_STARS = "★☆▲△※*#"
BULLETS = "-·•●■◆▪►▶→◇□>" + _STARS
_AND = re.compile(r"以及|会同|和|及(?!时)|与|并")
_ROLE_END = re.compile("(?<=.{3})(?:牵头|负责|配合|参与|落实)$")
_BRACKETS_ONLY = re.compile(r"(?:[（〔][^（）〔〕]*[）〕][，。；]*)*")
_LEADING_ROLE = re.compile(r"(?:牵头|配合)[：:]?")
_LEADING = re.compile(r"^(?:(?:此|该|本|以上|上述)[一-龥]{0,2}工作由|由|各由|并由|以及|会同|及|和|与|其中)")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitList:
    """The units of one list. `deadlines` are what the same bracket says of time."""

    assignments: tuple[Assignment, ...] = ()
    open_list: bool = False
    deadlines: tuple[Folded, ...] = ()
    remarks: tuple[Folded, ...] = ()  # what is said there of other tasks: 以下均需…落实，不再列出


def read_units(document: Document, span: Span, default: Role = "responsible") -> UnitList:
    """The units that the text at `span` lists; units a line each are read apart."""
    return find_units(_with_breaks(document, span), default)


def _with_breaks(document: Document, span: Span) -> Folded:
    """The folded text with a 、 where two whole names stand next to each other with only a gap or a line end between."""
    folded = fold(document.quote(span), span.start)
    ends = {piece.span.end for piece in document.pieces_of(span)}
    wrapped = document.source.media_type == "application/pdf"  # its lines end where the cell is full
    parts, start = [], 0
    for at in _gaps(folded, ends):
        named = folded.text[at] in "省市区县州旗各镇国" or (not wrapped and _begins_name(folded.text[at:], folded.text[at - 1]))
        if named and _whole_name(folded.text[:at]):
            parts += [folded.part(start, at), Folded("、", "、", folded.places, folded.first + at)]
            start = at
    return Folded.joined([*parts, folded.part(start, len(folded.text))]) if parts else folded


def _gaps(folded: Folded, ends: Collection[int]) -> Iterator[int]:
    """Where white space or the end of a line stood in the text as printed."""
    offsets = folded.offsets
    spaced = len(offsets) and offsets[-1] - offsets[0] >= len(offsets)
    if spaced or any(offsets and offsets[0] < end <= offsets[-1] for end in ends):
        for at in range(1, len(offsets)):
            if offsets[at] - offsets[at - 1] > 1 or offsets[at] in ends:
                yield at


def _begins_name(text: str, last: str) -> bool:
    """Whether a whole name stands at the start of a text, up to the next separator: a long one, or one that ends as the one before."""
    name = re.split("[、，；：（]", text)[0]
    return ends_like_unit(name) and (len(name) >= 5 or (len(name) >= 3 and last in "局办科室股处" and name[-1] in "局办科室股处"))


def _whole_name(text: str) -> bool:
    name = _ROLE_END.sub("", re.split("[、，；：]", text)[-1])
    return len(name) >= 3 and bool(ends_like_unit(name)) and not name.endswith(("政府", "委", "党委", "区", "市", "县", "省"))


@lru_cache(maxsize=65536)  # the same few names stand in every list of a plan
def ends_like_unit(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and bool(pattern("units", "ends_like_unit").fullmatch(name))


def find_units(folded: Folded, default: Role = "responsible") -> UnitList:
    """The units in `folded`, whatever of labels and role words it has."""
    members: list[tuple[Folded, Role]] = []
    deadlines: list[Folded] = []
    remarks: list[Folded] = []
    open_list = False
    for role, segment in _segments(folded, default):
        if role is None:
            deadlines.append(segment)
            continue
        phrases = list(_phrases(segment))
        deadlines += [phrase for phrase in phrases if says_time(phrase.text)]
        remarks += _remarks(phrases)
        for names, said in _clauses(segment):
            for name in names:
                kept, more = _close_list(name)
                open_list = open_list or more
                members.extend((part, said or role) for part in kept)
    return UnitList(
        assignments=tuple(_once(_assignments(members))),
        open_list=open_list,
        deadlines=tuple(deadlines),
        remarks=tuple(remarks),
    )


def _time_first(segment: Folded) -> tuple[Folded, Folded]:
    """What stands behind a label of time: the time itself, and what follows it and is none."""
    bounds = list(split_top(segment.text, "；"))
    at = next((at for at, (a, b) in enumerate(bounds) if at and not says_time(segment.text[a:b])), len(bounds))
    cut = bounds[at][0] if at < len(bounds) else len(segment.text)
    return segment.part(0, cut).trimmed("；"), segment.part(cut, len(segment.text))


def _assignments(members: Sequence[tuple[Folded, Role]]) -> Iterator[Assignment]:
    """The units with their roles; a star that some of a list bear tells that they lead."""
    starred = [part.text[0] in _STARS or part.text[-1] in _STARS for part, _ in members]
    told_apart = any(starred) and not all(starred)
    for (part, role), star in zip(members, starred, strict=True):
        bare = part.trimmed(_STARS) if star else part
        if bare.text:
            yield _assignment(bare, "lead" if star and told_apart else role)


def _once(assignments: Iterable[Assignment]) -> Iterator[Assignment]:
    """Each unit of a role once, as it stands first."""
    seen = set()
    for assignment in assignments:
        if (assignment.name, assignment.role) not in seen:
            seen.add((assignment.name, assignment.role))
            yield assignment


def lead_first(assignments: Sequence[Assignment], rest: Role = "responsible") -> tuple[Assignment, ...]:
    """The list with its first unit leading, where the document says so and the list itself does not say otherwise."""
    if len(assignments) < 2 or any(one.role == "lead" for one in assignments) or assignments[0].role != "responsible":
        return tuple(assignments)
    first = assignments[0]
    others = [replace(one, role=rest) if one.role == "responsible" else one for one in assignments[1:]]
    return (replace(first, role="lead"), *others)


# --- labels: 牵头单位：…；责任单位：… -------------------------------------------------------------------


def _segments(folded: Folded, default: Role) -> Iterator[tuple[Role | None, Folded]]:
    """The stretches behind each label with the role that it gives, None behind a label of time."""
    marks: list[tuple[int, int, Role | None]] = []
    ignored = set()
    for rule in LABELS if _SAYS_LABEL.search(folded.text) else ():
        for found in pattern("units", rule).finditer(folded.text):
            if _at_boundary(folded.text, found.start()) or _gap_before(folded, found.start()):
                marks.append((found.start(), found.end(), label_role(found.group()) if rule == "label" else None))
                ignored |= {found.start()} if rule == "ignored_label" else set()
    marks.sort(key=lambda mark: mark[:2])
    first = marks[0][0] if marks else len(folded.text)
    if first > 1:  # one stray character in front of a label is a slip of the page break
        yield default, folded.part(0, first)
    for at, (mark, start, role) in enumerate(marks):
        end = marks[at + 1][0] if at + 1 < len(marks) else len(folded.text)
        part = folded.part(start, max(end, start))
        if mark in ignored:
            continue
        if role is not None:
            yield role, part
            continue
        said, rest = _time_first(part)
        yield None, said
        if rest.text:
            yield default, rest


def _at_boundary(text: str, at: int) -> bool:
    return at <= 1 or text[at - 1] in "，。；、：）〕|／/" or (text[at - 1] not in "各" and ends_like_unit(text[max(at - 6, 0) : at]))


def label_role(label: str) -> Role:
    """The role that a label of this name gives."""
    if re.search("牵头|牵.单位|主办|主责", label) and not re.search("牵头(?:单位)?[和及、]", label):
        return "lead"
    if re.search("配合|协办|协作|会办|联办|协助|协同|参加|参与|支持", label):
        return "support"
    return "responsible"


# --- clauses: 甲局、乙局牵头，丙局配合 ---------------------------------------------------------------------


def _clauses(segment: Folded) -> Iterator[tuple[list[Folded], Role | None]]:
    """The names of each clause with the role that its verb gives, None where it has no verb."""
    for part in _phrases(segment):
        phrase = _without_remarks(part)
        if phrase is None or not phrase.text or says_time(phrase.text):
            continue
        pending: list[Folded] = []
        for name in _names(phrase):
            bare, role = _without_verb(name)
            if bare.text:
                pending.append(bare)
            if role is not None:
                yield pending, (None if role == "neutral" else role)  # type: ignore[misc]
                pending = []
        if pending:
            yield pending, None


def _phrases(segment: Folded) -> Iterator[Folded]:
    return (segment.part(start, end) for start, end in split_top(segment.text, "。；，") if end > start)


@lru_cache(maxsize=65536)
def says_time(phrase: str) -> bool:
    """A phrase that is a time, not a unit: 6月底完成, 持续推进."""
    return not ends_like_unit(phrase) and any(
        rule.extra["where"] != "never" and (found := rule.regex.match(phrase)) is not None and _AFTER_TIME.fullmatch(phrase[found.end() :])
        for rule in load_rules("deadlines")
    )


def _remarks(phrases: Sequence[Folded]) -> list[Folded]:
    """The phrases that speak of the plan, neighbours as one: 以下各项均需…推进，不再单独列出."""
    remarks: list[Folded] = []
    for phrase in phrases:
        if _without_remarks(phrase) is None and not pattern("units", "first_leads").search(phrase.text):
            if remarks and phrase.whole.start - remarks[-1].whole.end <= 1:
                comma = Folded("，", "，", [remarks[-1].whole.end])
                remarks[-1] = Folded.joined([remarks[-1], comma, phrase])
            else:
                remarks.append(phrase)
    return remarks


def _without_remarks(phrase: Folded) -> Folded | None:
    """The phrase without brackets that speak of the plan; None where the whole phrase does."""
    for bracket in find_brackets(phrase.text, "（〔〈"):
        if pattern("units", "remark").fullmatch(phrase.text[bracket.inner : bracket.close]):
            return _without_remarks(Folded.joined([phrase.part(0, bracket.start), phrase.part(bracket.end, len(phrase.text))]))
    outside = phrase.text
    for bracket in find_brackets(phrase.text, "（〔〈"):
        outside = outside.replace(phrase.text[bracket.start : bracket.end], "")
    if pattern("units", "remark").fullmatch(outside):
        return None
    return phrase


def _names(phrase: Folded) -> Iterator[Folded]:
    """The members of a list: split at 、 and /, and at 和 where both sides are whole names."""
    stretches = list(split_top(phrase.text, "、/,"))
    joined = {found.end() - 1 for found in pattern("units", "joined").finditer(phrase.text)}
    merged: list[tuple[int, int]] = []
    for start, end in stretches:
        if merged and start - 1 in joined:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    for start, end in merged:
        yield from _split_and(phrase.part(start, end))


def _split_and(name: Folded) -> Iterator[Folded]:
    bounds = _and_bounds(name.text)
    return iter([name]) if len(bounds) == 1 else (name.part(start, end) for start, end in bounds)


@lru_cache(maxsize=65536)
def _and_bounds(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches between the 和 and 及 that part whole names."""
    for found in _AND.finditer(text) if len(text) <= 2 * _LONGEST_NAME else ():
        left, right = text[: found.start()], text[found.end() :]
        inside = left.count("（") + left.count("〔") > left.count("）") + left.count("〕")
        if not inside and _both_whole(left, right):
            behind = tuple((start + found.end(), end + found.end()) for start, end in _and_bounds(right))
            return (*_and_bounds(left), *behind)
    return ((0, len(text)),)


def _both_whole(left: str, right: str) -> bool:
    """Whether 和 stands between two names, not inside one: 发展和改革委员会 has no unit before it, 部门和单位 none after it."""
    head = re.split(_AND, right)[0]
    start, end, _ = _bare_bounds(right)
    bare = right[start:end]
    left = re.sub("等[^等]{0,12}$", "", left) or left
    if not pattern("units", "whole_before_and").fullmatch(left) and not left.endswith("牵头"):
        return False
    return (ends_like_unit(bare) or "等" in right) and len(bare) >= 3 and not pattern("units", "no_unit_alone").fullmatch(head)


def _without_verb(name: Folded) -> tuple[Folded, str | None]:
    """The name without its role words, and the role that they give; "neutral" for 负责, None without any."""
    start, end, role = _bare_bounds(name.text)
    return (name if (start, end) == (0, len(name.text)) else name.part(start, end)), role


@lru_cache(maxsize=65536)
def _bare_bounds(text: str) -> tuple[int, int, str | None]:
    """Where in the text the name stands that its role words leave, and the role that they give."""
    role: str | None = None
    whole = text
    in_bracket, at_end = _role_words()
    bracketed = in_bracket.search(text) if text.endswith(("）", "〕")) else None
    if bracketed:
        role, text = _verb_role(bracketed["verb"]), text[: bracketed.start()]
    while True:
        found = at_end.search(text, max(len(text) - _LONGEST_VERB, 0))
        if not found or (found.start() == 0 and role is not None):
            break
        verb = found.group()
        if role in (None, "neutral"):
            role = _verb_role(verb)
        text = text[: found.start()]
    start = len(text) - len(_LEADING.sub("", text))
    lead = _LEADING_ROLE.match(text, start)
    if lead:
        role = _verb_role(lead.group())
        start = lead.end()
    bare = whole[start : max(len(text), start)]
    start += len(bare) - len(bare.lstrip(_TRIM))
    return start, start + len(bare.strip(_TRIM)), role


@cache
def _role_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Role words in a bracket behind a name, and right behind it."""
    verb = pattern("units", "role_verb").pattern
    return re.compile(rf"[（〔](?P<verb>{verb})(?:单位|部门)?[）〕]$"), re.compile(rf"(?:{verb})$")


def _verb_role(verb: str) -> str:
    if pattern("units", "lead_verb").search(verb):
        return "lead"
    if pattern("units", "support_verb").search(verb):
        return "support"
    return "neutral"


# --- one name ------------------------------------------------------------------------------------------------


def _close_list(name: Folded) -> tuple[list[Folded], bool]:
    """The name, or the names in its bracket, without 等 and what follows it; whether 等 left the list open."""
    found = re.match(r"^(?P<name>.*?)等(?!候)(?P<rest>[^、]*)$", name.text)
    more = False
    if name.text.startswith("等"):
        return [], True
    if found and (ends_like_unit(found.group("name")) or (len(found.group("rest")) <= 8 and not found.group("name").endswith("高"))):
        name, more = name.part(0, found.end("name")), True
    bracket = next(iter(find_brackets(name.text)), None)
    if bracket and bracket.closed and bracket.end == len(name.text) and _lists_units(name.text, bracket):
        inner = name.part(bracket.inner, bracket.close)
        names = [part for part in _names(inner) if part.text]
        closed = [_close_list(part) for part in names]
        return [one for kept, _ in closed for one in kept], more or any(flag for _, flag in closed)
    if pattern("units", "no_unit_alone").fullmatch(name.text):
        return [], more
    return [name], more


def _lists_units(text: str, bracket: Bracket) -> bool:
    """Whether the bracket names the units that the words in front of it only describe."""
    if not pattern("units", "generic_head").fullmatch(text[: bracket.start]):
        return False
    inner = text[bracket.inner : bracket.close]
    parts = [inner[a:b] for a, b in split_top(inner, "、，")]
    return all(ends_like_unit(re.sub("等.*$", "", part)) and len(part) >= 3 for part in parts)


def _assignment(name: Folded, role: Role) -> Assignment:
    printed = name.printed if "、" not in name.text else "".join(_without_marks(name))
    return Assignment(name=printed, role=role, group=_is_group(name.text), span=name.whole)


def _without_marks(name: Folded) -> Iterator[str]:
    """The characters of a name that the document prints: not the 、 that `_with_breaks` put before one."""
    offsets = name.offsets
    for at, char in enumerate(name.printed):
        if at + 1 == len(offsets) or offsets[at] != offsets[at + 1]:
            yield char


@lru_cache(maxsize=65536)
def _is_group(name: str) -> bool:
    return bool(pattern("units", "group").fullmatch(name))


# --- brackets in running text ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitBracket:
    """A stretch of brackets that says who owes what stands before it: [start, end) in the folded text."""

    start: int
    end: int
    units: UnitList


def find_unit_brackets(document: Document, folded: Folded) -> Iterator[UnitBracket]:
    """The brackets, and the labels without brackets, that close a task; neighbours are taken together."""
    held: UnitBracket | None = None
    for start, end, inner in _closers(folded):
        units = find_units(_with_breaks(document, inner.whole)) if inner.text else UnitList()
        if held is not None and not folded.text[held.end : start].strip("，。；、"):
            held = UnitBracket(start=held.start, end=end, units=merged(held.units, units))
            continue
        if held is not None:
            yield held
        held = UnitBracket(start=start, end=end, units=units)
    if held is not None:
        yield held


def merged(one: UnitList, other: UnitList) -> UnitList:
    """Two lists that stand one behind the other, as one."""
    return UnitList(
        assignments=one.assignments + other.assignments,
        open_list=one.open_list or other.open_list,
        deadlines=one.deadlines + other.deadlines,
        remarks=one.remarks + other.remarks,
    )


def _closers(folded: Folded) -> Iterator[tuple[int, int, Folded]]:
    """Each bracket or bare label line that speaks of units or of time: its stretch and its content."""
    after = 0
    for bracket in find_brackets(folded.text):
        inner = folded.part(bracket.inner, bracket.close)
        if says_units(inner.text, folded.text[: bracket.start], folded.text[bracket.end :], closed=bracket.closed):
            yield from _bare_labels(folded, after, bracket.start)
            yield bracket.start, bracket.end, inner
            after = bracket.end
    yield from _bare_labels(folded, after, len(folded.text))


def _bare_labels(folded: Folded, start: int, end: int) -> Iterator[tuple[int, int, Folded]]:
    """责任单位：… without a bracket, behind a full stop or at the start of the paragraph, to the end of the paragraph."""
    if not _BRACKETS_ONLY.fullmatch(folded.text, end):
        return
    stretch = folded.text[start:end]
    found = [match for rule in LABELS for match in pattern("units", rule).finditer(stretch)]
    for match in sorted(found, key=lambda match: match.start()):
        before = stretch[: match.start()]
        named = re.search("单位|部门|科室|处室|主体|时限|时间|期限|领导|责任人", match.group())
        apart = named and (before.rstrip(BULLETS)[-1:] in "。；！？" or _gap_before(folded, start + match.start()))
        if (not before.strip(BULLETS) or apart) and not (not before and start):
            yield start + match.start(), end, folded.part(start + match.start(), end)
            return


def _gap_before(folded: Folded, at: int) -> bool:
    """Whether white space is printed in front of a character."""
    return 0 < at < len(folded.text) and folded.offset(at) - folded.offset(at - 1) > 1


def says_units(inner: str, before: str, after: str = "", *, closed: bool = True) -> bool:
    """Whether the content of a bracket says who owes the text before it; `after` is what stands behind the bracket."""
    if not inner or any(pattern("units", rule).fullmatch(f"〔{inner}〕") for rule in LABELS):
        return False
    for rule in ("label", "other_label", "ignored_label"):
        found = pattern("units", rule).search(inner)
        if found and (found.start() <= 1 or says_time(inner[: found.start()].strip("，；。"))):
            return rule != "ignored_label" or bool(pattern("units", "label").search(inner))
    if not closed:
        return False
    head = next(iter(inner[a:b] for a, b in split_top(inner, "。；")), "")
    phrases = [head[a:b] for a, b in split_top(head, "，")]
    phrases = [phrase for phrase in phrases if not pattern("units", "remark").fullmatch(phrase) and not says_time(phrase)]
    names = [name for phrase in phrases for name in _names(fold(phrase))]
    verbs = [_without_verb(name) for name in names]
    if not verbs:
        return False
    whole = [ends_like_unit(re.sub("等.{0,12}$", "", name.text)) for name, _ in verbs if name.text]
    if verbs[-1][1] is not None or (verbs[0][1] is not None and any(role for _, role in verbs)):
        return bool(whole) and sum(whole) * 2 >= len(whole) and not _NEGATED.search("".join(phrases)[:40])
    # a bare list of names counts only where a sentence ends, and only if every one is a unit
    ends = bool(before) and (before[-1] in "。；！" or (not after.strip("。；") and inner[0] in "省市区县州各国"))
    listed = ends and bool(whole) and all(whole) and all(len(name.text) >= 3 for name, _ in verbs)
    return listed and not pattern("units", "label").search(before)
