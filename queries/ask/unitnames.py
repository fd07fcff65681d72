"""What people call a unit: its name without its place, short forms, parts of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import product
from typing import Any

_ENDING = re.compile(r"(?:委员会|办公室|办公厅|管理局|分局|局|厅|委|办|分中心|中心|公司|馆|院|校|部)$")
_NATION = "国家"
_HEADS = ("国家税务总局", "中共")
_LEVEL = re.compile(r"^(?:省|市(?!场|政)|区(?!域)|县|州|旗|镇|乡(?!村))(?=.{2})")
_COUNCIL = re.compile(r"^(?:委|政府|人民政府)(?=.{3})")


@cache
def words() -> Mapping[str, Any]:
    """The everyday words that are kept as data."""
    return tomllib.loads(resources.files("queries.ask").joinpath("words.toml").read_text("utf-8"))


def everyday_names(label: str, also: Sequence[str], does: Sequence[str], places: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """What a unit is called, its place left out, and whether that is its whole name: 教育局 is a part of 教育和体育局."""
    cores = {core for name in (label, *also) for core in _cores(name, places)}
    for core in sorted(cores):
        for form in _short_forms(core):
            yield form, True
    for core in sorted(cores):
        for form in _parts(core):
            yield form, False
    if label.startswith(_NATION) and len(label) > len(_NATION) + 2:
        yield from ((_NATION + form, True) for form in _short_forms(label.removeprefix(_NATION)))
    for each in does:
        yield each + "部门", False
    for long, shorts in words()["everyday"].items():
        if any(core.startswith(long) for core in cores):
            for short in shorts:
                yield short + "部门", False


def bare_names(names: Sequence[str], places: Sequence[str]) -> tuple[str, ...]:
    """Names without their places, each once."""
    return tuple(dict.fromkeys(min(_cores(name, places), key=len) for name in names if name))


def group_names(label: str, also: str, kind: str, places: Sequence[str]) -> Iterator[str]:
    """What a group is called, its place left out."""
    for name in (label, also):
        yield from _cores(name, places) if name else ()
    if "有关" not in label:
        yield from words()["groups"].get(kind, ())


def _cores(name: str, places: Sequence[str]) -> Iterator[str]:
    """A name without what stands before the body itself: its place, its level, the Party's or the State's mark."""
    yield name
    for part in re.split(r"[（）]", name):
        core = part
        for head in _HEADS:
            core = core.removeprefix(head) if len(core) > len(head) + 1 else core
        place = max((one for one in places if core.startswith(one)), key=len, default="")
        core = core.removeprefix(place) if len(core) > len(place) + 1 else core
        if not place:
            core = _LEVEL.sub("", core)
        if len(core) >= 2:
            yield core
        if (inner := _COUNCIL.sub("", core)) != core:
            yield inner
    for place in places:  # 云溪市公安局澄湖分局 is said 公安分局, and 公安局 in 澄湖区
        short = place[:-1]
        if len(short) >= 2 and name.endswith(short + "分局"):
            core = next(
                iter(list(_cores(name.removesuffix(short + "分局") + "局" if False else name.removesuffix(short + "分局"), places))[1:]), ""
            )
            if core:
                yield core.removesuffix("局") + "分局"
                yield core


def _short_forms(core: str) -> Iterator[str]:
    """The core itself and what its words and its ending are also called."""
    yield core
    table: dict[str, list[str]] = words()["everyday"]
    endings: dict[str, list[str]] = words()["endings"]
    for long, shorts in endings.items():
        if core.endswith(long):
            yield from (core.removesuffix(long) + short for short in shorts)
    found = _ENDING.search(core)
    if not found:
        return
    stem, ending = core[: found.start()], found[0]
    lasts = (ending, *endings.get(ending, ()))
    stems = [stem, stem.replace("和", "").replace("与", "")]
    for long, shorts in table.items():
        if stem == long or stem.replace("和", "") == long.replace("和", ""):
            stems += shorts
    yield from dict.fromkeys(first + last for first, last in product(stems, lasts) if len(first + last) >= 3)


def _parts(core: str) -> Iterator[str]:
    """What a name of several words is called by one of them: 教育局, 体育局 of 教育和体育局; 自然资源局 of 自然资源和规划局."""
    found = _ENDING.search(core)
    if not found:
        return
    stem, ending = core[: found.start()], found[0]
    pieces = [piece for piece in stem.split("和") if len(piece) >= 2]
    if len(pieces) > 1:
        yield from (piece + ending for piece in pieces)
        if ending == "管理局":  # 大数据局 of 政务服务和大数据管理局
            yield from (piece + "局" for piece in pieces)
        yield pieces[0][0] + pieces[1][0] + ending
    if ending == "局" and stem:
        yield stem + "委"
    if ending == "管理局" and len(stem) >= 2:
        yield stem + "局"
    if ending in {"委", "委员会"} and stem:
        yield from (stem + last for last in ("局",))
        for short in _short_forms(stem + "局"):
            yield short
    if ending == "局":
        for short in _short_forms(core):
            if short.endswith("局") and len(short) >= 3:
                yield short.removesuffix("局") + "委"
