"""What a name means: the units, plans, instruments, places and codes that are called so. Never by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.errors import QueryError
from kg.store import Store
from kg.store.rows import select_strings
from ontology import CODES, codes
from queries.terms import is_iri, string

_MOST = 12  # choices that are shown
_PAIRS = str.maketrans("()[]【】〖〗", "（）〔〕〔〕〔〕")
_TITLE_MARKS = re.compile(r"^《(.*)》$")
_AT = re.compile(r"(?P<name>.+?)@(?P<place>.+)|(?P<place2>\S+)\s+(?P<name2>\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing that a name may mean, with what tells it from others."""

    iri: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of thing is looked up: patterns that bind ?x from ?name, the first that finds anything counts."""

    zh: str
    en: str
    patterns: tuple[str, ...]
    about: str  # binds ?label and ?note
    hint: str  # how to see what there is
    placed: bool = False  # whether a place narrows it


_UNITS = "?x a ?kind . VALUES ?kind { zp:Unit zp:UnitGroup }"
_KINDS = {
    "unit": _Kind(
        "单位",
        "unit",
        (f"?x skos:prefLabel ?name . {_UNITS}", f"?x skos:altLabel ?name . {_UNITS}"),
        "?x skos:prefLabel ?label . OPTIONAL { ?x zp:jurisdiction ?at . ?at skos:prefLabel ?note }",
        "zhengpu query units",
        placed=True,
    ),
    "plan": _Kind(
        "计划",
        "plan",
        (
            "?x dcterms:title ?name . ?x a zp:Plan",
            "?x eli:number ?name . ?x a zp:Plan",
            "?source zp:fileName ?name . ?x zp:sourceDocument ?source . ?x a zp:Plan",
        ),
        "OPTIONAL { ?x dcterms:title ?label } OPTIONAL { ?x eli:number ?note }",
        "zhengpu query plans",
        placed=True,
    ),
    "instrument": _Kind(
        "法规文件",
        "instrument",
        (
            "{ ?x dcterms:title ?name } UNION { ?x skos:altLabel ?name } ?x a zp:Instrument",
            "{ ?edition eli:number ?name } UNION { ?edition dcterms:title ?name } ?edition a zp:Edition . ?edition eli:is_member_of ?x",
            "{ ?citation zp:titleAsPrinted ?name } UNION { ?citation zp:numberAsPrinted ?name } ?citation zp:instrument ?x",
        ),
        "OPTIONAL { ?x dcterms:title ?title } OPTIONAL { ?x eli:has_member ?member . ?member eli:number ?note } "
        "BIND (COALESCE(?title, ?note) AS ?label)",
        "zhengpu query most-cited",
    ),
    "place": _Kind(
        "行政区划",
        "place",
        (
            "?x zp:code ?name . ?x a zp:Jurisdiction",
            "?x skos:prefLabel ?name . ?x a zp:Jurisdiction . FILTER NOT EXISTS { ?x zp:validToYear ?ended }",
            "{ ?x skos:prefLabel ?name } UNION { ?x skos:altLabel ?name } ?x a zp:Jurisdiction",
        ),
        "?x skos:prefLabel ?label . OPTIONAL { ?x zp:code ?note }",
        "zhengpu query plans",
    ),
    "function": _Kind(
        "职能",
        "function",
        (f"?x skos:inScheme <{CODES}function> . ?x skos:prefLabel ?spoken . FILTER (STR(?spoken) = ?name || STR(?x) = "
         f'CONCAT("{CODES}function/", ?name))',),
        '?x skos:prefLabel ?label . FILTER (LANG(?label) = "zh") BIND (STRAFTER(STR(?x), "function/") AS ?note)',
        "zhengpu query functions",
    ),
    "task": _Kind(
        "任务",
        "task",
        ("?x zp:printedNumber ?name", "?x zp:order ?order FILTER (STR(?order) = ?name)"),
        "?x zp:text ?label . OPTIONAL { ?x zp:inPlan/dcterms:title ?note }",
        "zhengpu query tasks-of-plan",
    ),
}  # fmt: skip
_FACT = _Kind("图中的事物", "thing in the graph", (), "", "zhengpu query tasks-of-plan")


def resolve_name(store: Store, kind: str, text: str, *, place: str = "") -> tuple[Candidate, ...]:
    """Everything that the name means, by the strongest way of naming that finds anything; an IRI means itself, if the store knows it.

    `place`, the IRI of one, leaves only what belongs to it; the name may say its place itself: 澄湖区 区财政局, 区财政局@澄湖区.
    A task is named by its plan and its number there, or its order where it prints none: 澄政办发〔2021〕20号#5.
    """
    text = text.strip()
    if is_iri(text):
        known = next(iter(select_strings(store, f"SELECT ?p {{ <{text}> ?p ?o }} LIMIT 1")), None)
        return (Candidate(iri=text, label=text),) if known else ()
    if kind == "task":
        return tuple(_tasks(store, text, place))
    if kind not in _KINDS:
        return tuple(_codes(kind, text)) if kind != "fact" else ()
    found = _look(store, _KINDS[kind], text, place)
    if not found and _KINDS[kind].placed and (parts := _AT.fullmatch(text)):
        for at in resolve_name(store, "place", parts["place"] or parts["place2"]):
            found += _look(store, _KINDS[kind], parts["name"] or parts["name2"], at.iri)
    return tuple(found)


def _tasks(store: Store, text: str, place: str) -> Iterator[Candidate]:
    """The tasks with that number in the plans that are called so; in each by its number, or by its order where none has the number."""
    plan, mark, number = text.rpartition("#")
    kind = _KINDS["task"]
    for one in resolve_name(store, "plan", plan, place=place) if mark else ():
        within = tuple(f"?x zp:inPlan <{one.iri}> ; a zp:Task . {pattern}" for pattern in kind.patterns)
        yield from _look(store, replace(kind, patterns=within), number, "")


def the_one(candidates: tuple[Candidate, ...], kind: str, text: str) -> str:
    """The IRI of the only candidate; an error that lists the choices, or says what to do where there is none."""
    if len(candidates) == 1:
        return candidates[0].iri
    about = _KINDS.get(kind, _FACT)
    if candidates:
        shown = "".join(f"\n  {one.label}（{one.note}） <{one.iri}>" for one in candidates[:_MOST])
        more = f"\n  …… {len(candidates)}" if len(candidates) > _MOST else ""
        zh = f"“{text}”可能指{len(candidates)}个{about.zh}，请给出全称或标识符：{shown}{more}\n"
        raise QueryError(zh, f"{text!r} may mean any of these; give a full name or an IRI")
    if kind not in _KINDS and kind != "fact":
        listed = "、".join(f"{name}（{one.zh}）" for name, one in codes(kind.replace("_", "-")).items())
        raise QueryError(f"“{text}”不是其中之一：{listed}", f"{text!r} is none of these")
    zh = f"库中没有叫“{text}”的{about.zh}。请用全称或标识符；{about.hint} 列出有的"
    raise QueryError(zh, f"no {about.en} is called {text!r}. Give a full name or an IRI; {about.hint} lists what there is")


def _look(store: Store, kind: _Kind, text: str, place: str) -> list[Candidate]:
    """Who is called so, each once, in order of labels."""
    names = " ".join(string(each) for each in _spellings(text))
    narrowed = f"?x zp:jurisdiction <{place}> ." if place and kind.placed else ""
    for pattern in kind.patterns:
        rows = select_strings(store, _query(f"VALUES ?name {{ {names} }} {pattern} {narrowed}", kind.about))
        found: dict[str, Candidate] = {}
        for row in rows:
            found.setdefault(row["x"], Candidate(iri=row["x"], label=row.get("label", ""), note=row.get("note", "")))
        if found:
            return sorted(found.values(), key=lambda one: (one.label, one.note, one.iri))
    return []


def _query(pattern: str, about: str) -> str:
    return f"""PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?x ?label ?note WHERE {{ {{ SELECT DISTINCT ?x WHERE {{ {pattern} }} }} {about} }} ORDER BY ?label ?note ?x"""


def _spellings(text: str) -> Iterator[str]:
    """The ways in which a name may be written: with its brackets in full width, without white space, without book title marks."""
    closed = "".join(text.split())
    wide = closed.translate(_PAIRS)
    yield from dict.fromkeys((text, closed, wide, _TITLE_MARKS.sub(r"\1", closed), _TITLE_MARKS.sub(r"\1", wide)))


def _codes(scheme: str, text: str) -> Iterator[Candidate]:
    """The codes of a list that are called so, in either language."""
    scheme = scheme.replace("_", "-")
    for name, code in codes(scheme).items():
        if text in {name, code.zh, code.en, *code.also}:
            yield Candidate(iri=f"{CODES}{scheme}/{name}", label=code.zh, note=name)
