"""From a meaning to its answer: the tasks that all conditions leave, then the stock query that says what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, product

from kg.store import Store
from kg.store.rows import select_strings
from queries import find_query
from queries.ask.dates import day_of
from queries.ask.grammar import Condition, load_grammar
from queries.ask.headings import tasks_by_part, tasks_numbered_under, tasks_under
from queries.ask.lexicon import ABSENT, PRINTED
from queries.ask.likely import Weights, content_words, forms
from queries.ask.model import Finder, Matter, Meaning, Owed, Row, Thing, Unread, Window
from queries.ask.numbered import numbered
from queries.ask.running import Found, Ran, Scope, merged, narrowed, run
from queries.ask.sole import tasks_of_one
from queries.ask.speaking import hits_of, of_matter

_STATEMENTS = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?statement ?text ?plan ?plan_label ?plan_year ?place_label WHERE {
  ?plan a zp:Plan ; zp:jurisdiction ?place ; zp:planYear ?plan_year FILTER (KEPT)
  ?statement zp:inPlan ?plan ; a zp:Statement ; zp:text ?text
  OPTIONAL { ?plan dcterms:title ?plan_label } OPTIONAL { ?place skos:prefLabel ?place_label } }"""
_LISTS = {"tasks", "tasks-which", "tasks-lacking", "tasks-cited", "tasks-closing", "count", "count-tally", "count-loosely", "whether"}
ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}


# --- the tasks that are meant ------------------------------------------------------------------------------------


class Evaluation:
    """Finds tasks and answers about them, over one store."""

    def __init__(self, store: Store, finder: Finder) -> None:
        self._store, self._finder = store, finder

    def scopes(self, meaning: Meaning) -> list[Scope]:
        """Every place with every year that is spoken of; a plan stands for its own."""
        if meaning.plans:
            return [Scope(plan=plan) for plan in meaning.plans]
        places: list[Thing | None] = [*meaning.places] or [None]
        years = [*meaning.years] or [0]
        return [Scope(place=place, year=year) for place, year in product(places, years)]

    def run(self, name: str, scope: Scope, tasks: Sequence[str] | None = None, **values: str) -> Ran:
        """A stock query within a scope, by its parameters where it has them, else by its rows."""
        taken = [one.name for one in find_query(name).parameters]
        ran = run(self._store, name, {**scope.values(taken), **{key: value for key, value in values.items() if value}}, tasks)
        kept = tuple(row for row in ran.rows if scope.holds(row))
        return replace(ran, rows=kept) if len(kept) < len(ran.rows) else ran

    def tasks(self, meaning: Meaning) -> Found:
        """The tasks for which all holds that the question says of them."""
        found = [self._in_scope(meaning, scope) for scope in self.scopes(meaning)]
        notes = list(dict.fromkeys(note for one in found for note in one.notes))
        if meaning.matter and meaning.matter.free and not any(one.tasks for one in found):
            raise Unread(f"没有哪项任务写的是“{meaning.matter}”")
        return Found(merged(found[0].ran.name, [one.ran for one in found]), notes)

    def said_of(self, found: Found, meaning: Meaning, name: str = "tasks", **values: str) -> Ran:
        """What a stock query says of the tasks that were found."""
        return merged(name, [self.run(name, scope, found.tasks, **values) for scope in self.scopes(meaning)])

    def _in_scope(self, meaning: Meaning, scope: Scope) -> Found:
        notes: list[str] = []
        if meaning.linked:
            linked = tuple(self._linked(meaning.tasks, scope))
            meaning = replace(meaning, tasks=linked, matter=None if linked else meaning.matter, linked=False)
            if not meaning.tasks and not meaning.matter:
                return Found(self.run("tasks", scope, []), notes)
        meaning, labelled = self._by_deadline(meaning, scope, notes)
        spoken = hits_of(self._finder, meaning.matter) if meaning.matter else None
        lists = self._lists(meaning, scope)
        among = list(meaning.tasks) or (None if spoken is None else list(spoken))
        main, others = (lists[0], lists[1:]) if lists else (self.run("tasks", scope, among), [])
        wanted = set(main.tasks)
        for other in others:
            wanted &= set(other.tasks)
        if any(owed.role == "support" for owed in meaning.units) and main.rows and not any(_supports(row) for row in main.rows):
            notes.append("计划没有写“配合单位”，列的是牵头以外的责任单位")
        if labelled:
            wanted &= labelled
        if meaning.tasks:
            wanted &= set(meaning.tasks)
        if meaning.numbers:
            wanted &= self._numbered(main.rows, meaning.numbers, scope)
        if lists:
            wanted = self._no_statements(wanted)
        wanted = self._within(wanted, meaning, scope, notes)
        if meaning.matter and spoken is not None:
            wanted = of_matter(self._finder, meaning, meaning.matter, wanted, spoken, rows=main.rows, notes=notes)
        ordered = [task for task in main.tasks if task in wanted]
        if len(ordered) < len(main.tasks):
            main = narrowed(main, ordered)
        return Found(main, notes)

    def _by_deadline(self, meaning: Meaning, scope: Scope, notes: list[str]) -> tuple[Meaning, set[str]]:
        """“立行立改”: the meaning without words that no task holds and deadlines of the scope have, and the tasks of these deadlines."""
        matter = meaning.matter
        if matter is None or matter.free or matter.either or not (scope.plan or scope.place) or not meaning.introduced:
            return meaning, set()
        said = next((phrase for phrase in matter.phrases if "".join(phrase) in meaning.introduced), ())
        words = "".join(said)
        if not words or self._finder.knows(words):
            return meaning, set()
        tasks = {row["task"] for row in self.run("deadlines-of-task", scope).rows if words in row.get("deadline_label", "")}
        if not tasks:
            return meaning, set()
        notes.append(f"“{words}”是时限一栏写的")
        left = tuple(phrase for phrase in matter.phrases if phrase != said)
        return replace(meaning, matter=replace(matter, phrases=left) if left else None), tasks

    def unheld(self, meaning: Meaning) -> tuple[str, ...]:
        """The words of a matter that no task of its scope holds, where none speaks of it all."""
        matter = meaning.matter
        if matter is None or matter.free or not meaning.anchored or meaning.tasks or self.tasks(meaning).tasks:
            return ()
        scope = set(self.tasks(replace(meaning, matter=None)).tasks)
        return tuple(word for word in matter.words if not self._finder.holding(forms(word)) & scope)

    def weights(self, matter: Matter) -> Weights:
        """What the words of a matter weigh in this store."""
        return Weights(
            self._finder, [word for phrase in matter.phrases for word in (phrase if matter.free else content_words("".join(phrase)))]
        )

    def statements(self, scope: Scope) -> list[Row]:
        """What plans of a scope say beside their tasks, apart from how many units: aims, what the closing words ask for."""
        return list(select_strings(self._store, _STATEMENTS.replace("KEPT", _bounds(scope)))) if scope.plan or scope.place else []

    def sectioned(self, meaning: Meaning) -> Meaning:
        """The meaning, with words that are the heading of a chapter of the plans spoken of as that; else as words of the matter."""
        if not meaning.section or meaning.matter is None:
            return meaning
        matter = meaning.matter
        meaning = replace(meaning, places=meaning.places or (() if meaning.plans else _of_units(meaning.units)))
        lists = meaning.ask in _LISTS and any(self._under(meaning.section, scope) for scope in self.scopes(meaning))
        if not lists:
            return replace(meaning, section="")
        left = tuple(phrase for phrase in matter.phrases if not _overlap("".join(phrase), meaning.section))
        return replace(meaning, matter=replace(matter, phrases=left) if left else None)

    def _under(self, heading: str, scope: Scope) -> set[str]:
        """The tasks of a scope that stand under a heading; none where the scope is everything."""
        if not (scope.plan or scope.place):
            return set()
        return tasks_under(self._store, heading, _bounds(scope))

    def _numbered(self, rows: Sequence[Row], numbers: Sequence[str], scope: Scope) -> set[str]:
        """The tasks with these numbers; （三）2 is number 2 of the section （三）."""
        found: set[str] = set()
        for number in numbers:
            section, _, last = number.rpartition("）")
            if not (section and last):
                continue
            under = tasks_numbered_under(self._store, section, _bounds(scope)) if scope.plan or scope.place else set()
            found |= numbered(rows, [last]) & under
        whole = [number for number in numbers if number.endswith("）") or "）" not in number]
        return found | (numbered(rows, whole) if whole else set())

    def _within(self, tasks: set[str], meaning: Meaning, scope: Scope, notes: list[str]) -> set[str]:
        """Those of the tasks in the chapter that is spoken of, and not of the units that are left out."""
        kept = tasks & self._under(meaning.section, scope) if meaning.section else tasks
        for owed in meaning.without:
            notes.append(f"没有写{ROLES[owed.role]}单位的不算在内")
            kept = self._but(owed, kept, scope)
        return kept

    def _but(self, owed: Owed, tasks: set[str], scope: Scope) -> set[str]:
        """Those of the tasks that a unit has in a role, and not this unit."""
        having = set(self.run("units-of-task", scope, sorted(tasks), role=owed.role).tasks)
        its = self.run("tasks-of-unit", scope, unit=owed.unit.iri, role=owed.role)
        return having - {row["task"] for row in its.rows if "through" not in row}

    def _linked(self, tasks: Sequence[str], scope: Scope) -> list[str]:
        """The tasks of a scope that these are linked with, in whatever way."""
        here = [row["task"] for row in self.run("tasks", scope, tasks).rows]
        if here:
            return here
        rows = [row for task in tasks for row in self.run("lineage-of-task", Scope(), None, task=task).rows]
        return list(dict.fromkeys(row["task"] for row in rows if scope.holds(row)))

    def _lists(self, meaning: Meaning, scope: Scope) -> list[Ran]:
        """The tasks of each condition by itself; the first is what the answer shows."""
        found: list[Ran] = []
        if meaning.units:
            each = [self._owed(owed, meaning, scope) for owed in meaning.units]
            found += each if meaning.together else [merged("tasks-of-unit", each)]
        for condition in load_grammar().conditions:
            if condition.name in meaning.conditions:
                found.append(self._conditioned(condition, meaning.period, scope))
        if meaning.instruments:
            found.append(merged("tasks-citing", [self.run("tasks-citing", scope, instrument=one.iri) for one in meaning.instruments]))
        if meaning.windows:
            found.append(merged("due-between", [self._due(window, scope) for window in meaning.windows]))
        return found

    def _conditioned(self, condition: Condition, period: str, scope: Scope) -> Ran:
        """The tasks that a condition leaves."""
        ran = self.run(condition.query, scope, period=period if condition.name == "recurring" else "")
        if condition.has:
            return narrowed(ran, self.run("units-of-task", scope, ran.tasks, role=condition.role).tasks)
        ran = self._without_role(ran, condition.role, scope)
        if condition.alone:
            of_one = tasks_of_one(self._store, _bounds(scope))
            return narrowed(ran, [task for task in ran.tasks if task in of_one])
        if condition.part:
            return narrowed(ran, self._of_part(condition.part, ran.tasks, scope))
        if condition.days:
            dated = {row["task"] for row in self.run("deadlines-of-task", scope, ran.tasks).rows if is_fixed(row)}
            return narrowed(ran, [task for task in ran.tasks if (task in dated) == (condition.days == "with")])
        return ran if ran.rows or not condition.column else self._without_column(ran, condition.column, scope)

    def _of_part(self, part: str, tasks: Sequence[str], scope: Scope) -> list[str]:
        """Those of the tasks in the table or the text of a plan that has both; Decline where it has not."""
        rows, text = tasks_by_part(self._store, _bounds(scope))
        if not rows or (not text and part == "text"):
            raise Unread("这份计划分不出正文和附表")
        return [task for task in tasks if task in (rows if part == "table" else text)]

    def _without_role(self, ran: Ran, role: str, scope: Scope) -> Ran:
        """Those that no unit has in a role; all where none is said."""
        if not role:
            return ran
        having = set(self.run("units-of-task", scope, ran.tasks, role=role).tasks)
        return narrowed(ran, [task for task in ran.tasks if task not in having])

    def _without_column(self, ran: Ran, role: str, scope: Scope) -> Ran:
        """Those that have units and none in a role that the plan prints apart; the run as it is where no task of the scope has it."""
        if not (scope.plan or scope.place):
            return ran
        every = self.run("tasks", scope)
        without = self._without_role(every, role, scope)
        return without if len(without.tasks) < len(every.tasks) else ran

    def _owed(self, owed: Owed, meaning: Meaning, scope: Scope) -> Ran:
        if owed.unit.iri.startswith(PRINTED):
            return self._as_printed(owed, scope)
        if owed.unit.iri == ABSENT:
            return self._of_none(owed.unit.label, scope)
        role = owed.role if owed.role in ROLES else ""
        ran = self.run("tasks-of-unit", scope, unit=owed.unit.iri, role=role)
        if role == "support" and not ran.rows and self._tells_no_support(scope):
            every = self.run("tasks-of-unit", scope, unit=owed.unit.iri)
            ran = narrowed(every, [task for task in every.tasks if task in _other(every)])
        if role == "support" and any("through" in row for row in ran.rows):  # 司法局 leads, 各部门 support: it is not among these
            leads = self.run("tasks-of-unit", scope, ran.tasks, unit=owed.unit.iri, role="lead")
            named = {row["task"] for row in leads.rows if "through" not in row}
            ran = replace(ran, rows=tuple(row for row in ran.rows if "through" not in row or row["task"] not in named))
        if owed.also and not meaning.direct:
            others = [self._of_group(group, scope, role, ran.tasks) for group in owed.also]
            ran = merged("tasks-of-unit", [ran, *(other for other in others if other.rows)])
        if owed.role not in ("", *ROLES):
            tasks = self._first(owed, ran, scope) if owed.role == "first" else _other(ran)
            ran = narrowed(ran, [task for task in ran.tasks if task in tasks])
        if owed.unit.bound:
            ran = replace(ran, rows=tuple({**row, "through": owed.unit.iri, "through_label": owed.unit.label} for row in ran.rows))
        if meaning.direct or meaning.together:
            ran = narrowed(ran, list(dict.fromkeys(row["task"] for row in ran.rows if "through" not in row)))
            ran = replace(ran, rows=tuple(row for row in ran.rows if "through" not in row))
        if len(meaning.units) > 1:
            ran = replace(ran, rows=tuple({**row, "unit": owed.unit.iri, "unit_label": owed.unit.label} for row in ran.rows))
        return ran

    def _tells_no_support(self, scope: Scope) -> bool:
        """Whether a plan or the plans of a place name units beside those that lead, and call none of them supporting."""
        if not (scope.plan or scope.place):
            return False
        return not self.run("units-of-task", scope, role="support").rows and bool(self.run("units-of-task", scope, role="lead").rows)

    def _of_group(self, group: Thing, scope: Scope, role: str, known: Sequence[str]) -> Ran:
        """The tasks of a group that are not known yet, as of those through it."""
        ran = self.run("tasks-of-unit", scope, unit=group.iri, role=role)
        ran = narrowed(ran, [task for task in ran.tasks if task not in known])
        return replace(ran, rows=tuple({**row, "through": group.iri, "through_label": group.label} for row in ran.rows))

    def _first(self, owed: Owed, ran: Ran, scope: Scope) -> set[str]:
        """The tasks of a unit before whose name no other is printed."""
        first: dict[str, str] = {}
        for row in self.run("units-of-task", scope, ran.tasks).rows:
            first.setdefault(row["task"], row.get("unit", ""))
        return {task for task, unit in first.items() if unit == owed.unit.iri}

    def _as_printed(self, owed: Owed, scope: Scope) -> Ran:
        """The tasks of a unit that is known only by the name that a plan prints."""
        plan = scope if scope.plan else replace(scope, plan=Thing(iri=owed.unit.home, label=owed.unit.note))
        ran = self.run("units-of-task", plan, role=owed.role)
        mine = [row for row in ran.rows if row.get("printed") == owed.unit.label and row.get("plan") == owed.unit.home]
        ran = narrowed(ran, list(dict.fromkeys(row["task"] for row in mine)))
        return replace(ran, rows=tuple(mine))

    def _of_none(self, name: str, scope: Scope) -> Ran:
        """No task, as of a unit that no task of a scope names; Decline where one has its name in any way."""
        every = self.run("units-of-task", scope)
        named = any(name in row.get("printed", "") or name in row.get("unit_label", "") for row in every.rows)
        if named or self._finder.holding((name,)) & set(self.run("tasks", scope).tasks):
            raise Unread(f"没有读懂“{name}”是哪个单位")
        return self.run("tasks", scope, [])

    def _due(self, window: Window, scope: Scope) -> Ran:
        start, end = day_of(window.year, window.start or (1, 1)), day_of(window.year, window.end or (12, 31))
        return self.run("due-between", scope, **{"from": start.isoformat(), "to": end.isoformat()})

    def _no_statements(self, tasks: set[str]) -> set[str]:
        """Those that are tasks: what obliges without naming units is a statement, and no task."""
        return {task for task in tasks if "/statement/" not in task}


def _bounds(scope: Scope) -> str:
    """A scope as the words of a filter."""
    bound = (f"?plan = <{scope.plan.iri}>" if scope.plan else "", f"?place = <{scope.place.iri}>" if scope.place else "",
             f"?plan_year = {scope.year}" if scope.year else "")  # fmt: skip
    return " && ".join(one for one in bound if one)


def _of_units(units: Sequence[Owed]) -> tuple[Thing, ...]:
    """The place of the units, where it is one."""
    places = {owed.unit.place: owed.unit.note for owed in units if owed.unit.place}
    return tuple(Thing(iri=iri, label=label) for iri, label in places.items()) if len(places) == 1 else ()


def is_fixed(row: Row) -> bool:
    """Whether a deadline is a day that is printed, and not one that is only reckoned from another."""
    return bool(row.get("due")) and str(row.get("kind", "")).endswith("FixedDeadline")


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one


def _supports(row: Row) -> bool:
    return str(row.get("role", "support")).endswith(("support", "配合"))


def _other(ran: Ran) -> set[str]:
    """The tasks that a unit has without leading them."""
    return set(ran.tasks) - {row["task"] for row in ran.rows if row.get("role", "").endswith("/lead")}


def broken(matter: Matter) -> Iterator[str]:
    """Two characters side by side that no dictionary has as a word, beside other words: 清丹 of 权力清丹."""
    for phrase in matter.phrases:
        for single, group in groupby(phrase, key=_is_one):
            letters = "".join(group) if single else ""
            if len(letters) == 2 and len(phrase) > 2 and not any(one in load_grammar().light for one in letters):
                yield letters


def _is_one(word: str) -> bool:
    return len(word) == 1


def check_known(meaning: Meaning, finder: Finder) -> None:
    """Decline for a word that no task knows, unless it is certainly a matter, as in 涉及元宇宙的任务: then there is none."""
    matter = meaning.matter
    if matter is None or finder.knows(str(matter)):
        return
    light = load_grammar().light
    for word in matter.words:
        if word not in light and word not in meaning.introduced and len(word) > 1 and not finder.knows(word):
            raise Unread(f"没有任务提到“{word}”，不知道问的是什么", left=(word,))
    for letters in broken(matter):
        if not finder.knows(letters):
            raise Unread(f"没有任务提到“{letters}”，不知道问的是什么")
    if not meaning.introduced and not any(len(word) > 1 and finder.knows(word) for word in matter.words):
        raise Unread(f"没有任务提到“{matter}”，不知道问的是什么")
