"""What the part of a name behind its place means: a body known by its form, by its functions, as a branch, as a town or a zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Unit
from kg.resolve.gazetteer import NATION, Place
from kg.resolve.unit_places import Around, Placed, above, place_within, places_at, short_name
from kg.resolve.unit_registry import find_state_body, state_body
from kg.resolve.unit_words import (
    Body,
    body_named,
    company_functions,
    endings_of,
    find_ending,
    load_bodies,
    load_inner_bodies,
    load_party_offices,
    read_stem,
    words_of,
)
from kg.rules import load_data, pattern

_COMMITTEE = re.compile(r"(?:中共)?(?:党|[省市区县州盟旗地])?委(?:员会)?(?=.)")
_OF_CITIES = ("ecology-environment",)  # counties have had no bureau of their own in this since 2018
_UPPER = re.compile(r"(?P<stem>.+?)(?P<last>局|厅|委员会|委)?")
_OF_GOVERNMENT = re.compile(r"^(?:人民)?政府(?=.{2})")


def committee(place: Place) -> str:
    """台儿庄区委: the Party's committee as the names of its offices begin; 单县县委 where the place is of two characters."""
    if place.name.endswith("自治区"):
        return place.name + "党委"
    if place.name.endswith("地区"):
        return place.name.removesuffix("地区") + "地委"
    return place.name + (place.name[-1] if len(place.name) == 2 else "") + "委"


def fill(body: Body, place: Place) -> Unit:
    """The body in that place; the State's belong to the State and serve the place."""
    name = body.name.format(p=place.name, s=short_name(place), c=committee(place))
    if body.parent:
        parent = state_body(body.parent)
        return Unit(code=NATION, name=name, kind=body.kind, functions=body.functions, serves=place.code, parent=parent)
    whole = fill(body_named(body.part_of), place) if body.part_of else None
    return Unit(code=place.code, name=name, kind=body.kind, functions=body.functions, parent=whole)


# --- whole forms -------------------------------------------------------------------------------------------


def by_form(head: str, placed: Placed, around: Around) -> Unit | None:
    """The body whose form has `head` before the place and the rest of the name behind it."""
    if not placed.rest and not head and placed.how == "full":  # the place itself: its government
        return fill(body_named("{p}行政公署" if placed.place.name.endswith(("盟", "地区")) else "{p}人民政府"), placed.place)
    if placed.how == "none" and len(placed.rest) < 2 and not head:
        return None
    for body in load_bodies().get((head, placed.rest), ()):
        if _holds(body, placed, around):
            return fill(body, placed.place)
    return _inner(head, placed) or _party(head, placed)


def _holds(body: Body, placed: Placed, around: Around) -> bool:
    place = placed.place
    if body.since and around.year is not None and around.year < body.since:
        return False
    if body.short_place and placed.how != "short":
        return False
    if not body.at:
        return True
    return place.level in body.at or ("deputy" in body.at and place.code in load_data("bodies")["deputy"])


def _inner(head: str, placed: Placed) -> Unit | None:
    """人大常委会办公室: a part of a body known by its form."""
    for before, tail, body in load_inner_bodies():
        rest = placed.rest.removeprefix(tail)
        if before != head or len(rest) == len(placed.rest) or pattern("bodies", "zone_name").search(rest):
            continue
        if 1 < len(rest) < 12 and find_ending(rest):
            whole = fill(body, placed.place)
            return Unit(code=whole.code, name=whole.name + _spelled_end(rest), kind=whole.kind, functions=whole.functions, parent=whole)
    return None


def _spelled_end(name: str) -> str:
    ending = find_ending(name)
    return name.removesuffix(ending.form) + (ending.long or ending.form) if ending else name


def _party(head: str, placed: Placed) -> Unit | None:
    """市委网信办: an office of the Party's committee, whether the table knows it or not."""
    if head not in ("", "中共") or not (found := _COMMITTEE.match(placed.rest)):
        return None
    if placed.how == "none" and not placed.rest.startswith("党委"):
        return None
    rest = placed.rest[found.end() :]
    if body := load_party_offices().get(rest):
        return fill(body, placed.place)
    if len(rest) < 2 or pattern("bodies", "zone_name").search(rest) or not (find_ending(rest) or rest.endswith(("部", "室", "工委"))):
        return None
    return Unit(code=placed.place.code, name=f"中共{committee(placed.place)}{_spelled_end(rest)}", kind="party")


# --- functions -----------------------------------------------------------------------------------------------


def by_function(placed: Placed) -> Unit | None:
    """The department, institution or team whose name is made of functions and a last word."""
    rest = _OF_GOVERNMENT.sub("", placed.rest)
    for ending in endings_of(rest):
        if ending.apart:
            return None
        head = rest[: -len(ending.form)]
        stem = read_stem(head, ending.form)
        functions = company_functions(rest) if ending.kind in ("enterprise", "bank") else stem.functions if stem else ()
        if stem and functions:
            name = placed.place.name + (stem.spelled if ending.spelled else head) + (ending.long or ending.form)
            return Unit(code=placed.place.code, name=name, kind=ending.kind, functions=functions)
    return None


# --- branches --------------------------------------------------------------------------------------------------


def by_branch(placed: Placed, around: Around) -> Unit | None:
    """市公安局澄湖分局, 区公安分局, 生态环境滕州分局, 公安局交警支队: a part of an upper body."""
    rest = placed.rest
    if not rest.endswith("分局"):
        return _city_bureau(placed, around) or _inner_part(placed, around)
    for cut in range(len(rest) - 2, 1, -1):
        found = _UPPER.fullmatch(rest[:cut])
        stem = read_stem(found["stem"]) if found else None
        if found and stem and stem.words:
            upper = stem.spelled + ("委员会" if found["last"] == "委" else found["last"] or "局")
            return _branch(placed, upper, stem.functions, rest[cut:-2], around)
    return None


def _branch(placed: Placed, upper: str, functions: tuple[str, ...], served: str, around: Around) -> Unit | None:
    place, other, printed = placed.place, None, served
    if served:
        other = _served(served, place, around)
        if other and (placed.how == "none" or other.code == place.code):
            place = above(other, around) or other
    elif city := above(place, around):
        place, other = city, place
    else:
        return None
    if other:
        printed = short_name(other)
    parent = Unit(code=place.code, name=place.name + upper, kind="department", functions=functions)
    serves = other.code if other and other.code != place.code else ""
    return Unit(code=place.code, name=f"{parent.name}{printed}分局", kind="branch", functions=functions, serves=serves, parent=parent)


def _city_bureau(placed: Placed, around: Around) -> Unit | None:
    """桂林市恭城生态环境局, 恭城生态环境局: the city's own bureau in a county, which is named by its short name."""
    for city, inner in _in_cities(placed, around):
        stem = read_stem(inner.rest.removesuffix("局")) if inner.rest.endswith("局") else None
        if stem and stem.functions == _OF_CITIES and city.level == "prefecture":
            parent = Unit(code=city.code, name=f"{city.name}{stem.spelled}局", kind="department", functions=_OF_CITIES)
            name = city.name + short_name(inner.place) + inner.rest
            return Unit(code=parent.code, name=name, kind="branch", functions=_OF_CITIES, serves=inner.place.code, parent=parent)
    return None


def _in_cities(placed: Placed, around: Around) -> Iterator[tuple[Place, Placed]]:
    """The city and the county in it, where the name has the county in short, with or without the city before it."""
    if placed.how == "short" and placed.rest.startswith("生态环境") and (city := above(placed.place, around)):
        yield city, placed
    if placed.how == "full":
        for inner in places_at(placed.rest, around):
            if inner.how == "short" and inner.place.lies_in(placed.place):
                yield placed.place, inner


def _served(text: str, upper: Place, around: Around) -> Place | None:
    """The place that a branch is for; one that lies in the upper body's place before any other of that name."""
    found = [one.place for one in places_at(text, around) if not one.rest and one.how in ("full", "short")]
    return next((place for place in found if place.lies_in(upper)), found[0] if found else None)


@cache
def _inner_words() -> re.Pattern[str]:
    inner = "|".join(sorted(words_of("inner"), key=len, reverse=True))
    return re.compile(
        rf"^(?P<body>.+?(?:局|厅|委员会|委|办公室|办(?!公)|分局))(?P<part>(?!公室|事处|[^局厅委]*办事处)[^局厅委]{{1,10}}(?:{inner}))$"
    )


def _inner_part(placed: Placed, around: Around) -> Unit | None:
    found = _inner_words().match(placed.rest)
    if not found:
        return None
    upper = Placed(placed.place, found["body"], placed.how)
    parent = by_form("", upper, around) or by_function(upper) or by_branch(upper, around)
    if parent is None:
        return None
    return Unit(
        code=parent.code, name=parent.name + found["part"], kind="branch", functions=parent.functions, serves=parent.serves, parent=parent
    )


# --- parts of the State's bodies -----------------------------------------------------------------------------


def by_state(text: str, around: Around) -> Unit | None:
    """二连海关, 国家矿山安全监察局四川局广元监察站: a part of a State body under its printed name; it serves the place in it."""
    serves = place.code if (place := place_within(text, around)) else ""
    for post in load_data("bodies")["post"]:
        if text.endswith(post["form"]) and len(text) > len(post["form"]) + 1:
            parent = state_body(post["parent"])
            name = text.removesuffix(post["form"]) + post.get("long", post["form"])
            return Unit(code=NATION, name=name, kind="branch", functions=parent.functions, serves=serves, parent=parent)
    for cut in range(len(text) - 3, 2, -1):
        ending = find_ending(text[cut:])
        if ending and (upper := find_state_body(text[:cut], around.year, national=False)) and text[cut] not in "门委、，和及与（）":
            kind = "branch" if ending.kind == "department" else ending.kind
            return Unit(code=NATION, name=text, kind=kind, functions=upper.functions, serves=serves, parent=upper)
    return None


# --- towns and zones ---------------------------------------------------------------------------------------------


@cache
def _town() -> re.Pattern[str]:
    towns, streets = ("|".join(sorted(words_of(key), key=len, reverse=True)) for key in ("towns", "subdistricts"))
    return re.compile(rf"(?P<name>(?!各)[一-龥]{{1,8}}?)(?:(?P<town>{towns})(?:人民政府|政府)?|(?:{streets}))(?P<party>党委|党工委)?")


def by_town(placed: Placed) -> Unit | None:
    """涧头集镇 is its government, 运河街道 its office."""
    found = _town().fullmatch(placed.rest)
    if not found or find_ending(found["name"] + "。"):
        return None
    if found["party"]:
        return Unit(code=placed.place.code, name=placed.place.name + placed.rest, kind="party")
    own = f"{found['name']}{found['town']}人民政府" if found["town"] else f"{found['name']}街道办事处"
    return Unit(code=placed.place.code, name=placed.place.name + own, kind="town")


@cache
def _zones() -> tuple[tuple[str, str], ...]:
    """Printed forms of zones with their full form, the longest first."""
    found = [(form, full) for full, forms in load_data("bodies")["zones"].items() for form in forms]
    return tuple(sorted(found, key=lambda pair: len(pair[0]), reverse=True))


def by_zone(placed: Placed) -> Unit | None:
    """The committee of a zone of that place, or a department of it."""
    for form, full in _zones():
        if placed.rest.startswith(form):
            return _zone(short_name(placed.place) + full, placed.rest.removeprefix(form), placed.place)
    return None


def _zone(label: str, rest: str, place: Place) -> Unit | None:
    zone = Unit(code=place.code, name=label + "管理委员会", kind="zone")
    behind = _without_committee(rest)
    if not behind:
        return zone
    inside = Placed(place, behind, "full")
    part = by_function(inside)
    if part is None or part.kind not in ("department", "institution"):
        return None
    name = label + part.name.removeprefix(place.name)
    return Unit(code=place.code, name=name, kind=part.kind, functions=part.functions, parent=zone)


def _without_committee(text: str) -> str:
    return next((text.removeprefix(word) for word in words_of("committees") if text.startswith(word)), text)


def known(head: str, placed: Placed, around: Around) -> Iterator[tuple[Unit, str]]:
    """What the rest of a name means behind that place, the surest first, each with how it is known."""
    if placed.place.code == NATION:
        return
    if unit := by_form(head, placed, around):
        yield unit, "by-branch" if unit.kind == "branch" else "by-name"
    if head:
        return
    if unit := by_branch(placed, around):
        yield unit, "by-branch"
    if unit := by_function(placed):
        yield unit, "by-function"
    if unit := by_zone(placed):
        yield unit, "by-name"
    if unit := by_town(placed):
        yield unit, "by-name"
