"""今年 in a store that holds no plan of this year: the latest plan of what is spoken of, and said to be; else asked back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from queries.ask.lexicon import Lexicon, Plan
from queries.ask.model import Answer, Choice, Decline, Token

_NOW = (
    "今年",
    "本年度",
    "本年",
    "下个月",
    "下月",
    "本月",
    "这个月",
    "上个月",
    "上月",
    "本季度",
    "这个季度",
    "下季度",
    "下个季度",
    "上季度",
    "上个季度",
)
_MOST = 12


def settled(tokens: Sequence[Token], lexicon: Lexicon, near: Sequence[str] = ()) -> tuple[list[Token], str]:
    """The tokens with the latest year in scope for 今年, where no plan in scope is of it; and the word, where nothing is in scope.

    `near` are the plans of the question before.
    """
    this = next((token for token in tokens if token.text.startswith(_NOW) and _year(token)), None)
    if this is None or any(token.kind == "year" and not token.text.startswith(_NOW) for token in tokens):
        return list(tokens), ""
    plans = list(_in_scope(tokens, lexicon)) or [one for one in lexicon.all_plans if one.thing.iri in near]
    if _year(this) in ({plan.year for plan in plans} or set(lexicon.years)):
        return list(tokens), ""
    known = [plan.year for plan in plans if plan.year]
    if known:
        said = f"{max(known)}年（库中没有{_year(this)}年的计划）"
        return [_of(token, max(known), said) if token.text.startswith(_NOW) and _year(token) else token for token in tokens], ""
    if _is_of_unknown(tokens) or this.kind == "window":
        return list(tokens), ""
    return [replace(token, kind="stop", value=frozenset({"stop"})) if token is this else token for token in tokens], this.text


def _year(token: Token) -> int:
    if token.kind == "year":
        return int(token.value[0])
    return int(token.value.year) if token.kind == "window" else 0


def _of(token: Token, year: int, said: str) -> Token:
    value = (year,) if token.kind == "year" else replace(token.value, year=year)
    return replace(token, value=value, slip=said)


def _is_of_unknown(tokens: Sequence[Token]) -> bool:
    return any(token.kind == "unknown" for token in tokens)


def _in_scope(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Plan]:
    """The plans that the question names, or that are of the places that it names, or of the one place of a unit of it."""
    plans = {one.iri for token in tokens if token.kind == "plan" for one in token.things}
    places = {one.iri for token in tokens if token.kind == "place" for one in token.things[:1] if not token.value or len(token.things) == 1}
    units = [{one.place for one in token.things} for token in tokens if token.kind == "unit"]
    places = places or {place for each in units if len(each) == 1 for place in each}
    above = {each for place in places for each in lexicon.above(place)}
    own = [one for one in lexicon.all_plans if (one.thing.iri in plans if plans else one.place in places)]
    yield from own or [one for one in lexicon.all_plans if one.place in above]


def asked_back(given: Answer, word: str, year: int, lexicon: Lexicon) -> Answer:
    """The answer to what was said of 今年 without a place: by the one plan that has it; Decline with choices where several have."""
    titles = list(dict.fromkeys(str(row["plan"]) for row in given.rows if row.get("plan")))
    plans = [one for one in lexicon.all_plans if one.thing.label in titles]
    if not plans:
        known = f"{lexicon.years[0]}至{lexicon.years[-1]}年" if lexicon.years else "没有任何一年"
        raise Decline(f"库中没有{word}（{year}年）的计划；有的是{known}的")
    if len(plans) > 1:
        choices = tuple(_choice(one, given, word, lexicon) for one in plans[:_MOST])
        raise Decline(f"“{word}”是哪里、哪一年的？库中没有{year}年的计划", choices)
    note = f"库中没有{year}年的计划，按{plans[0].year}年的《{plans[0].thing.label}》"
    return replace(given, understood=f"{given.understood}（{note}）", words=f"{given.words}。{note}")


def _choice(plan: Plan, given: Answer, word: str, lexicon: Lexicon) -> Choice:
    place = lexicon.place_labels.get(plan.place, "")
    question = f"{place}{plan.year}年{given.question.replace(word, '', 1)}"
    return Choice(label=f"{place}{plan.year}年", note=plan.thing.label, iri=plan.thing.iri, question=question)
