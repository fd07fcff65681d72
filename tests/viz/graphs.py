"""Graphs without a store: what pictures are drawn from."""

from __future__ import annotations

from viz.pictures.model import Graph, Quote, Thing, Tie

BASE = "https://example.org/id/"
HOSTILE = (
    "<script>window.owned = 1</script>",
    "</script><img src=x onerror=\"window.owned = 1\">",
    "<!--<script>",
    "\"quotes\" 'single' `back` {{ 7 * 7 }} {% raw %} &amp;",
    "\u202egnp.从右到左\u2066\u200f",
    "שלום עליכם",
    "一\u2028二\u2029三",
    "长" * 10_000,
    "\x00\x1b[31m\ud800\ufffe",
    "]]>",
)  # fmt: skip


def star(count: int, label: str = "第{}项任务：公开财政预算和决算") -> Graph:
    """A unit with so many tasks around it."""
    unit = Thing(key=f"{BASE}unit", iri=f"{BASE}unit", kind="Unit", label="澄湖区财政局", about={"function": ("财政",)})
    tasks = [
        Thing(
            key=f"{BASE}task/{at}",
            iri=f"{BASE}task/{at}",
            kind="Task",
            label=label.format(at),
            about={"plan": (f"202{at % 3}年工作要点",), "year": (f"202{at % 3}",), "number": (str(at),)},
            quotes=(Quote(text=f"{at}. 原文的话", file="要点.docx", place=f"第{at}段"),),
        )
        for at in range(1, count + 1)
    ]
    ties = [
        Tie(source=task.key, target=unit.key, relation=("lead", "support")[at % 2], words=("区财政局",)) for at, task in enumerate(tasks)
    ]
    return Graph(title="澄湖区财政局", subtitle="1 步以内", things=(unit, *tasks), ties=tuple(ties), starts=(unit.key,))


def hostile() -> Graph:
    """Things and ties whose every word wants to be more than a word."""
    things = [
        Thing(
            key=f"{BASE}{at}",
            iri=f"javascript:alert({at})" if at % 2 else f"{BASE}{at}",
            kind="Task",
            label=words,
            about={"plan": (words,)},
            quotes=(Quote(text=words, file=words, place=words),),
        )
        for at, words in enumerate(HOSTILE)
    ]
    ties = [Tie(source=f"{BASE}0", target=thing.key, relation=words, words=(words,)) for thing, words in zip(things, HOSTILE, strict=True)]
    return Graph(title=HOSTILE[0], subtitle=HOSTILE[1], things=tuple(things), ties=tuple(ties))
