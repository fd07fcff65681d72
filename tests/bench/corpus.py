"""A corpus made for measuring: provinces, cities and counties with a plan a year, as many triples as wanted.

A few dozen plans are read as any file is. Each is then moved to other places and years by writing their names, codes and
hashes instead, which is a hundred times faster than reading and keeps the proportions: a unit owes some tasks a year.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.graph import DocumentGraph
from kg.ids import Ids
from kg.ingestion import prepare_store
from kg.pipeline import Knowledge, to_checked_graph, understand
from kg.store import Parcel, Store
from tests.texts import to_document

PLACES_VARIABLE = "ZHENGPU_JURISDICTIONS"
YEARS = tuple(range(2017, 2027))
_YEAR, _SHA = 2031, "0" * 64  # of the plans that are read
_VARIANTS = 8
_COUNTIES = 10  # of a city
_FIRST, _SECOND = "青云白金玉松柏梅兰竹荷桂枫杏桃柳榆槐", "岩溪川原坪岭峡湾泉洲"
_LEVELS = {"province": ("省", "厅"), "prefecture": ("市", "局"), "county": ("县", "局")}
_NAMES = (
    "财政",
    "教育",
    "民政",
    "生态环境",
    "住房和城乡建设",
    "农业农村",
    "卫生健康",
    "市场监督管理",
    "交通运输",
    "文化和旅游",
    "水利",
    "司法",
)
_LAWS = (
    "《政府信息公开条例》（国务院令第711号）",
    "《优化营商环境条例》",
    "《中华人民共和国预算法》",
    "《国务院办公厅关于全面推进基层政务公开标准化规范化工作的指导意见》（国办发〔2019〕54号）",
    "《重大行政决策程序暂行条例》",
    "《中华人民共和国行政许可法》",
    "《政府信息公开条例》（国务院令第492号）",
    "《本省信用管理办法》",
)
_TIMES = (
    "{year}年{month}月底前完成",
    "自信息形成之日起20个工作日内公开",
    "本方案印发之日起15个工作日内完成",
    "每季度至少更新1次",
    "长期坚持",
    "",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A place of the corpus."""

    name: str
    code: str
    level: str
    parent: Region | None = None

    @property
    def full(self) -> str:
        return self.name + _LEVELS[self.level][0]


def regions(count: int) -> Iterator[Region]:
    """So many places: a province, its cities, their counties; each name once."""
    names = ("".join(pair) for pair in product(_FIRST, _SECOND))
    province = Region(name=next(names), code="980000", level="province")
    found, city = [province], province
    while len(found) < count:
        if (len(found) - 1) % (_COUNTIES + 1) == 0:
            city = Region(name=next(names), code=f"98{len(found) // (_COUNTIES + 1) + 1:02}00", level="prefecture", parent=province)
            found.append(city)
        else:
            found.append(
                Region(name=next(names), code=city.code[:4] + f"{(len(found) - 1) % (_COUNTIES + 1):02}", level="county", parent=city)
            )
    yield from found


# --- the plans that are read --------------------------------------------------------------------------------


def _plan(region: Region, variant: int, tasks: int = 60) -> str:
    """The text of a plan: items with units, collectives, citations and deadlines; it carries out the plan above it."""
    chance = random.Random(variant)
    mark, bureau = _LEVELS[region.level]
    office, title = f"{region.full}人民政府办公室", f"{_YEAR}年{region.full}第{variant}号政务公开工作要点"
    above = (
        f"为落实《{_YEAR}年{region.parent.full}第{variant}号政务公开工作要点》（{region.parent.name}政办发〔{_YEAR}〕8号），"
        if region.parent
        else ""
    )
    lines = [office, f"关于印发{title}的通知", f"{region.name}政办发〔{_YEAR}〕8号", "", f"{mark}政府各部门："]
    lines += [f"{above}现将要点印发给你们，请抓好落实。", "", office, f"{_YEAR}年4月8日", "", title, ""]
    for number in range(1, tasks + 1):
        if number % 10 == 1:
            lines.append(f"{'一二三四五六七八九十'[number // 10 % 10]}、公开第{number // 10 + 1}类信息")
        lines.append(f"{number}.{_item(chance, mark, bureau)}")
    return "\n".join(lines) + "\n"


def _item(chance: random.Random, mark: str, bureau: str) -> str:
    units = [f"{mark}{name}{bureau}" for name in chance.sample(_NAMES, chance.randrange(1, 4))]
    others = [f"{mark}政府各部门"] * (chance.random() < 0.1) + (["各镇（街道）"] if mark == "县" and chance.random() < 0.1 else [])
    owed = f"牵头单位：{units[0]}；配合单位：{'、'.join(units[1:])}" if len(units) > 2 else f"责任单位：{'、'.join([*units, *others])}"
    law = f"按照{chance.choice(_LAWS)}要求，" if chance.random() < 0.3 else ""
    time = chance.choice(_TIMES).format(year=_YEAR, month=chance.randrange(5, 13))
    return f"公开{chance.choice(_NAMES)}领域第{chance.randrange(1000)}类信息，{law}答复率不低于{chance.randrange(60, 99)}%，{time}。" + (
        f"（{owed}）" if chance.random() < 0.97 else ""
    )


@contextmanager
def _known(places: list[Region]) -> Iterator[None]:
    """The places are known, in this process, as those of a table of one's own."""
    before = os.environ.get(PLACES_VARIABLE)
    with TemporaryDirectory() as folder:
        table = Path(folder) / "places.csv"
        rows = [f"{one.code},{one.full},{one.level},{one.parent.code if one.parent else ''},1950-01-01,,,虚构 invented" for one in places]
        table.write_text("\n".join(["code,name,level,parent,valid_from,valid_to,successor,source_note", *rows]) + "\n", "utf-8")
        os.environ[PLACES_VARIABLE] = str(table)
        try:
            yield
        finally:
            os.environ.pop(PLACES_VARIABLE) if before is None else os.environ.update({PLACES_VARIABLE: before})


def _readings(store: Store, ids: Ids, places: list[Region]) -> dict[tuple[str, int], tuple[DocumentGraph, Region]]:
    """The graphs of the first place of each level, in some variants."""
    knowledge = Knowledge.load(prepare_store(store, ids), ids)
    first = {one.level: one for one in reversed(places)}
    return {
        (level, variant): (to_checked_graph(understand(to_document(_plan(one, variant))), knowledge)[1], one)
        for level, one in first.items()
        for variant in range(_VARIANTS)
    }


# --- moved to other places and years ---------------------------------------------------------------------------


def _moved(graph: DocumentGraph, model: Region, region: Region, year: int) -> Parcel:
    """The graph with another place, its parent and another year instead."""
    sha = hashlib.sha256(f"{region.code} {year}".encode()).hexdigest()
    words = {_SHA: sha, str(_YEAR): str(year)}
    for old, new in ((model, region), (model.parent, region.parent)):
        if old and new:
            words |= {old.name: new.name, f"/{old.code}": f"/{new.code}"}
    found = re.compile("|".join(map(re.escape, words)).encode())
    table = {old.encode(): new.encode() for old, new in words.items()}

    def change(triples: bytes) -> bytes:
        return found.sub(lambda match: table[match[0]], triples)

    ids = Ids.configured()
    iri = ids.graph(sha)
    return Parcel(
        add={iri: change(graph.triples), ids.graph("identities"): change(graph.identities), ids.graph("catalogue"): change(graph.catalogue)}
    )


def fill(store: Store, ids: Ids, triples: int) -> int:
    """Load about so many triples into an empty store; returns how many plans they tell of."""
    places = list(regions(len(_FIRST) * len(_SECOND)))
    with _known(places):
        models = _readings(store, ids, places)
        a_plan = sum(graph.size for graph, _ in models.values()) / len(models)
        plans = round(triples / a_plan)
        used = places[: max(plans // len(YEARS), 3)]
        parcels = (_moved(*models[one.level, (at + year) % _VARIANTS], one, year) for year in YEARS for at, one in enumerate(used))
        return sum(1 for _ in store.load(parcels))
