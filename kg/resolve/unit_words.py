"""The words of units' names: 职能 functions, and what `bodies.toml` knows of whole forms and last words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from kg.rules import load_data

_CONNECTIVES = str.maketrans("", "", "和与及、")


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """职能: one line of work, the same in every place. `code` is its slug."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Word:
    """One name of a function: 发展和改革, spelled out."""

    long: str
    function: str
    beside: str  # beside other words: 发展改革和统计, 教育和科技


@dataclass(frozen=True, slots=True)
class Stem:
    """What stands between a place and the last word, spelled out; `words` tells whether it is made of functions alone."""

    spelled: str
    functions: tuple[str, ...]
    words: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body known by a whole form of its name; {p}, {s} and {c} in `name` as `bodies.toml` says."""

    name: str
    kind: str
    functions: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    parent: str = ""
    part_of: str = ""  # the `name` of the body that it is a part of
    since: int = 0
    short_place: bool = False
    inner: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The last word of a name and what it makes of it."""

    form: str
    kind: str
    long: str = ""
    spelled: bool = False
    apart: bool = False


def load_functions() -> tuple[Function, ...]:
    """Every 职能 that the table knows, in its order."""
    return tuple(Function(code=code, zh=str(table["zh"]), en=str(table["en"])) for code, table in _tables())


def _tables() -> Iterator[tuple[str, Mapping[str, object]]]:
    return ((code, table) for code, table in load_data("functions").items() if isinstance(table, dict) and "zh" in table)


# --- functions in a stem ---------------------------------------------------------------------------------


@cache
def _forms() -> tuple[Mapping[str, tuple[Word, ...]], Mapping[str, tuple[Word, ...]], Mapping[tuple[Word, ...], str]]:
    """The words that each form stands for; those of forms that count alone; the full forms of several words."""
    within: dict[str, tuple[Word, ...]] = {}
    alone: dict[str, tuple[Word, ...]] = {}
    by_long: dict[str, Word] = {}
    for code, table in load_data("functions").items():
        for name in table.get("names", ()) if isinstance(table, dict) and "zh" in table else ():
            word = by_long.setdefault(name["long"], Word(name["long"], code, name.get("beside") or name["long"].replace("和", "")))
            within |= {_bare(form): (word,) for form in (name["long"], *name.get("short", ()))}
            alone |= {_bare(form): (word,) for form in name.get("alone", ())}
    joined: dict[tuple[Word, ...], str] = {}
    for entry in load_data("functions")["joined"]:
        words = tuple(by_long[long] for long in entry["names"])
        if "long" in entry:
            joined[words] = entry["long"]
        within |= {_bare(form): words for form in (*entry.get("short", ()), entry.get("long", "")) if form}
    return within, alone, joined


def _bare(form: str) -> str:
    """The form without 和, 与, 及; 监管 is 监督管理."""
    return form.translate(_CONNECTIVES).replace("监管", "监督管理")


@lru_cache(maxsize=8192)
def read_stem(stem: str, ending: str = "") -> Stem | None:
    """The stem before `ending` spelled out, with its functions; None where words are left over or one stands twice."""
    within, alone, joined = _forms()
    bare = _bare(stem)
    cut = alone.get(bare + ending) or within.get(bare) or _cut(bare, len(bare))
    if not cut:
        return None
    words = tuple(part for part in cut if isinstance(part, Word))
    if not words or len(set(words)) < len(words):
        return None
    functions = tuple(dict.fromkeys(word.function for word in words))
    if len(words) < len(cut):
        return Stem(stem.replace("监管", "监督管理"), functions, words=False)
    return Stem(joined.get(words) or _spell(words), functions, words=True)


def _cut(bare: str, longest: int) -> tuple[Word | str, ...] | None:
    """The stem as words and fillers, the longest first."""
    within = _forms()[0]
    fillers = load_data("functions")["words"]["fillers"]
    for length in range(min(longest, len(bare)), 1, -1):
        form, rest = bare[:length], bare[length:]
        head: tuple[Word | str, ...] = within.get(form) or ((form,) if form in fillers else ())
        if not head:
            continue
        if not rest:
            return head
        if tail := _cut(rest, len(rest)):
            return (*head, *tail)
    return None


def _spell(words: tuple[Word, ...]) -> str:
    """One word in full; several with 和 before the last."""
    if len(words) == 1:
        return words[0].long
    return "".join(word.beside for word in words[:-1]) + "和" + words[-1].beside


def company_functions(name: str) -> tuple[str, ...]:
    """What an enterprise does where its trade is one of those that tell it: 国网枣庄供电公司, 中国移动枣庄分公司."""
    head = name.partition("有限")[0].removesuffix("公司").removesuffix("分").removeprefix("中国")
    trade = next((trade for trade in load_data("functions")["words"]["trades"] if head.endswith(trade) or head.startswith(trade)), "")
    stem = read_stem(trade) if trade else None
    return stem.functions if stem else ()


# --- whole forms ---------------------------------------------------------------------------------------------


@cache
def load_bodies() -> Mapping[tuple[str, str], tuple[Body, ...]]:
    """The bodies by what their forms have before and behind the place."""
    bodies: defaultdict[tuple[str, str], list[Body]] = defaultdict(list)
    for entry in load_data("bodies")["body"]:
        fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items() if key != "forms"}
        body = Body(**fields)
        for form in entry["forms"]:
            head, _, tail = form.partition("{p}")
            bodies[head, tail].append(body)
        head, _, tail = body.name.replace("{s}", "{p}").partition("{p}")
        if body not in bodies[head, tail]:
            bodies[head, tail].append(body)
    for form, body in _party_forms(bare=True):
        bodies["", form].append(body)
    return {key: tuple(value) for key, value in bodies.items()}


@cache
def load_heads() -> tuple[str, ...]:
    """What may stand before the place in a name, the longest first; 中共 too."""
    return tuple(sorted({head for head, _ in load_bodies() if head} | {"中共"}, key=len, reverse=True))


@cache
def load_inner_bodies() -> tuple[tuple[str, str, Body], ...]:
    """Head, tail and body of the forms that may go on with a part of the body: 人大常委会办公室."""
    found = [(head, tail, body) for (head, tail), bodies in load_bodies().items() for body in bodies if body.inner]
    return tuple(sorted(found, key=lambda one: len(one[1]), reverse=True))


@cache
def body_named(name: str) -> Body:
    """The body of that `name`."""
    return next(body for bodies in load_bodies().values() for body in bodies if body.name == name)


def _party_forms(*, bare: bool) -> Iterator[tuple[str, Body]]:
    for entry in load_data("bodies")["party"]:
        if bare and not entry.get("bare"):
            continue
        body = Body(name="中共{c}" + entry["long"], kind="party", functions=tuple(entry.get("functions", ())))
        for form in dict.fromkeys((entry["long"], *entry.get("short", ()))):
            yield form, body


@cache
def load_party_offices() -> Mapping[str, Body]:
    """The Party's offices by what follows 委 in their forms."""
    return dict(_party_forms(bare=False))


@cache
def _endings() -> Mapping[str, Ending]:
    return {entry["form"]: Ending(**entry) for entry in load_data("bodies")["suffix"]}


def endings_of(name: str) -> Iterator[Ending]:
    """The last words of a name that the table knows, the longest first: 服务中心, 中心."""
    endings = _endings()
    return (endings[name[-length:]] for length in range(min(4, len(name)), 0, -1) if name[-length:] in endings)


def find_ending(name: str) -> Ending | None:
    """The longest last word that the table knows."""
    return next(endings_of(name), None)


def words_of(key: str) -> tuple[str, ...]:
    """A list of `bodies.toml`'s words."""
    return tuple(load_data("bodies")["words"][key])
