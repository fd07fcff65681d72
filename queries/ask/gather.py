"""From the tokens of a question to what it speaks of; a name that nothing in the store has declines it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from queries.ask.bodies import other_groups, towns
from queries.ask.dates import YEAR_WORDS
from queries.ask.grammar import STOP, load_grammar
from queries.ask.lexicon import Lexicon, Plan
from queries.ask.mentions import alike_in, plan_mentions
from queries.ask.model import Decline, Finder, Matter, Owed, Thing, Token, Unread, Window
from queries.ask.parts import Parts
from queries.ask.resolve import choices_of, departments, place_before, resolve_unit
from queries.ask.roles import assign_roles

_STRICT_DUE = {"到期", "期满", "截止", "到时限", "到期限"}
_ABSORB_RIGHT = {"plan", "law", "unit", "limit", "finish", "replaced"}
_OPEN = {"前", "以前", "之前", "后", "以后", "之后", "以来", "起", "往前", "往后"}  # behind a year: more years than it says
_CITES = ("引", "援引")
_DUE = {"due", "finish", "limit"}
_MOST_CHOICES = 12
_RANKS = ("省", "市", "区", "县")
_INSIDE = {"的", "里", "中", "里面", "当中"}  # between a document and what stands in it
_WHICH = {"哪个", "哪些", "哪几个", "哪", "哪一个"}
_WHOLES = {"的", "这", "那", "里", "中", "方案", "清单", "台账", "要点", "分解表"}  # before how many tasks there are in all
_PERIODS = (("季", "quarter"), ("月", "month"), ("周", "week"), ("星期", "week"), ("半年", "half"), ("年", "year"))
_VERB = ("v", "vn", "vd")


def gather(
    question: str, tokens: Sequence[Token], lexicon: Lexicon, finder: Finder, *, years: tuple[int, ...] = (), near: str = ""
) -> Parts:
    """The parts of a question; Decline for a name that the store does not know, or that means several things.

    `years` are those of the question before, for days of which this one says no year, `near` is its place.
    """
    parts = Parts()
    tokens = plan_mentions(list(_without_totals(list(_merged(tokens)))), lexicon, parts.notes, near)
    tokens = towns(tokens, lexicon, _spoken_places(tokens, near, lexicon))
    tokens = list(absorbed(_printed(_with_upper(tokens, lexicon), parts, finder), finder))
    _refuse_unknown(tokens, lexicon)
    _cues(tokens, parts)
    _papers(question, tokens, parts)
    _days(tokens, parts, lexicon, years)
    _places(question, tokens, parts, lexicon)
    _units(question, tokens, parts, lexicon)
    parts.numbers += [token.value for token in tokens if token.kind == "number"]
    _matter(tokens, parts)
    parts.known = parts.matter is not None and any(finder.knows(word) for word in parts.matter.words if len(word) > 1)
    _leave_title(parts, lexicon)
    if not parts.plans:
        refuse_no_plan(parts.places, parts.years, parts.units, lexicon)
    _refuse_not_held(question, tokens, parts)
    _refuse_predicate(tokens, parts)
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
    given, weak = list(tokens), load_grammar().weak
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
            of_tasks = "task" in token.value and (listed or (asked and before is not None and "what" in before.value))
            parts.cues.append(replace(token, value=token.value | {"asked-task"}) if of_tasks else token)
            parts.this = parts.this or "this" in token.value
            if "recurring" in token.value:
                parts.period = _period(token.text)


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


def _days(tokens: Sequence[Token], parts: Parts, lexicon: Lexicon, before: tuple[int, ...]) -> None:
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
            parts.doubt = parts.doubt or Decline(f"“{token.text}”可能指几个地方", choices_of(question, token, things))
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
    for at, token in enumerate(tokens):
        if token.kind != "unit":
            continue
        if alike := departments(token, place_before(tokens, at), parts):
            parts.units += [Owed(unit=one) for one in alike if one not in [owed.unit for owed in parts.units]]
            parts.notes.append(f"“{token.text}”即{'、'.join(one.label for one in alike)}")
            continue
        thing = resolve_unit(question, token, place_before(tokens, at), parts, lexicon)
        if thing.bound:
            parts.notes.append(f"库中没有单独写到“{thing.bound}”，看约束它的“{thing.label}”")
        elif thing.label != token.text:
            parts.notes.append(f"“{token.text}”即{thing.label}")
        if thing not in [owed.unit for owed in parts.units]:
            parts.units.append(Owed(unit=thing, also=other_groups(thing, lexicon)))
    assign_roles(question, tokens, parts, lexicon)


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


def _says_who(tokens: Sequence[Token]) -> bool:
    """Whether the question names a unit: 按照那份计划，叶县要承担哪些任务 asks of the plan, not of what cites it."""
    return any(token.kind == "unit" for token in tokens)


def _matter(tokens: Sequence[Token], parts: Parts) -> None:
    """The words that nothing else accounts for, by the stretches in which they stand."""
    phrases: list[list[str]] = []
    end = -1
    listed = either = False
    for at, token in enumerate(tokens):
        if token.kind != "matter":
            continue
        if token.tag == "quoted" or (_of_tasks(tokens, at) and token.tag[:1] not in {"v", "a", "d"}) or _introduced(tokens, at):
            parts.introduced.add(token.text)
        either = either or (at > 0 and _said_twice(tokens[at - 1], token))
        listed = listed or (at > 1 and tokens[at - 1].text == "、" and tokens[at - 2].kind == "matter")
        if token.start == end:
            phrases[-1].append(token.text)
        else:
            phrases.append([token.text])
        end = token.end
        parts.deed = parts.deed or token.tag.startswith(_VERB)
    phrases = [_without_no(phrase) for phrase in phrases]
    if alone := next((phrase[0] for phrase in phrases if len("".join(phrase)) == 1), ""):
        raise Unread(f"没有读懂：{alone}", left=(alone,))
    if phrases:
        parts.matter = Matter(phrases=tuple(tuple(phrase) for phrase in phrases), listed=listed, either=either and len(phrases) == 2)


def _said_twice(before: Token, token: Token) -> bool:
    """Whether words only stand for those before them: “开放日”“开放月”, 拖欠账款（清欠）."""
    quoted = before.tag == token.tag == "quoted" and token.start - before.end == 2
    return before.kind == "matter" and (quoted or token.tag == "bracketed")


def _introduced(tokens: Sequence[Token], at: int) -> bool:
    """Whether words stand behind 涉及, 提到, with no mark between."""
    start = tokens[at].start
    for token in reversed(tokens[:at]):
        if token.end < start:
            return False
        if token.kind in {"cue", STOP} and "about" in token.value:
            return True
        start = token.start
    return False


def _without_no(phrase: list[str]) -> list[str]:
    """A phrase with 不 joined to the word behind it."""
    joined: list[str] = []
    for word in phrase:
        if joined and joined[-1] in {"不", "非"}:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _leave_title(parts: Parts, lexicon: Lexicon) -> None:
    """Beside a unit or a number, words of the title of all plans that may be meant name these, and no matter: 优化营商环境."""
    lacks = any("lack" in token.value for token in parts.cues)
    if parts.matter is None or not (parts.units or parts.numbers or parts.windows or lacks):
        return
    places = {one.iri for one in parts.places} or {owed.unit.place for owed in parts.units}
    plans = {one.iri for one in parts.plans}
    scope = [one for one in lexicon.all_plans if (not places or one.place in places) and (not parts.years or one.year in parts.years)]
    scope = [one for one in lexicon.all_plans if one.thing.iri in plans] if plans else scope
    light = load_grammar().light

    def left(phrase: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(word for word in phrase if word in light or not all(word in plan.thing.label for plan in scope))
        if 0 < len(kept) < len(phrase):  # 生态环保, of 生态环境保护
            kept = tuple(word for word in kept if word in light or not all(alike_in(word, plan.thing.label) for plan in scope))
        return () if all(word in light for word in kept) and len(kept) < len(phrase) else kept

    phrases = tuple(kept for phrase in parts.matter.phrases if (kept := left(phrase))) if scope else parts.matter.phrases
    if sum(map(len, phrases)) < len(parts.matter.words):
        if alone := next(("".join(phrase) for phrase in phrases if len("".join(phrase)) == 1), ""):
            raise Unread(f"没有读懂：{alone}", left=(alone,))
        parts.notes.append(f"“{parts.matter}”是计划的题目")
        parts.matter = replace(parts.matter, phrases=phrases) if phrases else None


def refuse_no_plan(places: Sequence[Thing], years: Sequence[int], units: Sequence[Owed], lexicon: Lexicon) -> None:
    """Decline where no plan is of the one place and year that are meant, though plans of each are; a unit stands for its place."""
    if len(years) != 1 or len(places) > 1 or (not places and len({owed.unit.place for owed in units}) != 1):
        return
    own = {place.iri for place in places} or {iri for owed in units for iri in (owed.unit.place, owed.unit.home)}
    wide = own | ({above for iri in own for above in lexicon.above(iri)} if not places else set())
    if not any(one.place in wide and one.year == years[0] for one in lexicon.all_plans):
        label = places[0].label if places else lexicon.place_labels.get(units[0].unit.place, "")
        known = "、".join(dict.fromkeys(str(one.year) for one in sorted(lexicon.all_plans, key=_year) if one.place in wide and one.year))
        if known or places:
            raise Decline(f"库中没有{label}{years[0]}年的计划" + (f"；有的是{known}年的" if known else ""))


def _year(plan: Plan) -> int:
    return plan.year


def _refuse_not_held(question: str, tokens: Sequence[Token], parts: Parts) -> None:
    """Decline where a document is asked for its own tasks, and the store only knows that others cite it."""
    cites = {"cite", "law", "carry", "about", "replaced", "whether", "origin", "upper"}
    token = next((one for one in tokens if one.kind == "instrument"), None)
    if token is not None and len(parts.instruments) == 1 and not parts.plans and _asks_its_words(tokens, token, parts):
        raise Decline(f"库中没有收入《{parts.instruments[0].label}》本身，只有引用它的任务")
    if len(parts.instruments) != 1 or parts.units or parts.matter or parts.plans or any(token.value & cites for token in parts.cues):
        return
    if token is None or any("cite" in one.value or "about" in one.value for one in tokens if one.kind in {"cue", STOP}):
        return
    if any("task" in one.value or "tally" in one.value or "loose-tally" in one.value for one in parts.cues) and question.startswith(
        token.text[:4]
    ):
        raise Decline(f"库中没有收入《{parts.instruments[0].label}》本身，只有引用它的任务")


def _asks_its_words(tokens: Sequence[Token], paper: Token, parts: Parts) -> bool:
    """Whether an article of a document, or what it says, is asked for: 条例第十条, 条例怎么规定的."""
    behind = next((token for token in tokens if token.start >= paper.end and token.text not in _INSIDE), None)
    if behind is not None and behind.kind == "number" and not parts.units:
        return True
    about = any("cite" in token.value or "about" in token.value for token in tokens if token.kind in {"cue", STOP})
    says = behind is not None and behind.kind == "cue" and "why" in behind.value
    return says and not about and not parts.numbers and not any("task" in token.value for token in parts.cues)


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
