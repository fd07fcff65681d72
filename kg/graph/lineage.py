"""Lineage as lines: what was compared, the links between tasks, the series of plans, the threads; and the questions that read it back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.graph.lines import Lines, decimal, integer, text
from kg.ids import Ids, code

# What is said of two plans or tasks, by the axis on which they were compared: the code, and the short way between tasks.
_RELATIONS = {
    "year": ("continues", "zp:continues"),
    "level": ("adapts", "zp:adapts"),
    "ledger": ("breaks-down", "zp:breaksDown"),
    "sibling": ("parallels", "zp:parallels"),
}
AXES = {name: axis for axis, (name, _) in _RELATIONS.items()}
_BANDS = ("verbatim", "edited", "rewritten")  # the nearest first
_METHOD = "逐项比对：用字、标题、单位、引用、数字、次序 / task by task: wording, headings, units, citations, numbers, order"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """A link as the graph has it. `words` are those that both tasks were quoted from."""

    later: str
    earlier: str
    band: str
    shape: str
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonFacts:
    """A compared pair of plans as the graph has it."""

    later: str
    earlier: str
    axis: str
    basis: str
    apart: int
    links: tuple[LinkFacts, ...] = ()
    new: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def say_comparison(facts: ComparisonFacts, version: str, ids: Ids, lines: Lines) -> None:
    """The comparison and each of its links, without the short ways between tasks."""
    subject, relation = ids.comparison(facts.later, facts.earlier), code("lineage-relation", _RELATIONS[facts.axis][0])
    lines.node(subject, "comparison")
    lines.link(subject, "zp:laterPlan", facts.later)
    lines.link(subject, "zp:earlierPlan", facts.earlier)
    lines.link(subject, "zp:relation", relation)
    lines.link(subject, "zp:basis", code("lineage-basis", facts.basis))
    if facts.apart:
        lines.say(subject, "zp:yearsApart", integer(facts.apart))
    counts = _count_bands(facts.links)
    for band in _BANDS:
        lines.say(subject, f"zp:{band}Count", integer(counts[band]))
    lines.say(subject, "zp:newCount", integer(len(facts.new)))
    lines.say(subject, "zp:droppedCount", integer(len(facts.dropped)))
    lines.link(subject, "zp:newTask", *facts.new)
    lines.link(subject, "zp:droppedTask", *facts.dropped)
    _say_method(subject, version, lines)
    for link in facts.links:
        one = ids.lineage(link.later, link.earlier)
        _say_link(one, link, subject, relation, lines)
        _say_method(one, version, lines)


def _count_bands(links: Iterable[LinkFacts]) -> Counter[str]:
    """How many tasks of the later plan there are of each band; one with several links counts by the nearest."""
    nearest: dict[str, str] = {}
    for link in links:
        nearest[link.later] = min(link.band, nearest.get(link.later, link.band), key=_BANDS.index)
    return Counter(nearest.values())


def _say_link(subject: str, link: LinkFacts, comparison: str, relation: str, lines: Lines) -> None:
    lines.node(subject, "lineage")
    lines.link(subject, "zp:later", link.later)
    lines.link(subject, "zp:earlier", link.earlier)
    lines.link(subject, "zp:relation", relation)
    lines.link(subject, "zp:band", code("lineage-band", link.band))
    lines.link(subject, "zp:shape", code("lineage-shape", link.shape.replace("_", "-")))
    lines.say(subject, "zp:score", decimal(link.score))
    lines.say(subject, "zp:scoreParts", text(json.dumps(dict(link.parts))))
    lines.link(subject, "prov:hadActivity", comparison)
    lines.link(subject, "prov:wasQuotedFrom", *link.words)


def _say_method(subject: str, version: str, lines: Lines) -> None:
    lines.say(subject, "zp:method", text(_METHOD))
    lines.say(subject, "zp:version", text(version))


def say_shortcut(task: str, axis: str, other: str, lines: Lines) -> None:
    """The short way from a task to another."""
    lines.link(task, _RELATIONS[axis][1], other)


def say_series(subject: str, title: str, place: str, plans: Iterable[str], lines: Lines) -> None:
    """A series with its plans."""
    lines.node(subject, "series")
    lines.say(subject, "dcterms:title", text(title))
    lines.link(subject, "zp:jurisdiction", place)
    for plan in plans:
        lines.link(subject, "eli:has_member", plan)
        lines.link(plan, "zp:inSeries", subject)


def say_thread(subject: str, title: str, lines: Lines) -> None:
    """A thread, without its tasks."""
    lines.node(subject, "thread")
    lines.say(subject, "dcterms:title", text(title))


def say_in_thread(task: str, threads: Iterable[str], lines: Lines) -> None:
    lines.link(task, "zp:inThread", *threads)


# --- reading it back ----------------------------------------------------------------------------------------------

_PREFIXES = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX eli: <http://data.europa.eu/eli/ontology#>
"""


def comparisons_query(ids: Ids) -> str:
    """Asks which plans were compared, and why."""
    return f"""{_PREFIXES}SELECT ?one ?later ?earlier ?relation ?basis ?apart WHERE {{ GRAPH <{ids.graph("lineage")}> {{
  ?one a zp:PlanComparison ; zp:laterPlan ?later ; zp:earlierPlan ?earlier ; zp:relation ?relation ; zp:basis ?basis .
  OPTIONAL {{ ?one zp:yearsApart ?apart }} }} }}"""


def links_query(ids: Ids, *, comparisons: Iterable[str] = (), tasks: Iterable[str] = ()) -> str:
    """Asks for links, short: of these comparisons, or at these tasks."""
    only = f"VALUES ?comparison {{ {_iris(comparisons)} }}" if comparisons else ""
    only += f"VALUES ?task {{ {_iris(tasks)} }} {{ ?one zp:later ?task }} UNION {{ ?one zp:earlier ?task }}" if tasks else ""
    return f"""{_PREFIXES}SELECT DISTINCT ?later ?earlier ?comparison ?shape ?score WHERE {{ GRAPH <{ids.graph("lineage")}> {{ {only}
  ?one prov:hadActivity ?comparison ; zp:later ?later ; zp:earlier ?earlier ; zp:shape ?shape ; zp:score ?score }} }}"""


def threads_query(ids: Ids, tasks: Iterable[str]) -> str:
    """Asks which of these tasks is in which thread."""
    return f"""{_PREFIXES}SELECT ?task ?thread WHERE {{ GRAPH <{ids.graph("lineage")}> {{
  VALUES ?task {{ {_iris(tasks)} }} ?task zp:inThread ?thread }} }}"""


def _iris(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def series_query(ids: Ids) -> str:
    """Asks for the series and their plans."""
    return f"{_PREFIXES}SELECT ?one ?plan WHERE {{ GRAPH <{ids.graph('lineage')}> {{ ?one a zp:PlanSeries ; eli:has_member ?plan }} }}"


def listed_query(ids: Ids, *, plan: str = "", task: str = "", axis: str = "") -> str:
    """Asks for links in full: all, or those of a plan, a task, an axis."""
    only = f"VALUES ?plan {{ <{plan}> }} {{ ?comparison zp:laterPlan ?plan }} UNION {{ ?comparison zp:earlierPlan ?plan }}" if plan else ""
    only += f"VALUES ?task {{ <{task}> }} {{ ?one zp:later ?task }} UNION {{ ?one zp:earlier ?task }}" if task else ""
    only += f"VALUES ?relation {{ <{code('lineage-relation', _RELATIONS[axis][0])}> }}" if axis else ""
    return f"""{_PREFIXES}SELECT ?one ?comparison ?later ?earlier ?relation ?band ?shape ?score ?parts WHERE {{
  GRAPH <{ids.graph("lineage")}> {{ {only} ?one prov:hadActivity ?comparison ; zp:later ?later ; zp:earlier ?earlier ;
    zp:relation ?relation ; zp:band ?band ; zp:shape ?shape ; zp:score ?score ; zp:scoreParts ?parts }} }}"""


def compared_query(ids: Ids, *, plan: str = "", axis: str = "") -> str:
    """Asks for comparisons, with what is new and what was dropped: all, or those of a plan, an axis."""
    only = f"VALUES ?plan {{ <{plan}> }} {{ ?one zp:laterPlan ?plan }} UNION {{ ?one zp:earlierPlan ?plan }}" if plan else ""
    only += f"VALUES ?relation {{ <{code('lineage-relation', _RELATIONS[axis][0])}> }}" if axis else ""
    return f"""{_PREFIXES}SELECT ?one ?later ?earlier ?relation ?basis ?apart ?new ?dropped WHERE {{
  GRAPH <{ids.graph("lineage")}> {{ {only}
  ?one a zp:PlanComparison ; zp:laterPlan ?later ; zp:earlierPlan ?earlier ; zp:relation ?relation ; zp:basis ?basis .
  OPTIONAL {{ ?one zp:yearsApart ?apart }}
  {{ ?one zp:newTask ?new }} UNION {{ ?one zp:droppedTask ?dropped }} UNION {{ }} }} }}"""


def sides_query(tasks: Iterable[str]) -> str:
    """Asks what tells these tasks apart: plan, file, number, words."""
    listed = " ".join(f"<{task}>" for task in tasks)
    return f"""{_PREFIXES}SELECT ?task ?plan ?title ?file ?number ?text WHERE {{ VALUES ?task {{ {listed} }}
  ?task zp:inPlan ?plan ; zp:text ?text . OPTIONAL {{ ?task zp:printedNumber ?number }}
  OPTIONAL {{ ?plan dcterms:title ?title }} OPTIONAL {{ ?plan zp:sourceDocument/zp:fileName ?file }} }}"""


def places_query(plans: Iterable[str]) -> str:
    """Asks in which order these plans have their tasks."""
    listed = " ".join(f"<{plan}>" for plan in plans)
    return f"""{_PREFIXES}SELECT DISTINCT ?plan ?task ?order WHERE {{ VALUES ?plan {{ {listed} }}
  ?task zp:inPlan ?plan ; a zp:Task ; zp:order ?order }}"""


def plans_query(plans: Iterable[str]) -> str:
    """Asks how these plans are called."""
    listed = " ".join(f"<{plan}>" for plan in plans)
    return f"""{_PREFIXES}SELECT ?plan ?title ?file WHERE {{ VALUES ?plan {{ {listed} }}
  OPTIONAL {{ ?plan dcterms:title ?title }} OPTIONAL {{ ?plan zp:sourceDocument/zp:fileName ?file }} }}"""
