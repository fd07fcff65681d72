"""Answers that are a number in the words of a task: how many, how long, how often, and two of them beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from queries.ask.evaluate import Evaluation
from queries.ask.lexicon import Lexicon
from queries.ask.likely import ENOUGH
from queries.ask.model import Answer, Choice, Decline, Meaning, Owed, Row, Thing, Unread
from queries.ask.quantities import (
    Quantity,
    Wanted,
    candidates,
    find_dates,
    find_points,
    find_quantities,
    nearest,
    of_unit,
    regex_of,
    sentence,
)
from queries.ask.restate import tasks_in_words
from queries.ask.running import Ran, Scope, merged
from queries.ask.shown import of

_TIMES = ("小时", "天", "日", "工作日", "分钟", "个月", "周")
_LESS = set("低少短快早小宽松")
_FIRST = 0.3  # how near the words must be to a number


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one task says."""

    of: str
    text: str
    quote: str
    row: Row
    number: float | None = None
    unit: str = ""
    near: float = 0.0  # how near the words of the question stand to it


def value(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """The number that the tasks meant say; Decline where none says one."""
    del lexicon
    ran, said = _said(meaning, evaluation)
    if not said:
        raise Unread(f"{tasks_in_words(meaning)}，没有写所问的数")
    texts = list(dict.fromkeys(one.text for one in said))
    if len(texts) > 1 and not meaning.anchored:
        choices = (
            Choice(
                label=one.of, note=str(one.row.get("plan_label", "")), iri=str(one.row.get("plan", "")), question=f"{one.of}{meaning.asked}"
            )
            for one in said
        )
        raise Decline(f"{len(said)}份计划写到“{meaning.matter}”", tuple(choices))
    if len(said) == 1 or len(texts) == 1:
        words, told = f"{texts[0]}（“{said[0].quote}”）", texts[0]
    else:
        told = "；".join(f"{one.of}{one.text}" for one in said)
        words = told
    return of(ran, meaning, words, told, rows=[{**one.row, "value": one.text, "sentence": one.quote} for one in said])


def _said(meaning: Meaning, evaluation: Evaluation) -> tuple[Ran, list[Said]]:
    """What each task says of what is wanted, by the number that the words of the question stand nearest to."""
    wanted = meaning.wanted or Wanted(name="amount")
    found = evaluation.tasks(meaning)
    rows = list({row["task"]: row for row in found.ran.rows}.values())
    if wanted.name == "units":
        return found.ran, _units(meaning, evaluation, found.tasks, rows)
    deadlines: dict[str, list[Row]] = {}
    if wanted.name in {"day", "span", "often"} and found.tasks:
        for scope in evaluation.scopes(meaning):
            for row in evaluation.run("deadlines-of-task", scope, found.tasks).rows:
                deadlines.setdefault(row["task"], []).append(row)
    said = [one for row in rows if (one := _one(row, wanted, meaning, evaluation, deadlines.get(row["task"], [])))]
    return found.ran, _nearest_of_plans(said)


def _nearest_of_plans(said: Sequence[Said]) -> list[Said]:
    """Of several tasks of one plan the one whose number the words stand nearest to."""
    best: dict[str, Said] = {}
    for one in said:
        plan = str(one.row.get("plan", ""))
        if plan not in best or one.near > best[plan].near:
            best[plan] = one
    return [one for one in said if best[str(one.row.get("plan", ""))] is one]


def _units(meaning: Meaning, evaluation: Evaluation, tasks: Sequence[str], rows: Sequence[Row]) -> list[Said]:
    names: dict[str, list[str]] = {}
    for scope in evaluation.scopes(meaning):
        for row in evaluation.run("units-of-task", scope, tasks, role=meaning.role).rows:
            names.setdefault(row["task"], []).append(row.get("printed") or row.get("unit_label", ""))
    return [Said(of=_label(row), text="、".join(sorted(set(names[row["task"]]))), quote=row.get("text", "")[:40], row=row)
            for row in rows if row["task"] in names]  # fmt: skip


def _one(row: Row, wanted: Wanted, meaning: Meaning, evaluation: Evaluation, deadlines: Sequence[Row]) -> Said | None:
    text = str(row.get("text", "")).lower()
    weights = evaluation.weights(meaning.matter).in_text(text) if meaning.matter else {}
    if wanted.name == "day":
        return _day(row, text, deadlines, weights)
    choices = candidates(text, wanted)
    if meaning.matter and not weights and wanted.units:  # it only stands under a heading that has the words: a number of just that unit
        choices = of_unit(choices, wanted.units)
    best, near = nearest(choices, text, weights)
    if best is None and not weights:
        best = next(iter(choices), None)
    if best is None or (len(choices) > 1 and weights and near < _FIRST):
        return _fallen(row, wanted, deadlines)
    words = next((one["deadline_label"] for one in deadlines if best.text in one.get("deadline_label", "") and "due" not in one), best.text)
    return Said(
        of=_label(row),
        text=words if wanted.name == "span" else best.text,
        quote=sentence(text, best),
        row=row,
        number=best.number,
        unit=best.unit,
        near=near,
    )


def _fallen(row: Row, wanted: Wanted, deadlines: Sequence[Row]) -> Said | None:
    """What a deadline says instead: how often, or how long."""
    fits = [one for one in deadlines if one.get("kind", "").endswith("RecurringDeadline" if wanted.name == "often" else "RelativeDeadline")]
    if not fits:
        return None
    return Said(of=_label(row), text=fits[0].get("deadline_label", ""), quote=str(row.get("text", ""))[:40], row=row)


def _day(row: Row, text: str, deadlines: Sequence[Row], weights: Mapping[str, float]) -> Said | None:
    """The time that the words stand nearest to, by a deadline or in the text alone."""
    known = {label: one for one in deadlines if (label := one.get("deadline_label", "").lower())}
    times = [
        Quantity(text=label, number=0.0, unit="", start=text.find(label), end=text.find(label) + len(label))
        for label in known
        if label in text
    ]
    times += find_points(text)
    times += [one for one in of_unit(list(find_quantities(text)), _TIMES) if not any(each.start <= one.start < each.end for each in times)]
    best, _ = nearest(times, text, weights)
    best = best or next(iter(times), None)
    label = best.text if best and best.text in known else "" if best and len(known) != 1 else next(iter(known), "")
    if best is not None and (best.text in known or not known):
        due = known.get(best.text, {}).get("due", "")
        number = float(due.replace("-", "")[4:]) if due else best.number or None
        return Said(of=_label(row), text=best.text, quote=sentence(text, best), row=row, number=number, unit="due" if due else best.unit)
    if best is not None and not label:
        return Said(of=_label(row), text=best.text, quote=sentence(text, best), row=row, number=best.number or None, unit=best.unit)
    return Said(of=_label(row), text=label, quote=text[:40], row=row) if label else None


def time_in_words(row: Row, meaning: Meaning, evaluation: Evaluation) -> str:
    """The time that a task without a deadline says in its words; empty where it says none."""
    text = str(row.get("text", "")).lower()
    weights = evaluation.weights(meaning.matter).in_text(text) if meaning.matter else {}
    said = _day(row, text, (), weights)
    return said.text if said else ""


def _label(row: Row) -> str:
    return f"{row.get('place_label', '')}{row['plan_year']}年" if "plan_year" in row else str(row.get("plan_label", ""))


# --- beside each other -----------------------------------------------------------------------------------------------


def compared(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """What two years, places or plans say of one matter, and how they differ."""
    wanted = meaning.wanted or Wanted(name="amount")
    wanted = wanted if wanted.name else replace(wanted, name=_kind(meaning))
    meaning = replace(meaning, wanted=wanted)
    sides: list[tuple[str, Said | None]] = []
    rans: list[Ran] = []
    try:
        alternatives = _alternatives(meaning, wanted, lexicon)
    except Unread:
        if wanted.relation != "gap":
            raise
        return value(replace(meaning, wanted=replace(wanted, relation="")), evaluation, lexicon)  # 学位增加多少: by no other
    for label, one in alternatives:
        try:
            ran, said = _said(one, evaluation)
        except Unread:
            sides.append((label, None))
            continue
        rans.append(ran)
        sides.append((label, max(said, key=_near) if said else None))
    told = [(label, one) for label, one in sides if one is not None]
    if not told or (len(told) < 2 and wanted.relation):
        raise Unread(f"{tasks_in_words(meaning)}，没有两个数可比")
    listed = "；".join(f"{label}{one.text}" for label, one in told)
    missing = [f"{label}没有写" for label, one in sides if one is None]
    words, answer = _related(wanted, told, listed)
    rows = [{"of": label, **one.row, "value": one.text, "sentence": one.quote} for label, one in told]
    return of(merged(rans[0].name, rans), meaning, words, answer, rows=rows, notes=missing)


def _near(said: Said) -> float:
    return said.near


def _kind(meaning: Meaning) -> str:
    """What is compared where the question names no number: days, units, whatever number is there."""
    if meaning.cues & {"when", "limit", "finish"}:
        return "day"
    return "units" if meaning.cues & {"lead", "support", "who", "named", "responsible"} else "amount"


def _alternatives(meaning: Meaning, wanted: Wanted, lexicon: Lexicon) -> list[tuple[str, Meaning]]:
    if len(meaning.places) > 1:
        return [(one.label, replace(meaning, places=(one,), plans=())) for one in meaning.places]
    if meaning.places and meaning.plans and meaning.places[0].iri not in {one.place for one in meaning.plans}:
        others = [(_plan_label(one.iri, lexicon, meaning), replace(meaning, places=(), plans=(one,))) for one in meaning.plans]
        return [(meaning.places[0].label, replace(meaning, plans=())), *others]
    if len(meaning.plans) > 1:
        return [(_plan_label(one.iri, lexicon, meaning), replace(meaning, plans=(one,))) for one in meaning.plans]
    years = sorted(set(meaning.years))
    if len(years) == 1 and (wanted.before or wanted.relation):
        years = [years[0] - 1, years[0]]
    if not years and wanted.relation:
        places = {one.iri for one in meaning.places}
        years = sorted({plan.year for plan in lexicon.all_plans if plan.year and plan.place in places})
    if len(years) > 1:
        return [(f"{year}年", replace(meaning, years=(year,), plans=())) for year in years]
    raise Unread("没有读懂是哪两个相比")


def _plan_label(iri: str, lexicon: Lexicon, meaning: Meaning) -> str:
    plan = next(one for one in lexicon.all_plans if one.thing.iri == iri)
    years = {one.year for one in lexicon.all_plans if one.thing.iri in {each.iri for each in meaning.plans}}
    return f"{plan.year}年" if len(years) == len(meaning.plans) and plan.year else f"《{plan.thing.label}》"


def _related(wanted: Wanted, told: Sequence[tuple[str, Said]], listed: str) -> tuple[str, object]:
    told = [(label, _measured(each)) for label, each in told]
    one, other = told[0][1], told[-1][1]
    if wanted.relation == "same":
        same = one.text == other.text or (one.number is not None and (one.number, one.unit) == (other.number, other.unit))
        return f"{'一样' if same else '不一样'}：{listed}", same
    if wanted.relation == "gap" and one.number is not None and other.number is not None and one.unit == other.unit:
        gap = _amount(abs(other.number - one.number), one.unit)
        return f"相差{gap}：{listed}", gap
    if wanted.relation == "which" and one.number is not None and other.number is not None and one.unit == other.unit:
        less = wanted.way in _LESS
        best = min(told, key=lambda each: (each[1].number or 0.0) * (1 if less else -1))
        equal = one.number == other.number
        return (f"一样：{listed}", "一样") if equal else (f"{best[0]}{wanted.way if len(wanted.way) == 1 else ''}：{listed}", best[0])
    return listed, listed


def _measured(said: Said) -> Said:
    """What is said, with the one quantity in its words as its number where it has none: 受理后5个工作日内."""
    if said.number is not None:
        return said
    found = list(find_quantities(said.text))
    return replace(said, number=found[0].number, unit=found[0].unit) if len(found) == 1 else said


def _amount(number: float, unit: str) -> str:
    unit = {"%": "个百分点", "％": "个百分点", "百分点": "个百分点", "工作日": "个工作日"}.get(unit, unit)
    if number >= 1e8 and number % 1e6 == 0:
        return f"{number / 1e8:g}亿{unit}"
    return f"{number / 1e4:g}万{unit}" if number >= 1e4 and number % 100 == 0 else f"{number:g}{unit}"


# --- where it stands --------------------------------------------------------------------------------------------------


def located(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """The plan, its number and the printed number of the tasks that are meant."""
    del lexicon
    found = evaluation.tasks(meaning)
    rows = list({row["task"]: row for row in found.ran.rows}.values())
    if not rows:
        raise Unread(f"没有任务提到“{meaning.matter}”")
    numbers = {row["plan"]: row.get("number", "") for row in evaluation.run("plans", Scope()).rows}
    places = [_place_in_plan(row, numbers.get(str(row.get("plan", "")), "")) for row in rows]
    told = list(dict.fromkeys(places))
    return of(found.ran, meaning, "；".join(told), told[0] if len(told) == 1 else None, notes=found.notes)


def _place_in_plan(row: Row, code: str) -> str:
    number = str(row.get("number", ""))
    said = f"第{number}项" if number.isdecimal() else number
    return f"《{row.get('plan_label', '')}》" + (f"（{code}）" if code else "") + (said or "（没有编号）")


# --- what is forbidden -----------------------------------------------------------------------------------------------


def allowed(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """No, by the task that forbids it; Decline where no task does."""
    del lexicon
    found = evaluation.tasks(meaning)
    forbids = regex_of("allowed", "forbids")
    rows = []
    for row in {row["task"]: row for row in found.ran.rows}.values():
        text = str(row.get("text", ""))
        words = evaluation.weights(meaning.matter).in_text(text.lower()) if meaning.matter else {}
        marks = [Quantity(text=one[0], number=0.0, unit="", start=one.start(), end=one.end()) for one in forbids.finditer(text)]
        rows += [
            {**row, "sentence": sentence(text, mark)} for mark in marks[:1] if any(word in sentence(text, mark).lower() for word in words)
        ]
    if not rows:
        raise Unread(f"{tasks_in_words(meaning)}，没有写能不能")
    return of(found.ran, meaning, f"不能：“{rows[0]['sentence']}”", False, rows=rows, notes=found.notes)


# --- what plans say beside their tasks ---------------------------------------------------------------------------------


def of_statements(meaning: Meaning, evaluation: Evaluation) -> Answer:
    """The number or the day that a plan says outside its tasks: its aims, its closing words; Decline where none stands out."""
    wanted = meaning.wanted or Wanted(name="amount")
    wanted = replace(wanted, name="day") if meaning.ask == "when" else wanted
    if meaning.matter is None:
        raise Unread("没有读懂这是在问什么")
    weights = evaluation.weights(meaning.matter)
    meaning = replace(meaning, units=(), places=meaning.places or tuple(_place_of(one) for one in meaning.units[:1]))
    found: list[tuple[float, Said]] = []
    for scope in evaluation.scopes(meaning):
        for row in evaluation.statements(scope):
            text = row["text"].lower()
            said = weights.in_text(text)
            held = {word for word in weights.words if any(form in text for form in weights.forms[word])}
            share = sum(weights.weight[word] for word in held) / (weights.whole or 1.0)
            one = _stated(row, text, wanted, said)
            if one and share >= ENOUGH and (len(held) > 1 or any(len(word) > 2 for word in held)):
                found.append((share, one))
    found.sort(key=_share, reverse=True)
    if not found or (len(found) > 1 and found[0][0] - found[1][0] < 0.05 and found[0][1].text != found[1][1].text):
        raise Unread("没有哪句话说得出来")
    best = found[0][1]
    ran = evaluation.run("why", Scope(), None, fact=str(best.row["statement"]))
    rows = [{**row, "value": best.text, "sentence": best.quote} for row in ran.rows]
    return of(ran, meaning, f"{best.text}（《{best.row.get('plan_label', '')}》：“{best.quote}”）", best.text, rows=rows)


def _place_of(owed: Owed) -> Thing:
    """The place of a unit, where the question names none itself."""
    return Thing(iri=owed.unit.place, label=owed.unit.note)


def _share(found: tuple[float, Said]) -> float:
    return found[0]


def _stated(row: Row, text: str, wanted: Wanted, weights: Mapping[str, float]) -> Said | None:
    if not all(f"{year}年" in text for year in wanted.years):
        return None
    choices = list(find_dates(text)) if wanted.name == "day" else candidates(text, wanted)
    best, near = nearest(choices, text, weights)
    return Said(of=_label(row), text=best.text, quote=sentence(text, best), row=row, near=near) if best and near >= _FIRST else None
