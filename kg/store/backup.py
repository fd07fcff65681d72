"""Copies of a store: of a folder as a folder, of any other store as N-Quads in one file."""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.address import kind_of
from kg.store.base import Parcel, Settings, Store
from kg.store.embedded import EmbeddedStore, show
from kg.store.folder import FORMAT, Folder, sync
from kg.store.troubles import told
from kg.store.writing import sorted_lines


def backup(store: Store, target: str | Path) -> int:
    """Copy the store while it is in use; how many quads the copy holds, counted in the copy.

    A store in a folder is copied to a folder, which is a store itself; any other to a file (.nq.gz).
    """
    target = Path(target)
    if target.exists() and (target.is_file() or any(target.iterdir())):
        raise StoreError(
            "备份的目标已有内容，没有动它。请换一个名字", "the target exists and was left alone. Choose another", file=str(target)
        )
    if isinstance(store, EmbeddedStore) and store.folder:
        return _to_folder(store, Folder(target))
    return _to_file(store, target)


def _to_folder(store: EmbeddedStore, target: Folder) -> int:
    with told(str(target.path)):
        target.path.mkdir(parents=True, exist_ok=True)
    live = target.next_live
    held = store.copy_to(str(live))
    count = _counted(live, held)
    base = store.folder.manifest()["base"] if store.folder else ""
    target.write_manifest({"format": FORMAT, "base": base, "made_by": version("zhengpu"), "live": live.name})
    return count


def _counted(database: Path, expected: int) -> int:
    """How many quads a copy holds; an error where it is not whole."""
    with told(str(database)):
        count = len(ox.Store.read_only(str(database)))
    _check_count(count, expected, database)
    return count


def _check_count(count: int, expected: int, copy: Path) -> None:
    if count != expected:
        zh = f"备份不完整：应有 {expected} 条，只有 {count} 条。请重做"
        raise StoreError(zh, f"the copy holds {count} quads instead of {expected}. Make it again", file=str(copy))


def _to_file(store: Store, target: Path) -> int:
    if not target.name.endswith(".nq.gz"):
        raise StoreError("这种库备份为一个文件，名字要以 .nq.gz 结尾", "such a store is copied to a file named .nq.gz", file=str(target))
    new = target.with_name(target.name + ".new")
    written = 0
    try:
        with told(str(target)):
            target.parent.mkdir(parents=True, exist_ok=True)
            with gzip.GzipFile(new, "wb", mtime=0) as out:  # the same content gives the same bytes
                for name in store.graphs():
                    lines = store.graph(name).splitlines()
                    out.writelines(line[:-1] + f"<{name}> .\n".encode() for line in lines)
                    written += len(lines)
            with gzip.open(new) as file:
                _check_count(sum(1 for _ in file), written, target)
            sync(new)
            new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    return written


def restore(source: str | Path, target: str | Path, *, replace: bool = False, settings: Settings | None = None) -> int:
    """Fill the store at `target` from a backup, a folder or a file of N-Quads; how many quads it holds then.

    In a folder what was there stays until the copy is whole, and then goes in one step. With `replace` a store that
    holds something may go.
    """
    source, settings = Path(source), settings or Settings(wait=0)
    if not source.exists():
        raise StoreError("没有这个备份", "there is no such backup", file=str(source))
    kind = kind_of(str(target))
    if kind == "memory":
        raise StoreError("恢复到内存里没有用处，程序结束就没有了。请给出文件夹", "memory keeps nothing. Name a folder", file=str(target))
    if kind == "server":
        return _into_server(source, str(target), replace, settings)
    folder = Folder(Path(target))
    folder.create(settings)
    told_by_target = folder.manifest()
    with folder.lock(settings.wait) as lock:
        if not replace:
            _refuse_full(folder)
        live = folder.next_live
        try:
            count = _counted(live, _copy(source, live, settings))
        except StoreError:
            shutil.rmtree(live, ignore_errors=True)
            raise
        base = Folder(source).manifest()["base"] if source.is_dir() else told_by_target["base"]
        folder.write_manifest({"format": FORMAT, "base": base, "made_by": version("zhengpu"), "live": live.name})
        lock.release(done=False)  # until readers are shown it
    show(folder)
    return count


def _refuse_full(folder: Folder) -> None:
    with told(str(folder.path)):
        full = folder.live.exists() and next(iter(ox.Store(str(folder.live))), None) is not None
    if full:
        raise _full(str(folder.path))


def _full(where: str) -> StoreError:
    return StoreError("库里已有内容；要换下它，请加 --replace", "the store holds something; add --replace to replace it", file=where)


def _copy(source: Path, live: Path, settings: Settings) -> int:
    """Make the database `live` from a backup; how many quads it should hold."""
    if source.is_dir():
        folder = Folder(source)
        folder.check(settings)
        with EmbeddedStore.reading(folder, settings) as store:
            return store.copy_to(str(live))
    with _reading(source) as file:
        quads = ox.Store(str(live))
        quads.bulk_load(file, ox.RdfFormat.N_QUADS)
        quads.flush()
        return len(quads)


@contextmanager
def _reading(source: Path) -> Iterator[BinaryIO]:
    """The file with quads; an error that names it where it is damaged."""
    try:
        with cast("BinaryIO", gzip.open(source)) if source.name.endswith(".gz") else source.open("rb") as file:
            yield file
    except (OSError, EOFError, zlib.error, SyntaxError, ValueError) as error:
        zh = f"备份文件不能读，或已损坏：{error}"
        raise StoreError(zh, "the file cannot be read, or is damaged. Use another backup", file=str(source)) from error


def _into_server(source: Path, url: str, replace: bool, settings: Settings) -> int:
    from kg.store.remote import RemoteStore

    if source.is_dir():
        raise StoreError("恢复到服务器要用 .nq 或 .nq.gz 文件", "a server is restored from a file, .nq or .nq.gz", file=str(source))
    with RemoteStore.at(url, read_only=False, settings=settings) as store, _reading(source) as file:
        before = set(store.graphs())
        if before and not replace:
            raise _full(url)
        for parcel in store.load(_by_graph(file)):
            before.difference_update(parcel.add)
        if before:
            store.apply(Parcel(drop=tuple(sorted(before))))
        return store.count()


def _by_graph(file: BinaryIO) -> Iterator[Parcel]:
    """The quads of a file, a graph at a time; each takes the place of the graph that was there. The whole file is read before the first."""
    keyed = (f"{_named(quad)}\t{quad.triple} .\n".encode() for quad in ox.parse(file, ox.RdfFormat.N_QUADS))
    for iri, each in groupby(sorted_lines(keyed), key=lambda line: line.partition(b"\t")[0].decode()):
        yield Parcel(drop=(iri,), add={iri: b"".join(line.partition(b"\t")[2] for line in each)})


def _named(quad: ox.Quad) -> str:
    if not isinstance(quad.graph_name, ox.NamedNode):
        raise ValueError(f"没有图名的一行 / a line that names no graph: {quad}")
    return quad.graph_name.value
