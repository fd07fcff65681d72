"""What each kind of node is, in the terms of the vocabularies. No other room names them."""

from __future__ import annotations

from ontology import expand as term

__all__ = ["TYPES", "term"]

TYPES = {
    "plan": ("zp:Plan", "eli:LegalResource", "prov:Entity"),
    "section": ("zp:Section", "eli:LegalResourceSubdivision"),
    "task": ("zp:Task", "eli-dl:ForeseenActivity"),
    "statement": ("zp:Statement", "eli-dl:ForeseenActivity"),
    "assignment": ("zp:Assignment", "eli-dl:Participation"),
    "unit": ("zp:Unit", "org:FormalOrganization", "cpov:PublicOrganisation", "eli:Organization"),
    "group": ("zp:UnitGroup", "org:OrganizationalCollaboration"),
    "jurisdiction": ("zp:Jurisdiction", "dcterms:Location"),
    "fixed": ("zp:FixedDeadline", "zp:Deadline", "time:TemporalEntity", "time:Instant"),
    "relative": ("zp:RelativeDeadline", "zp:Deadline", "time:TemporalEntity"),
    "standing": ("zp:StandingDeadline", "zp:Deadline", "time:TemporalEntity"),
    "prompt": ("zp:PromptDeadline", "zp:Deadline", "time:TemporalEntity"),
    "recurring": ("zp:RecurringDeadline", "zp:Deadline", "time:TemporalEntity"),
    "measure": ("zp:Measure",),
    "citation": ("zp:Citation",),
    "instrument": ("zp:Instrument", "eli:LegalResource"),
    "edition": ("zp:Edition", "eli:LegalResource"),
    "evidence": ("oa:SpecificResource",),
    "position": ("oa:TextPositionSelector",),
    "quote": ("oa:TextQuoteSelector",),
    "document": ("zp:SourceDocument", "eli:Format", "prov:Entity"),
    "doubt": ("zp:Doubt",),
    "reading": ("zp:Reading", "prov:Activity"),
    "agent": ("prov:SoftwareAgent",),
    "function": ("skos:Concept",),
    "count": ("zp:Count",),
    "series": ("zp:PlanSeries", "eli:ComplexWork"),
    "comparison": ("zp:PlanComparison", "prov:Activity"),
    "lineage": ("zp:LineageLink", "prov:Derivation"),
    "thread": ("zp:Thread", "eli:ComplexWork"),
}
"""What each kind of node is, said in the standards' own classes too: an endpoint infers nothing."""
