"""What is declined because the store does not have it: names, plans, documents that it only knows by name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from queries.ask.grammar import STOP
from queries.ask.lexicon import Lexicon, Plan
from queries.ask.model import Choice, Decline, Meaning, Owed, Thing, Token
from queries.ask.parts import Parts
from queries.ask.running import Found

_MOST_CHOICES = 12
_INSIDE = {"的", "里", "中", "里面", "当中"}  # between a document and what stands in it

_AWARDED = re.compile(
    r"中的标|中了标|中标了|(?:谁|哪[一几]?[家个])[一-龥]{0,6}中标(?=[？?。]|$)"
    r"|中标(?:单位|方|人|企业|公司|商)?(?:是|为)(?:谁|哪[一几]?[家个])(?!单位|部门|负责|牵头|管)"
)


def refuse_awarded(question: str) -> None:
    """Decline where it is asked who won a contract: plans say who has to see to it."""
    if found := _AWARDED.search(question):
        raise Decline(f"计划里没有写结果：{found[0]}")


def refuse_unknown(tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """Decline for a name that the store does not have, with those that it has."""
    for token in tokens:
        if token.kind != "unknown":
            continue
        if token.tag == "place":
            known = "、".join(sorted(set(lexicon.place_labels.values()))[:_MOST_CHOICES])
            raise Decline(f"库中没有“{token.text}”的计划；有计划或单位的地方：{known}")
        if token.tag == "instrument":
            raise Decline(f"库中没有文件“{token.text}”：没有计划引用过它，登记册里也没有")
        raise Decline(f"库中没有叫“{token.text}”的单位")


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


def refuse_not_held(question: str, tokens: Sequence[Token], parts: Parts) -> None:
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


def refuse_predicate(tokens: Sequence[Token], parts: Parts) -> None:
    """Decline where words say something of the tasks, and are no matter of theirs: 2021年的任务合理吗."""
    content = [token for token in tokens if token.kind != STOP]
    if len(content) > 2 and content[-1].kind == "cue" and content[-1].text in {"吗", "么", "吧"} and content[-2].kind == "matter":
        last = next((at for at in range(len(content) - 2, -1, -1) if content[at].kind != "matter"), -1)
        if last >= 0 and content[last].kind == "cue" and "task" in content[last].value and parts.matter:
            raise Decline(f"没有读懂：{parts.matter}")


def refuse_several_of_a_number(meaning: Meaning, found: Found) -> None:
    """Ask back where one plan prints the number several times: each section counts anew."""
    rows = list({row["task"]: row for row in found.ran.rows}.values())
    plans = [row.get("plan") for row in rows]
    if len(meaning.numbers) != 1 or meaning.matter or len(set(plans)) == len(plans) or _one_clause([row["task"] for row in rows]):
        return
    number = meaning.numbers[0]
    choices = (
        Choice(
            label=row.get("text", "")[:30], note=row.get("number", ""), iri=row["task"], question=f"“{row.get('text', '')[:16]}”由谁负责？"
        )
        for row in rows
    )
    raise Decline(f"第{number}项有{len(rows)}条", tuple(choices))


def _one_clause(tasks: Sequence[str]) -> bool:
    """Whether tasks are the sentences of one clause: they stand side by side in one section, and only that clause has its number."""
    parents = {task.rpartition("/")[0] for task in tasks}
    places = sorted(int(at[1:]) for task in tasks if (at := task.rpartition("/")[2]).startswith("n") and at[1:].isdecimal())
    return len(parents) == 1 and len(places) == len(tasks) and places[-1] - places[0] == len(places) - 1
