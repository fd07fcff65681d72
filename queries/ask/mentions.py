"""Plans that a question names by a part of their titles: 2023年行动方案, 大气任务清单, 分解表."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from queries.ask.grammar import STOP
from queries.ask.lexicon import Lexicon, Plan
from queries.ask.model import Token
from queries.ask.shortnames import shortens
from queries.ask.unitnames import words

# The longest that a title holds counts; what is only a word for any plan names none by itself.
_NOUNS = (
    "任务分解表", "分解表", "任务清单", "清单", "工作台账", "台账", "实施方案", "行动方案", "工作方案", "方案", "工作要点", "要点",
    "行动计划", "计划", "任务表", "工作安排", "安排", "实施意见", "意见", "措施", "举措", "任务分工", "分工表", "分工", "任务书",
    "责任清单", "责任表", "工作表", "事项清单", "路线图", "规划", "通知",
)  # fmt: skip
_GOES_ON = {"的", "中", "里", "跟", "和", "与", "及", "、", "国办", "那个", "这个", "那份", "这份"}
_PAPERS = {"表", "文件", "文", "册子"}  # that may stand for a plan only where one alone is spoken of
# Words behind the name of a paper.
_INSIDE = {"里", "中", "上", "内", "里头", "里面", "当中", "里边", "上头", "上面", "表里", "表上", "表中", "的", "下", "要求", "规定", "写"}
_WITHIN = {"里", "中", "里头", "里面", "当中", "里边", "上"}
_DECIDED = "会议所定"  # 会上定的事, of the minutes of a meeting
_FEW_PLANS = 12
_LEADS = {"在", "按", "按照", "照", "从", "据", "根据", "依", "对", "看", "查", "那", "这", "请问"}  # before it


def plan_mentions(tokens: list[Token], lexicon: Lexicon, notes: list[str], near: str = "") -> list[Token]:
    """The tokens, with those that name a plan as one token; of the place `near` where the question names none."""
    scope = _scope(tokens, lexicon)
    if near and not any(token.kind == "place" for token in tokens):
        scope = tuple(one for one in scope if one.place == near) or scope
    one_plan = scope if len(scope) == 1 < len(lexicon.all_plans) or (len(scope) == 1 and _says_where(tokens)) else ()
    named = any(token.kind in {"place", "plan", "unit"} for token in tokens)
    wide = lexicon.all_plans if not named and any(token.kind == "year" for token in tokens) else ()  # 意见里2025年: a year of its words
    at = 0
    while at < len(tokens):
        if _says_no_other(tokens, at):
            tokens = [*tokens[:at], replace(tokens[at], kind="stop", value=frozenset({STOP})), *tokens[at + 1 :]]
            at += 1
            continue
        first, plans = _mention(tokens, at, scope)
        if tokens[at].text == _DECIDED:
            plans = [one for one in scope if "纪要" in one.thing.label]
        if not plans and one_plan:
            first, plans = _the_one(tokens, at, one_plan[0])
        if not plans and _says_where(tokens):
            first, plans = _context(tokens, at, scope)
        if not plans and tokens[at].text == "文件":
            first, plans = _by_matter(tokens, at, scope)
        if not plans and wide and not any(token.kind == "year" and token.end <= tokens[at].start for token in tokens):
            first, plans = _mention(tokens, at, wide)
            plans = plans if len(plans) == 1 else []
        if plans:
            joined = "".join(token.text for token in tokens[first : at + 1])
            notes.append(f"“{joined}”看作{'、'.join(f'《{one.thing.label}》' for one in plans)}")
            kept = [token for token in tokens[first:at] if token.kind in {"year", "place"} and not _in_title(token, plans)]
            mention = Token(kind="plan", text=joined, start=tokens[first].start, things=tuple(one.thing for one in plans), value=())
            told = {one.iri for one in mention.things}
            head = [token for token in tokens[:first] if not (_is_issuer(token) and told <= {one.iri for one in token.things})]
            head = _without_issuer(head, tokens[first], mention)
            tokens = [*head, *kept, mention, *tokens[at + 1 :]]
            at = len(head) + len(kept)
        at += 1
    return tokens


def _says_no_other(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word for a plan names none: 2号的分解表 is that of the number before it, and 计划新增 means to do so."""
    token = tokens[at]
    if token.kind not in {"cue", "matter"} or not any(token.text == noun for noun in _NOUNS):
        return False
    before = at - 1
    while before >= 0 and tokens[before].text in _GOES_ON and tokens[before].end == tokens[before + 1].start:
        before -= 1
    if before >= 0 and tokens[before].kind == "plan" and tokens[before].end == tokens[before + 1].start:
        return True
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    means_to = token.text == "计划" and behind is not None and behind.start == token.end and behind.kind == "matter"
    return means_to and behind is not None and behind.tag[:1] == "v" and (at == 0 or tokens[at - 1].kind != "matter")


def _says_where(tokens: Sequence[Token]) -> bool:
    return any(token.kind in {"place", "plan"} for token in tokens)


def _the_one(tokens: Sequence[Token], at: int, plan: Plan) -> tuple[int, list[Plan]]:
    """Where the name of the one plan in scope begins, whatever it is called: 那张分解表, though its title says 行动方案."""
    token = tokens[at]
    noun = token.text in _PAPERS or (token.kind in {"cue", "matter"} and any(token.text.endswith(one) for one in _NOUNS))
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    open_end = behind is None or behind.start > token.end or behind.text in _INSIDE or behind.kind == "unit"
    if token.kind not in {"cue", "matter"} or not noun or not open_end:
        return at, []
    first = _back(tokens, at, plan)
    before = tokens[first - 1] if first else None
    known = before is None or before.end < tokens[first].start or before.kind in {"place", "year", "plan"} or before.text in _LEADS
    return (first, [plan]) if known else (at, [])


def _context(tokens: Sequence[Token], at: int, scope: Sequence[Plan]) -> tuple[int, list[Plan]]:
    """Where words begin that stand before 里 and in the titles of plans of the scope, and these: 民生实事里."""
    token, behind = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    inside = behind is not None and behind.start == token.end and behind.text in _WITHIN
    if not inside or token.kind not in {"cue", "matter"} or len(scope) > _FEW_PLANS:
        return at, []
    starts = [(_back(tokens, at, plan), plan) for plan in scope if token.text in plan.thing.label]
    first = min((start for start, _ in starts), default=at)
    before = tokens[first - 1] if first else None
    apart = before is None or before.end < tokens[first].start
    whole = apart or (before is not None and (before.kind in {"place", "year", "plan"} or before.text in _LEADS | _GOES_ON))
    long = sum(len(token.text) for token in tokens[first : at + 1]) > 2
    return (first, [plan for start, plan in starts if start == first]) if whole and long else (at, [])


def _back(tokens: Sequence[Token], at: int, plan: Plan) -> int:
    """Where the words begin that stand before a noun and in the title of a plan."""
    title, first = plan.thing.label, at
    while first and tokens[first - 1].end == tokens[first].start:
        word, behind = tokens[first - 1], tokens[first]
        said = [word.text]  # and with the word beside it, where both are pieces of one: 治 气
        if len(word.text) == 1 and word.kind == "matter":
            said += [word.text + behind.text] if len(behind.text) == 1 else []
            said += [tokens[first - 2].text + word.text] if first > 1 else []
        titled = word.kind in {"matter", "cue"} and any(in_title(one, title) for one in said)
        if not (titled or word.text in _GOES_ON):
            break
        first -= 1
    while first < at and tokens[first].text in _GOES_ON:
        first += 1
    return first


def _by_matter(tokens: Sequence[Token], at: int, scope: Sequence[Plan]) -> tuple[int, list[Plan]]:
    """The one plan whose title has all the words before 文件, and where these begin: 学前教育那个文件."""
    starts = [(_back(tokens, at, plan), plan) for plan in scope]
    first = min((start for start, _ in starts), default=at)
    found = [plan for start, plan in starts if start == first]
    words_ = [token for token in tokens[first:at] if token.text not in _GOES_ON]
    return (first, found) if first < at and len(found) == 1 and sum(len(token.text) for token in words_) >= 2 else (at, [])


def alike_in(word: str, title: str) -> bool:
    """Whether a title has a word that means the same."""
    return any(word in group and any(other in title for other in group) for group in words()["freely"])


@lru_cache(maxsize=65536)
def in_title(word: str, title: str) -> bool:
    """Whether a word, one that means the same, or what it shortens stands in a title: 治气 for 大气, 农旅 for 农业与旅游."""
    if word in title:
        return len(word) > 1
    return alike_in(word, title) or (len(word) == 2 and shortens(word, title, False))


def _scope(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Plan, ...]:
    """The plans of the places and years that the question names."""
    issued = {one.iri for token in tokens if _is_issuer(token) for one in token.things}
    if issued:
        return tuple(one for one in lexicon.all_plans if one.thing.iri in issued)
    places = {one.iri for token in tokens if token.kind == "place" and not token.value for one in token.things}
    places = places or {one.place for token in tokens if token.kind == "unit" and len({each.place for each in token.things}) == 1
                        for one in token.things}  # fmt: skip
    years = {year for token in tokens if token.kind == "year" for year in token.value}
    return tuple(one for one in lexicon.all_plans if (not places or one.place in places) and (not years or one.year in years))


def _without_issuer(head: list[Token], first: Token, mention: Token) -> list[Token]:
    """The tokens before the name of a plan, without the unit right before it that its title begins with: 东陵省财政厅 那个意见."""
    at, end = len(head) - 1, first.start
    while at >= 0 and head[at].end == end and head[at].text in _GOES_ON:
        at, end = at - 1, head[at].start
    unit = head[at] if at >= 0 and head[at].end == end and head[at].kind == "unit" else None
    heads = {unit.text, *(one.label for one in unit.things)} if unit else set()
    issued = heads and all(any(plan.label.startswith(name) for name in heads) for plan in mention.things)
    return [*head[:at], *head[at + 1 :]] if issued else head


def _is_issuer(token: Token) -> bool:
    """Whether a token names one who issued plans, and stands for these."""
    return token.kind == "plan" and token.value == ()


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
