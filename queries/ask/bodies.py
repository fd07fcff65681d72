"""Towns and governments that no document names, by the group that binds them, and which of several places is meant."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from queries.ask.lexicon import Lexicon
from queries.ask.model import Thing, Token

_TOWN = re.compile(
    r"的?(?P<town>(?!乡镇|城镇|村镇|镇街|街道|返乡|还乡|下乡|回乡|离乡|城乡|家乡|故乡|老乡|水乡|集镇|古镇|小镇|重镇|强镇|入乡|进乡)(?:(?![各区县的])[一-龥]){1,4}?(?:镇|乡|街道))(?:人民政府|政府|办事处|党委|里|上)?"
)
_GOVERNMENT = re.compile(
    r"(?:县|区|市)?(?:人民)?政府(?!办|信息|公报|网|采购|各|有关|部门|常务|开放|工作|性|投资|债务|热线|信箱|组成|直|购买|门户)"
)
_TOWN_LAST = re.compile(r"(?P<name>[一-龥]*)(?P<last>镇|乡|街道)$")
_SEAT = {"政府", "人民政府", "办事处", "办", "党委"}
_LONGEST = 4  # characters of the name of a town without its last word
_LONGEST_BODY = 10  # of the name of a bureau
_GROUP = "/group/"
_NO_TOWNS = {
    "乡镇",
    "城镇",
    "村镇",
    "镇街",
    "小镇",
    "古镇",
    "重镇",
    "集镇",
    "下乡",
    "返乡",
    "还乡",
    "回乡",
    "离乡",
    "故乡",
    "老乡",
    "水乡",
    "入乡",
    "城乡",
    "家乡",
    "镇乡",
    "本镇",
    "各镇",
    "本乡",
}


def narrowest(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens without a place that only says where the place right behind it lies: 河西 of 东陵省河西市."""

    def within(token: Token, behind: Token) -> bool:
        if token.kind != "place" or behind.kind != "place" or token.value or behind.value or token.end != behind.start:
            return False
        return any(above in {one.iri for one in token.things} for one in behind.things for above in lexicon.above(one.iri))

    return [token for token, behind in zip(tokens, [*tokens[1:], None], strict=False) if behind is None or not within(token, behind)]


def bodies(text: str, lexicon: Lexicon, today: dt.date, taken: list[bool]) -> Iterator[Token]:
    """Towns and governments that no document names, by the group that binds them: 叶县廉村镇, 谷城县政府."""
    del today, taken
    for name, things in lexicon.grounds.items():
        at = text.find(name)
        if at < 0 or len(things) > 1:
            continue
        if name != things[0].label and text.startswith(things[0].label, at):
            continue  # 云溪 of 云溪市三桥镇
        place, end = things[0].iri, at + len(name)
        town, government = _TOWN.match(text, end), _GOVERNMENT.match(text, end)
        town = None if town and _joins(town["town"], lexicon) else town
        if town and town["town"] not in lexicon.units and text[end : town.end()] not in lexicon.units:
            group = next((found for each in (place, *lexicon.above(place)) if (found := lexicon.groups.get((each, "towns")))), None)
            stretch = text[at : town.end()]
        elif government and (named := lexicon.units.get(things[0].label + "人民政府")):
            yield Token(kind="unit", text=text[at : government.end()], start=at, things=named)
            continue
        elif government:
            group = next((found for each in lexicon.above(place) if (found := lexicon.groups.get((each, "lower-governments")))), None)
            stretch = text[at : government.end()]
        elif kin := _kin(text[end:], things[0], lexicon):
            group, stretch = kin[0], text[at : end + kin[1]]
        else:
            continue
        if group:
            yield Token(kind="unit", text=stretch, start=at, things=(replace(group, bound=stretch, place=place, home=place),))


def governments(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, with a place that a plan of one above it is asked about as its government: 青岚县 in a plan of 云溪市."""
    cues = {cue for token in tokens if token.kind == "cue" for cue in token.value}
    homes = {one.place for token in tokens if token.kind == "plan" for one in token.things}
    planned = {one.place for one in lexicon.all_plans}
    spoken = homes or {one.iri for token in tokens if token.kind == "place" and not token.value for one in token.things} & planned
    if not cues & {"duty", "direct", "lead", "support"} or "who" in cues:
        return list(tokens)

    def read(token: Token, behind: Token | None) -> Token:
        named_place = token.kind == "place" or (token.kind == "unknown" and token.tag == "place")
        if not named_place or token.value or len(token.things) != 1 or (behind and behind.kind == "unit" and behind.start == token.end):
            return token
        place = token.things[0]
        above = list(lexicon.above(place.iri))
        if place.iri in (homes or planned) or not spoken & set(above):
            return token
        named = lexicon.units.get(place.label + "人民政府")
        group = next((found for each in above if (found := lexicon.groups.get((each, "lower-governments")))), None)
        bound = (replace(group, bound=f"{place.label}政府", place=place.iri, home=place.iri),) if group else ()
        return replace(token, kind="unit", tag="", things=named or bound) if named or bound else token

    return [read(token, behind) for token, behind in zip(tokens, [*tokens[1:], None], strict=True)]


def _joins(town: str, lexicon: Lexicon) -> bool:
    """Whether what looks like a town is one that is named beside the place: 澄湖区和三桥镇."""
    return town[0] in "和与跟及同" and any(town[1:] in names for names in (lexicon.units, lexicon.issuers, lexicon.places))


def _kin(behind: str, place: Thing, lexicon: Lexicon) -> tuple[Thing, int] | None:
    """The group of such bodies of all places of a kind, and how long the name of the body is: 各区医保局 for 医保局 behind 河西区."""
    level, above = place.label[-1], set(lexicon.above(place.iri))
    for size in range(min(_LONGEST_BODY, len(behind)), 2, -1):
        for name in (f"各{level}{behind[:size]}", f"{level}{behind[:size]}"):
            groups = [one for one in lexicon.units.get(name, ()) if one.place in above and _GROUP in one.iri]
            if groups and not any(place.iri in (one.place, one.home) for one in lexicon.units.get(behind[:size], ())):
                return groups[0], size
    return None


def towns(tokens: Sequence[Token], lexicon: Lexicon, places: Iterable[str]) -> list[Token]:
    """The tokens, with a town as one that is read as the group of towns of a place that is spoken of anywhere in the question."""
    groups = [lexicon.groups[place, "towns"] for place in dict.fromkeys(places) if (place, "towns") in lexicon.groups]
    if len(groups) != 1:
        return list(tokens)
    made: list[Token] = []
    for token in tokens:
        if made and token.text in _SEAT and made[-1].end == token.start and _is_bound(made[-1]):
            made[-1] = _town(made[-1].text + token.text, made[-1].start, groups[0])
            continue
        made.append(token)
        found = _TOWN_LAST.fullmatch(token.text) if token.kind in {"matter", "unknown"} else None
        if found is None or token.text in _NO_TOWNS:
            continue
        before = [] if len(found["name"]) > 1 else list(_names_before(made))
        if _spoken_of(made[: len(made) - len(before) - 1]):
            continue
        name = "".join(one.text for one in before) + found["name"]
        if 1 <= len(name) <= _LONGEST:
            made[len(made) - len(before) - 1 :] = [_town(name + found["last"], (before or [token])[0].start, groups[0])]
    return made


def _names_before(made: Sequence[Token]) -> Iterator[Token]:
    """The words of a name that stand before the last one, in order."""
    run: list[Token] = []
    for token in reversed(made[:-1]):
        if token.kind not in {"matter", "stop"} or token.end != made[-1 - len(run)].start or not re.fullmatch(r"[一-龥]+", token.text):
            break
        if token.kind == "stop" and (len(token.text) > 1 or not run):
            break
        run.insert(0, token)
    while run and run[0].kind == "stop":
        run.pop(0)
    yield from run


def _spoken_of(made: Sequence[Token]) -> bool:
    """Whether what follows is what tasks speak of: 提到三桥镇的任务."""
    return bool(made and made[-1].kind in {"cue", "stop"} and "about" in made[-1].value)


def other_groups(unit: Thing, lexicon: Lexicon) -> tuple[Thing, ...]:
    """The further groups of towns that a town which no document names belongs to: 各镇, beside 各镇（街道）."""
    last = _TOWN_LAST.search(re.sub(r"(?:人民政府|政府|办事处|党委|里|上)$", "", unit.bound)) if unit.bound else None
    kin = lexicon.kin.get((unit.place, "towns"), ()) if last else ()
    return tuple(one for one in kin if last and one.iri != unit.iri and last["last"] in one.label)


def _is_bound(token: Token) -> bool:
    return token.kind == "unit" and any(one.bound for one in token.things)


def _town(text: str, start: int, group: Thing) -> Token:
    return Token(kind="unit", text=text, start=start, things=(replace(group, bound=text),))
