"""Which years and days a question means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from queries.ask.dates import YEAR_WORDS
from queries.ask.lexicon import Lexicon
from queries.ask.model import Decline, Token, Unread, Window
from queries.ask.parts import Parts

_STRICT_DUE = {"到期", "期满", "截止", "到时限", "到期限"}
_OPEN = {"前", "以前", "之前", "后", "以后", "之后", "以来", "起", "往前", "往后"}  # behind a year: more years than it says
_DUE = {"due", "finish", "limit"}


def find_days_meant(tokens: Sequence[Token], parts: Parts, lexicon: Lexicon, before: tuple[int, ...]) -> None:
    """The years of the plans and the stretches of days that are asked for; `before` are the years of the question before."""
    said = [year for token in tokens if token.kind == "year" and token.text not in YEAR_WORDS for year in token.value]
    years = list(dict.fromkeys(year for token in tokens if token.kind == "year" for year in _years_said(token, said)))
    windows = [token.value for token in tokens if token.kind == "window"]
    strict = [token for token in parts.cues if token.text in _STRICT_DUE]
    planned = any(token.kind == "plan" for token in tokens) and any(token.value & _DUE for token in parts.cues)
    if (planned or (strict and any(token.kind in {"place", "unit"} for token in tokens))) and not windows:
        later = [year for year in years if year not in lexicon.years]  # 2025年要完成的 of a plan of 2024
        windows = [Window(year=year, start=(1, 1), end=(12, 31), text=f"{year}年") for year in later]
        years = [year for year in years if year not in later]
    for year in years:
        if year not in lexicon.years:
            known = f"{lexicon.years[0]}至{lexicon.years[-1]}年" if lexicon.years else "没有任何一年"
            spoken = next(token.text for token in tokens if token.kind == "year" and year in _years_said(token, said))
            shown = spoken if str(year) in spoken else f"{spoken}（{year}年）"
            raise Unread(f"库中没有{shown}的计划；有的是{known}的")
    for token, behind in pairwise(tokens):
        if token.kind == "year" and behind.start == token.end and behind.text in _OPEN:
            raise Decline(f"没有读懂：{token.text}{behind.text}")
    if strict and years and not windows:
        windows, years = [Window(year=year, start=(1, 1), end=(12, 31), text=f"{year}年") for year in years], []
    for window in _with_years(windows):
        if not window.year and len(years) > 1:
            raise Decline(f"“{window.text}”是哪一年的？")
        known_years = before or _years_of(tokens, lexicon)
        year = window.year or (years[0] if years else known_years[0] if len(known_years) == 1 else 0)
        if not year:
            raise Decline(f"“{window.text}”是哪一年的？请写明年份")
        parts.windows.append(replace(window, year=year))
    parts.years = (
        [] if windows and years and not any(window.year for window in windows) and not _of_plan(tokens) else list(dict.fromkeys(years))
    )


def _with_years(windows: Sequence[Window]) -> Iterator[Window]:
    """The windows, each of the year of the one before where it says none: 2023年5月、6月."""
    year = 0
    for window in windows:
        year = window.year or year
        yield replace(window, year=year)


def _years_said(token: Token, said: Sequence[int]) -> tuple[int, ...]:
    """The years of a token: 去年 beside 2023年 is the year before that, 今年（2023年） is that."""
    if token.text in YEAR_WORDS and said:
        return (max(said) + YEAR_WORDS[token.text],)
    return tuple(token.value)


def _years_of(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[int, ...]:
    """The years of the plans of the places and units that are spoken of; of all plans where none is."""
    plans = {one.iri for token in tokens if token.kind == "plan" for one in token.things}
    if plans:
        return tuple(sorted({plan.year for plan in lexicon.all_plans if plan.year and plan.thing.iri in plans}))
    places = {one.iri for token in tokens if token.kind == "place" for one in token.things}
    places = places or {one.place for token in tokens if token.kind == "unit" for one in token.things}
    return tuple(sorted({plan.year for plan in lexicon.all_plans if plan.year and (not places or plan.place in places)}))


def _of_plan(tokens: Sequence[Token]) -> bool:
    """Whether a year is said of a plan, and not of a day: 2023年计划中6月底前."""
    return any(token.kind == "cue" and "plan" in token.value for token in tokens)
