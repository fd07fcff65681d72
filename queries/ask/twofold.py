"""Two questions in one: where both are understood, both are answered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from queries.ask.cut import cut_text, normal
from queries.ask.freely import find_wanted
from queries.ask.lexicon import Lexicon
from queries.ask.model import Answer, Meaning

_BREAK = re.compile(r"[，,。；;？?！!]+|(?<=多[长大高宽深])、(?=[一-龥]{0,6}(?:多[少长大高宽深]|几[一-龥]))")  # 硬化多长、配多少车位
_WITHIN = re.compile(r"(?:[上里中内]|里头|里面|当中)$")  # 重点任务清单上，…: where, and no question
_PAPERS = {"清单", "一览"}  # that ask only by themselves
_AND_THAT = re.compile(r"([一-龥]{2})呢[？?]?$")  # 绿化率呢
_EACH = re.compile(
    r"(?:具体|又)?(?:各|分别|各自|各家|两边|两地)(?:自)?(?:都)?(?:是|有|要|为|定|写)?了?(?:多少|几|啥|什么)[一-龥]{0,4}[？?。！]*"
)
_FEW = 5
_WORDS_OF = {"quote", "stands"}  # where each of two facts of one task is said
_TOLD_IN_WORDS = {"value", "when"}
_WHO = re.compile("谁|哪(?:个|些|家|几家|几个)?(?:局|厅|委|单位|部门|科室)")
_ASKS = {"who", "what", "when", "howmany", "tally", "loose-tally", "which-tasks", "where", "why", "title"}


def halves(question: str, lexicon: Lexicon, today: dt.date) -> Iterator[tuple[str, str]]:
    """The question as two, where a mark parts two stretches that each ask; the latest part first."""
    marks = [found.span() for found in _BREAK.finditer(question) if found.end() < len(question)]
    whole = len(_BREAK.findall(normal(question, lexicon)))
    for start, end in reversed(marks):
        head, tail = question[:start], question[end:]
        if _EACH.fullmatch(tail):
            continue  # 谁家高，分别几次: what is compared is told of each
        if whole < sum(len(_BREAK.findall(normal(part, lexicon))) for part in (head, tail)) + 1:
            continue  # 谁牵头，还涉及哪几家: a way of speaking that goes over the mark
        if not _AND_THAT.search(head) and asks(head, lexicon, today) and asks(tail, lexicon, today):
            number = find_wanted(normal(head, lexicon))[0] is not None
            yield head + "？", _AND_THAT.sub(r"\1是多少", tail) if number else tail


def narrowings(meaning: Meaning, one: Answer) -> Iterator[Meaning]:
    """A second question that names no place, plan or unit: as one of the tasks of the first, then of what the first was asked of."""
    before = one.meaning
    if meaning.anchored or before is None:
        return
    tasks = tuple(dict.fromkeys(str(row["task"]) for row in one.rows if "task" in row))
    if 0 < len(tasks) <= _FEW:
        yield replace(meaning, tasks=tasks)
    if before.places or before.plans:
        yield replace(meaning, places=before.places, years=before.years, plans=before.plans)


def asks(text: str, lexicon: Lexicon, today: dt.date) -> bool:
    """Whether a stretch of a question asks something by itself."""
    said = normal(text, lexicon)
    if find_wanted(said, bare=False)[0] is not None:
        return True
    if _AND_THAT.search(said):
        return True
    asking = [token for token in cut_text(said, lexicon, today) if token.kind == "cue" and token.value & _ASKS]
    return any(token.text not in _PAPERS for token in asking) or (bool(asking) and not _WITHIN.search(said))


def joined(question: str, one: Answer, other: Answer) -> Answer:
    """Both answers as one; what is asked next leans on the first, which says of which tasks it is."""
    values = list(dict.fromkeys(_spoken(each) for each in (one.value, other.value) if each is not None))
    told = {row.get("task") for row in other.rows if "role" in row}
    cited = [row for row in one.rows if "role" not in row and "printed" in row and row.get("task") in told]
    rows = [row for row in one.rows if row not in cited]  # whose the task is, and not how it cites what was asked of
    for row in other.rows:
        said = {key: value for key, value in row.items() if key not in _WORDS_OF}
        same = [at for at, known in enumerate(rows) if "task" in row and all(known.get(key, value) == value for key, value in said.items())]
        if same:
            rows[same[0]] = {**row, **rows[same[0]], **said}
        else:
            rows.append(row)
    names = list(dict.fromkeys(each.query["name"] for each in (one, other) if each.query))
    texts = list(dict.fromkeys(each.query["text"] for each in (one, other) if each.query))
    return replace(
        one,
        question=question,
        understood=f"{one.understood}；{other.understood}",
        understood_en=f"{one.understood_en}; {other.understood_en}",
        query={"name": "、".join(names), "text": "\n\n".join(texts)},
        parameters={**other.parameters, **one.parameters},
        rows=rows,
        value=values[0] if len(values) == 1 else "；".join(map(str, values)) or None,
        words=f"{one.words}；{other.words}",
    )


def partly(given: Answer, parts: Sequence[tuple[str, str]]) -> Answer:
    """The answer to one of two questions in one: with a word of that, or none where the other asks who."""
    matter = given.meaning.matter if given.meaning else None
    if not parts or given.declined or given.choices or matter is None or not matter.free:
        return given
    if given.meaning and given.meaning.ask in _TOLD_IN_WORDS and any(_WHO.search(tail) for _, tail in parts):
        return Answer(question=given.question, declined="一句里问了几件事，没有都读懂；请分开问", meaning=given.meaning)
    return replace(given, words=f"{given.words}。一句里问了几件事，这里只答了一件")


def _spoken(value: Any) -> Any:
    return ("是" if value else "否") if isinstance(value, bool) else value
