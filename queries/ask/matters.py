"""What a question is about, beside names: the words of a matter, and of the titles of plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from queries.ask.cut import entry_of
from queries.ask.grammar import STOP, load_grammar
from queries.ask.lexicon import Lexicon, Plan
from queries.ask.mentions import alike_in, in_title
from queries.ask.model import Matter, Thing, Token, Unread
from queries.ask.parts import Parts

_OR = {"、", "或", "或者", "还是"}
_CHAPTERS = {"这块": 3, "这一块": 3, "那块": 3, "这方面": 3, "该问题下": 2}  # to how many characters a heading must be said
_VERB = ("v", "vn", "vd")


def find_matter(tokens: Sequence[Token], parts: Parts) -> None:
    """The words that nothing else accounts for, by the stretches in which they stand."""
    phrases: list[list[str]] = []
    end = -1
    listed = either = False
    for at, token in enumerate(tokens):
        if token.kind != "matter":
            continue
        if token.tag == "quoted" or (_of_tasks(tokens, at) and token.tag[:1] not in {"v", "a", "d"}) or _introduced(tokens, at):
            parts.introduced.add(token.text)
        if token.tag == "quoted":
            parts.quoted.add(token.text)
        if _of_tasks(tokens, at):
            parts.named.add(token.text)
        either = either or (at > 0 and _said_twice(tokens[at - 1], token))
        listed = listed or (at > 1 and tokens[at - 1].text in _OR and tokens[at - 2].kind == "matter")
        if token.start == end:
            phrases[-1].append(token.text)
        else:
            phrases.append([token.text])
        end = token.end
        parts.deed = parts.deed or token.tag.startswith(_VERB)
    phrases = [_without_no(phrase) for phrase in phrases]
    if alone := next((phrase[0] for phrase in phrases if len("".join(phrase)) == 1), ""):
        raise Unread(f"没有读懂：{alone}", left=(alone,))
    runs = ((_run_before(tokens, token.start), _CHAPTERS[token.text]) for token in tokens if token.text in _CHAPTERS)
    parts.section = next((words for words, least in runs if len(words) >= least), "")
    if phrases:
        parts.matter = Matter(phrases=tuple(tuple(phrase) for phrase in phrases), listed=listed, either=either and len(phrases) == 2)


def _run_before(tokens: Sequence[Token], end: int) -> str:
    """The words of a matter that stand right before a place of the question."""
    run = ""
    for token in reversed(tokens):
        if (token.kind == "matter" or (token.kind in {"cue", STOP} and len(token.text) > 1)) and token.end == end:
            run, end = token.text + run, token.start
    return run


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


def leave_title(parts: Parts, lexicon: Lexicon) -> None:
    """Beside a unit or a number, words of the title of all plans that may be meant name these, and no matter: 优化营商环境."""
    lacks = any("lack" in token.value for token in parts.cues) or any("lack" in one.needs for one in parts.conditions)
    if parts.matter is None or not (parts.units or parts.numbers or parts.windows or lacks or _beside_quoted(parts)):
        return
    places = {one.iri for one in parts.places} or {owed.unit.place for owed in parts.units}
    plans = {one.iri for one in parts.plans}
    scope = [one for one in lexicon.all_plans if (not places or one.place in places) and (not parts.years or one.year in parts.years)]
    scope = [one for one in lexicon.all_plans if one.thing.iri in plans] if plans else scope
    light = load_grammar().light

    def left(phrase: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(word for word in phrase if word in light or not all(_titles(word, plan.thing.label) for plan in scope))
        if 0 < len(kept) < len(phrase):  # 生态环保, of 生态环境保护
            kept = tuple(word for word in kept if word in light or not all(alike_in(word, plan.thing.label) for plan in scope))
        if (
            kept
            and parts.units
            and all(word not in parts.introduced and any(alike_in(word, plan.thing.label) for plan in scope) for word in kept)
        ):
            return ()  # 防火工作, of 森林防灭火工作方案
        return () if all(word in light for word in kept) and len(kept) < len(phrase) else kept

    if parts.units and not plans and (own := _of_titles(parts.matter, parts, scope)):
        parts.plans += own
        parts.notes.append(f"“{parts.matter}”看作{'、'.join(f'《{one.label}》' for one in own)}")
        parts.matter = None
        return
    phrases = tuple(kept for phrase in parts.matter.phrases if (kept := left(phrase))) if scope else parts.matter.phrases
    if sum(map(len, phrases)) < len(parts.matter.words):
        if alone := next(("".join(phrase) for phrase in phrases if len("".join(phrase)) == 1), ""):
            raise Unread(f"没有读懂：{alone}", left=(alone,))
        parts.notes.append(f"“{parts.matter}”是计划的题目")
        parts.matter = replace(parts.matter, phrases=phrases) if phrases else None


def _beside_quoted(parts: Parts) -> bool:
    """Whether other words stand beside some that are quoted: of which plan the quoted words are asked for."""
    phrases = ["".join(phrase) for phrase in parts.matter.phrases] if parts.matter else []
    return 0 < sum(phrase in parts.quoted for phrase in phrases) < len(phrases)


def _of_titles(matter: Matter, parts: Parts, scope: Sequence[Plan]) -> list[Thing]:
    """Some of the plans, whose titles have all words of a matter that stands before 任务: 营商任务 are those of the plan on it."""
    if not all(word in parts.named for word in matter.words) or any(len(word) < 2 for word in matter.words):
        return []
    found = [plan.thing for plan in scope if all(in_title(word, plan.thing.label) for word in matter.words)]
    return found if len(found) < len(scope) else []


def _titles(word: str, title: str) -> bool:
    """Whether a title has a word, or what it is short for where no dictionary has it: 农旅."""
    return word in title or (len(word) == 2 and entry_of(word)[0] == 0 and word[1] in title.partition(word[0])[2])


def _of_tasks(tokens: Sequence[Token], at: int) -> bool:
    """Whether words stand right before 的任务, 任务: they are a matter, though no task may speak of it."""
    behind = next((token for token in tokens[at + 1 :] if token.text != "的" and token.kind != "matter"), None)
    near = behind is not None and behind.start - tokens[at].end < 8
    return near and behind is not None and behind.kind == "cue" and "task" in behind.value
