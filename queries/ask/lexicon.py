"""The names that a store knows, for a question to be read with: units, places, instruments, plans, years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from kg.store import Store
from kg.store.rows import select_strings
from queries.ask.grammar import load_grammar
from queries.ask.model import Thing
from queries.ask.unitnames import bare_names, everyday_names, group_names, words

_HEAD = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX resolution: <https://w3id.org/zhengpu/code/resolution/> """
# from those that were not made out, which are few, and not from all that is printed: seconds where a store is large
_OPEN = "VALUES ?how { resolution:unresolved resolution:ambiguous resolution:contradictory }"
_PLACES = """SELECT DISTINCT ?x ?label ?code ?ended ?within WHERE {
  ?x a zp:Jurisdiction ; skos:prefLabel ?label ; zp:code ?code OPTIONAL { ?x zp:validToYear ?ended } OPTIONAL { ?x zp:within ?within }
  FILTER (?code != "000000") }"""  # 全国 in a question is everywhere, and not the State's own plans
_USED = "SELECT DISTINCT ?x WHERE { { ?plan zp:jurisdiction ?x ; a zp:Plan } UNION { ?unit zp:jurisdiction ?x ; a zp:Unit } }"
_UNITS = """SELECT DISTINCT ?x ?label ?place ?also ?does WHERE {
  ?x a zp:Unit ; skos:prefLabel ?label ; zp:jurisdiction ?place
  OPTIONAL { ?x skos:altLabel ?also } OPTIONAL { ?x zp:function/skos:prefLabel ?does FILTER (LANG(?does) = "zh") } }"""
_GROUPS = """SELECT DISTINCT ?x ?label ?place ?kind ?also WHERE {
  ?x a zp:UnitGroup ; skos:prefLabel ?label ; zp:jurisdiction ?place ; zp:groupKind ?kind OPTIONAL { ?x skos:altLabel ?also } }"""
_AS_PRINTED = f"""SELECT DISTINCT ?name ?plan ?title ?place WHERE {{
  {_OPEN} ?a zp:resolution ?how ; zp:nameAsPrinted ?name FILTER NOT EXISTS {{ ?a zp:unit ?unit }}
  ?task zp:hasAssignment ?a ; zp:inPlan ?plan
  OPTIONAL {{ ?plan dcterms:title ?title }} OPTIONAL {{ ?plan zp:jurisdiction ?place }} }}"""
_INSTRUMENTS = """SELECT DISTINCT ?x ?title ?name WHERE {
  ?x a zp:Instrument OPTIONAL { ?x dcterms:title ?title }
  { ?x dcterms:title ?name } UNION { ?x skos:altLabel ?name } UNION { ?e eli:is_member_of ?x ; eli:number ?name }
  UNION { ?e eli:is_member_of ?x ; dcterms:title ?name } }"""
_PRINTED = """SELECT DISTINCT ?x ?title ?name WHERE {
  ?c zp:instrument ?x OPTIONAL { ?x dcterms:title ?title } { ?c zp:titleAsPrinted ?name } UNION { ?c zp:numberAsPrinted ?name } }"""
_UNRESOLVED = f"""SELECT DISTINCT ?name WHERE {{
  {_OPEN} ?c zp:resolution ?how ; zp:titleAsPrinted ?name FILTER NOT EXISTS {{ ?c zp:instrument ?x }} }}"""
_PLANS = """SELECT DISTINCT ?x ?title ?number ?file ?year ?place WHERE {
  ?x a zp:Plan OPTIONAL { ?x dcterms:title ?title } OPTIONAL { ?x eli:number ?number } OPTIONAL { ?x zp:planYear ?year }
  OPTIONAL { ?x zp:jurisdiction ?place } OPTIONAL { ?x zp:sourceDocument/zp:fileName ?file } }"""

ABSENT = "absent:"  # for the IRI of a unit that is asked for where no unit of the plan has its name
PRINTED = "printed:"  # before the IRI of its plan, where no unit of the graph stands behind a printed name
_LEVELS = {"省": "省", "自治区": "省", "市": "市", "州": "市", "盟": "市", "区": "区", "县": "县", "旗": "县"}
_NOT_NAMES = re.compile(r"[\s“”\"'‘’·]")
_PAIRS = str.maketrans("()[]【】〖〗<>〈〉", "（）〔〕〔〕〔〕《》《》")
_YEAR_MARK = re.compile(r"（(\d{4})）(?=第?\d+号)")
_HAN = re.compile(r"[一-龥]+")
_ISSUER = re.compile(r"[一-龥]{3,12}?(?=20\d\d年)")
_BEGINS = re.compile(r"\w")
_CLASS = re.compile(r"^(?:中华人民共和国|国务院)")
_BANNER = re.compile(r"[一-龥]+?([左右])翼([前后中]旗)")
_ZONES = ("高新区", "经开区", "开发区", "园区", "新区", "示范区", "保税区", "自贸区")
_GROUP = "/group/"
_TRIAL = re.compile(r"（[^（）]*）$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan as questions speak of it."""

    thing: Thing
    year: int
    place: str
    number: str


@dataclass(slots=True)
class Lexicon:
    """Names to what they mean. `names` are of Chinese characters only, one word each; `literal` may hold anything."""

    units: dict[str, tuple[Thing, ...]] = field(default_factory=dict)
    places: dict[str, tuple[Thing, ...]] = field(default_factory=dict)  # those that plans or units are of
    elsewhere: dict[str, Thing] = field(default_factory=dict)  # places that the registry knows and no plan is of
    instruments: dict[str, tuple[Thing, ...]] = field(default_factory=dict)
    plans: dict[str, tuple[Thing, ...]] = field(default_factory=dict)
    issuers: dict[str, tuple[Thing, ...]] = field(default_factory=dict)  # who issued plans, where that is no place, to these plans
    issued: dict[str, tuple[Thing, ...]] = field(default_factory=dict)  # IRI of a unit that issued plans, to these
    issuing: bool = False  # whether units that issued plans are read as these plans
    all_plans: tuple[Plan, ...] = ()
    levels: dict[str, tuple[Thing, ...]] = field(default_factory=dict)
    level_of: dict[str, str] = field(default_factory=dict)  # IRI of a place to 省, 市, 区 or 县
    place_labels: dict[str, str] = field(default_factory=dict)

    within: dict[str, str] = field(default_factory=dict)  # a place to the one that it lies in
    groups: dict[tuple[str, str], Thing] = field(default_factory=dict)  # place and kind of group
    kin: dict[tuple[str, str], tuple[Thing, ...]] = field(default_factory=dict)  # all groups of a place and kind
    small: dict[str, Thing] = field(default_factory=dict)  # counties of two characters: 磁县
    grounds: dict[str, tuple[Thing, ...]] = field(default_factory=dict)  # all places, that bodies are named by
    bodies: tuple[tuple[str, Thing], ...] = ()  # units by their names without their places
    unresolved: frozenset[str] = frozenset()  # titles of cited papers that no instrument of the graph stands behind
    titles: tuple[str, ...] = ()  # of plans and instruments, and their numbers, three characters or more
    sounded: tuple[str, ...] = ()  # names that a slip may stand for
    longest: int = 0  # characters of the longest name of a unit or place

    def above(self, place: str) -> Iterator[str]:
        """The places that a place lies in, the nearest first."""
        seen = {place}
        while (place := self.within.get(place, "")) and place not in seen:
            seen.add(place)
            yield place

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({plan.year for plan in self.all_plans if plan.year}))


def tidy(text: str) -> str:
    """A name as names are compared: brackets in full width, no white space, no quotation marks."""
    return _YEAR_MARK.sub(r"〔\1〕", _NOT_NAMES.sub("", text).translate(_PAIRS))


def plain(text: str) -> str:
    """A name without any brackets: 各镇（街道） is said 各镇街道."""
    return re.sub(r"[（）〔〕《》]", "", tidy(text))


def load_lexicon(store: Store) -> Lexicon:
    """Every name that the store knows."""
    lexicon = Lexicon()
    _places(store, lexicon)
    _units(store, lexicon)
    _instruments(store, lexicon)
    _plans(store, lexicon)
    _index(lexicon)
    return lexicon


def _index(lexicon: Lexicon) -> None:
    """What every question is held against, worked out once."""
    lexicon.grounds = {**{label: (thing,) for label, thing in {**lexicon.elsewhere, **lexicon.small}.items()}, **lexicon.places}
    lexicon.titles = tuple(name for name in {*lexicon.plans, *lexicon.instruments} if len(name) >= 3)
    named = {name for name in (*lexicon.units, *lexicon.places) if len(name) >= 3 and name[0] != "各" and _HAN.fullmatch(name)}
    lexicon.sounded = tuple(sorted(named))
    tables = (lexicon.units, lexicon.places, lexicon.elsewhere, lexicon.issuers)
    lexicon.longest = max((len(name) for table in tables for name in table), default=0)


@cache
def autonomous() -> re.Pattern[str]:
    """宁夏回族自治区 is said 宁夏: the name before the peoples."""
    return re.compile(rf"(.{{2,}}?)(?:{'|'.join(words()['peoples'])})*自治[区州县旗]")


def _rows(store: Store, query: str) -> Iterator[dict[str, str]]:
    return select_strings(store, _HEAD + query)


def _collect(pairs: Iterable[tuple[str, Thing]]) -> dict[str, tuple[Thing, ...]]:
    """Names to things, each once; a thing that a name fits whole goes before one that it fits in part."""
    found: defaultdict[str, dict[str, Thing]] = defaultdict(dict)
    for name, thing in pairs:
        if len(name) < 2:
            continue
        known = found[name].get(thing.iri)
        if known is None or (thing.exact and not known.exact):
            found[name][thing.iri] = thing
    return {name: tuple(sorted(each.values(), key=lambda one: (not one.exact, one.label, one.iri))) for name, each in found.items()}


def _places(store: Store, lexicon: Lexicon) -> None:
    used = {row["x"] for row in _rows(store, _USED)}
    pairs: list[tuple[str, Thing]] = []
    levels: defaultdict[str, list[Thing]] = defaultdict(list)
    for row in _rows(store, _PLACES):
        label = row["label"]
        thing = Thing(iri=row["x"], label=label, note=row["code"])
        if "within" in row:
            lexicon.within[row["x"]] = row["within"]
        if len(label) == 2 and "ended" not in row:
            lexicon.small[label] = thing
        if row["x"] not in used:
            if len(label) > 2 and "ended" not in row:
                lexicon.elsewhere.setdefault(label, thing)
            continue
        lexicon.place_labels[row["x"]] = label
        pairs.append((label, thing))
        ending = next((one for one in sorted(_LEVELS, key=len, reverse=True) if label.endswith(one)), "")
        if len(label.removesuffix(ending)) >= 2:
            pairs.append((label.removesuffix(ending), thing))
        if len(label) > 3 and label.endswith("旗"):
            pairs.append((label[0] + "旗", thing))
        if banner := _BANNER.fullmatch(label):
            pairs += [(name, thing) for name in (label[0] + banner[1] + banner[2], banner[1] + "翼" + banner[2], banner[2])]
        if core := autonomous().fullmatch(label):
            pairs.append((core[1], thing))
        if ending and "ended" not in row:
            lexicon.level_of[row["x"]] = _LEVELS[ending]
            levels[_LEVELS[ending]].append(thing)
    lexicon.places = _collect(pairs)
    lexicon.levels = {level: tuple(things) for level, things in levels.items()}
    for name in lexicon.places:
        lexicon.elsewhere.pop(name, None)


def _units(store: Store, lexicon: Lexicon) -> None:
    pairs: list[tuple[str, Thing]] = []
    labels = lexicon.place_labels
    alias: defaultdict[str, set[str]] = defaultdict(set)
    does: defaultdict[str, set[str]] = defaultdict(set)
    rows: dict[str, dict[str, str]] = {}
    bodies: list[tuple[str, Thing]] = []
    for row in _rows(store, _UNITS):
        rows[row["x"]] = row
        if "also" in row:
            alias[row["x"]].add(row["also"])
        if "does" in row:
            does[row["x"]].add(row["does"])
    by_length = sorted(((label, iri) for iri, label in labels.items()), key=lambda one: len(one[0]), reverse=True)
    for iri, row in rows.items():
        home = next(
            (place for label, place in by_length if row["label"].removeprefix("中共").removeprefix("国家税务总局").startswith(label)), ""
        )
        thing = Thing(iri=iri, label=row["label"], note=labels.get(row["place"], ""), place=row["place"], home=home or row["place"])
        bodies += [(core, thing) for core in bare_names((row["label"], *sorted(alias[iri])), list(labels.values()))]
        for name, exact in everyday_names(row["label"], sorted(alias[iri]), sorted(does[iri]), list(labels.values())):
            pairs += [(form, thing if exact else _partly(thing)) for form in {plain(name), tidy(name)}]
    for thing in _as_printed(store):
        bodies += [(core, thing) for core in bare_names((thing.label,), ())]
        pairs += [(form, thing if exact else _partly(thing)) for form, exact in everyday_names(thing.label, (), (), ())]
    lexicon.bodies = tuple(bodies)
    for row in sorted(_rows(store, _GROUPS), key=lambda one: ("各" not in one["label"], one["label"])):
        thing = Thing(iri=row["x"], label=row["label"], note=labels.get(row["place"], ""), place=row["place"], home=row["place"])
        key = (row["place"], row["kind"].rpartition("/")[2])
        lexicon.groups.setdefault(key, thing)
        lexicon.kin[key] = tuple(dict.fromkeys((*lexicon.kin.get(key, ()), thing)))
        for name in group_names(row["label"], row.get("also", ""), row["kind"].rpartition("/")[2], list(labels.values())):
            pairs += [(form, thing) for form in {plain(name), tidy(name)}]
    lexicon.units = _collect((name, thing) for name, thing in pairs if not _is_no_name(name))


def _as_printed(store: Store) -> Iterator[Thing]:
    """Units of plans of no place, such as those of a school, that are known only as they are printed."""
    for row in _rows(store, _AS_PRINTED):
        iri = f"{PRINTED}{row['plan']}#{row['name']}"
        yield Thing(iri=iri, label=row["name"], note=row.get("title", ""), place=row.get("place", ""), home=row["plan"])


def _is_no_name(name: str) -> bool:
    """Whether a name is a word that questions are made of, or of everyday: 牵头单位, 政府."""
    return name in load_grammar().cues or name in words()["not_names"] or not _BEGINS.match(name)


def _partly(thing: Thing) -> Thing:
    return Thing(iri=thing.iri, label=thing.label, note=thing.note, place=thing.place, home=thing.home, exact=False)


def _instruments(store: Store, lexicon: Lexicon) -> None:
    pairs: list[tuple[str, Thing]] = []
    lexicon.unresolved = frozenset(tidy(row["name"]) for row in _rows(store, _UNRESOLVED))
    printed = list(_rows(store, _PRINTED))
    cited = {row["x"] for row in printed}
    for row in (*_rows(store, _INSTRUMENTS), *printed):
        title = row.get("title") or row["name"]
        thing = Thing(iri=row["x"], label=title, note="" if row["x"] in cited else "没有任务引用")
        inside = set(_instrument_names(inner[1])) if (inner := re.search(r"《(.+?)》", tidy(row["name"]))) else set()
        for name in _instrument_names(row["name"]):  # 《行政处罚法》 is the law, before the notice on it
            pairs.append((name, _partly(thing) if name in inside and tidy(row["name"]) != f"《{name}》" else thing))
    lexicon.instruments = _collect(pairs)


def _instrument_names(name: str) -> Iterator[str]:
    """The ways in which a title or a number is said."""
    name = tidy(name)
    yield name
    bare = _CLASS.sub("", name)
    if len(bare) >= 3:
        yield bare
    if (short := _TRIAL.sub("", bare)) != bare:
        yield short
    if inner := re.search(r"《(.+?)》", name):
        yield from _instrument_names(inner[1])
    if order := re.fullmatch(r"(国务院|主席)令第(\d+)号", name):
        yield f"{order[1]}第{order[2]}号令"
        yield f"{order[1]}{order[2]}号令"
        yield f"{order[1]}令{order[2]}号"
        yield f"{order[2]}号令"
        yield f"第{order[2]}号令"
    if bare.startswith("政府信息公开") and len(bare) >= 8:
        yield bare.removeprefix("政府")


def _plans(store: Store, lexicon: Lexicon) -> None:
    pairs: list[tuple[str, Thing]] = []
    plans: dict[str, Plan] = {}
    for row in _rows(store, _PLANS):
        title = row.get("title", "")
        thing = Thing(iri=row["x"], label=title, note=row.get("number", ""), place=row.get("place", ""))
        plans[row["x"]] = Plan(thing=thing, year=int(row.get("year", 0)), place=row.get("place", ""), number=row.get("number", ""))
        pairs += [(tidy(name), thing) for name in (title, row.get("number", ""), row.get("file", "")) if len(name) >= 6]
    lexicon.plans = _collect(pairs)
    lexicon.all_plans = tuple(plans.values())
    found = ((head[0], plan.thing) for plan in plans.values() if (head := _ISSUER.match(tidy(plan.thing.label))))
    heads = [(head, thing) for head, thing in found if head not in lexicon.places]
    lexicon.issuers = _collect((form, thing) for head, thing in heads for form in _issuer_names(head))
    lexicon.issued = _collect((unit.iri, thing) for head, thing in heads for unit in lexicon.units.get(head, ()) if _GROUP not in unit.iri)


def _issuer_names(head: str) -> Iterator[str]:
    """What one who issues plans is called: 三桥街街道, 三桥街; 园区, of 澄湖工业园区."""
    yield head
    yield from (last for last in _ZONES if head.endswith(last) and len(head) > len(last) + 1)
    for last in ("街道", "镇", "乡"):
        if head.endswith(last) and len(head) - len(last) >= 3:
            yield head.removesuffix(last)
