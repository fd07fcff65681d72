"""The graph around a node: its relations with counts, its neighbours in pages, labels and kinds, the way between two nodes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.graph.resources.base import PREFIXES, Slice, ask, values

# What people walk along: a name, the property, and what it is called from either end.
RELATIONS: dict[str, tuple[str, str, str]] = {
    "plan": ("zp:inPlan", "所属计划 plan", "任务 tasks"),
    "section": ("zp:inSection", "所在章节 section", "任务 tasks"),
    "part-of": ("eli:is_part_of", "属于 part of", "包含 parts"),
    "lead": ("zp:leadUnit", "牵头单位 led by", "牵头 leads"),
    "responsible": ("zp:responsibleUnit", "责任单位 responsible", "负责 responsible for"),
    "support": ("zp:supportUnit", "配合单位 supported by", "配合 supports"),
    "cites": ("eli:cites", "引用 cites", "被引用 cited by"),
    "cites-plan": ("zp:citesPlan", "引用的计划 cites plan", "被引用 cited by"),
    "applies": ("eli:applies", "贯彻 applies", "被贯彻 applied by"),
    "continues": ("zp:continues", "延续 continues", "被延续 continued by"),
    "adapts": ("zp:adapts", "承接上级 adapts", "下级承接 adapted by"),
    "breaks-down": ("zp:breaksDown", "分解自 breaks down", "分解为 broken down into"),
    "parallels": ("zp:parallels", "并行 parallels", "并行 parallels"),
    "thread": ("zp:inThread", "事项脉络 matter", "任务 tasks"),
    "series": ("zp:inSeries", "年度系列 series", "计划 plans"),
    "issuer": ("eli:passed_by", "发文机关 issued by", "发布 issued"),
    "place": ("zp:jurisdiction", "行政区划 place", "属于此地 here"),
    "within": ("zp:within", "上级区划 within", "下级区划 holds"),
    "function": ("zp:function", "职能 function", "单位 units"),
    "bound-through": ("zp:obligedThrough", "经由 bound through", "约束 binds"),
    "also-named": ("zp:alsoNamed", "加挂牌子 also named", "牌子属于 name board of"),
    "parent": ("org:subOrganizationOf", "上级单位 parent", "下属单位 parts"),
    "edition": ("eli:has_member", "版本、成员 members", "属于 member of"),
    "replaced-by": ("dcterms:isReplacedBy", "被取代为 replaced by", "取代 replaces"),
    "document": ("zp:sourceDocument", "原文 document", "内容 contents"),
}


def counts_query(node: str, relation: str, inward: bool, most: int) -> str:
    """Asks how many neighbours a node has by a relation; it stops counting after `most`."""
    pattern = _pattern(f"<{node}>", relation, inward)
    return f"{PREFIXES}SELECT (COUNT(?other) AS ?n) WHERE {{ SELECT DISTINCT ?other WHERE {{ {pattern} }} LIMIT {most + 1} }}"


def neighbours_query(node: str, relations: Sequence[tuple[str, bool]], part: Slice) -> str:
    """Asks for the neighbours of a node by these relations, in the order of their IRIs."""
    ways = " UNION ".join(
        f'{{ {_pattern(f"<{node}>", name, inward)} BIND("{name}" AS ?relation) BIND({str(inward).lower()} AS ?inward) }}'
        for name, inward in relations
    )
    return (
        ask("?relation ?inward ?other", f"{ways} FILTER(isIRI(?other))")
        + f" ORDER BY ?relation ?inward ?other LIMIT {part.limit + 1} OFFSET {part.offset}"
    )


def _pattern(node: str, relation: str, inward: bool) -> str:
    way = RELATIONS[relation][0]
    return f"?other {way} {node}" if inward else f"{node} {way} ?other"


def step_query(nodes: Iterable[str], most: int) -> str:
    """Asks for all neighbours of nodes by any relation, at most so many."""
    known = values("node", nodes)
    ways = " UNION ".join(
        f"{{ {known} {'?other' if inward else '?node'} {way} {'?node' if inward else '?other'} "
        f'BIND("{name}" AS ?relation) BIND({str(inward).lower()} AS ?inward) }}'
        for name, (way, _, _) in _WALKED.items()
        for inward in (False, True)
    )
    return ask("?node ?relation ?inward ?other", f"{ways} FILTER(isIRI(?other))") + f" LIMIT {most + 1}"


# A place or a kind of office lies between almost any two things: a way through them says nothing.
_WALKED = {name: told for name, told in RELATIONS.items() if name not in {"place", "within", "function", "document"}}


# What ties a task to other things in a picture of the whole; sections and documents only repeat the plan.
HUNG_ON = ("plan", "lead", "responsible", "support", "cites")
_BONDS = (*HUNG_ON, "continues", "adapts", "breaks-down", "parallels")


def bonds_query(tasks: Iterable[str] | None) -> str:
    """Asks what tasks are tied to: their plan, their units, what they cite, and tasks that they come from; `bonds` names ?way.

    One look at each task and no DISTINCT: three times as fast as to ask for each property. Of all tasks, each property as it is stored
    takes a third of that again.
    """
    ways = [RELATIONS[name][0] for name in _BONDS]
    if tasks is None:
        return f"{PREFIXES}SELECT ?node ?way ?other WHERE {{ VALUES ?way {{ {' '.join(ways)} }} ?node ?way ?other FILTER(isIRI(?other)) }}"
    known = f"{values('node', tasks)} ?node ?way ?other FILTER(?way IN ({', '.join(ways)}) && isIRI(?other))"
    return f"{PREFIXES}SELECT ?node ?way ?other WHERE {{ {known} }}"


def bonds() -> dict[str, str]:
    """The names of the relations that tie tasks, by the IRIs of their properties."""
    spaces = dict(re.findall(r"PREFIX (\S+): <(.+)>", PREFIXES))
    parts = {name: RELATIONS[name][0].partition(":") for name in _BONDS}
    return {spaces[prefix] + local: name for name, (prefix, _, local) in parts.items()}


def degree_query(node: str, most: int) -> str:
    """Asks how many triples lead to a node, up to `most`."""
    return f"SELECT (COUNT(*) AS ?n) WHERE {{ SELECT ?s WHERE {{ ?s ?p <{node}> }} LIMIT {most + 1} }}"


def labels_query(nodes: Iterable[str]) -> str:
    """Asks what nodes are and how they are called."""
    return ask(
        "?node ?type ?label ?text ?number ?year ?place",
        f"""{values("node", nodes)} ?node a ?type .
        OPTIONAL {{ ?node skos:prefLabel|dcterms:title|zp:fileName ?label FILTER(LANG(?label) IN ("", "zh")) }}
        OPTIONAL {{ ?node zp:text ?text }} OPTIONAL {{ ?node zp:printedNumber|eli:number ?number }}
        OPTIONAL {{ ?node zp:planYear|(zp:inPlan/zp:planYear) ?year }}
        OPTIONAL {{ ?node zp:jurisdiction/skos:prefLabel|(zp:inPlan/zp:jurisdiction/skos:prefLabel) ?place }}""",
    )
