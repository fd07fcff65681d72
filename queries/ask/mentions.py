"""Plans that a question names by a part of their titles: 2023年行动方案, 大气任务清单, 分解表."""

from __future__ import annotations

from collections.abc import Sequence

from queries.ask.grammar import STOP
from queries.ask.lexicon import Lexicon, Plan
from queries.ask.model import Token

# The longest that a title holds counts; what is only a word for any plan names none by itself.
_NOUNS = ("任务分解表", "分解表", "任务清单", "清单", "工作台账", "台账", "实施方案", "行动方案", "工作方案", "方案", "工作要点", "要点",
          "行动计划", "计划", "任务表", "工作安排", "安排", "实施意见", "意见", "措施", "任务分工", "分工")  # fmt: skip
_GOES_ON = {"的", "中", "里"}


def plan_mentions(tokens: list[Token], lexicon: Lexicon, notes: list[str], near: str = "") -> list[Token]:
    """The tokens, with those that name a plan as one token; of the place `near` where the question names none."""
    scope = _scope(tokens, lexicon)
    if near and not any(token.kind == "place" for token in tokens):
        scope = tuple(one for one in scope if one.place == near) or scope
    at = 0
    while at < len(tokens):
        first, plans = _mention(tokens, at, scope)
        if plans:
            joined = "".join(token.text for token in tokens[first : at + 1])
            notes.append(f"“{joined}”看作{'、'.join(f'《{one.thing.label}》' for one in plans)}")
            kept = [token for token in tokens[first:at] if token.kind in {"year", "place"} and not _in_title(token, plans)]
            mention = Token(kind="plan", text=joined, start=tokens[first].start, things=tuple(one.thing for one in plans), value=())
            tokens = [*tokens[:first], *kept, mention, *tokens[at + 1 :]]
            at = first + len(kept)
        at += 1
    return tokens


def _scope(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Plan, ...]:
    """The plans of the places and years that the question names."""
    places = {one.iri for token in tokens if token.kind == "place" and not token.value for one in token.things}
    places = places or {one.place for token in tokens if token.kind == "unit" and len({each.place for each in token.things}) == 1
                        for one in token.things}  # fmt: skip
    years = {year for token in tokens if token.kind == "year" for year in token.value}
    return tuple(one for one in lexicon.all_plans if (not places or one.place in places) and (not years or one.year in years))


def _mention(tokens: Sequence[Token], at: int, scope: Sequence[Plan]) -> tuple[int, list[Plan]]:
    """Where the name of a plan that ends at a token begins, and which plans it fits; none where it is no name of one."""
    token = tokens[at]
    if token.kind not in {"cue", "matter"}:
        return at, []
    by_itself = token.kind == "cue" and "plan" in token.value
    noun = next((noun for noun in _NOUNS if token.text.endswith(noun)), "")
    found = [one for one in scope if noun and token.text.removeprefix("政务公开") in one.thing.label]
    found = [one for one in found if one.thing.label.endswith(noun)] or found
    beside = tokens[at - 1] if at and tokens[at - 1].end == token.start else None
    if beside and beside.kind == "matter" and not any(beside.text in one.thing.label for one in found):
        return at, []
    if beside and beside.kind == "place" and beside.value and {one.place for one in found}.isdisjoint(one.iri for one in beside.things):
        return at, []
    if not found or (at and tokens[at - 1].kind == "cue" and tokens[at - 1].value & {"what", "howmany"}):
        return at, []
    first, before, named = at, at - 1, 0
    while before >= 0:
        word = tokens[before]
        fits = [one for one in found if word.text in one.thing.label]
        if word.kind in {"matter", "cue", STOP} and len(word.text) > 1 and fits:
            found, first, named = fits, before, named + (word.text != "政务公开")
        elif word.text not in _GOES_ON and word.kind not in {"year", "place"}:
            break
        before -= 1
    places = {one.place for one in found}
    if (not named and (not by_itself or len(found) == len(scope))) or (len(places) > 1 and not _same_year(found, scope, named)):
        return at, []
    return first, found


def _in_title(token: Token, plans: Sequence[Plan]) -> bool:
    """Whether a place only stands in the titles of plans of another place: 落实云溪市要点工作台账."""
    own = {one.place for one in plans}
    return token.kind == "place" and all(token.text in one.thing.label for one in plans) and own.isdisjoint(one.iri for one in token.things)


def _same_year(found: Sequence[Plan], scope: Sequence[Plan], named: int) -> bool:
    """Whether the plans of several places are meant together: only where the question names these places itself."""
    return named > 0 and {one.place for one in scope} == {one.place for one in found} and len(scope) < 12
