"""How well a reading agrees with the truth, field by field, by the definitions of docs/format.md.

Tasks are paired by their text. Units, deadlines, citations and measures are compared task by task as sets of keys; header,
path, text and span are shares of those that are right. White space, width and the shape of brackets never count.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

SAME_TASK, SAME_TEXT, SAME_SPAN = 0.80, 0.97, 0.9
COUNTED = ("tasks", "units", "unit_roles", "deadlines", "citations", "measures")
SHARED = ("header", "path", "text", "span")
FIELDS = (*COUNTED, *SHARED)
_HEADER = ("title", "number", "issuer", "issued", "year", "jurisdiction", "kind")
_BRACKETS = str.maketrans("[]【】", "〔〕〔〕")

Facts = Mapping[str, Any]


def plain(value: object) -> str:
    """The form in which two values are compared."""
    return "".join(unicodedata.normalize("NFKC", str(value or "")).translate(_BRACKETS).split())


def likeness(one: str, other: str) -> float:
    """Dice's coefficient of the pairs of characters."""
    if one == other:
        return 1.0
    mine, theirs = _pairs(one), _pairs(other)
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


@lru_cache(maxsize=1024)
def _pairs(text: str) -> Counter[tuple[str, str]]:
    return Counter(pairwise(text))


# --- figures ----------------------------------------------------------------------------------------


@dataclass
class Count:
    """What was found of what there is, and what was found beside it."""

    hit: int = 0
    missed: int = 0
    extra: int = 0

    def compare(self, wanted: Counter[Any], found: Counter[Any]) -> Iterator[str]:
        """Count both; gives out each difference in words."""
        self.hit += (wanted & found).total()
        self.missed += (wanted - found).total()
        self.extra += (found - wanted).total()
        yield from (f"缺 missed {_shown(key)}" for key in wanted - found)
        yield from (f"多 extra {_shown(key)}" for key in found - wanted)

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def total(self) -> int:
        return self.hit + self.missed


@dataclass
class Share:
    """How many are right of how many."""

    right: int = 0
    total: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.total += 1

    @property
    def value(self) -> float | None:
        return self.right / self.total if self.total else None


@dataclass
class Score:
    """The figures of one document, or of several together; `misses` tell what is wrong in words, by field."""

    counts: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in COUNTED})
    shares: dict[str, Share] = field(default_factory=lambda: {name: Share() for name in SHARED})
    misses: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FIELDS})

    def figure(self, name: str) -> float | None:
        """The F1 of a counted field, the share of another; None where there is nothing to compare."""
        return self.counts[name].f1 if name in self.counts else self.shares[name].value

    def total(self, name: str) -> int:
        return self.counts[name].total if name in self.counts else self.shares[name].total


def together(scores: Iterable[Score]) -> Score:
    """The figures of all as if they were one document."""
    whole = Score()
    for score in scores:
        for name, count in score.counts.items():
            whole.counts[name].hit += count.hit
            whole.counts[name].missed += count.missed
            whole.counts[name].extra += count.extra
        for name, share in score.shares.items():
            whole.shares[name].right += share.right
            whole.shares[name].total += share.total
        for name, lines in score.misses.items():
            whole.misses[name] += lines
    return whole


def _shown(key: Any) -> str:
    return " ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)


# --- one document --------------------------------------------------------------------------------------


def score(name: str, truth: Facts, found: Facts | None) -> Score:
    """The figures of the document called `name`; one that was not read has nothing right."""
    result = Score()
    reading: Facts = found if found is not None else {}
    _score_header(name, truth["document"], reading.get("document", {}), result)
    _score_tasks(name, truth["tasks"], reading.get("tasks", []), result)
    preamble = [Counter(_citation(one) for one in side.get("citations", []) if one.get("task") is None) for side in (truth, reading)]
    _note(result, "citations", f"{name} 正文外 preamble", result.counts["citations"].compare(*preamble))
    _score_spans(reading, result)
    return result


def _note(result: Score, name: str, where: str, lines: Iterable[str]) -> None:
    result.misses[name] += [f"{where}: {line}" for line in lines]


def _score_header(name: str, truth: Facts, found: Facts, result: Score) -> None:
    for key in _HEADER:
        if key not in truth:
            continue
        got = found.get(key)
        right = _same_header(key, truth, got)
        result.shares["header"].add(right)
        if not right:
            _note(result, "header", name, [f"{key}: {truth[key]!r} ≠ {got!r}"])


def _same_header(key: str, truth: Facts, got: Any) -> bool:
    if key == "jurisdiction":
        return bool(truth[key]) and (got or {}).get("code") == truth[key].get("code")
    if key == "title":
        return plain(got) in {plain(title) for title in (truth["title"], *truth.get("titles", ())) if title}
    return plain(got) in {plain(value) for value in (truth[key], *truth.get(f"{key}_also", ()))}


def pair_tasks(truth: list[Facts], found: list[Facts]) -> list[tuple[int, int, float]]:
    """Tasks that are the same: likest text first; the printed number, the form and the order decide between equals."""
    candidates = []
    for t, one in enumerate(truth):
        for f, other in enumerate(found):
            like = likeness(plain(one["text"]), plain(other.get("text")))
            if like >= SAME_TASK:
                bonus = 0.05 * (plain(one.get("seq")) == plain(other.get("seq"))) + 0.05 * (one.get("form") == other.get("form"))
                candidates.append((like + bonus, -abs(t - f), t, f, like))
    pairs: list[tuple[int, int, float]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, _, t, f, like in sorted(candidates, reverse=True):
        if t not in taken[0] and f not in taken[1]:
            taken[0].add(t)
            taken[1].add(f)
            pairs.append((t, f, like))
    return pairs


def _score_tasks(name: str, truth: list[Facts], found: list[Facts], result: Score) -> None:
    pairs = pair_tasks(truth, found)
    alone = sorted(set(range(len(truth))) - {t for t, _, _ in pairs})
    beside = sorted(set(range(len(found))) - {f for _, f, _ in pairs})
    count = result.counts["tasks"]
    count.hit, count.missed, count.extra = len(pairs), len(alone), len(beside)
    _note(result, "tasks", name, [f"缺 missed {truth[t].get('seq') or '-'} {truth[t]['text'][:30]}" for t in alone])
    _note(result, "tasks", name, [f"多 extra {found[f].get('seq') or '-'} {found[f].get('text', '')[:30]}" for f in beside])
    for t, f, like in sorted(pairs):
        where = f"{name}#{truth[t].get('seq') or t + 1}"
        _score_facts(where, truth[t], found[f], result)
        _score_words(where, truth[t], found[f], like, result)
    for t in alone:
        _score_facts(f"{name}#{truth[t].get('seq') or t + 1}", truth[t], {}, result)
    for f in beside:
        _score_facts(f"{name}+{f}", {}, found[f], result)


def _score_words(where: str, truth: Facts, found: Facts, like: float, result: Score) -> None:
    """Text and path of a pair."""
    result.shares["text"].add(like >= SAME_TEXT)
    if like < SAME_TEXT:
        _note(result, "text", where, [f"{like:.2f} {found.get('text', '')[:60]}"])
    also = [path if isinstance(path, list) else [path] for path in truth.get("path_also", [])]
    got = [plain(part) for part in found.get("path", [])]
    right = any(got == [plain(part) for part in path] for path in (truth.get("path", []), *also))
    result.shares["path"].add(right)
    if not right:
        _note(result, "path", where, [f"{truth.get('path', [])} ≠ {found.get('path', [])}"])


def _score_facts(where: str, truth: Facts, found: Facts, result: Score) -> None:
    """Units, roles, deadlines, citations and measures of a task; one that is nobody's partner is all missed or all extra."""
    names = {plain(name): plain(unit["name"]) for unit in truth.get("units", []) for name in (unit["name"], *unit.get("also", ()))}
    roles = {(plain(unit["name"]), role): unit["role"] for unit in truth.get("units", []) for role in _listed(unit.get("role_also", ()))}
    wanted = [(plain(unit["name"]), unit.get("role", "responsible")) for unit in truth.get("units", [])]
    got = [(plain(unit["name"]), unit.get("role", "responsible")) for unit in found.get("units", [])]
    got = [(names.get(name, name), role) for name, role in got]
    both = Counter(name for name, _ in wanted), Counter(name for name, _ in got)
    _note(result, "units", where, result.counts["units"].compare(*both))
    accepted = Counter((name, roles.get((name, role), role)) for name, role in got)
    _note(result, "unit_roles", where, result.counts["unit_roles"].compare(Counter(wanted), accepted))
    for name, key in (("deadlines", _deadline), ("citations", _citation), ("measures", _measure)):
        sets = [Counter({key(one) for one in side.get(name, [])}) for side in (truth, found)]
        _note(result, name, where, result.counts[name].compare(*sets))


def _listed(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) else list(value)


def _deadline(one: Facts) -> tuple[Any, ...]:
    if one["kind"] == "fixed":
        return ("fixed", one.get("date"))
    return ("relative", one.get("amount"), one.get("unit")) if one["kind"] == "relative" else (one["kind"],)


def _citation(one: Facts) -> tuple[Any, ...]:
    return plain(one.get("title")), plain(one.get("number"))


def _measure(one: Facts) -> tuple[Any, ...]:
    return one.get("op"), float(one.get("value") or 0), plain(one.get("unit"))


def _score_spans(found: Facts, result: Score) -> None:
    """Whether the span of each task quotes its text."""
    source = found.get("source_text")
    if source is None:
        return
    for task in found.get("tasks", []):
        start, end = task.get("span") or (0, 0)
        right = likeness(plain(source[start:end]), plain(task.get("text"))) >= SAME_SPAN
        result.shares["span"].add(right)
        if not right:
            _note(result, "span", str(found.get("file")), [f"[{start}, {end}) {source[start:end][:30]}"])
