"""Units, groups and instruments as nodes: the same lines whichever document names them."""

from __future__ import annotations

from kg.graph.lines import Lines, day
from kg.ids import Ids, code
from kg.model import Edition, Instrument, Unit, UnitGroup, UnitIdentity

_STATE = "000000"
_REPUBLIC = "中华人民共和国"  # in front of a law's full title; most texts leave it out


def say_identity(identity: UnitIdentity, ids: Ids, lines: Lines) -> str | None:
    """The IRI of whom a printed name means, described, with the name as an alias; None where nobody is known."""
    if identity.unit is None:
        return None
    if isinstance(identity.unit, UnitGroup):
        subject = _say_group(identity.unit, ids, lines)
    else:
        subject = say_unit(identity.unit, ids, lines)
        for other in identity.also:
            lines.link(subject, "zp:alsoNamed", say_unit(other, ids, lines))
    lines.say_text(subject, "skos:altLabel", identity.printed if identity.printed != identity.unit.name else None)
    return subject


def say_unit(unit: Unit, ids: Ids, lines: Lines) -> str:
    subject = ids.unit(unit)
    if lines.node(subject, "unit"):
        lines.say_text(subject, "skos:prefLabel", unit.name)
        lines.link(subject, "zp:jurisdiction", ids.jurisdiction(unit.serves or unit.code or _STATE))
        lines.link(subject, "zp:unitKind", code("unit-kind", unit.kind))
        lines.link(subject, "zp:function", *(code("function", one) for one in unit.functions))
        if unit.parent:
            lines.link(subject, "org:subOrganizationOf", say_unit(unit.parent, ids, lines))
    return subject


def _say_group(group: UnitGroup, ids: Ids, lines: Lines) -> str:
    subject = ids.group(group)
    if lines.node(subject, "group"):
        lines.say_text(subject, "skos:prefLabel", group.name)
        lines.link(subject, "zp:jurisdiction", ids.jurisdiction(group.code))
        lines.link(subject, "zp:groupKind", code("group-kind", group.kind))
    return subject


def say_instrument(instrument: Instrument, ids: Ids, lines: Lines) -> str:
    """The work with its editions."""
    subject = ids.instrument(instrument)
    if lines.node(subject, "instrument"):
        known_by_number = bool(instrument.editions) and instrument.title == instrument.editions[0].number
        lines.say_text(subject, "dcterms:title", None if known_by_number else instrument.title)
        short = instrument.title.removeprefix(_REPUBLIC)
        for alias in (*instrument.aliases, *([short] if short != instrument.title else [])):
            lines.say_text(subject, "skos:altLabel", alias)
        lines.link(subject, "zp:instrumentKind", code("instrument-kind", instrument.kind))
        lines.link(subject, "zp:status", code("status", instrument.status))
        lines.say_text(subject, "zp:issuerAsPrinted", instrument.issuer)
        lines.say_text(subject, "zp:sourceNote", instrument.source)
        for edition in instrument.editions:
            say_edition(subject, instrument, edition, ids, lines)
    return subject


def say_edition(work: str, instrument: Instrument, edition: Edition, ids: Ids, lines: Lines) -> None:
    subject = ids.edition(instrument, edition)
    lines.node(subject, "edition")
    lines.link(work, "eli:has_member", subject)
    lines.link(subject, "eli:is_member_of", work)
    lines.say_text(subject, "eli:number", edition.number)
    lines.say_text(subject, "dcterms:title", edition.title)
    if edition.promulgated:
        lines.say(subject, "eli:date_document", day(edition.promulgated))
    if edition.in_force:
        lines.say(subject, "zp:inForceFrom", day(edition.in_force))
    lines.link(subject, "zp:status", code("status", edition.status))
    lines.say_text(subject, "zp:sourceNote", edition.source)
    before = _replaced(instrument, edition)
    if before:
        lines.link(subject, "dcterms:replaces", ids.edition(instrument, before))
        lines.link(ids.edition(instrument, before), "dcterms:isReplacedBy", subject)


def _replaced(instrument: Instrument, edition: Edition) -> Edition | None:
    """The edition that this one names as replaced; of two with one number the later, but none that came after it."""
    named = [one for one in instrument.editions if one is not edition and edition.replaces in {one.number, one.promulgated} - {""}]
    earlier = [one for one in named if not (one.promulgated and edition.promulgated) or one.promulgated < edition.promulgated]
    return max(earlier, key=lambda one: one.promulgated, default=None)
