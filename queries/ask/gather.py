"""From the tokens of a question to what it speaks of; a name that nothing in the store has declines it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from queries.ask.dates import YEAR_WORDS
from queries.ask.grammar import STOP, Condition, load_grammar
from queries.ask.lexicon import Lexicon
from queries.ask.mentions import plan_mentions
from queries.ask.model import Choice, Decline, Finder, Matter, Owed, Thing, Token, Window

_ROLES = ("lead", "support", "responsible")
_STRICT_DUE = {"到期", "期满", "截止", "到时限", "到期限"}
_ABSORB_RIGHT = {"plan", "law", "unit", "limit", "finish", "replaced"}
_EITHER = re.compile(r"(?:负责|牵头|承担)(?:或者|或|和|以及|、)(?:负责|牵头|承担)")
_OPEN = {"前", "以前", "之前", "后", "以后", "之后", "以来", "起", "往前", "往后"}  # behind a year: more years than it says
_CITES = ("引", "援引")
_MOST_CHOICES = 12
_PERIODS = (("季", "quarter"), ("月", "month"), ("周", "week"), ("星期", "week"), ("半年", "half"), ("年", "year"))
_VERB = ("v", "vn", "vd")


@dataclass(slots=True)
class Parts:
    """What a question speaks of, gathered from its tokens."""

    units: list[Owed] = field(default_factory=list)
    places: list[Thing] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    plans: list[Thing] = field(default_factory=list)
    instruments: list[Thing] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    matter: Matter | None = None
    cues: list[Token] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    period: str = ""
    role: str = ""
    introduced: set[str] = field(default_factory=set)  # 关于…的, …的任务: words that are certainly a matter
    known: bool = True  # whether any task speaks of the matter
    deed: bool = False  # the matter has a verb: 谁来公布学区地图
    this: bool = False
    doubt: Decline | None = None  # a name that means several things, of which the first stands here

    def slots(self) -> dict[str, int]:
        """How many there are of each slot."""
        tasks = [self.units, self.instruments, self.windows, self.numbers, self.conditions, self.matter, self.this]
        return {
            "unit": len(self.units), "place": len(self.places), "year": len(self.years), "plan": len(self.plans),
            "instrument": len(self.instruments), "window": len(self.windows), "number": len(self.numbers),
            "matter": int(self.matter is not None), "condition": len(self.conditions), "task": int(self.this),
            "role": int(bool(self.role)), "tasks": sum(bool(one) for one in tasks), "deed": int(self.deed),
            "alternatives": max(len(self.units), len(self.places), len(self.years)),
            "dated": len(self.years) + len(self.plans), "bare": int(not self.matter), "function": 0,
        }  # fmt: skip


def gather(question: str, tokens: Sequence[Token], lexicon: Lexicon, finder: Finder, years: tuple[int, ...] = ()) -> Parts:
    """The parts of a question; Decline for a name that the store does not know, or that means several things.

    `years` are those of the question before, for days of which this one says no year.
    """
    parts = Parts()
    tokens = plan_mentions(list(_merged(tokens)), lexicon, parts.notes)
    tokens = list(_absorbed(_printed(_with_upper(tokens, lexicon), parts, finder), finder))
    _refuse_unknown(tokens, lexicon)
    _cues(tokens, parts)
    _papers(question, tokens, parts)
    _days(tokens, parts, lexicon, years)
    _places(question, tokens, parts, lexicon)
    _units(question, tokens, parts, lexicon)
    parts.numbers += [token.value for token in tokens if token.kind == "number"]
    _matter(tokens, parts)
    parts.known = parts.matter is not None and any(finder.knows(word) for word in parts.matter.words if len(word) > 1)
    _refuse_predicate(tokens, parts)
    _conditions(parts)
    parts.notes += [f"“{token.text}”看作“{token.slip}”" for token in tokens if token.slip]
    return parts


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


def _absorbed(tokens: Iterable[Token], finder: Finder) -> Iterator[Token]:
    """Weak cues and stop words that are a part of a matter, because tasks have them so: 部门预算, 招生计划."""
    given, weak = list(tokens), load_grammar().weak
    for at, token in enumerate(given):
        if token.kind not in {"cue", STOP} or token.text not in weak or len(token.text) < 2:
            yield token
            continue
        before, behind = (given[at - 1] if at else None), (given[at + 1] if at + 1 < len(given) else None)
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
    if not cues & {"origin", "cite", "law", "copied", "gap", "fate"}:
        return tokens
    return [
        replace(token, kind="cue", value=frozenset({"upper"}), things=())
        if token.kind == "place" and token.value and any(one.iri in above for one in token.things)
        else token
        for token in tokens
    ]


def _printed(tokens: Iterable[Token], parts: Parts, finder: Finder) -> Iterator[Token]:
    """A title or number that no instrument has but some task prints is searched for as it stands."""
    for token in tokens:
        if token.kind == "unknown" and token.tag == "instrument" and finder.knows(token.value):
            parts.notes.append(f"没有认出“{token.text}”是哪份文件，按字面找")
            yield replace(token, kind="matter", text=token.value, tag="title", value=None)
        else:
            yield token


def _refuse_unknown(tokens: Sequence[Token], lexicon: Lexicon) -> None:
    for token in tokens:
        if token.kind != "unknown":
            continue
        if token.tag == "place":
            known = "、".join(sorted(set(lexicon.place_labels.values()))[:_MOST_CHOICES])
            raise Decline(f"库中没有“{token.text}”的计划；有计划或单位的地方：{known}")
        if token.tag == "instrument":
            raise Decline(f"库中没有文件“{token.text}”：没有计划引用过它，登记册里也没有")
        raise Decline(f"库中没有叫“{token.text}”的单位")


def _cues(tokens: Sequence[Token], parts: Parts) -> None:
    """The cues; 哪些任务 asks for tasks, and 多少万元 for a quantity that no query counts."""
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        asked = before is not None and before.kind == "cue" and before.end == token.start
        if token.kind == "matter" and before is not None and asked and before.value & {"howmany", "tally", "loose-tally"}:
            raise Decline(f"没有读懂：{before.text}{token.text}")
        if token.kind == "cue":
            of_tasks = asked and before is not None and "what" in before.value and "task" in token.value
            parts.cues.append(replace(token, value=token.value | {"asked-task"}) if of_tasks else token)
            parts.this = parts.this or "this" in token.value
            if "recurring" in token.value:
                parts.period = _period(token.text)


def _period(word: str) -> str:
    return next((code for mark, code in _PERIODS if mark in word and word != "周期性"), "")


def _days(tokens: Sequence[Token], parts: Parts, lexicon: Lexicon, before: tuple[int, ...]) -> None:
    said = [year for token in tokens if token.kind == "year" and token.text not in YEAR_WORDS for year in token.value]
    years = [year for token in tokens if token.kind == "year" for year in _years_said(token, said)]
    windows = [token.value for token in tokens if token.kind == "window"]
    for year in years:
        if year not in lexicon.years:
            known = f"{lexicon.years[0]}至{lexicon.years[-1]}年" if lexicon.years else "没有任何一年"
            spoken = next(token.text for token in tokens if token.kind == "year" and year in _years_said(token, said))
            shown = spoken if str(year) in spoken else f"{spoken}（{year}年）"
            raise Decline(f"库中没有{shown}的计划；有的是{known}的")
    for token, behind in pairwise(tokens):
        if token.kind == "year" and behind.start == token.end and behind.text in _OPEN:
            raise Decline(f"没有读懂：{token.text}{behind.text}")
    strict = [token for token in parts.cues if token.text in _STRICT_DUE]
    if strict and years and not windows:
        windows, years = [Window(year=year, start=(1, 1), end=(12, 31), text=f"{year}年") for year in years], []
    for window in windows:
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
            parts.doubt = parts.doubt or Decline(f"“{token.text}”可能指几个地方", _choices(question, token, things))
        if things[0] not in parts.places:
            parts.places.append(things[0])


def _above(tokens: Sequence[Token], parts: Parts, lexicon: Lexicon) -> set[str]:
    """The places that are named, and those that they lie in: 市里 beside 叶县 is the city that it belongs to."""
    named = {one.iri for token in tokens if token.kind == "place" and not token.value for one in token.things[:1]}
    named |= {one.place for one in parts.plans}
    return named | {above for iri in named for above in lexicon.above(iri)}


def _qualifies(tokens: Sequence[Token], at: int) -> bool:
    """Whether a place stands right before a unit."""
    behind = list(tokens[at + 1 : at + 3])
    if behind and behind[0].text == "的":
        behind = behind[1:]
    return bool(behind and behind[0].kind == "unit")


def _units(question: str, tokens: Sequence[Token], parts: Parts, lexicon: Lexicon) -> None:
    roles = [(token.start, role) for token in parts.cues for role in _ROLES if role in token.value]
    for at, token in enumerate(tokens):
        if token.kind != "unit":
            continue
        thing = resolve_unit(question, token, _place_of(tokens, at), parts, lexicon)
        if thing.bound:
            parts.notes.append(f"库中没有单独写到“{thing.bound}”，看约束它的“{thing.label}”")
        elif thing.label != token.text:
            parts.notes.append(f"“{token.text}”即{thing.label}")
        if thing not in [owed.unit for owed in parts.units]:
            parts.units.append(Owed(unit=thing))
    if len(parts.units) > 1 and len(roles) == len(parts.units):  # 财政局牵头、民政局配合的
        order = [role for _, role in sorted(roles)]
        parts.units = [Owed(unit=owed.unit, role=role) for owed, role in zip(parts.units, order, strict=True)]
    elif roles and not _EITHER.search(question):
        parts.role = next((role for _, role in roles if role in {"lead", "support"}), "")
        if parts.units:
            parts.units = [Owed(unit=owed.unit, role=parts.role) for owed in parts.units]


def _place_of(tokens: Sequence[Token], at: int) -> tuple[Thing, ...]:
    """The place that stands right before a unit."""
    before = at - 1
    if before >= 0 and tokens[before].text == "的":
        before -= 1
    return tokens[before].things if before >= 0 and tokens[before].kind == "place" else ()


def resolve_unit(question: str, token: Token, at: tuple[Thing, ...], parts: Parts, lexicon: Lexicon) -> Thing:
    """The one unit that is meant; Decline with choices where there are several, without where none fits the place."""
    found = token.things
    wanted = {place.iri for place in at}
    if token.value:  # 区财政局
        levels = {one.iri for one in lexicon.levels.get(token.value, ())}
        found = tuple(one for one in found if (one.home if token.value != "区" or one.home in levels else one.place) in levels)
        if not found:
            raise Decline(f"库中没有叫“{token.text}”的单位", _choices(question, token, token.things))
    if wanted:
        fits = tuple(one for one in found if one.place in wanted or one.home in wanted)
        if not fits:
            label = at[0].label
            raise Decline(f"库中没有{label}的“{token.text}”", _choices(question, token, token.things))
        found = _closest(fits, wanted)
    elif parts.places or parts.plans:
        wanted = {place.iri for place in parts.places} | {plan.place for plan in parts.plans}
        fits = tuple(one for one in found if one.place in wanted)
        within = {above for iri in wanted for above in lexicon.above(iri)}
        fits = fits or tuple(one for one in found if one.home in within and token.value)
        if not fits and len(found) > 1:
            where = "、".join([*(one.label for one in parts.places), *(f"《{one.label}》" for one in parts.plans)])
            raise Decline(f"库中没有{where}的“{token.text}”")
        found = _closest(fits, wanted) if fits else found
    if token.value and len(found) > 1:
        whole = tuple(one for one in found if one.exact)
        found = whole or found
    if len(found) > 1:
        parts.doubt = parts.doubt or Decline(f"“{token.text}”可能指{len(found)}个单位", _choices(question, token, found))
    return found[0]


def _closest(found: tuple[Thing, ...], wanted: set[str]) -> tuple[Thing, ...]:
    """Those that the name fits whole, if any; of these the ones that are the place's own."""
    whole = tuple(one for one in found if one.exact) or found
    return tuple(one for one in whole if one.home in wanted) or whole


def _choices(question: str, token: Token, things: Sequence[Thing]) -> tuple[Choice, ...]:
    return tuple(
        Choice(label=one.label, note=one.note, iri=one.iri, question=question.replace(token.text, one.label, 1))
        for one in things[:_MOST_CHOICES]
    )


def _papers(question: str, tokens: Sequence[Token], parts: Parts) -> None:
    """Plans and instruments; what is both is what is cited where the question cites."""
    cites = any("cite" in token.value and (token.text.startswith(_CITES) or not _says_who(tokens)) for token in parts.cues)
    for token in tokens:
        if token.kind == "instrument" or (token.kind == "plan" and token.value and cites):
            things = token.value if token.kind == "plan" else token.things
            if len(things) > 1:
                parts.doubt = parts.doubt or Decline(f"“{token.text}”可能指几份文件", _choices(question, token, things))
            parts.instruments += [one for one in things[:1] if one not in parts.instruments]
        elif token.kind == "plan":
            parts.plans += [one for one in token.things if one not in parts.plans]


def _says_who(tokens: Sequence[Token]) -> bool:
    """Whether the question names a unit: 按照那份计划，叶县要承担哪些任务 asks of the plan, not of what cites it."""
    return any(token.kind == "unit" for token in tokens)


def _matter(tokens: Sequence[Token], parts: Parts) -> None:
    """The words that nothing else accounts for, by the stretches in which they stand."""
    phrases: list[list[str]] = []
    end = -1
    listed = False
    for at, token in enumerate(tokens):
        if token.kind != "matter":
            continue
        if token.tag == "quoted" or _of_tasks(tokens, at) or any("about" in one.value for one in tokens[:at] if one.kind in {"cue", STOP}):
            parts.introduced.add(token.text)
        listed = listed or (at > 1 and tokens[at - 1].text == "、" and tokens[at - 2].kind == "matter")
        if token.start == end:
            phrases[-1].append(token.text)
        else:
            phrases.append([token.text])
        end = token.end
        parts.deed = parts.deed or token.tag.startswith(_VERB)
    if alone := next((phrase[0] for phrase in phrases if len("".join(phrase)) == 1), ""):
        raise Decline(f"没有读懂：{alone}")
    if phrases:
        parts.matter = Matter(phrases=tuple(tuple(phrase) for phrase in phrases), listed=listed)


def _of_tasks(tokens: Sequence[Token], at: int) -> bool:
    """Whether words stand right before 的任务, 任务: they are a matter, though no task may speak of it."""
    behind = next((token for token in tokens[at + 1 :] if token.text != "的" and token.kind != "matter"), None)
    near = behind is not None and behind.start - tokens[at].end < 8
    return near and behind is not None and behind.kind == "cue" and "task" in behind.value


def _refuse_predicate(tokens: Sequence[Token], parts: Parts) -> None:
    """Decline where words say something of the tasks, and are no matter of theirs: 2021年的任务合理吗."""
    content = [token for token in tokens if token.kind != STOP]
    if len(content) > 2 and content[-1].kind == "cue" and content[-1].text in {"吗", "么", "吧"} and content[-2].kind == "matter":
        last = next((at for at in range(len(content) - 2, -1, -1) if content[at].kind != "matter"), -1)
        if last >= 0 and content[last].kind == "cue" and "task" in content[last].value and parts.matter:
            raise Decline(f"没有读懂：{parts.matter}")


def _conditions(parts: Parts) -> None:
    """The conditions whose cues are there; their cues are used up."""
    for condition in load_grammar().conditions:
        if condition.name == "replaced":
            continue  # a pattern of its own
        used = distinct([(need,) for need in condition.needs], parts.cues)
        if used is None:
            continue
        if condition.name == "recurring" and any("howmany" in one.value for one in parts.cues) and parts.units and parts.period == "year":
            continue
        parts.conditions.append(condition)
        parts.cues = [one for one in parts.cues if one not in used]
        parts.role = "" if "lack" in condition.needs else parts.role


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
