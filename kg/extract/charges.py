"""Which items a line is about that says who owes several: 以上1—5项由…牵头, 以下任务由…负责, 本章各条由…落实."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.extract.duties import Scope, is_vague, to_numbers
from kg.extract.outline import Entry, rank
from kg.extract.unit_headings import leading
from kg.extract.units import UnitList, merged

Group = list[Entry]

_BRACKETED = frozenset({"han_bracket", "arabic_bracket"})
_SHORTEST_ITEM = 8


@dataclass(slots=True)
class _Charges:
    """Who owes the items of a text, by the place of each among its groups; `heard` are the lines that said so."""

    groups: Sequence[Group]
    owed: dict[int, UnitList] = field(default_factory=dict)
    heard: set[int] = field(default_factory=set)


def charged(groups: Sequence[Group]) -> Iterator[tuple[Group, UnitList | None]]:
    """The groups with what lines elsewhere say of who owes them, without those lines; what goes on an item so charged is its part."""
    charges = _Charges(groups)
    for at, group in enumerate(groups):
        if group[0].charge:
            _hear(charges, at, group[0].charge.scope, group[0].charge.units)
    at = 0
    while at < len(groups):
        end = _end(charges, at) if at in charges.owed else at + 1
        if at not in charges.heard or groups[at][0].heading:
            yield [entry for group in groups[at:end] for entry in group], charges.owed.get(at)
        at = end


def with_wider(own: UnitList, wider: UnitList) -> UnitList:
    """The units of an item with those that a line over several gives it: of the roles that its own bracket leaves unsaid. A heading
    that is but a unit leads where the item only names who supports it."""
    said = {one.role for one in own.assignments}
    wider = leading(wider) if wider.untold and said == {"support"} else wider
    more = tuple(one for one in wider.assignments if one.role not in said and not is_vague(one.name))
    return merged(own, UnitList(assignments=more, open_list=wider.open_list and bool(more), deadlines=wider.deadlines))


def _hear(charges: _Charges, at: int, scope: Scope, units: UnitList) -> None:
    if units.assignments and all(is_vague(one.name) for one in units.assignments) and not scope.numbers and not scope.count:
        return
    for target in _targets(charges, at, scope):
        before = charges.owed.get(target)
        charges.owed[target] = with_wider(before, units) if before else units
        charges.heard.add(at)


def _end(charges: _Charges, at: int) -> int:
    """Behind the paragraphs that go on with an item: those without a number between it and the next, or the line that is about both."""
    end = at + 1
    if any(entry.closers for entry in charges.groups[at]):
        return end
    while end < len(charges.groups) and _is_plain(charges.groups[end]) and end not in charges.owed:
        end += 1
    if end == len(charges.groups):
        return at + 1
    following = charges.groups[end][0].charge
    return end if end in charges.owed or (following and end in charges.heard and following.scope.where == "before") else at + 1


def _is_plain(group: Group) -> bool:
    """A paragraph of text without a number and without units of its own."""
    head = group[0]
    return not head.heading and not head.charge and head.mark is None and not any(entry.closers for entry in group)


# --- the items that are meant ------------------------------------------------------------------------------


def _targets(charges: _Charges, at: int, scope: Scope) -> list[int]:
    groups = charges.groups
    first, stop = _part(groups, at, chapter=scope.chapter)
    if scope.where == "before":
        if scope.numbers:
            return _below(groups, _with_numbers(groups, range(at - 1, -1, -1), scope))
        if scope.count:
            return _items(groups, 0, at)[-scope.count :]
        return _items(groups, _since(charges, at), at)
    if scope.where == "after":
        if scope.numbers:
            return _below(groups, _with_numbers(groups, range(at + 1, len(groups)), scope))
        items = _items(groups, at + 1, _until(groups, at, stop))
        return items[: scope.count] if scope.count else items
    if scope.where == "part":
        return _below(groups, _with_numbers(groups, range(first, stop), scope)) if scope.numbers else _items(groups, first, stop)
    ways = (range(at - 1, first - 1, -1), range(at + 1, stop), range(at - 1, -1, -1), range(at + 1, len(groups)))
    named = [_with_numbers(groups, way, scope) for way in ways]
    return _below(groups, next((found for found in named if len(found) == scope.counts()), max(named, key=len)))


def _part(groups: Sequence[Group], at: int, *, chapter: bool) -> tuple[int, int]:
    """The groups of the part that a group stands in: below the heading above it, of a chapter where one is wanted, to what ends it."""
    headings = [index for index in range(at, -1, -1) if groups[index][0].heading]
    chapters = [index for index in headings if (mark := groups[index][0].mark) and mark.form == "chapter"]
    above = (chapters if chapter and chapters else headings)[:1]
    if not above:
        return 0, len(groups)
    stop = next((index for index in range(above[0] + 1, len(groups)) if _ends(groups[above[0]][0], groups[index][0])), len(groups))
    return above[0] + 1, stop


def _ends(heading: Entry, entry: Entry) -> bool:
    """Whether an entry ends what stands under a heading: a heading as high, or an item that counts on with its number or a higher one."""
    if entry.heading or entry.mark is None or heading.mark is None:
        return entry.heading and rank(entry) <= rank(heading)
    return entry.mark.form == heading.mark.form or (entry.mark.form != "arabic_multi" and rank(entry) < rank(heading))


def _since(charges: _Charges, at: int) -> int:
    """Behind the last heading, or the last line that has charged items, before a group."""
    groups = charges.groups
    return next((index + 1 for index in range(at - 1, -1, -1) if groups[index][0].heading or index in charges.heard), 0)


def _until(groups: Sequence[Group], at: int, stop: int) -> int:
    """Where the next line charges what is below it."""
    lines = ((index, groups[index][0].charge) for index in range(at + 1, stop))
    return next((index for index, charge in lines if charge and charge.scope.where == "after"), stop)


def _with_numbers(groups: Sequence[Group], order: range, scope: Scope) -> list[int]:
    """The items and headings with the numbers of a scope, the nearest of each, of the form of number that suits it best."""
    found: dict[str, dict[tuple[int, ...], int]] = {}
    for index in order:
        mark = groups[index][0].mark
        if mark is None or mark.form == "chapter" or (mark.form == "article") != scope.articles:
            continue
        number = to_numbers(mark.printed) if mark.form == "arabic_multi" else (mark.value,) if mark.value else ()
        if scope.names(number):
            found.setdefault(mark.form, {}).setdefault(number, index)
    headed = {form: any(groups[index][0].heading for index in named.values()) for form, named in found.items()}
    forms = sorted(found, key=lambda form: (-len(found[form]), (form in _BRACKETED) != scope.bracketed, headed[form]))
    return sorted(found[forms[0]].values()) if forms else []


def _below(groups: Sequence[Group], named: Sequence[int]) -> list[int]:
    """The items that are named, or those under them."""
    return sorted({leaf for index in named for leaf in _leaves(groups, index)})


def _leaves(groups: Sequence[Group], at: int) -> list[int]:
    """The item itself, or the items below it where there are any."""
    level = rank(groups[at][0])
    stop = at + 1
    while stop < len(groups) and ((groups[stop][0].mark is None and not groups[stop][0].heading) or rank(groups[stop][0]) > level):
        stop += 1
    below = _items(groups, at + 1, stop, headed=groups[at][0].heading)
    return below or ([] if groups[at][0].heading else [at])


def _items(groups: Sequence[Group], first: int, stop: int, *, headed: bool = True) -> list[int]:
    """The numbered items among the groups without those over others; where none is numbered, the paragraphs under a heading."""
    inside = [index for index in range(first, stop) if not groups[index][0].heading and not groups[index][0].charge]
    marked = [index for index in inside if groups[index][0].mark]
    if marked:
        following = dict(pairwise(marked))
        return [index for index in marked if index not in following or rank(groups[following[index]][0]) <= rank(groups[index][0])]
    if not headed or not any(groups[index][0].heading for index in range(first)):
        return []
    return [index for index in inside if len(groups[index][0].text) >= _SHORTEST_ITEM and not groups[index][0].text.endswith("：")]
