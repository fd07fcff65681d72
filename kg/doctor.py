"""What a user should know of an installation and of a store, and what to do next."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.errors import StoreError
from kg.graph.catalogue import totals_query
from kg.ids import BASE_VARIABLE, DEFAULT_BASE, Ids
from kg.ingestion import open_ours
from kg.store import Store, kind_of
from kg.store.rows import select_strings

_PACKAGES = ("pyoxigraph", "rdflib", "SPARQLWrapper", "owlready2", "pypdfium2", "lxml")
_GB_A_MILLION = 0.45  # of memory for a million triples, measured with pyoxigraph 0.5
_BIG = 10_000_000  # triples; beyond it counts over everything take seconds, and a server store is the better home


def examine(where: str, ids: Ids) -> Iterator[str]:
    """The lines to print."""
    machine = f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核 / cores"
    yield f"zhengpu {version('zhengpu')}，Python {platform.python_version()}，{machine}"
    yield "，".join(f"{name} {_version(name)}" for name in _PACKAGES)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield "LibreOffice：" + (
        office or "没有；.doc 读不了（Debian：apt-get install libreoffice-writer-nogui）/ missing: .doc cannot be read"
    )
    if ids.base != DEFAULT_BASE:
        yield f"标识符前缀 / base of identifiers（{BASE_VARIABLE}）：{ids.base}"
    yield ""
    yield from _examine_store(where, ids)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "没有 / missing"


def _examine_store(where: str, ids: Ids) -> Iterator[str]:
    try:
        store = open_ours(where, ids, read_only=True)
    except StoreError as error:
        yield f"库 / store：{error}"
        if kind_of(where) == "folder" and not Path(where).exists():
            yield "下一步 / next：zhengpu demo（示例 / samples），或 / or zhengpu ingest 文件夹/ --store " + where
        return
    with store:
        yield from _describe(store, ids)


def _describe(store: Store, ids: Ids) -> Iterator[str]:
    row = next(select_strings(store, totals_query(ids)), {})
    documents, tasks = (int(row.get(name, 0)) for name in ("documents", "tasks"))
    triples = store.count()
    size = _disk(Path(store.where)) if store.kind == "disk" else 0
    shown = f"，{size / 1e6:.0f} MB（每条 / each {size / max(triples, 1):.0f} B）" if size else ""
    yield f"库 / store {store.where}（{store.kind}）：{documents} 份文件 / documents，{tasks} 项任务 / tasks，{triples} 条 / quads{shown}"
    if not documents:
        yield f"下一步 / next：zhengpu demo，或 / or zhengpu ingest 文件夹/ --store {store.where}"
        return
    if store.kind == "disk":
        yield from _advise(triples)
    yield f"下一步 / next：zhengpu check --store {store.where}；zhengpu query 'SELECT …' --store {store.where}"


def _advise(triples: int) -> Iterator[str]:
    needed, memory = triples / 1e6 * _GB_A_MILLION, _memory()
    if memory and needed < memory / 4:
        zh = f"放进内存约需 {needed:.1f} GB，本机有 {memory:.0f} GB，查询约快五倍"
        yield f"{zh} / it fits in memory, where questions are about five times faster"
    if triples > _BIG:
        zh = "超过一千万条：全库统计要几秒，宜用服务器库（Virtuoso、Fuseki）"
        yield f"{zh} / beyond ten million: a server store counts over everything faster"


def _disk(folder: Path) -> int:
    """What the folder takes; a file that lies in the live store and in what readers see is one file."""
    sizes = {}
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # an ingestion beside us clears away what it replaced
            one = path.stat()
            sizes[one.st_ino] = one.st_size if path.is_file() else 0
    return sum(sizes.values())


def _memory() -> float:
    """The memory of this machine in GB; 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (ValueError, OSError, AttributeError):
        return 0.0
