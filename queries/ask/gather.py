"""From the tokens of a question to what it speaks of; a name that nothing in the store has declines it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from queries.ask.bodies import governments, other_groups, towns
from queries.ask.grammar import STOP, Condition, load_grammar
from queries.ask.lexicon import Lexicon, plain
from queries.ask.matters import find_matter, leave_title
from queries.ask.mentions import plan_mentions
from queries.ask.model import Choice, Decline, Finder, Owed, Thing, Token, Unread
from queries.ask.parts import Parts
from queries.ask.pieces import pieced
from queries.ask.refusals import refuse_no_plan, refuse_not_held, refuse_predicate, refuse_unknown
from queries.ask.resolve import choices_of, departments, place_before, resolve_unit
from queries.ask.roles import ROLES, assign_roles
from queries.ask.windows import find_days_meant

_ABSORB_RIGHT = {"plan", "law", "unit", "limit", "finish", "replaced", "howmany"}
_CITES = ("引", "援引")
_GROUP = "/group/"
_SHARE = {"都有份", "都参与", "都要"}
_TASKS = {"任务", "工作任务", "重点任务"}
_MAKES = {"修订", "修改", "制定", "制订", "起草", "出台", "废止", "编制", "拟定", "完善", "研究制定", "修编"}
_THAT_ONE = re.compile(r"[那这该](?:个|份|张|套)(?P<noun>[一-龥]{0,4}?(?:意见|方案|要点|计划|清单|台账|分解表|通知|规划|措施))")
_MODAL = {"要", "需", "须", "应", "该", "得", "应当", "应该", "必须", "需要", "要求"}
_RANKS = ("省", "市", "区", "县")
_WHICH = {"哪个", "哪些", "哪几个", "哪", "哪一个"}
_WHOLES = {"的", "这", "那", "里", "中", "方案", "清单", "台账", "要点", "分解表"}  # before how many tasks there are in all
_PERIODS = (("季", "quarter"), ("月", "month"), ("周", "week"), ("星期", "week"), ("半年", "half"), ("年", "year"))


def gather(
    question: str, tokens: Sequence[Token], lexicon: Lexicon, finder: Finder, *, years: tuple[int, ...] = (), near: str = ""
) -> Parts:
    """The parts of a question; Decline for a name that the store does not know, or that means several things.

    `years` are those of the question before, for days of which this one says no year, `near` is its place.
    """
    parts = Parts()
    tokens = plan_mentions(list(_without_totals(list(_merged(tokens)))), lexicon, parts.notes, near)
    tokens = governments(tokens, lexicon)
    tokens = towns(tokens, lexicon, _spoken_places(tokens, near, lexicon))
    tokens = list(absorbed(_printed(_made(_with_upper(tokens, lexicon), finder), parts, finder), finder))
    tokens = list(_asked_after(tokens))
    refuse_unknown(tokens, lexicon)
    _cues(tokens, parts)
    _papers(question, tokens, parts)
    find_days_meant(tokens, parts, lexicon, years)
    _places(question, tokens, parts, lexicon)
    _leave_shares(tokens, parts)
    _conditions(parts, lacking=True)  # 没有配合单位的: no role of a unit that is named
    _units(question, tokens, parts, lexicon)
    parts.numbers += [token.value for token in tokens if token.kind == "number"]
    _one_of_plans(question, tokens, parts)
    find_matter(tokens, parts)
    parts.known = parts.matter is not None and any(finder.knows(word) for word in parts.matter.words if len(word) > 1)
    leave_title(parts, lexicon)
    if not parts.plans:
        refuse_no_plan(parts.places, parts.years, parts.units, lexicon)
    refuse_not_held(question, tokens, parts)
    refuse_predicate(tokens, parts)
    _conditions(parts)
    parts.notes += [f"“{token.text}”看作“{token.slip}”" for token in tokens if token.slip]
    return parts


def _spoken_places(tokens: Sequence[Token], near: str, lexicon: Lexicon) -> list[str]:
    """The places and those of the plans that a question names, with those above each; else the place before."""
    named = [one.iri for token in tokens if token.kind == "place" and not token.value for one in token.things]
    named += [one.place for token in tokens if token.kind == "plan" for one in token.things]
    return [each for iri in (named or [near]) for each in (iri, *lexicon.above(iri))]


def _merged(tokens: Sequence[Token]) -> Iterator[Token]:
    """Pieces of one name of a unit that jieba cut, put together: 气象 局 is a unit that is not known."""
    rest = list(tokens)
    while rest:
        token = rest.pop(0)
        if (
            rest
            and rest[0].text in {"局", "厅", "委"}
            and rest[0].start == token.end
            and token.kind in {"matter", "stop"}
            and len(token.text) > 1
        ):
            last = rest.pop(0)
            yield Token(kind="unknown", text=token.text + last.text, start=token.start, tag="unit")
        else:
            yield token


def _without_totals(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens without how many tasks a document has: 方案的23项任务."""
    for at, token in enumerate(tokens):
        behind = tokens[at + 1] if at + 1 < len(tokens) else None
        counts = token.kind == "matter" and token.text.isdecimal() and behind is not None and behind.start == token.end
        if counts and behind and behind.kind == "cue" and "task" in behind.value and at and tokens[at - 1].text in _WHOLES:
            continue
        yield token


def absorbed(tokens: Iterable[Token], finder: Finder) -> Iterator[Token]:
    """Weak cues and stop words that are a part of a matter, because tasks have them so: 部门预算, 招生计划."""
    given, weak = list(pieced(list(tokens), finder)), load_grammar().weak
    for at, token in enumerate(given):
        before, behind = (given[at - 1] if at else None), (given[at + 1] if at + 1 < len(given) else None)
        beside = before is not None and before.kind == "matter" and before.end == token.start
        negates = (token.text == "不" and beside) or (token.text == "非" and behind is not None and len(behind.text) > 1)
        if negates and behind and behind.kind == "matter" and behind.start == token.end and finder.knows(token.text + behind.text):
            yield replace(token, kind="matter", value=None)  # 24小时不打烊
            continue
        if token.kind not in {"cue", STOP} or token.text not in weak or len(token.text) < 2:
            yield token
            continue
        joined = ""
        if behind and behind.kind == "matter" and behind.start == token.end:
            joined = token.text + behind.text
        if not (joined and finder.knows(joined)) and before and before.kind == "matter" and before.end == token.start:
            joined = before.text + token.text if token.value & _ABSORB_RIGHT else ""
        if joined and finder.knows(joined):
            yield replace(token, kind="matter", value=None)
        else:
            yield token


def _with_upper(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, with 市里 as a word for the upper level where a question of lineage names a place below it."""
    cues = {cue for token in tokens if token.kind == "cue" for cue in token.value}
    named = {one.iri for token in tokens if token.kind == "place" and not token.value for one in token.things[:1]}
    named |= {one.place for token in tokens if token.kind == "plan" for one in token.things}
    above = {each for iri in named for each in lexicon.above(iri)}
    asks_origin = any(token.text in {"出处", "依据", "根据"} for token in tokens)
    if not asks_origin and not cues & {"origin", "cite", "law", "copied", "gap", "fate", "own"}:
        return tokens
    levels = [_RANKS.index(lexicon.level_of[iri]) for iri in named if lexicon.level_of.get(iri) in _RANKS]

    def upper(token: Token) -> bool:
        higher = bool(levels) and token.value in _RANKS and _RANKS.index(token.value) < min(levels)
        return any(one.iri in above for one in token.things) or higher

    return [
        replace(token, kind="cue", value=frozenset({"upper"}), things=())
        if token.kind == "place" and token.value and upper(token)
        else token
        for token in tokens
    ]


def _asked_after(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens, with a unit that nothing in the store names as one where a plan or a place is asked if it has tasks of it."""
    spoken = any(token.kind in {"plan", "place"} for token in tokens) and not any(token.kind == "matter" for token in tokens)
    asked = any(token.kind == "cue" and "whether" in token.value for token in tokens)
    for token in tokens:
        unit = token.kind == "unknown" and token.tag == "unit"
        yield replace(token, kind="unit", value=None) if unit and spoken and asked else token


def _printed(tokens: Iterable[Token], parts: Parts, finder: Finder) -> Iterator[Token]:
    """A title or number that no instrument has but some task prints is searched for as it stands."""
    for token in tokens:
        if token.kind == "unknown" and token.tag == "instrument" and finder.knows(token.value):
            parts.notes.append(f"没有认出“{token.text}”是哪份文件，按字面找")
            yield replace(token, kind="matter", text=token.value, tag="title", value=None)
        else:
            yield token


def _made(tokens: Sequence[Token], finder: Finder) -> Iterator[Token]:
    """A document that is to be made or changed is a matter, and not what is cited: 修订档案管理办法."""
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        made = token.kind == "instrument" and before is not None and before.end == token.start and before.text in _MAKES
        name = plain(token.text) if made else ""
        if made and finder.knows(name):
            yield replace(token, kind="matter", text=name, tag="title", value=None, things=())
        else:
            yield token


def _cues(tokens: Sequence[Token], parts: Parts) -> None:
    """The cues; 哪些任务 asks for tasks, and 多少万元 for a quantity that no query counts."""
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        asked = before is not None and before.kind == "cue" and before.end == token.start
        if (
            token.kind == "matter"
            and before is not None
            and asked
            and before.value & {"howmany", "tally", "loose-tally"}
            and not _goes_on(tokens, at)
        ):
            raise Unread(f"没有读懂：{before.text}{token.text}")
        if token.kind == "matter" and before is not None and asked and before.text in _WHICH and not _of_known(tokens, at):
            raise Unread(f"没有读懂：{before.text}{token.text}")
        if token.kind == "cue":
            listed = at + 1 < len(tokens) and tokens[at + 1].text.startswith("列")  # …的任务列一下
            behind_what = asked and before is not None and "what" in before.value
            of_tasks = "task" in token.value and (listed or behind_what or _closes(tokens, at))
            told = {"asked-task"} if of_tasks else set()
            acts = {"act"} if "duty" in token.value and token.text not in _MODAL else set()  # 要 alone counts no tasks: 要新建多少
            ends = {"closing"} if at == len(tokens) - 1 and token.text in _TASKS else set()
            parts.cues.append(replace(token, value=token.value | told | acts | ends))
            parts.this = parts.this or "this" in token.value
            if "recurring" in token.value:
                parts.period = _period(token.text)


def _closes(tokens: Sequence[Token], at: int) -> bool:
    """Whether a question ends with 任务有哪些: it asks for tasks, whatever they cite."""
    behind = [token for token in tokens[at + 1 :] if token.kind != STOP]
    return len(behind) == 1 and behind[0].kind == "cue" and "what" in behind[0].value and "law" not in behind[0].value


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether words go on to 任务 with nothing between: 多少项乡村振兴任务."""
    run = at
    while run + 1 < len(tokens) and tokens[run].kind == "matter" and tokens[run].end == tokens[run + 1].start:
        run += 1
    return tokens[at - 1].value <= {"tally", "loose-tally"} and tokens[run].text in {"任务", "工作任务", "重点任务"}


def _of_known(tokens: Sequence[Token], at: int) -> bool:
    """Whether the words behind 哪些 go on to something that is counted here: 哪些老旧小区改造任务, and not 哪个学校."""
    behind = next((token for token in tokens[at:] if token.kind == "cue"), None)
    return behind is not None and bool(behind.value & {"task", "law", "unit", "plan", "cite", "limit", "named"})


def _period(word: str) -> str:
    return next((code for mark, code in _PERIODS if mark in word and word != "周期性"), "")


def _places(question: str, tokens: Sequence[Token], parts: Parts, lexicon: Lexicon) -> None:
    """The places of a question, apart from those that only say which unit is meant: 澄湖区财政局."""
    for at, token in enumerate(tokens):
        if token.kind != "place":
            continue
        if not token.things:
            raise Decline(f"库中没有{token.value}一级的计划")
        if _qualifies(tokens, at):
            continue
        above = tuple(one for one in token.things if token.value and one.iri in _above(tokens, parts, lexicon))
        things = above if len(above) == 1 else token.things
        if len(things) > 1:
            parts.doubt = parts.doubt or Decline(f"“{token.text}”可能指几个地方", choices_of(question, token, things))
        if things[0] not in parts.places:
            parts.places.append(things[0])


def _above(tokens: Sequence[Token], parts: Parts, lexicon: Lexicon) -> set[str]:
    """The places that are named, and those that they lie in: 市里 beside 叶县 is the city that it belongs to."""
    named = {one.iri for token in tokens if token.kind == "place" and not token.value for one in token.things[:1]}
    named |= {one.place for one in parts.plans}
    units = [{one.place for one in token.things} for token in tokens if token.kind == "unit"]
    named |= {place for each in units if len(each) == 1 for place in each}
    return named | {above for iri in named for above in lexicon.above(iri)}


def _qualifies(tokens: Sequence[Token], at: int) -> bool:
    """Whether a place stands right before a unit."""
    behind = list(tokens[at + 1 : at + 3])
    if behind and behind[0].text == "的":
        behind = behind[1:]
    return bool(behind and behind[0].kind == "unit")


def _units(question: str, tokens: Sequence[Token], parts: Parts, lexicon: Lexicon) -> None:
    for at, token in enumerate(tokens):
        if token.kind != "unit":
            continue
        if alike := departments(token, place_before(tokens, at), parts):
            parts.units += [Owed(unit=one) for one in alike if one not in [owed.unit for owed in parts.units]]
            parts.notes.append(f"“{token.text}”即{'、'.join(one.label for one in alike)}")
            continue
        doubt = parts.doubt
        thing = resolve_unit(question, token, place_before(tokens, at), parts, lexicon)
        if _beside_named(token, tokens, parts):
            parts.doubt = doubt  # whichever of the groups is meant, those that bind the unit count
        if excepting := _excepting(tokens, at):
            parts.without.append(Owed(unit=thing, role=next(role for role in ROLES if role in excepting[0].value)))
            parts.cues = [one for one in parts.cues if one.start not in {each.start for each in excepting}]
            continue
        if thing.bound:
            parts.notes.append(f"库中没有单独写到“{thing.bound}”，看约束它的“{thing.label}”")
        elif thing.label != token.text:
            parts.notes.append(f"“{token.text}”即{thing.label}")
        if thing not in [owed.unit for owed in parts.units]:
            parts.units.append(Owed(unit=thing, also=other_groups(thing, lexicon)))
    assign_roles(question, tokens, parts, lexicon)
    _others_of(tokens, parts)


def _beside_named(token: Token, tokens: Sequence[Token], parts: Parts) -> bool:
    """Whether a word means one of several groups, beside a unit whose tasks through groups are asked for: 幸福街道, “各街道”的也算."""
    if any("together" in cue.value for cue in parts.cues) or not all(_GROUP in one.iri for one in token.things):
        return False
    return any(one.kind == "unit" and one.things and not any(_GROUP in thing.iri for thing in one.things) for one in tokens)


def _excepting(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """The words before a unit that it is said not to have a role by: 牵头单位 排除 财政局; none where it is not."""
    before = [token for token in tokens[:at] if token.kind == "cue"][-2:]
    near = len(before) == 2 and before[0].end == before[1].start and not any(one.kind == "unit" for one in tokens[:at][-2:])
    return before if near and "except" in before[1].value and before[0].value & set(ROLES) else []


def _leave_shares(tokens: Sequence[Token], parts: Parts) -> None:
    """Without 都有份, 都要 where one unit alone is named: it has a share in all of them."""
    named = [token for token in tokens if token.kind == "unit" and not (token.things and _GROUP in token.things[0].iri)]
    if len(named) == 1 and not any("who" in token.value for token in parts.cues):
        parts.cues = [token for token in parts.cues if token.value != {"together"} or token.text not in _SHARE]


def _others_of(tokens: Sequence[Token], parts: Parts) -> None:
    """民政局牵头规范收费，谁配合: who else has the task, of which the unit only says whose it is."""
    cues = {cue for token in parts.cues for cue in token.value}
    spoken = any(token.kind == "matter" for token in tokens)
    if len({owed.unit.iri for owed in parts.units}) != 1 or not spoken or not {"who", "support"} <= cues:
        return
    place = Thing(iri=parts.units[0].unit.place, label=parts.units[0].unit.note)
    parts.places = parts.places or ([place] if place.label else [])
    parts.units, parts.role, parts.either = [], "" if "lead" in cues else "support", False


def _papers(question: str, tokens: Sequence[Token], parts: Parts) -> None:
    """Plans and instruments; what is both is what is cited where the question cites."""
    cites = any("cite" in token.value and (token.text.startswith(_CITES) or not _says_who(tokens)) for token in parts.cues)
    for token in tokens:
        if token.kind == "instrument" or (token.kind == "plan" and token.value and cites):
            things = token.value if token.kind == "plan" else token.things
            things = tuple(one for one in things if one.exact) or things
            if len(things) > 1:
                parts.doubt = parts.doubt or Decline(f"“{token.text}”可能指几份文件", choices_of(question, token, things))
            parts.instruments += [one for one in things[:1] if one not in parts.instruments]
        elif token.kind == "plan":
            parts.plans += [one for one in token.things if one not in parts.plans]


def _one_of_plans(question: str, tokens: Sequence[Token], parts: Parts) -> None:
    """Doubt where one paper is spoken of (那个实施意见) and its name fits several."""
    for token in tokens:
        many = token.kind == "plan" and token.value == () and len(token.things) > 1
        if many and (found := _THAT_ONE.search(question)) and token.text.endswith(found["noun"]):
            choices = tuple(
                Choice(label=one.label, note=one.note, iri=one.iri, question=question.replace(found[0], f"《{one.label}》", 1))
                for one in token.things
            )
            parts.doubt = parts.doubt or Decline(f"“{found['noun']}”可能指几份计划", choices)


def _says_who(tokens: Sequence[Token]) -> bool:
    """Whether the question names a unit: 按照那份计划，叶县要承担哪些任务 asks of the plan, not of what cites it."""
    return any(token.kind == "unit" for token in tokens)


def _conditions(parts: Parts, *, lacking: bool = False) -> None:
    """The conditions whose cues are there, those of what is `lacking` or the others; their cues are used up."""
    for condition in sorted(load_grammar().conditions, key=partial(_apart, cues=tuple(parts.cues))):
        if condition.name == "replaced" or bool({"lack", "having"} & set(condition.needs)) != lacking:
            continue  # a pattern of its own
        if condition.alone and any(token.value & {"lead", "support"} for token in parts.cues):
            continue  # 牵头或者独家承担的
        used = distinct([(need,) for need in condition.needs], parts.cues)
        if used is None:
            continue
        if condition.name == "recurring" and any("howmany" in one.value for one in parts.cues) and parts.units and parts.period == "year":
            continue
        parts.conditions.append(condition)
        parts.cues = [one for one in parts.cues if one not in used]


def _apart(condition: Condition, cues: Sequence[Token]) -> int:
    """How far the word for what is lacking stands from that it is: 财政局牵头的没有写时限 lacks a deadline, and no lead."""
    lacks = [token for token in cues if "lack" in token.value and "lack" in condition.needs]
    what = [token for token in cues if condition.needs[-1] in token.value]
    return min((max(one.start - other.end, other.start - one.end) for one in lacks for other in what), default=0)


def distinct(needs: Sequence[Sequence[str]], cues: Sequence[Token]) -> list[Token] | None:
    """A token of its own for every need; none where there are not enough."""
    if not needs:
        return []
    for token in cues:
        if token.value & set(needs[0]):
            rest = distinct(needs[1:], [one for one in cues if one is not token])
            if rest is not None:
                return [token, *rest]
    return None
