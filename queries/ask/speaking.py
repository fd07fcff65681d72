"""Which tasks speak of a matter, and how closely: all its words in one place, its words apart, or the task that a sentence is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from queries.ask.finder import HEADING, NEAR
from queries.ask.grammar import load_grammar
from queries.ask.likely import ENOUGH, Weights, on_topic, standing_out
from queries.ask.model import Choice, Decline, Finder, Matter, Meaning, Row, Unread
from queries.ask.quantities import has_wanted

_BESIDE = 0.1  # what light words count that are there too
_MOST_LIKELY = 8
_WHOLE, _FEW = 0.95, 2
_NUMBERS = {"value", "compare-values"}  # asks that take of several tasks the one that says the number
_TAILS = {"whose": "由谁负责？", "when": "什么时候完成？"}


def hits_of(finder: Finder, matter: Matter) -> dict[str, float]:
    """The tasks that speak of the matter, and how closely: by its words apart from light ones, then by whether these are there too."""
    if matter.free:
        return Weights(finder, matter.words).covers()
    if matter.either or (matter.listed and not finder.find(matter)):
        alone = [hits_of(finder, one) for one in apart(matter)]
        return {task: max(each.get(task, 0.0) for each in alone) for task in {task for each in alone for task in each}}
    lighter = without_light(matter)
    if lighter is None:
        return {hit.task: hit.score for hit in finder.find(matter)}
    beside = {hit.task: hit.score * _BESIDE for hit in finder.find(matter)}
    return {hit.task: hit.score + beside.get(hit.task, 0.0) for hit in finder.find(lighter)}


def of_matter(
    finder: Finder, meaning: Meaning, matter: Matter, tasks: set[str], scores: Mapping[str, float], *, rows: Sequence[Row], notes: list[str]
) -> set[str]:
    """Those of the tasks that speak of the matter in the way that the question means."""
    spoken = {task: scores[task] for task in tasks if task in scores}
    if matter.free and meaning.tasks:
        weights = Weights(finder, matter.words)
        texts = {row["task"]: str(row.get("text", "")) for row in rows}
        return {task for task in tasks if weights.touches(task) and has_wanted(texts[task], meaning.wanted)}
    if matter.free:
        return _likely(finder, meaning, spoken, rows, notes)
    plans = {row["task"]: row.get("plan", "") for row in rows}
    if not matter.either:
        return _speaking_of(matter, spoken, plans, notes)
    found: set[str] = set()
    for one in apart(matter):
        hits = hits_of(finder, one)
        found |= _speaking_of(one, {task: hits[task] for task in tasks if task in hits}, plans, notes)
    return found


def _likely(finder: Finder, meaning: Meaning, scores: Mapping[str, float], rows: Sequence[Row], notes: list[str]) -> set[str]:
    """The task of each plan that a sentence speaks of; Decline with choices where several of one plan are as near."""
    assert meaning.matter is not None
    weights = Weights(finder, meaning.matter.words)
    texts = {row["task"]: row for row in rows}
    bound = meaning.wanted is not None and bool(meaning.wanted.units)
    near = {task: score for task, score in scores.items() if has_wanted(texts[task].get("text", ""), meaning.wanted, exactly=True)}
    if max(near.values(), default=0.0) < ENOUGH:
        near = {task: score for task, score in scores.items() if has_wanted(texts[task].get("text", ""), meaning.wanted)}
    whole = [task for task, score in near.items() if score > _WHOLE]
    few = bound and len(whole) <= _FEW  # one word is enough, where hardly a task of the scope has it beside such a number
    fits = {task: score for task, score in near.items() if weights.telling(task, bound=bound) or (few and task in whole)}
    core = weights.core([word for word in weights.words if weights.tasks[word] & texts.keys()])
    if core and not any(task in weights.tasks[core] for task in fits):
        fits = {}
    amount = meaning.wanted is not None and meaning.wanted.name == "amount"
    speech = "v" if meaning.ask in {"when", "whose"} else "n" if amount else ""
    if speech and (word := weights.unheard(speech)):
        raise Unread(f"没有任务提到“{word}”，不知道问的是什么")
    if meaning.ask == "tasks-on":
        return set(on_topic(fits, weights))
    tasks = standing_out(fits, {task: row.get("plan", "") for task, row in texts.items()})
    if meaning.ask in _NUMBERS and len(tasks) <= _MOST_LIKELY:
        return set(tasks)
    said = {(texts[task].get("plan"), texts[task].get("text")) for task in tasks}  # an annex may print a task again
    if len(said) > 1 and len({texts[task].get("plan") for task in tasks}) < len(said):
        if len(tasks) > _MOST_LIKELY:
            raise Unread(f"提到“{meaning.matter}”的任务有{len(tasks)}项，不知道问的是哪一项")
        raise Decline(f"“{meaning.matter}”可能指几项任务", tuple(_task_choice(texts[task], meaning) for task in tasks))
    notes += [f"最接近“{meaning.matter}”的是这{'一' if len(tasks) == 1 else len(tasks)}项"] if tasks else []
    return set(tasks)


def _speaking_of(matter: Matter, scores: Mapping[str, float], plans: Mapping[str, str], notes: list[str]) -> set[str]:
    """Those that speak of the matter by all its words: in each plan as closely as any of it does, and not from afar if others are near."""
    if not scores:
        return set()
    best = max(scores.values())
    lighter = without_light(matter)
    if lighter and best == int(best):
        left = [word for word in matter.words if word not in lighter.words]
        notes.append(f"没有任务同时写有“{'、'.join(left)}”，只按“{lighter}”找")
    if int(best) == HEADING:
        notes.append(f"没有任务的文字写有“{matter}”，以下任务在以此为题的章节里")
    closest: dict[str, float] = {}
    for task, score in scores.items():
        closest[plans[task]] = max(score, closest.get(plans[task], 0.0))
    least = min(best, NEAR)
    return {task for task, score in scores.items() if score == closest[plans[task]] and score >= least}


def _task_choice(row: Row, meaning: Meaning) -> Choice:
    text = row.get("text", "")
    tail = _TAILS.get(meaning.ask, "原文是什么？")
    return Choice(
        label=text[:40],
        note=f"{row.get('plan_label', '')} {row.get('number', '')}".strip(),
        iri=row["task"],
        question=f"“{text[:16]}”{tail}",
    )


def apart(matter: Matter) -> list[Matter]:
    """Each stretch of a matter by itself."""
    return [Matter(phrases=(phrase,)) for phrase in matter.phrases]


def without_light(matter: Matter) -> Matter | None:
    """The matter without words that say little: 公开, 信息; none where nothing else is left, or nothing goes."""
    light = load_grammar().light
    phrases = tuple(kept for phrase in matter.phrases if (kept := tuple(word for word in phrase if word not in light and len(word) > 1)))
    return Matter(phrases=phrases) if phrases and sum(map(len, phrases)) < len(matter.words) else None
