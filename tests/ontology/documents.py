"""One document's graph as N-Triples, made up: what the gate, the rules and the checks are tested and measured on."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from ontology import prefixes

BASE = "https://w3id.org/zhengpu/id/"
CODE = "https://w3id.org/zhengpu/code/"
SHA = "0" * 64
DOCUMENT = f"{BASE}document/{SHA}"
PLAN = f"{BASE}plan/990001/2021/澄政办〔2021〕5号"
PLACE = f"{BASE}jurisdiction/990001"
_PREFIXES = prefixes()
_XSD = _PREFIXES["xsd"]

LAW = f"{BASE}instrument/0123456789abcdef"

Line = str


def name(short: str) -> str:
    """The IRI behind a prefixed name, or an IRI as it is."""
    prefix, colon, local = short.partition(":")
    return _PREFIXES[prefix] + local if colon and prefix in _PREFIXES else short


def iri(short: str) -> str:
    return f"<{name(short)}>"


def literal(value: str | int | bool, datatype: str = "", language: str = "") -> str:
    if isinstance(value, bool):
        return f'"{str(value).lower()}"^^<{_XSD}boolean>'
    if isinstance(value, int):
        return f'"{value}"^^<{_XSD}integer>'
    text = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"' + (f"@{language}" if language else f"^^<{_XSD}{datatype}>" if datatype else "")


def triple(subject: str, predicate: str, value: str) -> Line:
    return f"{iri(subject)} {iri(predicate)} {value} ."


def typed(subject: str, *types: str) -> Iterator[Line]:
    for each in types:
        yield triple(subject, "rdf:type", iri(each))


def code(scheme: str, slug: str) -> str:
    return iri(f"{CODE}{scheme}/{slug}")


class Evidence:
    """Hands out stretches of the document's text, one after another, with their selectors."""

    def __init__(self) -> None:
        self.at = 0
        self.lines: list[Line] = []

    def __call__(self, words: str) -> str:
        start, end = self.at, self.at + len(words)
        self.at = end
        node = f"{DOCUMENT}/text/{start}-{end}"
        position, quote = f"{node}/position", f"{node}/quote"
        self.lines += [
            *typed(node, "oa:SpecificResource"),
            triple(node, "oa:hasSource", iri(DOCUMENT)),
            triple(node, "oa:hasSelector", iri(position)),
            triple(node, "oa:hasSelector", iri(quote)),
            triple(node, "zp:place", literal(f"第1页 第{start // 40 + 1}行")),
            triple(node, "zp:page", literal(1)),
            *typed(position, "oa:TextPositionSelector"),
            triple(position, "oa:start", literal(start)),
            triple(position, "oa:end", literal(end)),
            *typed(quote, "oa:TextQuoteSelector"),
            triple(quote, "oa:exact", literal(words)),
            triple(quote, "oa:prefix", literal("前面的十个字在这里")),
            triple(quote, "oa:suffix", literal("后面的十个字在这里")),
        ]
        return iri(node)


def unit(label: str, place: str = "990001") -> str:
    return f"{BASE}unit/{place}/{sha256(label.encode()).hexdigest()[:16]}"


def unit_lines(label: str, kind: str = "department", place: str = "990001") -> Iterator[Line]:
    node = unit(label, place)
    yield from typed(node, "zp:Unit", "org:FormalOrganization", "cpov:PublicOrganisation", "eli:Organization")
    yield triple(node, "skos:prefLabel", literal(label))
    yield triple(node, "zp:jurisdiction", iri(f"{BASE}jurisdiction/{place}"))
    yield triple(node, "zp:unitKind", code("unit-kind", kind))


def task_lines(number: int, quote: Evidence) -> Iterator[Line]:
    """One task with two units, a date, a number and a law, as plans have them."""
    task = f"{PLAN}/task/{number}"
    text = f"第{number}项：规范办理依申请公开，按季度公开办理情况，公开比例不得低于60%。"
    yield from typed(task, "zp:Task", "eli-dl:ForeseenActivity")
    yield triple(task, "zp:text", literal(text))
    yield triple(task, "zp:printedNumber", literal(str(number)))
    yield triple(task, "zp:order", literal(number))
    yield triple(task, "zp:inPlan", iri(PLAN))
    yield triple(task, "eli-dl:documented_by_a_realization_of", iri(PLAN))
    yield triple(task, "zp:inSection", iri(f"{PLAN}/section/一"))
    yield triple(task, "zp:form", code("form", "item"))
    yield triple(task, "zp:modality", code("modality", "must"))
    yield triple(task, "zp:openUnitList", literal(False))
    yield triple(task, "prov:wasQuotedFrom", quote(text))
    for order, (label, role, shortcut, dl) in enumerate(_ROLES, 1):
        body, node = unit(label), f"{task}/assignment/{order}"
        yield triple(task, "zp:hasAssignment", iri(node))
        yield triple(task, shortcut, iri(body))
        yield triple(task, dl, iri(body))
        yield from typed(node, "zp:Assignment", "eli-dl:Participation")
        yield triple(node, "zp:role", code("role", role))
        yield triple(node, "zp:order", literal(order))
        yield triple(node, "zp:nameAsPrinted", literal(label))
        yield triple(node, "zp:unit", iri(body))
        yield triple(node, "zp:resolution", code("resolution", "by-function"))
        yield triple(node, "prov:wasQuotedFrom", quote(label))
    yield from _deadline_lines(task, quote)
    yield from _measure_lines(task, quote)
    yield from _citation_lines(task, quote)


_ROLES = (
    ("澄湖区人民政府办公室", "lead", "zp:leadUnit", "eli-dl:had_responsible_organization"),
    ("澄湖区财政局", "support", "zp:supportUnit", "eli-dl:had_participant_organization"),
)


def _deadline_lines(task: str, quote: Evidence) -> Iterator[Line]:
    node = f"{task}/deadline/1"
    yield triple(task, "zp:hasDeadline", iri(node))
    yield triple(task, "zp:dueDate", literal("2021-12-31", "date"))
    yield triple(task, "zp:dueMonth", literal("2021-12"))
    yield from typed(node, "zp:Deadline", "zp:FixedDeadline", "time:TemporalEntity", "time:Instant")
    yield triple(node, "zp:asPrinted", literal("2021年底前"))
    yield triple(node, "time:inXSDDate", literal("2021-12-31", "date"))
    yield triple(node, "prov:wasQuotedFrom", quote("2021年底前"))


def _measure_lines(task: str, quote: Evidence) -> Iterator[Line]:
    node = f"{task}/measure/1"
    yield triple(task, "zp:hasMeasure", iri(node))
    yield from typed(node, "zp:Measure")
    yield triple(node, "zp:operator", code("operator", "ge"))
    yield triple(node, "zp:value", literal("60", "decimal"))
    yield triple(node, "zp:valueUnit", literal("%"))
    yield triple(node, "zp:asPrinted", literal("不得低于60%"))
    yield triple(node, "prov:wasQuotedFrom", quote("不得低于60%"))


def _citation_lines(task: str, quote: Evidence) -> Iterator[Line]:
    node, law = f"{task}/citation/1", LAW
    yield triple(task, "zp:hasCitation", iri(node))
    yield triple(task, "eli:cites", iri(law))
    yield from typed(node, "zp:Citation")
    yield triple(node, "zp:asPrinted", literal("《政府信息公开条例》（国务院令第711号）"))
    yield triple(node, "zp:titleAsPrinted", literal("政府信息公开条例"))
    yield triple(node, "zp:numberAsPrinted", literal("国务院令第711号"))
    yield triple(node, "zp:instrument", iri(law))
    yield triple(node, "zp:edition", iri(f"{law}/edition/国务院令第711号"))
    yield triple(node, "zp:resolution", code("resolution", "by-number"))
    yield triple(node, "prov:wasQuotedFrom", quote("《政府信息公开条例》（国务院令第711号）"))


def plan_lines(quote: Evidence) -> Iterator[Line]:
    title = "2021年澄湖区政务公开工作要点"
    yield from typed(PLAN, "zp:Plan", "eli:LegalResource", "prov:Entity")
    yield triple(PLAN, "dcterms:title", literal(title))
    yield triple(PLAN, "eli:number", literal("澄政办〔2021〕5号"))
    yield triple(PLAN, "eli:date_document", literal("2021-03-01", "date"))
    yield triple(PLAN, "eli:passed_by", iri(unit("澄湖区人民政府办公室")))
    yield triple(PLAN, "zp:issuerAsPrinted", literal("澄湖区人民政府办公室"))
    yield triple(PLAN, "zp:planYear", literal(2021))
    yield triple(PLAN, "zp:jurisdiction", iri(PLACE))
    yield triple(PLAN, "zp:planKind", code("plan-kind", "work-key-points"))
    yield triple(PLAN, "zp:kindAsPrinted", literal("工作要点"))
    yield triple(PLAN, "zp:sourceDocument", iri(DOCUMENT))
    yield triple(PLAN, "prov:wasQuotedFrom", quote(title))
    section = f"{PLAN}/section/一"
    yield from typed(section, "zp:Section", "eli:LegalResourceSubdivision")
    yield triple(section, "eli:is_part_of", iri(PLAN))
    yield triple(section, "dcterms:title", literal("加强公开"))
    yield triple(section, "zp:printedNumber", literal("一、"))
    yield triple(section, "zp:order", literal(1))
    yield triple(section, "zp:level", literal(1))
    yield triple(section, "prov:wasQuotedFrom", quote("一、加强公开"))


def source_lines(length: int) -> Iterator[Line]:
    yield from typed(DOCUMENT, "zp:SourceDocument", "eli:Format", "prov:Entity")
    yield triple(DOCUMENT, "zp:sha256", literal(SHA))
    yield triple(DOCUMENT, "zp:mediaType", literal("text/plain"))
    yield triple(DOCUMENT, "zp:fileName", literal("district-2021.txt"))
    yield triple(DOCUMENT, "zp:byteSize", literal(length * 3))
    yield triple(DOCUMENT, "zp:sourceText", literal("文" * length))
    reading, agent, doubt = f"{BASE}reading/{SHA}", f"{BASE}agent/zhengpu-0.1.0", f"{DOCUMENT}/doubt/1"
    yield from typed(reading, "zp:Reading", "prov:Activity")
    yield triple(reading, "prov:used", iri(DOCUMENT))
    yield triple(reading, "prov:wasAssociatedWith", iri(agent))
    yield from typed(agent, "prov:SoftwareAgent")
    yield triple(agent, "zp:version", literal("0.1.0"))
    yield from typed(doubt, "zp:Doubt")
    yield triple(doubt, "zp:doubtCode", literal("header.issued"))
    yield triple(doubt, "rdfs:comment", literal("没有认出成文日期", language="zh"))
    yield triple(doubt, "rdfs:comment", literal("no date of signing was recognised", language="en"))
    yield triple(doubt, "zp:sourceDocument", iri(DOCUMENT))


def document(tasks: int = 1) -> tuple[Line, ...]:
    """The lines of a graph that holds every shape, without a warning."""
    quote = Evidence()
    lines = list(plan_lines(quote))
    for number in range(1, tasks + 1):
        lines += task_lines(number, quote)
    for label in ("澄湖区人民政府办公室", "澄湖区财政局"):
        lines += unit_lines(label)
    return (*lines, *quote.lines, *source_lines(quote.at))


def statement_lines(quote: Evidence) -> Iterator[Line]:
    """What a document may have beside its tasks: a statement, and deadlines of every kind."""
    node = f"{PLAN}/statement/1"
    yield from typed(node, "zp:Statement", "eli-dl:ForeseenActivity")
    yield triple(node, "zp:text", literal("各单位要加强组织领导。"))
    yield triple(node, "zp:order", literal(1))
    yield triple(node, "zp:inPlan", iri(PLAN))
    yield triple(node, "eli-dl:documented_by_a_realization_of", iri(PLAN))
    yield triple(node, "zp:modality", code("modality", "must"))
    yield triple(node, "zp:reporting", literal(False))
    yield triple(node, "prov:wasQuotedFrom", quote("各单位要加强组织领导。"))
    for kind in ("Relative", "Standing", "Prompt", "Recurring"):
        deadline = f"{node}/deadline/{kind}"
        yield triple(node, "zp:hasDeadline", iri(deadline))
        yield from typed(deadline, "zp:Deadline", f"zp:{kind}Deadline", "time:TemporalEntity")
        yield triple(deadline, "zp:asPrinted", literal("按期"))
        yield triple(deadline, "prov:wasQuotedFrom", quote("按期"))
        if kind == "Relative":
            yield triple(deadline, "zp:trigger", literal("自信息形成之日起"))
            yield triple(deadline, "zp:amount", literal(20))
            yield triple(deadline, "zp:amountUnit", code("time-unit", "workday"))
        if kind == "Recurring":
            yield triple(deadline, "zp:period", code("period", "quarter"))


def registry_lines() -> Iterator[Line]:
    """A place, a function, a group, and a law with two editions."""
    yield from typed(PLACE, "zp:Jurisdiction", "dcterms:Location")
    yield triple(PLACE, "skos:prefLabel", literal("澄湖区"))
    yield triple(PLACE, "zp:code", literal("990001"))
    yield triple(PLACE, "zp:jurisdictionLevel", code("level", "county"))
    yield triple(PLACE, "zp:within", iri(f"{BASE}jurisdiction/990000"))
    yield triple(PLACE, "zp:validFromYear", literal(1983))
    function = f"{CODE}function/finance"
    yield from typed(function, "skos:Concept")
    yield triple(function, "skos:inScheme", iri("zpc:function"))
    yield triple(function, "skos:prefLabel", literal("财政", language="zh"))
    yield triple(function, "skos:prefLabel", literal("finance", language="en"))
    yield from group_lines("区政府各部门", "departments")
    yield from typed(LAW, "zp:Instrument", "eli:LegalResource")
    yield triple(LAW, "dcterms:title", literal("中华人民共和国政府信息公开条例"))
    yield triple(LAW, "zp:instrumentKind", code("instrument-kind", "administrative-regulation"))
    yield triple(LAW, "zp:status", code("status", "in-force"))
    for number, day, status in (("国务院令第492号", "2007-04-05", "replaced"), ("国务院令第711号", "2019-04-03", "in-force")):
        edition = f"{LAW}/edition/{number}"
        yield triple(LAW, "eli:has_member", iri(edition))
        yield from typed(edition, "zp:Edition", "eli:LegalResource")
        yield triple(edition, "eli:is_member_of", iri(LAW))
        yield triple(edition, "eli:number", literal(number))
        yield triple(edition, "eli:date_document", literal(day, "date"))
        yield triple(edition, "zp:status", code("status", status))


def group(label: str, place: str = "990001") -> str:
    return f"{BASE}group/{place}/{sha256(label.encode()).hexdigest()[:16]}"


def group_lines(label: str, kind: str, place: str = "990001") -> Iterator[Line]:
    node = group(label, place)
    yield from typed(node, "zp:UnitGroup", "org:OrganizationalCollaboration")
    yield triple(node, "skos:prefLabel", literal(label))
    yield triple(node, "zp:jurisdiction", iri(f"{BASE}jurisdiction/{place}"))
    yield triple(node, "zp:groupKind", code("group-kind", kind))


def catalogue_lines() -> Iterator[Line]:
    graph = f"{BASE}graph/{SHA}"
    yield triple(graph, "prov:wasGeneratedBy", iri(f"{BASE}reading/{SHA}"))
    yield triple(graph, "zp:sourceDocument", iri(DOCUMENT))
    yield triple(graph, "zp:graphOf", iri(PLAN))
    yield triple(graph, "zp:fileName", literal("district-2021.txt"))
    for total in ("taskCount", "tripleCount", "doubtCount"):
        yield triple(graph, f"zp:{total}", literal(1))
    yield triple(graph, "zp:contentDigest", literal("0123456789abcdef" * 2))
    yield triple(f"{BASE}graph/catalogue", "zp:storeVersion", literal(1))


def later_lines() -> Iterator[Line]:
    """What later readings add to a store: series, lineage, threads, progress, corrections."""
    series, thread, link, compared = f"{BASE}series/1", f"{BASE}thread/1", f"{BASE}lineage/1", f"{BASE}comparison/1"
    before = f"{BASE}plan/990001/2020/x"
    for node, kind in ((series, "zp:PlanSeries"), (thread, "zp:Thread")):
        yield from typed(node, kind, "eli:ComplexWork")
        yield triple(node, "dcterms:title", literal("澄湖区政务公开"))
    yield from typed(link, "zp:LineageLink", "prov:Derivation")
    yield triple(link, "zp:later", iri(f"{PLAN}/task/1"))
    yield triple(link, "zp:earlier", iri(f"{before}/task/1"))
    yield triple(link, "zp:relation", code("lineage-relation", "continues"))
    yield triple(link, "zp:band", code("lineage-band", "edited"))
    yield triple(link, "zp:shape", code("lineage-shape", "one"))
    yield triple(link, "prov:hadActivity", iri(compared))
    yield from typed(compared, "zp:PlanComparison", "prov:Activity")
    yield triple(compared, "zp:laterPlan", iri(PLAN))
    yield triple(compared, "zp:earlierPlan", iri(before))
    yield triple(compared, "zp:relation", code("lineage-relation", "continues"))
    yield triple(compared, "zp:basis", code("lineage-basis", "series"))
    for count in ("verbatim", "edited", "rewritten", "new", "dropped"):
        yield triple(compared, f"zp:{count}Count", literal(1))
    yield triple(link, "zp:score", literal("0.87", "decimal"))
    progress, correction = f"{BASE}progress/1", f"{BASE}correction/1"
    yield from typed(progress, "zp:Progress", "eli-dl:Activity")
    yield triple(progress, "eli-dl:executed", iri(f"{PLAN}/task/1"))
    yield triple(progress, "zp:progressState", code("progress-state", "done"))
    yield triple(progress, "zp:reportedOn", literal("2021-09-30", "date"))
    yield from typed(correction, "zp:Correction", "prov:Entity")
    yield triple(correction, "zp:corrects", iri(f"{PLAN}/task/1"))
    yield triple(correction, "zp:correctedProperty", iri("zp:leadUnit"))


def everything() -> tuple[Line, ...]:
    """A node of every kind that has a shape, all in one graph."""
    quote = Evidence()
    lines = [*plan_lines(quote), *task_lines(1, quote), *statement_lines(quote)]
    for label in ("澄湖区人民政府办公室", "澄湖区财政局"):
        lines += unit_lines(label)
    others = (*registry_lines(), *catalogue_lines(), *later_lines())
    return (*lines, *quote.lines, *source_lines(quote.at), *others)


def ntriples(lines: tuple[Line, ...] | list[Line]) -> bytes:
    return "\n".join(lines).encode("utf-8") + b"\n"
