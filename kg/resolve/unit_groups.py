"""集合称谓: names that mean many bodies, brought to one name for each collective of a place."""

from __future__ import annotations

import re
from functools import cache

from kg.model import UnitGroup
from kg.resolve.gazetteer import NATION, Place
from kg.resolve.unit_places import Around, nation, places_at
from kg.rules import Rule, load_data, load_rules, pattern


def is_collective(text: str) -> bool:
    """Whether a name means many bodies by its own words."""
    return pattern("groups", "collective").fullmatch(text) is not None


def resolve_group(text: str, around: Around) -> UnitGroup | None:
    """The collective that `text` means; None where nothing says of which place."""
    if text.startswith("国务院"):
        return _in_place(text.removeprefix("国务院"), nation(), around)
    reading = _most_explicit(text, around)
    return _in_place(reading[1], reading[0], around) if reading else None


def _most_explicit(text: str, around: Around) -> tuple[Place, str] | None:
    """The place that the name begins with and the rest, where the rest still is a collective; else the plan's own place."""
    for placed in places_at(text, around):
        rest = placed.rest
        if (
            placed.how == "none"
            or (placed.how == "full" and rest[:1] not in ("", "，", "、"))
            or (rest and (_rule_for(rest) is not None or rest[0] in "各有相级直政人所全"))
        ):
            return placed.place, rest
    return None


def _goes_on(rest: str) -> bool:
    """Whether a collective is named behind 区, 市, …: 区政府各部门, not 区域内企业."""
    return bool(rest) and (rest[0] in "各有相级直政人所全" or _rule_for(rest) is not None)


def _in_place(text: str, place: Place, around: Around) -> UnitGroup:
    if several := _several(text, place, around):
        return several
    rule = _rule_for(text)
    kind = str(rule.extra["kind"]) if rule else "other"
    if place.code == NATION and rule and "nation" in rule.extra:
        return UnitGroup(code=NATION, name=str(rule.extra["nation"]), kind=kind)
    return UnitGroup(code=place.code, name=place.name + _name(text, rule), kind=kind)


def _several(text: str, place: Place, around: Around) -> UnitGroup | None:
    """各镇街、各部门: departments and what lies below, as one collective."""
    parts = pattern("groups", "joined").split(text)
    if len(parts) < 2 or _rule_for(text):
        return None
    bare = [reading[1] for part in parts if (reading := _most_explicit(part, around)) and reading[0].code == place.code]
    if len(bare) < len(parts) or not all(_rule_for(part) or pattern("groups", "zone").fullmatch(part) for part in bare):
        return None
    groups = [_in_place(part, place, around) if _rule_for(part) else _zone(part, place) for part in bare]
    kinds = {group.kind for group in groups}
    lower = kinds <= {"towns", "lower-governments"}
    kind = kinds.pop() if len(kinds) == 1 else "lower-governments" if lower else "departments-and-lower"
    names = [group.name.removeprefix(place.name).removeprefix("政府").removeprefix("国务院") for group in groups]
    return UnitGroup(code=place.code, name=place.name + "、".join(dict.fromkeys(names)), kind=kind)


def _zone(text: str, place: Place) -> UnitGroup:
    return UnitGroup(code=place.code, name=text, kind="lower-governments")


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("groups") if "kind" in rule.extra)


def _rule_for(text: str) -> Rule | None:
    return next((rule for rule in _rules() if rule.regex.fullmatch(text)), None)


def _name(text: str, rule: Rule | None) -> str:
    """What stands behind the place in the one name of the collective."""
    match = rule.regex.fullmatch(text) if rule else None
    if rule is None or match is None:
        return text.removeprefix("各") if len(text) > 3 else text
    if "name" in rule.extra:
        return str(rule.extra["name"])
    if rule.name in ("towns", "towns_and_zones"):
        some = "有关" if match["some"] or match["some2"] else ""
        return _some(some, _named("towns_named", _signs(match["towns"].replace("苏木", "苏").replace("民族乡", "乡")), text))
    if rule.name == "lower_governments":
        name = _some("有关" if match["some"] else "", _named("lower_named", _lower_key(match["lower"]), text))
        return name.removesuffix("人民政府") + match["with"] + "人民政府" if match["with"] else name
    if rule.name == "by_duty":
        return _duty(match["duty"])
    return text.replace("各有关", "有关")


def _some(which: str, name: str) -> str:
    """有关镇（街道） of 各镇（街道）."""
    return which + name.removeprefix("各") if which else name


def _named(table: str, key: str, text: str) -> str:
    return str(load_data("groups")[table].get(key, text))


def _signs(text: str) -> str:
    return "".join(sorted(set(re.sub("[^苏乡镇街省市地州盟县区旗]", "", text)), key="区县乡街苏镇地州市旗盟省".index))


def _lower_key(text: str) -> str:
    """The signs of the levels named: 市|区县市 for 市、县（市、区）."""
    plain = re.sub("人民政府|行政公署|行署|自治(?=[州县])|县级(?=市)", "", text)
    if "自治区" in plain or "直辖市" in plain:
        return "国"
    upper = re.match("市、(?=县)|市（(?=县)", plain)
    return "|".join(_signs(part) for part in ([plain[0], plain[1:]] if upper else [plain]))


def _duty(duty: str) -> str:
    """编制规划的区政府部门 is 编制规划的, without the place and with one noun."""
    words = load_data("groups")["words"]
    bare = pattern("groups", "own_in_duty").sub("", duty)
    bare = re.sub("|".join(words["dispensable"]), "", bare)
    bare = re.sub("(?<=的)部门$", "", bare)
    last: str = next((word for ending, word in words["nouns"].items() if bare.endswith(ending)), words["noun"])
    return bare + last
