"""What a store knows of its plans and their tasks: the questions that lineage asks, a batch of plans at a time."""

from __future__ import annotations

from collections.abc import Iterable

_PREFIXES = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""

PLANS = f"""{_PREFIXES}SELECT ?plan ?title ?year ?kind ?place ?issuer ?whole WHERE {{
  ?plan a zp:Plan . OPTIONAL {{ ?plan dcterms:title ?title }} OPTIONAL {{ ?plan zp:planYear ?year }}
  OPTIONAL {{ ?plan zp:planKind ?kind }} OPTIONAL {{ ?plan zp:jurisdiction ?place }} OPTIONAL {{ ?plan eli:passed_by ?issuer }}
  OPTIONAL {{ ?plan eli:is_part_of ?whole . ?whole a zp:Plan }} }}"""

PRINTED = f"""{_PREFIXES}SELECT ?graph ?plan ?tasks WHERE {{ GRAPH ?catalogue {{ ?graph zp:graphOf ?plan ; zp:taskCount ?tasks }} }}"""

APPLIED = f"{_PREFIXES}SELECT DISTINCT ?plan ?upper WHERE {{ ?plan eli:applies ?upper . ?upper a zp:Plan }}"

PLACES = f"""{_PREFIXES}SELECT DISTINCT ?place ?above ?name ?also WHERE {{
  {{ SELECT DISTINCT ?place WHERE {{ ?plan a zp:Plan ; zp:jurisdiction/zp:within* ?place }} }}
  {{ ?place zp:within ?above }} UNION {{ ?place skos:prefLabel ?name }} UNION {{ ?place skos:altLabel ?also }} }}"""


FUNCTIONS = f"{_PREFIXES}SELECT DISTINCT ?unit ?function WHERE {{ ?unit zp:function ?function }}"


def _in(plans: Iterable[str], pattern: str, wanted: str) -> str:
    listed = " ".join(f"<{plan}>" for plan in plans)
    return f"{_PREFIXES}SELECT DISTINCT {wanted} WHERE {{ VALUES ?plan {{ {listed} }} {pattern} }}"


def counts_query(plans: Iterable[str]) -> str:
    """Asks how many tasks each of these plans has."""
    listed = " ".join(f"<{plan}>" for plan in plans)
    return f"""{_PREFIXES}SELECT ?plan (COUNT(DISTINCT ?task) AS ?tasks) WHERE {{
  VALUES ?plan {{ {listed} }} ?task zp:inPlan ?plan ; a zp:Task }} GROUP BY ?plan"""


def tasks_query(plans: Iterable[str]) -> str:
    """Asks for the tasks of these plans."""
    pattern = """?task zp:inPlan ?plan ; a zp:Task ; zp:text ?text ; zp:order ?order .
      OPTIONAL { ?task zp:printedNumber ?number } OPTIONAL { ?task zp:inSection ?section } OPTIONAL { ?task zp:form ?form }"""
    return _in(plans, pattern, "?plan ?task ?text ?order ?number ?section ?form")


def sections_query(plans: Iterable[str]) -> str:
    """Asks for their headings, each with the one around it."""
    pattern = "?section eli:is_part_of+ ?plan ; a zp:Section ; dcterms:title ?title ; eli:is_part_of ?above"
    return _in(plans, pattern, "?section ?title ?above")


def units_query(plans: Iterable[str]) -> str:
    """Asks who owes their tasks."""
    pattern = """?task zp:inPlan ?plan ; zp:hasAssignment ?one . ?one zp:nameAsPrinted ?name ; zp:role ?role ; zp:order ?order .
      OPTIONAL { ?one zp:unit ?unit }"""
    return _in(plans, pattern, "?task ?name ?role ?order ?unit")


def citations_query(plans: Iterable[str]) -> str:
    """Asks what their tasks cite."""
    pattern = """?task zp:inPlan ?plan ; a zp:Task ; zp:hasCitation ?one . OPTIONAL { ?one zp:instrument ?instrument }
      OPTIONAL { ?one zp:numberAsPrinted ?number } OPTIONAL { ?one zp:titleAsPrinted ?title }"""
    return _in(plans, pattern, "?task ?one ?instrument ?number ?title")


def details_query(plans: Iterable[str]) -> str:
    """Asks for the measures and deadlines of their tasks, as printed."""
    pattern = """?task zp:inPlan ?plan ; a zp:Task .
      { ?task zp:hasMeasure/zp:asPrinted ?measure } UNION { ?task zp:hasDeadline/zp:asPrinted ?deadline }"""
    return _in(plans, pattern, "?task ?measure ?deadline")


def texts_query(tasks: Iterable[str]) -> str:
    """Asks for the words of these tasks."""
    listed = " ".join(f"<{task}>" for task in tasks)
    return f"{_PREFIXES}SELECT DISTINCT ?task ?text WHERE {{ VALUES ?task {{ {listed} }} ?task zp:text ?text }}"


def words_query(plans: Iterable[str]) -> str:
    """Asks for the words that their tasks were quoted from."""
    return _in(plans, "?task zp:inPlan ?plan ; a zp:Task ; prov:wasQuotedFrom ?words", "?task ?words")
