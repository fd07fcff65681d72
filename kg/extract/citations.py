"""Documents that a text names: by title, by number, by both, by a short name given before."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.extract.brackets import find_brackets
from kg.extract.taken import Taken
from kg.model import Citation
from kg.rules import Rule, load_rules, pattern
from kg.text import Folded, key, to_number

_LONGEST_TITLE = 120
_NUMBERED = {"number", "decree", "announcement", "announcement_behind", "announcement_of_congress", "standard"}
_DRAFT = re.compile("（(?:试行|暂行|修订|修正|征求意见稿|送审稿|20\\d{2}年?(?:版|本|修订|修正))）")


@dataclass(frozen=True, slots=True)
class Own:
    """What the document is itself: its titles, and its number."""

    titles: Collection[str]
    number: str | None


def find_citations(folded: Folded, own: Own, short_names: Mapping[str, str]) -> Iterator[Citation]:
    """The documents named in `folded`, in order. `short_names` leads from 条例 to the title it stands for."""
    taken: list[tuple[int, int]] = []
    for bracket in find_brackets(folded.text, "《"):
        if not bracket.closed or bracket.close - bracket.inner > _LONGEST_TITLE:
            continue
        end, numbers, short = _tail(folded.text, bracket.end)
        taken.append((bracket.start, end))
        title = folded.text[bracket.inner : bracket.close]
        if _defines_short_name(folded.text, bracket.start) or not _is_document(folded.text, bracket.start, bracket.close, end):
            continue
        if _is_own(folded.text, bracket.start, bracket.end, title, own):
            continue
        start = bracket.start
        if not numbers and (before := _number_before(folded.text, start)):
            start -= before[1]
            numbers, taken[-1] = [before[0]], (start, end)
        yield Citation(
            title=folded.printed[bracket.inner : bracket.close],
            number=numbers[0] if numbers else None,
            numbers=tuple(numbers),
            span=folded.span(start, end),
            short_for=short_names.get(key(title)) if not short else None,
        )
    yield from _bare_numbers(folded, Taken(taken), own)


def find_short_names(folded: Folded) -> Iterator[tuple[str, str]]:
    """Short names with the title they stand for: 《…条例》（以下简称《条例》）."""
    for bracket in find_brackets(folded.text, "《") if "称" in folded.text else ():
        _, _, short = _tail(folded.text, bracket.end)
        if short:
            yield key(short), folded.printed[bracket.inner : bracket.close]


def _tail(text: str, at: int) -> tuple[int, list[str], str | None]:
    """What a bracket right behind a title says of it: its numbers and its short name, and where that ends."""
    draft = _DRAFT.match(text, at)
    if draft:
        end, numbers, short = _tail(text, draft.end())
        return (end, numbers, short) if numbers or short else (at, [], None)
    direct = _number_at(text, at)
    if direct:
        return direct[1], [direct[0]], None
    bracket = next(iter(find_brackets(text[at : at + 160])), None)
    if bracket is None or bracket.start > 0 or not bracket.closed:
        return at, [], None
    inner = text[at + bracket.inner : at + bracket.close]
    numbers = [number for number, _, _ in _numbers(inner)] or _standard(inner)
    named = pattern("citations", "short_name").search(inner)
    if not numbers and not named:
        return at, [], None
    if numbers and not named:  # （…〔2031〕5号）（以下简称《意见》）
        end, more, short = _tail(text, at + bracket.end)
        return (end, numbers, short) if short and not more else (at + bracket.end, numbers, None)
    return at + bracket.end, numbers, named.group("name") if named else None


def _standard(inner: str) -> list[str]:
    return [_with_dash(inner)] if pattern("citations", "standard_behind_title").fullmatch(inner) else []


def _with_dash(standard: str) -> str:
    """The number of a standard as it is printed: its year stands behind a long dash."""
    return standard.replace("-", "—")


def _number_at(text: str, at: int) -> tuple[str, int] | None:
    found = pattern("citations", "number").match(text, at)
    return (_normal(found), found.end()) if found and len(found.group("code")) <= 8 and not _lead_in(found) else None


def _number_before(text: str, at: int) -> tuple[str, int] | None:
    """A number right in front of the title it belongs to, and its length as printed."""
    for number, start, end in _numbers(text[max(at - 40, 0) : at]):
        if end == min(at, 40):
            return number, end - start
    return None


def _defines_short_name(text: str, at: int) -> bool:
    return bool(re.search(r"(?:简称|下称|统称)(?:为|：)?$", text[max(at - 6, 0) : at]))


def _is_document(text: str, start: int, close: int, end: int) -> bool:
    title = text[start + 1 : close]
    return bool(title) and not (
        pattern("citations", "not_a_document").match(text, end)
        or pattern("citations", "before_not_a_document").fullmatch(text[max(start - 8, 0) : start])
        or pattern("citations", "title_not_a_document").fullmatch(title)
    )


def _is_own(text: str, start: int, end: int, title: str, own: Own) -> bool:
    """The document's own title: the same words, or the words of a notice that prints it."""
    if key(title) in own.titles:
        return True
    before, after = text[max(start - 12, 0) : start], text[end : end + 120]
    printed = pattern("citations", "own_after").match(after)
    return bool(printed and (pattern("citations", "own_before").fullmatch(before) or ("印发" in after[:110] and start < 40)))


# --- numbers ---------------------------------------------------------------------------------------------


def _bare_numbers(folded: Folded, taken: Taken, own: Own) -> Iterator[Citation]:
    for number, start, end in _numbers(folded.text):
        if taken.overlaps(start, end) or number == own.number:
            continue
        yield Citation(title=None, number=number, numbers=(number,), span=folded.span(start, end))


def _numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Document numbers, decrees and numbered announcements, in their normal form."""
    taken = Taken()
    for rule in _rules(frozenset(_telling().intersection(text))):
        for found in rule.regex.finditer(text):
            start = found.start()
            if taken.overlaps(start, found.end()):
                continue
            start += _lead_in(found)
            taken.add(start, found.end())
            if found.end() - start > 4:
                yield _normal(found, start - found.start()), start, found.end()


@cache
def _telling() -> frozenset[str]:
    """The characters that some rule of numbers needs."""
    return frozenset(char for rule in load_rules("citations") if rule.name in _NUMBERED for need in rule.needs for char in need)


@lru_cache(maxsize=512)
def _rules(characters: frozenset[str]) -> tuple[Rule, ...]:
    """The rules of numbers that a text with these telling characters can match."""
    rules = (rule for rule in load_rules("citations") if rule.name in _NUMBERED)
    return tuple(rule for rule in rules if not any(characters.isdisjoint(need) for need in rule.needs))


def _lead_in(found: re.Match[str]) -> int:
    """How many characters in front of the issuer's code belong to the sentence: 贯彻落实鲁政办发…."""
    code = found.groupdict().get("code")
    part = code or found.groupdict().get("issuer") or ""
    lead = (pattern("citations", "code_lead_in") if code else pattern("citations", "issuer_lead_in")).match(part)
    return lead.end() if lead and len(part) - lead.end() >= 2 else 0


def _normal(found: re.Match[str], skip: int = 0) -> str:
    """〔〕 around the year, 令第N号 for decrees."""
    parts = found.groupdict()
    if not parts:
        return _with_dash(found.group())
    if "code" in parts:
        return f"{parts['code'][skip:]}〔{parts['year']}〕{parts['serial']}号"
    issuer = (parts["issuer"] or "")[skip:]
    if "tail" not in parts:
        return (
            f"{issuer}公告{parts['year']}年第{parts['serial']}号"
            if "year" in parts
            else f"{issuer}公告第{to_number(parts['serial'] or '')}号"
        )
    issuer = issuer.removesuffix("令")
    return f"{issuer}令{parts.get('year') or ''}第{to_number(parts['serial'] or '')}号"
