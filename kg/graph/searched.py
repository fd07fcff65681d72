"""The questions that the search index asks of a store: in batches, one for many plans; and the words for what it sorts by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.graph.terms import term
from kg.ids import Ids

_PREFIXES = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX eli: <http://data.europa.eu/eli/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX org: <http://www.w3.org/ns/org#>
"""
_DUTIES = {"lead": "zp:leadUnit", "responsible": "zp:responsibleUnit", "support": "zp:supportUnit"}
RELATIONS = {"continues": "zp:continues", "adapts": "zp:adapts", "breaks-down": "zp:breaksDown", "parallels": "zp:parallels"}
"""The codes of the ways in which a task comes from another, each with the property that says so."""


def _ask(variables: str, pattern: str) -> str:
    return f"{_PREFIXES}SELECT DISTINCT {variables} WHERE {{ {pattern} }}"


def _values(name: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def graphs_query(ids: Ids) -> str:
    """Asks for the documents: their graphs, who read them, how much they say, and the plans that they print."""
    return _ask(
        "?graph ?by ?size ?plan",
        f"""GRAPH <{ids.graph("catalogue")}> {{ ?graph zp:tripleCount ?size ; prov:wasGeneratedBy/prov:wasAssociatedWith ?by .
        OPTIONAL {{ ?graph zp:graphOf ?plan }} }}""",
    )


def plans_query(plans: Sequence[str]) -> str:
    """Asks for what plans say of themselves; only of those that are there."""
    return _ask(
        "?plan ?title ?number ?year ?place ?kind ?issuer ?source ?file",
        f"""{_values("plan", plans)} ?plan a zp:Plan .
        OPTIONAL {{ ?plan dcterms:title ?title }} OPTIONAL {{ ?plan eli:number ?number }} OPTIONAL {{ ?plan zp:planYear ?year }}
        OPTIONAL {{ ?plan zp:jurisdiction ?place }} OPTIONAL {{ ?plan zp:kindAsPrinted ?kind }}
        OPTIONAL {{ ?plan zp:issuerAsPrinted ?issuer }} OPTIONAL {{ ?plan zp:sourceDocument ?source . ?source zp:fileName ?file }}""",
    )


def issuers_query(plans: Sequence[str]) -> str:
    """Asks for the units that issued plans."""
    return _ask("?plan ?unit", f"{_values('plan', plans)} ?plan eli:passed_by ?unit")


def sections_query(parents: Sequence[str]) -> str:
    """Asks for the sections right below plans or sections."""
    return _ask(
        "?section ?parent ?title ?number ?order",
        f"""{_values("parent", parents)} ?section eli:is_part_of ?parent . ?section a zp:Section ; zp:order ?order .
        OPTIONAL {{ ?section dcterms:title ?title }} OPTIONAL {{ ?section zp:printedNumber ?number }}""",
    )


def tasks_query(plans: Sequence[str]) -> str:
    """Asks for the tasks and statements of plans; a statement says whether it is on reporting."""
    return _ask(
        "?task ?plan ?text ?number ?section ?reporting",
        f"""{_values("plan", plans)} ?task zp:inPlan ?plan ; zp:text ?text . OPTIONAL {{ ?task zp:printedNumber ?number }}
        OPTIONAL {{ ?task zp:inSection ?section }} OPTIONAL {{ ?task zp:reporting ?reporting }}""",
    )  # asking for the class of each as well takes three times as long


def duties_query(plans: Sequence[str]) -> str:
    """Asks for the units and collectives that owe the tasks of plans, and in which role."""
    roles = " UNION ".join(f'{{ ?task {way} ?value BIND("{role}" AS ?role) }}' for role, way in _DUTIES.items())
    return _ask("?task ?role ?value", f"{_values('plan', plans)} ?task zp:inPlan ?plan . {roles}")


def citations_query(plans: Sequence[str]) -> str:
    """Asks for what plans, and the tasks and statements in them, cite."""
    return _ask(
        "?task ?value",
        f"""{{ {_values("plan", plans)} ?task zp:inPlan ?plan ; eli:cites ?value }}
        UNION {{ {_values("task", plans)} ?task eli:cites ?value }}""",
    )


def deadlines_query(plans: Sequence[str]) -> str:
    """Asks for the classes of the deadlines that the tasks of plans have."""
    return _ask("?task ?value", f"{_values('plan', plans)} ?task zp:inPlan ?plan ; zp:hasDeadline ?deadline . ?deadline a ?value")


def deadline_code(kind: str) -> str:
    """The code of a kind of deadline by its class: fixed, relative, standing, …; empty for a class that is no kind of its own."""
    return _DEADLINE_CODES.get(kind, "")


_DEADLINES = ("zp:FixedDeadline", "zp:RelativeDeadline", "zp:StandingDeadline", "zp:PromptDeadline", "zp:RecurringDeadline")
_DEADLINE_CODES = {term(one): one.removeprefix("zp:").removesuffix("Deadline").lower() for one in _DEADLINES}


def places_query(plans: Sequence[str]) -> str:
    """Asks where in which document the tasks and statements of plans are printed."""
    return _ask(
        "?task ?at ?source",
        f"""{_values("plan", plans)} ?task zp:inPlan ?plan ; prov:wasQuotedFrom ?words . ?words oa:hasSource ?source .
        OPTIONAL {{ ?words zp:place ?at }}""",
    )


def any_relation_query() -> str:
    """Asks whether any task is known to come from another."""
    return f"{_PREFIXES}SELECT ?task WHERE {{ {' UNION '.join(f'{{ ?task {way} ?other }}' for way in RELATIONS.values())} }} LIMIT 1"


def relations_query(plans: Sequence[str]) -> str:
    """Asks how the tasks of plans come from others (?way), and of which plans those are and the tasks that come from them."""
    ways = " UNION ".join(f'{{ ?task {prop} ?other BIND("{code}" AS ?way) }}' for code, prop in RELATIONS.items())
    back = "|".join(prop for code, prop in RELATIONS.items() if code != "parallels")
    return _ask(
        "?task ?way ?otherPlan",
        f"""{_values("plan", plans)} ?task zp:inPlan ?plan .
        {{ {ways} UNION {{ ?other zp:parallels ?task BIND("parallels" AS ?way) }} UNION {{ ?other {back} ?task }} }}
        ?other zp:inPlan ?otherPlan""",
    )


def units_query() -> str:
    """Asks for all units and collectives, a row a name."""
    return _ask(
        "?unit ?label ?alias ?place ?function ?parent",
        """VALUES ?kind { zp:Unit zp:UnitGroup } ?unit a ?kind ; skos:prefLabel ?label .
        OPTIONAL { ?unit skos:altLabel ?alias } OPTIONAL { ?unit zp:jurisdiction ?place } OPTIONAL { ?unit zp:function ?function }
        OPTIONAL { ?unit org:subOrganizationOf ?above . ?above skos:prefLabel ?parent }""",
    )


def instruments_query() -> str:
    """Asks for all instruments, a row a name and a number."""
    return _ask(
        "?work ?title ?alias ?kind ?issuer ?number ?name",
        """?work a zp:Instrument . OPTIONAL { ?work dcterms:title ?title } OPTIONAL { ?work skos:altLabel ?alias }
        OPTIONAL { ?work zp:instrumentKind ?kind } OPTIONAL { ?work zp:issuerAsPrinted ?issuer }
        OPTIONAL { ?work eli:has_member ?edition . OPTIONAL { ?edition eli:number ?number } OPTIONAL { ?edition dcterms:title ?name } }""",
    )


def known_places_query() -> str:
    """Asks for the places of plans and units."""
    return _ask(
        "?place ?code ?label ?level ?alias",
        """{ SELECT DISTINCT ?place { ?one zp:jurisdiction ?place } }
        ?place zp:code ?code ; skos:prefLabel ?label ; zp:jurisdictionLevel ?level . OPTIONAL { ?place skos:altLabel ?alias }""",
    )


def functions_query(scheme: str) -> str:
    """Asks for the functions of units and their Chinese names."""
    return _ask("?function ?label", f'?function skos:inScheme <{scheme}> ; skos:prefLabel ?label . FILTER(LANG(?label) = "zh")')
