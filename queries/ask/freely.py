"""A question read freely: what it asks for by a few words, and the matter by all others, as a sentence that some task comes near to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from queries.ask.cut import cut_text, entry_of, normal
from queries.ask.dates import YEAR_WORDS
from queries.ask.follow import follows, placed
from queries.ask.gather import absorbed, gather
from queries.ask.grammar import STOP, load_grammar
from queries.ask.lexicon import Lexicon
from queries.ask.likely import content_words
from queries.ask.mentions import plan_mentions
from queries.ask.model import Answer, Decline, Finder, Matter, Meaning, Thing, Token, Unread
from queries.ask.parts import Parts
from queries.ask.quantities import Wanted, load_forms, nouns, regex_of
from queries.ask.refusals import refuse_awarded
from queries.ask.understand import to_meaning
from queries.ask.unitnames import words
from queries.ask.years import settled

_NAMES = {"unit", "place", "year", "plan", "instrument", "number", "unknown"}
_ROLES = {"lead", "support", "responsible", "named"}
_KEPT = {"what", "who", "when", "why", "fate", "origin", "upper", "this", "follow", "each", "located", *_ROLES}
_ASKED = {
    "located": {"located"},
    "when": {"when"},
    "whose": {"who", *_ROLES},
    "why": {"why"},
    "fate": {"fate"},
    "origin": {"origin"},
}  # the first of them counts
_REFUSED = {"alone", "sole", "done", "not", "overdue", "replaced", "most", "load", "numbering", "members", "lack"}
_REFUSED |= {"having", "latest", "earliest"}
_ONLY_THIS = {"often", "percent", "money"}  # forms of which no pattern asks
_TITLE = 6  # characters of a title that tell a plan from others
_MOST_FOLLOWED = 5  # tasks of the answer before that the question may go on with
_OUTCOME = re.compile(
    r"(?<![高低加少升降缩短前多长快慢])了(?:多少|几)(?![条项件桩])|(?:完成|办结|办完|建成|落实|做完|兑现|解决|销号)了(?:多少|几)|"
    r"哪[个位][一-龥]?长|[局镇县区市厅]长(?:是谁|叫)"
)
_WHICH_ONE = ("哪家", "哪一家", "哪几家", "哪个", "哪一个", "哪几个")  # before a noun: one of these, and no unit
_RECEIVER = re.compile(r"(?<![派分交归落摊])给谁|向谁|对谁")  # who is done to, and does not do
_WHERE_OR_WHEN = re.compile("(?<![公邻])[里后]$")  # 禁养区里, 公布后
_A_WORD = 100  # how often jieba's dictionary has counted 善后, 邻里
_WHOSE_NUMBER = re.compile(  # 谁的就业目标大
    r"谁(?:家)?的?(?!的)(?![一-龥]*(?:任务|工作|单位|部门|文件|牵头|配合|负责|承担|引用|事))[一-龥]{2,12}?[多少大小高低]"
)
_TASK_WORDS = {"条", "项", "件", "类", "份", "批"}  # that count tasks too


def find_wanted(text: str, *, bare: bool = True) -> tuple[Wanted | None, list[tuple[int, int]], bool]:
    """The number that a question asks for, where it says so, and whether no pattern asks for such a thing.

    `bare`: also by a noun at its end: 就业目标？
    """
    spans: list[tuple[int, int]] = []
    name, first = "", False
    units: tuple[str, ...] = ()
    for form in (*load_forms(), *(load_forms("noun") if bare else ())):
        found = form.regex.search(text)
        if found and not _counts_tasks(text, found):
            unit = found.groupdict().get("unit") or ""
            name, units, first = form.name, (*form.units, *([unit] if unit else ())), form.first
            units = (unit,) if unit and form.name == "span" else units
            first = first and unit not in _TASK_WORDS
            spans += _around(found)
            break
    relation, way = "", ""
    for form in load_forms("relation"):
        if found := form.regex.search(text):
            relation, way = form.name, found.groupdict().get("way") or ""
            spans += _around(found)
            break
    before = regex_of("before").search(text)
    if before:
        spans.append(before.span())
    if not name and not relation:
        spans += [found.span() for found in [regex_of("allowed").search(text)] if found]
        return None, spans, False
    if name in {"", "amount"} and not units:
        units = tuple(unit for noun, of in nouns().items() if noun in text for unit in of)
        name = name or ("amount" if units else "")
    return Wanted(name=name, units=units, relation=relation, way=way, before=before is not None), spans, first


def _around(found: re.Match[str]) -> list[tuple[int, int]]:
    """The stretches of a form without what it has in its middle: 多久[检修]一次."""
    if not found.groupdict().get("rest"):
        return [found.span()]
    start, end = found.span("rest")
    return [(found.start(), start), (end, found.end())]


def _counts_tasks(text: str, found: re.Match[str]) -> bool:
    """Whether what is counted are the tasks, units, … themselves, that patterns count."""
    return found.group(0)[-1] in "条件项" and bool(
        re.search(r"任务|工作|牵头|配合|负责|承担", text[max(found.start() - 5, 0) : found.end() + 4])
    )


def only_freely(question: str, lexicon: Lexicon) -> bool | None:
    """Whether a question asks for a number that tasks state: True if no pattern may be tried, None if it asks for none."""
    text = normal(question, lexicon)
    wanted, _, first = find_wanted(text)
    if wanted is None or (not first and not wanted.relation):
        return None
    return (
        wanted.name in _ONLY_THIS
        or (wanted.name == "count" and first and not re.search(r"任务|工作|事项|单位|部门", text))
        or (bool(wanted.relation) and wanted.name != "")
        or (wanted.relation == "which" and _WHOSE_NUMBER.search(text) is not None)
    )


def asks_number(question: str, lexicon: Lexicon) -> bool:
    """Whether a question asks for a number, of whatever."""
    return find_wanted(normal(question, lexicon))[0] is not None


def read_freely(question: str, given: Answer | None, lexicon: Lexicon, finder: Finder, today: dt.date) -> Meaning:
    """The meaning of a question that no pattern takes; Decline where it asks for nothing that tasks can say."""
    text = normal(question, lexicon)
    before = given.meaning if given else None
    _refuse_beyond(text)
    wanted, spans, _ = find_wanted(text)
    notes: list[str] = []
    given_tokens, now = settled(cut_text(text, lexicon, today, spans), lexicon)
    if unknown := _unknown_years(given_tokens, lexicon):
        if wanted is None:
            raise Unread(f"库中没有{unknown[0]}年的计划")
        wanted = replace(wanted, years=unknown)
    tokens = plan_mentions(given_tokens, lexicon, notes)
    if wanted and (other := _years_of_words(tokens, lexicon)):
        wanted, tokens = replace(wanted, years=(*wanted.years, *other)), [token for token in tokens if token.kind != "year"]
    tokens = list(absorbed(tokens, finder))
    cues = {cue for token in tokens if token.kind == "cue" for cue in token.value}
    refused_cues = _REFUSED - ({"done"} if "when" in cues else set()) - ({"most"} if wanted else set())
    if refused := next((token.text for token in tokens if token.kind == "cue" and token.value & refused_cues), ""):
        raise Unread(f"没有读懂：{refused}")
    if thing := _one_of_things(tokens):
        raise Unread(f"没有读懂：{thing}")
    if "who" in cues and "when" not in cues:  # the unit is what is asked for: one that is named is a part of the matter
        tokens = [replace(token, kind="matter", things=(), value=None) if token.kind == "unit" else token for token in tokens]
    phrases = tuple(_phrases(text, tokens)) or tuple(_names_of_papers(tokens))
    kept = _placed(list(_kept(text, tokens, lexicon)), before, lexicon)
    kept = placed(kept, before, lexicon) if before else kept
    parts = gather(question, kept, lexicon, finder)
    parts.notes = [*notes, *parts.notes]
    if parts.doubt:
        raise parts.doubt
    ask = _ask(text, cues, wanted, parts, before)
    parts.matter = Matter(phrases=phrases, free=True) if phrases else None
    if not (parts.places or parts.plans or parts.units):
        parts.plans = list(_plan_by_title(phrases, lexicon))
    tasks = tuple(dict.fromkeys(str(row["task"]) for row in given.rows if "task" in row)) if given else ()
    pattern = next(one for one in load_grammar().patterns if one.name == ask)
    meaning = replace(to_meaning(pattern, parts), wanted=wanted, cues=frozenset(cues), asked=question, open_year=now)
    if parts.matter is not None and before is not None and not meaning.anchored and follows(given_tokens):  # 丘陵山区县的呢
        return replace(meaning, places=before.places, plans=before.plans, years=before.years, wanted=wanted or before.wanted)
    if parts.matter is not None or parts.numbers:
        return meaning
    if before is None or ((parts.units or parts.plans) and (parts.places or parts.plans) and not follows(given_tokens)):
        raise Unread("没有读懂这是在问什么")  # it speaks of another plan, and of no matter before
    return _with_before(meaning, before, tasks)


def _refuse_beyond(text: str) -> None:
    """Decline for what no plan says: who someone is, what came of it."""
    refuse_awarded(text)
    if beyond := next((word for word in words()["beyond"] if word in text), ""):
        raise Decline(f"计划里没有写这样的事：{beyond}")
    if outcome := _OUTCOME.search(text):
        raise Decline(f"计划里没有写结果：{outcome[0]}")


def _one_of_things(tokens: Sequence[Token]) -> str:
    """哪家施工队: a noun right behind a word that asks who, which no unit is called by; empty where there is none."""
    for token, behind in pairwise(tokens):
        asks = token.kind == "cue" and "who" in token.value and token.text.endswith(_WHICH_ONE) and behind.start == token.end
        if asks and behind.kind == "matter" and entry_of(behind.text)[1][:1] == "n":
            return token.text + behind.text
    return ""


def _ask(text: str, cues: set[str], wanted: Wanted | None, parts: Parts, before: Meaning | None) -> str:
    """The name of what is asked for."""
    if wanted and wanted.relation:
        return "compare-values"
    if wanted and not (wanted.name == "amount" and cues & {"when"}):
        return "compare-values" if _alternatives(parts, wanted) > 1 else "value"
    if regex_of("allowed").search(text):
        return "allowed"
    for ask, needs in _ASKED.items():
        if cues & needs:
            if ask == "whose" and (receiver := _RECEIVER.search(text)):
                raise Unread(f"没有读懂：{receiver[0]}")
            return ask
    if cues & {"about", "which-tasks", "where"} or {"what", "task"} <= cues:
        return "tasks-on"
    if before is not None and before.ask in {"value", "when", "whose", "compare-values", "allowed", "why"}:
        return "value" if before.ask == "compare-values" else before.ask
    raise Unread("没有读懂这是在问什么")


def _alternatives(parts: Parts, wanted: Wanted) -> int:
    return max(len(parts.places), len(parts.years) + wanted.before, len(parts.plans))


def _kept(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Token]:
    """Names, years and the words that ask; a stretch of days stands for its year."""
    for token in tokens:
        if token.kind == "year" and token.value[0] not in lexicon.years and token.text not in YEAR_WORDS:
            continue  # 到2027年: a year of the matter
        if token.kind == "unit" and text[: token.start].endswith(("每个", "每")):
            continue  # 每个乡镇建几个: a measure, and nobody's duty
        if token.kind == "window" and token.value.year in lexicon.years:
            yield replace(token, kind="year", value=(token.value.year,))
        elif token.kind in _NAMES or (token.kind == "cue" and token.value & _KEPT) or token.text == "的":
            yield token


def _phrases(text: str, tokens: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    """The words that say which task is meant, by the stretches in which they stand."""
    weak = load_grammar().weak
    run: list[Token] = []
    for token in [*tokens, None]:
        joins = token is not None and (
            token.kind in {"matter", STOP}
            or (token.kind == "cue" and "done" in token.value)
            or (token.kind == "cue" and token.text in weak and not token.value & ((_KEPT - {"support"}) | {"about"}))
        )
        if token is not None and token.tag == "quoted" and len(token.text) > 2:
            if found := content_words(_stretch(text, run), _pieced(run)):
                yield tuple(found)
            yield (token.text,)
            run = []
            continue
        if joins and token is not None and (not run or run[-1].end == token.start):
            run.append(token)
            continue
        if found := content_words(_stretch(text, run), _pieced(run)):
            yield tuple(found)
        run = [token] if joins and token is not None else []


def _pieced(run: Sequence[Token]) -> list[str]:
    """The words of a run that no dictionary has."""
    return [token.text for token in run if token.tag == "pieced"]


def _unknown_years(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[int, ...]:
    """Years of no plan, that the words of a plan may speak of: 到2027年."""
    years = [token.value.year for token in tokens if token.kind == "window"]
    years += [year for token in tokens if token.kind == "year" and token.text not in YEAR_WORDS for year in token.value]
    return tuple(year for year in dict.fromkeys(years) if year and year not in lexicon.years)


def _years_of_words(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[int, ...]:
    """Years behind the name of a plan that is of another year: 意见里2025年, that its words may speak of."""
    plan = next((token for token in tokens if token.kind == "plan"), None)
    own = {one.iri for token in tokens if token.kind == "plan" for one in token.things}
    years = {one.year for one in lexicon.all_plans if one.thing.iri in own}
    said = [year for token in tokens if plan and token.kind == "year" and token.start > plan.start for year in token.value]
    return tuple(year for year in dict.fromkeys(said) if year not in years and year in lexicon.years)


def _plan_by_title(phrases: Sequence[tuple[str, ...]], lexicon: Lexicon) -> tuple[Thing, ...]:
    """The one plan whose title has a stretch of the question, where the question names no place: 养老服务地图."""
    said = [joined for phrase in phrases if len(joined := "".join(phrase)) >= _TITLE]
    found = [one.thing for one in lexicon.all_plans if any(joined in one.thing.label for joined in said)]
    return tuple(found) if len(found) == 1 else ()


def _names_of_papers(tokens: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    """What is spoken of where no other word says it: the 台账, the 落实方案 that tasks ask for."""
    run = ""
    for token in [*tokens, None]:
        if (
            token is not None
            and token.kind == "cue"
            and token.text in load_grammar().weak
            and len(token.text) > 1
            and not token.value & _KEPT
        ):
            run += token.text
            continue
        if len(run) >= 4:
            yield (run,)
        run = ""


def _stretch(text: str, run: Sequence[Token]) -> str:
    """The text from the first to the last word of a run that is no stop word."""
    solid = [token for token in run if token.kind != STOP]
    said = text[solid[0].start : solid[-1].end] if any(token.kind == "matter" for token in solid) or len(solid) > 1 else ""
    return said[:-1] if len(said) > 2 and _WHERE_OR_WHEN.search(said) and entry_of(said[-2:])[0] < _A_WORD else said


def _placed(tokens: list[Token], before: Meaning | None, lexicon: Lexicon) -> list[Token]:
    """市里, 县里 as those of the places that were spoken of before."""
    if before is None:
        return tokens
    named = {one.iri for one in before.places} | {one.place for one in before.plans}
    near = named | {above for iri in named for above in lexicon.above(iri)}

    def nearest(things: tuple[Thing, ...]) -> tuple[Thing, ...]:
        return tuple(one for one in things if one.iri in near) or things

    return [replace(one, things=nearest(one.things)) if one.kind == "place" and one.value else one for one in tokens]


def _with_before(meaning: Meaning, before: Meaning, tasks: tuple[str, ...]) -> Meaning:
    """The meaning of a question that says no matter, with that of the question before; `tasks` were answered to it."""
    parts, wanted = meaning, meaning.wanted
    scoped = bool(parts.places or parts.plans or parts.years)
    if wanted and wanted.relation and parts.places:  # 青岚县也是这个天数吗
        meaning = replace(meaning, places=tuple(dict.fromkeys((*before.places, *parts.places))))
        tasks, wanted = (), replace(before.wanted or Wanted(name=""), relation=wanted.relation)
    matter = Matter(phrases=tuple(_recut(before.matter)), free=True) if before.matter else None
    tasks = tasks if len(tasks) <= _MOST_FOLLOWED else before.tasks
    if matter is None and not (before.numbers or tasks):
        raise Unread("没有读懂这是在问什么")
    return replace(
        meaning,
        matter=matter,
        numbers=before.numbers if not scoped and not tasks else (),
        tasks=tasks,
        linked=scoped and bool(tasks),
        places=meaning.places or (() if parts.plans else before.places[:1] if parts.years else before.places),
        years=meaning.years or (() if parts.plans else before.years),
        plans=meaning.plans or (() if scoped else before.plans),
        wanted=wanted or before.wanted,
    )


def _recut(matter: Matter) -> Iterator[tuple[str, ...]]:
    for phrase in matter.phrases:
        yield phrase if matter.free else tuple(content_words("".join(phrase))) or phrase
