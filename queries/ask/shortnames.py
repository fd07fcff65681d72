"""Units by what people make of their names: 市场局 for 市场监督管理局, 平安办 for 平安建设办公室, 发改局办公室 for the bureau."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import rjieba

from queries.ask.lexicon import Lexicon
from queries.ask.model import Thing, Token

# How the last word of a name is shortened: what is said, what the name may end in.
_LASTS = {
    "局": ("局",),
    "厅": ("厅",),
    "委": ("委员会", "委"),
    "办": ("办公室", "办公厅", "办事处", "办"),
    "中心": ("中心",),
    "公司": ("公司",),
    "处": ("处",),
    "科": ("科",),
    "司": ("司",),
    "办公室": ("办公室",),
    "管委会": ("管理委员会", "管委会"),
}
_LEVELS = ("省", "市", "区", "县")
_OFFICE = re.compile(r"(?:办公室|综合科|秘书科|[一-龥]{0,4}股室|[一-龥]{1,4}科室?)$")
_OURS = {"我们", "我", "咱们", "咱", "他们", "她们", "本", "该", "这个", "那个", "这家", "那家"}
_ITS = {"它", "他们", "它们", "其", "自己", "自家"}
_THERE = {"镇上", "镇里", "乡里", "乡上", "街道上", "街道里", "局里", "委里", "厅里", "单位里", "本镇", "本局", "本乡", "我镇", "我局"}
_BODIES = {"局", "厅", "委", "单位", "部门", "中心", "机关", "院", "所", "镇", "乡", "街道", "县", "区"}
_FROM_THE_START = {"中心", "公司"}  # 服务中心 may be any; 网络信息中心 begins as the name does
_LEAST = 2  # characters before the last word
_HAN = re.compile(r"[一-龥]+")


def abbreviated(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens, with runs of words that shorten the name of a unit as one; 我们局 is the unit that is named."""
    made: list[Token] = []
    for token in tokens:
        made.append(token)
        if _is_office(made):
            made.pop()
            made[-1] = replace(made[-1], text=made[-1].text + token.text)
        elif _is_ours(made):
            made[-2:] = [Token(kind="cue", text=made[-2].text + token.text, start=made[-2].start, value=frozenset({"follow"}))]
        elif (run := _run(made)) and (short := _shortened(run, lexicon) or _after_place(made, run, lexicon)):
            made[-len(run) :] = [short]
        elif issued := _issued(made, lexicon):
            made[-len(issued[0]) :] = [issued[1]]
    first = next((at for at, token in enumerate(made) if token.kind == "unit"), len(made))
    return [_silent(token) if _speaks_of_itself(token, at > first) else token for at, token in enumerate(made)]


def _speaks_of_itself(token: Token, named: bool) -> bool:
    """Whether a word stands for the unit that the question has named: 它, 我们局."""
    ours = token.kind == "cue" and token.value == frozenset({"follow"}) and token.text[-1:] in {one[-1] for one in _BODIES}
    return named and (ours or token.text in _ITS or token.text in _THERE)


def _silent(token: Token) -> Token:
    return replace(token, kind="stop", value=frozenset({"stop"}))


def _is_office(made: Sequence[Token]) -> bool:
    """Whether the last word is an office of the unit right before it."""
    if len(made) < 2 or made[-2].kind != "unit" or made[-2].end != made[-1].start or made[-1].kind not in {"matter", "unknown"}:
        return False
    return bool(_OFFICE.fullmatch(made[-1].text))


def _is_ours(made: Sequence[Token]) -> bool:
    return len(made) > 1 and made[-1].text in _BODIES and made[-2].text in _OURS and made[-2].end == made[-1].start


def _run(made: Sequence[Token]) -> list[Token]:
    """The words up to the last one that would be one name: without a cue, a name or a stop word among them."""
    last = made[-1]
    if last.kind not in {"matter", "unknown", "cue"} or not any(last.text.endswith(one) for one in _LASTS):
        return []
    run = [last]
    for token in reversed(made[:-1]):
        if token.kind != "matter" or token.end != run[0].start or token.tag == "quoted" or not _HAN.fullmatch(token.text):
            break
        run.insert(0, token)
    return run if last.kind != "cue" or len(run) > 1 else []


def _shortened(run: Sequence[Token], lexicon: Lexicon) -> Token | None:
    """A token for the units that a run of words shortens the names of; none where it is the name of none."""
    said = "".join(token.text for token in run)
    level = said[0] if said[0] in _LEVELS and len(said) > _LEAST + 2 else ""
    said = said.removeprefix(level)
    last = max((one for one in _LASTS if said.endswith(one)), key=len)
    stem = said.removesuffix(last)
    if len(stem) < _LEAST or said in lexicon.units:
        return None
    found: dict[str, tuple[float, list[Thing]]] = {}
    for core, thing in lexicon.bodies:
        ending = next((one for one in _LASTS[last] if core.endswith(one)), "")
        if not ending or not shortens(stem, core.removesuffix(ending), last in _FROM_THE_START):
            continue
        share = len(stem) / len(core)
        best, things = found.get(thing.place, (0.0, []))
        if share >= best:
            found[thing.place] = (share, [*([] if share > best else things), thing])
    alike = tuple(dict.fromkeys(thing for _, each in found.values() for thing in each))
    text = "".join(token.text for token in run)
    return Token(kind="unit", text=text, start=run[0].start, things=alike, value=level or None) if alike else None


def shortened_at(said: str, places: set[str], lexicon: Lexicon) -> tuple[Thing, ...]:
    """The one unit of some places that a name shortens, or that shortens it: 经信委 and 经济和信息化委员会 of 经济信息委员会."""
    last = max((one for one in _LASTS if said.endswith(one)), key=len, default="")
    last = next((one for one, ends in _LASTS.items() if any(said.endswith(end) and len(end) > len(last) for end in ends)), last)
    stem = said.removesuffix(max((end for end in _LASTS.get(last, ()) if said.endswith(end)), key=len, default=last))
    if not last or len(stem) < _LEAST:
        return ()
    found: list[Thing] = []
    for core, thing in lexicon.bodies:
        ending = next((one for one in _LASTS[last] if core.endswith(one)), "")
        name = core.removesuffix(ending)
        near = ending and len(name) >= _LEAST and {thing.place, thing.home} & places
        if near and (shortens(stem, name, last in _FROM_THE_START) or shortens(name, stem, True)):
            found.append(thing)
    return tuple(dict.fromkeys(found)) if len({one.iri for one in found}) == 1 else ()


def _after_place(made: Sequence[Token], run: Sequence[Token], lexicon: Lexicon) -> Token | None:
    """The unit of a run whose first letter was taken for the last of its place: 云溪市 场局 for 云溪 市场局."""
    place = made[-len(run) - 1] if len(made) > len(run) else None
    if place is None or place.kind != "place" or place.end != run[0].start or len(place.text) < 3:
        return None
    first = Token(kind="matter", text=place.text[-1], start=place.end - 1)
    whole = lexicon.units.get(first.text + "".join(token.text for token in run), ())
    found = Token(kind="unit", text="", start=first.start, things=whole) if whole else _shortened([first, *run], lexicon)
    here = tuple(one for one in found.things if one.place in {each.iri for each in place.things}) if found else ()
    return replace(found, text="".join(token.text for token in run), start=run[0].start, things=here) if found and here else None


def _issued(made: Sequence[Token], lexicon: Lexicon) -> tuple[list[Token], Token] | None:
    """The words up to the last one, where they shorten the name of one who issued plans: 东陵师院 for 东陵师范学院."""
    run: list[Token] = []
    for token in reversed(made):
        if token.kind not in {"matter", "unknown"} or not _HAN.fullmatch(token.text) or (run and token.end != run[0].start):
            break
        run.insert(0, token)
        said = "".join(one.text for one in run)
        for head, plans in lexicon.issuers.items():
            whole = said[-1] == head[-1] and len(said) > 2 and _in_order(said, head)
            if said[:2] == head[:2] and (whole or (len(said) > _LEAST + 1 and head.startswith(said))):
                return run, Token(kind="plan", text=said, start=run[0].start, things=plans, value=(), slip=head)
    return None


def _in_order(short: str, name: str) -> bool:
    letters = iter(name)
    return all(one in letters for one in short)


@lru_cache(maxsize=4096)
def _starts(stem: str) -> frozenset[int]:
    """Where words begin in a name."""
    at, starts = 0, set()
    for word in rjieba.cut(stem):
        starts.add(at)
        at += len(word)
    return frozenset(starts)


@lru_cache(maxsize=65536)
def shortens(short: str, stem: str, whole: bool) -> bool:
    """Whether a short form takes characters of a name in order, each at the start of a word or right after the one before."""
    return any(_from(short, stem, at) for at in ({0} if whole else _starts(stem)))


def _from(short: str, stem: str, at: int) -> bool:
    if not short:
        return True
    if stem[at : at + 1] != short[0]:
        return False
    rest = short[1:]
    return not rest or any(_from(rest, stem, one) for one in _nexts(stem, at))


def _nexts(stem: str, at: int) -> Iterator[int]:
    if at + 1 < len(stem):
        yield at + 1
    yield from (one for one in sorted(_starts(stem)) if one > at + 1)
