"""A search: from what was typed to one page of hits."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import tantivy

from kg.errors import FilterError
from kg.search.engine import Engine, Occur, Query, any_of, both, everything, holds, phrase, scored, term, worth
from kg.search.facets import count_facets, narrowed, resolve_filters
from kg.search.highlight import to_hit
from kg.search.model import Correction, Filters, Page, Said
from kg.search.typed import LONGEST, Typed, read_typed
from kg.search.understand import Part, Understood, put_right, understand

DEEPEST = 10_000  # hits that can be paged through
_LIMITS = range(1, 201)  # hits on a page
_EXACT, _PART_EXACT = 60.0, 9.0  # for what is called exactly as was typed; as one part of it
_TOGETHER = {"name": 6.0, "text": 3.0}  # for the parts of a clause in one piece
_LITTLE = 3  # hits; fewer, and other words are thought of
NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was settled on; `least`: how many of the parts a hit has to have, where not all of them."""

    typed: Typed
    understood: Understood
    least: int | None = None
    left_out: tuple[str, ...] = ()


def search_page(engine: Engine, words: str, filters: Filters = NO_FILTERS, *, limit: int = 20, page: int = 1, facets: bool = True) -> Page:
    """One page of what the words find. Without words: everything that the filters let through."""
    _check(limit, page)
    chosen = resolve_filters(filters, engine)
    typed = read_typed(words)
    said = []
    if typed.cut:
        said.append(Said(zh=f"检索词太长，只用了开头的部分（{LONGEST}字以内）", en="the words are too long: only their beginning was used"))
    if words.strip() and not typed.clauses:
        said.append(Said(zh="没有可以检索的字，只有标点或符号", en="nothing to look for: only punctuation"))
        return Page(words=words, total=0, page=page, limit=limit, hits=(), said=tuple(said), chosen=chosen)
    found = _find(engine, typed)
    narrow = narrowed(chosen)
    query = _scored(engine, found)
    total, hits = engine.find(both(query, narrow) if narrow else query, limit, (page - 1) * limit)
    return Page(
        words=words,
        total=total,
        page=page,
        limit=limit,
        hits=tuple(to_hit(told, score, found.understood) for score, told in hits),
        facets=count_facets(engine, _matching(found), chosen) if facets else (),
        corrections=found.understood.corrections,
        did_you_mean=_better(engine, found.understood) if total < _LITTLE else "",
        left_out=found.left_out,
        said=(*said, *_told(found)),
        chosen=chosen,
    )


def matching(engine: Engine, words: str) -> tantivy.Query:
    """What the words find, whatever it is worth; everything where they say nothing."""
    typed = read_typed(words)
    return _matching(_find(engine, typed)) if typed.clauses else everything()


def _check(limit: int, page: int) -> None:
    if limit not in _LIMITS:
        raise FilterError(f"每页条数应在 {_LIMITS[0]} 到 {_LIMITS[-1]} 之间", f"a page has {_LIMITS[0]} to {_LIMITS[-1]} hits, not {limit}")
    if page < 1 or page * limit > DEEPEST:
        raise FilterError(
            f"只能翻到第 {DEEPEST} 条，请用筛选缩小范围",
            f"only {DEEPEST} hits can be paged through: narrow them by filters",
            place=str(page),
        )


# --- from strict to lenient ---------------------------------------------------------------------------------------


def _find(engine: Engine, typed: Typed) -> _Found:
    """All parts as typed; where that finds nothing, slips put right; where still nothing, as many of the parts as go together."""
    understood = understand(typed, engine)
    found = _Found(typed=typed, understood=understood)
    if not understood.parts or engine.any(_matching(found)):
        return found
    righted = put_right(understood, engine)
    apart = understand(typed, engine, apart=True)
    for other in (righted, apart):
        if other.parts != understood.parts:
            found = _Found(typed=typed, understood=other)
            if engine.any(_matching(found)):
                return found
    return _partly(engine, typed, righted)


def _partly(engine: Engine, typed: Typed, understood: Understood) -> _Found:
    """As many of the parts as any entry has; nothing where none has any."""
    there = [part for part in understood.parts if any(engine.count(way.text) for way in part.ways)]
    for least in range(len(there), 0, -1):
        found = _Found(typed=typed, understood=replace(understood, parts=tuple(there)), least=least)
        if engine.any(_matching(found)):
            missing = tuple(part.typed for part in understood.parts if part not in there or least < len(there))
            return replace(found, left_out=missing)
    return _Found(typed=typed, understood=understood)


def _matching(found: _Found) -> tantivy.Query:
    """What has all parts, or `least` of them, and none of what is excluded; whatever it is worth."""
    return _combined(found, [any_of([holds(way.text) for way in part.ways]) for part in found.understood.parts])


def _scored(engine: Engine, found: _Found) -> tantivy.Query:
    """The same, with what each match is worth."""
    several = len(found.understood.parts) > 1
    parts = [_part(part, _rarity(engine, part) if several else 1.0) for part in found.understood.parts]
    bonuses = [(Occur.Should, query) for query in _bonuses(found.typed, found.understood)] if parts else []
    return Query.boolean_query([(Occur.Must, _combined(found, parts)), *bonuses])


def _combined(found: _Found, parts: list[tantivy.Query]) -> tantivy.Query:
    if not parts:
        wanted = worth(everything(), 1.0)
    elif found.least is None:
        wanted = both(*parts)
    else:
        wanted = Query.boolean_query([(Occur.Should, part) for part in parts], found.least)
    excluded = [holds(text) for clause in found.typed.excluded for text in (clause.text, *clause.spellings)]
    return Query.boolean_query([(Occur.Must, wanted), *((Occur.MustNot, query) for query in excluded)]) if excluded else wanted


def _part(part: Part, rarity: float) -> tantivy.Query:
    return Query.disjunction_max_query([scored(way.text, way.weight * rarity) for way in part.ways], 0.0)


def _rarity(engine: Engine, part: Part) -> float:
    """A word that few entries have says more than one that many have."""
    there = engine.count(part.ways[0].text)
    return 0.2 + math.log(1 + engine.entries / (1 + there)) / math.log(2 + engine.entries)


def _bonuses(typed: Typed, understood: Understood) -> list[tantivy.Query]:
    whole = typed.whole
    found = [worth(term("exact", whole), _EXACT)] if whole else []
    found += [worth(term("exact", way.text), _PART_EXACT * way.weight) for way in understood.ways if way.text != whole]
    return found + [worth(phrase(field, text), score) for text in understood.phrases for field, score in _TOGETHER.items()]


# --- what is told beside the hits -----------------------------------------------------------------------------------


def _better(engine: Engine, understood: Understood) -> str:
    """A query with other words that finds much more; empty where there is none."""
    if any(correction.reason == "corrected" for correction in understood.corrections):
        return ""
    righted = put_right(understood, engine, rare=_LITTLE)
    if righted.parts == understood.parts:
        return ""
    return " ".join(part.ways[0].text for part in righted.parts)


def _told(found: _Found) -> list[Said]:
    said = [_said(correction) for correction in found.understood.corrections]
    if found.left_out:
        listed = "、".join(found.left_out)
        zh, en = f"没有同时含有全部词的结果，有的结果不含：{listed}", f"nothing has all the words; some hits lack: {listed}"
        said.append(Said(zh=zh, en=en))
    return said


def _said(correction: Correction) -> Said:
    meant = "、".join(correction.meant)
    if correction.reason == "pinyin":
        return Said(zh=f"“{correction.typed}”按拼音查找：{meant}", en=f"{correction.typed!r} was read as pinyin: {meant}")
    return Said(zh=f"没有“{correction.typed}”，已改为查找：{meant}", en=f"nothing has {correction.typed!r}; looked for instead: {meant}")
