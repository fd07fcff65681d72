"""What holds for every document: places, functions of units, instruments; as triples, and back from the answers of a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.graph.bodies import say_instrument
from kg.graph.lines import Lines, integer, text
from kg.ids import Ids, code
from kg.model import Edition, Instrument
from kg.resolve import Function, Place

_NEVER = 9999


def to_registry(places: Sequence[Place], functions: Iterable[Function], instruments: Iterable[Instrument], ids: Ids) -> bytes:
    """The registry graph."""
    lines = Lines()
    rows: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        rows[place.code].append(place)
    for names in rows.values():
        _say_place(names, ids, lines)
    for function in functions:
        _say_function(function, lines)
    for instrument in instruments:
        say_instrument(instrument, ids, lines)
        if instrument.replaced_by:
            heir = ids.instrument(Instrument(title=instrument.replaced_by, kind="", source="registry"))
            lines.link(ids.instrument(instrument), "dcterms:isReplacedBy", heir)
            lines.link(heir, "dcterms:replaces", ids.instrument(instrument))
    return lines.encode()


def _say_place(names: Sequence[Place], ids: Ids, lines: Lines) -> None:
    """A place by its code: the name that it has, or had last, and those that it had before."""
    last, first = names[-1], names[0]
    subject = ids.jurisdiction(last.code)
    lines.node(subject, "jurisdiction")
    lines.say_text(subject, "skos:prefLabel", last.name)
    for former in names[:-1]:
        if former.name != last.name:
            lines.say_text(subject, "skos:altLabel", former.name)
    lines.say_text(subject, "zp:code", last.code)
    lines.link(subject, "zp:jurisdictionLevel", code("level", last.level))
    if last.parent != last.code:
        lines.link(subject, "zp:within", ids.jurisdiction(last.parent))
    if first.valid_from:
        lines.say(subject, "zp:validFromYear", integer(first.valid_from))
    if last.valid_to != _NEVER:
        lines.say(subject, "zp:validToYear", integer(last.valid_to))
    lines.link(subject, "dcterms:isReplacedBy", *(ids.jurisdiction(heir) for heir in last.successors if heir != last.code))
    lines.say_text(subject, "zp:sourceNote", last.source_note)


def _say_function(function: Function, lines: Lines) -> None:
    subject, scheme = code("function", function.code), code("function", "").rstrip("/")
    lines.node(subject, "function")
    lines.link(subject, "skos:inScheme", scheme)
    lines.say(subject, "skos:prefLabel", text(function.zh, "zh"))
    lines.say(subject, "skos:prefLabel", text(function.en, "en"))


# --- and back -----------------------------------------------------------------------------------------------


def instruments_query(ids: Ids) -> str:
    """Asks a store for the instruments of its registry, a row an edition."""
    return f"""
PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?work ?title ?kind ?status ?issuer ?source ?heir ?alias ?number ?name ?promulgated ?force ?state ?before ?note WHERE {{
  GRAPH <{ids.graph("registry")}> {{
    ?work a zp:Instrument ; dcterms:title ?title ; zp:instrumentKind ?kind ; zp:status ?status .
    OPTIONAL {{ ?work zp:issuerAsPrinted ?issuer }} OPTIONAL {{ ?work zp:sourceNote ?source }}
    OPTIONAL {{ ?work dcterms:isReplacedBy/dcterms:title ?heir }} OPTIONAL {{ ?work skos:altLabel ?alias }}
    OPTIONAL {{
      ?work eli:has_member ?edition . ?edition zp:status ?state .
      OPTIONAL {{ ?edition eli:number ?number }} OPTIONAL {{ ?edition dcterms:title ?name }}
      OPTIONAL {{ ?edition eli:date_document ?promulgated }} OPTIONAL {{ ?edition zp:inForceFrom ?force }}
      OPTIONAL {{ ?edition dcterms:replaces ?old .
        OPTIONAL {{ ?old eli:number ?oldNumber }} OPTIONAL {{ ?old eli:date_document ?oldDay }} }}
      BIND(COALESCE(?oldNumber, STR(?oldDay)) AS ?before)
      OPTIONAL {{ ?edition zp:sourceNote ?note }}
    }}
  }}
}}"""


def to_instruments(rows: Iterable[dict[str, str]]) -> list[Instrument]:
    """The instruments that such an answer tells of, in order of their titles."""
    works: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        works[row["work"]].append(row)
    return sorted((_instrument(told) for told in works.values()), key=lambda one: one.title)


def _instrument(rows: Sequence[Mapping[str, str]]) -> Instrument:
    first = rows[0]
    editions = {(row.get("number", ""), row.get("promulgated", "")): _edition(row) for row in rows if "state" in row}
    return Instrument(
        title=first["title"],
        kind=_last(first["kind"]),
        issuer=first.get("issuer", ""),
        status=_last(first["status"]),
        aliases=tuple(sorted({row["alias"] for row in rows if "alias" in row})),
        editions=tuple(editions[name] for name in sorted(editions, key=lambda name: (name[1], name[0]))),
        replaced_by=first.get("heir", ""),
        source=first.get("source", ""),
    )


def _edition(row: Mapping[str, str]) -> Edition:
    return Edition(
        number=row.get("number", ""),
        title=row.get("name", ""),
        promulgated=row.get("promulgated", ""),
        in_force=row.get("force", ""),
        status=_last(row["state"]),
        replaces=row.get("before", ""),
        source=row.get("note", ""),
    )


def _last(iri: str) -> str:
    return iri.rsplit("/", 1)[1]
