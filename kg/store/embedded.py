"""The store inside this process: pyoxigraph, in a folder or in memory."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from threading import RLock, Timer
from types import TracebackType
from typing import IO, BinaryIO, Self

import pyoxigraph as ox

from kg.errors import QueryError, StoreError, StoreHeld
from kg.store.base import Parcel, Row, Settings
from kg.store.folder import Folder, sync
from kg.store.forms import written
from kg.store.lock import WriterLock
from kg.store.questions import check_query, names_graphs
from kg.store.triples import canonical, difference, lines_of, node, quads
from kg.store.troubles import asked, told
from kg.store.writing import write_graphs

_BATCH = 128 << 20  # bytes of N-Triples in one bulk load; smaller ones leave more files, which compaction writes again
_SHOWN_EVERY = 1.0  # seconds; readers are shown what was stored no more often
_SHOWN_AFTER = 0.05  # and no sooner, so that changes which follow each other at once are shown together


class EmbeddedStore:
    """Quads in a folder or in memory. One process writes to a folder; others read its checkpoints."""

    def __init__(self, quads: ox.Store, where: str, *, folder: Folder | None = None, lock: WriterLock | None = None) -> None:
        self.kind = "disk" if folder else "memory"
        self.where = where
        self.folder = folder
        self.federated = False
        self._ox = quads
        self._lock = lock
        self._pin: IO[bytes] | None = None
        self._path = ""  # of the database that is read
        self._mutex = RLock()  # of whoever changes
        self._showing = RLock()  # of whoever makes a checkpoint
        self._shown = time.monotonic()
        self._unshown = False
        self._timer: Timer | None = None
        self._broken = False

    @classmethod
    def in_memory(cls) -> Self:
        return cls(ox.Store(), "memory")

    @classmethod
    def writing(cls, folder: Folder, settings: Settings) -> Self:
        """The one that writes to the folder; it waits for another, for a while."""
        lock = folder.lock(settings.wait)
        try:
            with told(str(folder.path)):
                folder.clean()
                store = cls(ox.Store(str(folder.live)), str(folder.path), folder=folder, lock=lock)
                store._path = str(folder.live)
                if lock.left_over or not folder.checkpoints():
                    store.publish()
        except StoreError:
            lock.release(done=False)
            raise
        return store

    @classmethod
    def reading(cls, folder: Folder, settings: Settings) -> Self:
        """One that reads what is stored now, beside whoever writes."""
        if not folder.shown:
            show(folder)
        return cls.pinned(folder, settings)

    @classmethod
    def pinned(cls, folder: Folder, settings: Settings) -> Self:
        """One that reads what readers are shown at this moment; it writes nothing, not even what a killed writer left unshown."""
        path, pin = folder.live, None
        if not _is_fixed(folder) or folder.checkpoints():
            path, pin = folder.pin(settings.wait)
        try:
            with told(str(folder.path)):
                store = cls(ox.Store.read_only(str(path)), str(folder.path), folder=folder)
        except StoreError:
            if pin:
                pin.close()
            raise
        store._path, store._pin = str(path), pin
        return store

    @property
    def version(self) -> str:
        """Which of the folder's checkpoints is read; empty where the database itself is."""
        return self.folder.version(Path(self._path)) if self.folder and self._pin else ""

    @property
    def database(self) -> ox.Store:
        """The quads themselves, for `serving`, which asks more of them than every store can do."""
        return self._ox

    # --- questions --------------------------------------------------------------------------------------------

    def query(self, text: str, form: str, prefixes: Mapping[str, str] | None = None) -> bytes:
        with asked(self.where):
            return written(self._ask(text, prefixes), form)

    def select(self, text: str) -> list[Row]:
        with asked(self.where):
            rows = self._ask(text)
            if not isinstance(rows, ox.QuerySolutions):
                raise QueryError("这里要用 SELECT 查询", "a SELECT query is expected")
            names = [variable.value for variable in rows.variables]
            return [{name: term for name, term in zip(names, row, strict=True) if term is not None} for row in rows]

    def construct(self, text: str) -> Iterable[ox.Triple]:
        with asked(self.where):
            triples = self._ask(text)
            if not isinstance(triples, ox.QueryTriples):
                raise QueryError("这里要用 CONSTRUCT 或 DESCRIBE 查询", "a CONSTRUCT or DESCRIBE query is expected")
            return list(triples)

    def _ask(self, text: str, prefixes: Mapping[str, str] | None = None) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        check_query(text, federated=self.federated)
        return self._ox.query(text, prefixes=dict(prefixes or {}), use_default_graph_as_union=not names_graphs(text))

    # --- changes ----------------------------------------------------------------------------------------------

    def update(self, text: str) -> None:
        self._refuse_readers()
        with self._changing(), asked(self.where):
            self._ox.update(text)

    def apply(self, parcel: Parcel) -> None:
        self._refuse_readers()
        with self._changing(), told(self.where):
            self._apply(parcel)

    def _apply(self, parcel: Parcel) -> None:
        before = self._going(parcel)
        if not before:  # nothing goes: twice as fast as an update
            self._ox.load(quads(parcel.add), ox.RdfFormat.N_QUADS)
            return
        after = {iri: set(canonical(triples)) for iri, triples in parcel.add.items()}
        if text := difference(before, after, parcel.drop):
            self._ox.update(text)

    def _going(self, parcel: Parcel) -> dict[str, set[bytes]]:
        """The lines that a parcel takes out of each graph, where there are any."""
        found = {iri: set(self._lines(iri)) for iri in parcel.drop}
        for iri, subject in parcel.forget:
            about = self._ox.quads_for_pattern(node(subject), None, None, node(iri))
            found.setdefault(iri, set()).update(lines_of(quad.triple for quad in about))
        return {iri: lines for iri, lines in found.items() if lines}

    def load(self, parcels: Iterable[Parcel]) -> Iterator[Parcel]:
        self._refuse_readers()
        waiting: list[Parcel] = []
        size = 0
        for parcel in parcels:
            if parcel.drop or parcel.forget:
                yield from self._bulk(waiting)
                waiting, size = [], 0
                self.apply(parcel)
                yield parcel
                continue
            waiting.append(parcel)
            size += parcel.size
            if size >= _BATCH:
                yield from self._bulk(waiting)
                waiting, size = [], 0
        yield from self._bulk(waiting)

    def _bulk(self, parcels: list[Parcel]) -> Iterator[Parcel]:
        if not parcels:
            return
        with self._changing(), told(self.where):
            self._ox.bulk_load(b"".join(quads(parcel.add) for parcel in parcels), ox.RdfFormat.N_QUADS)
        yield from parcels

    def optimize(self) -> None:
        self._refuse_readers()
        with self._changing(), told(self.where):
            self._ox.optimize()
            self._shown = 0  # the files that were replaced are kept as long as readers are shown them

    def recover(self) -> list[str]:
        """Nothing: here a parcel is never half done."""
        return []

    def _refuse_readers(self) -> None:
        if self.folder and not self._lock:
            raise QueryError("库是只读打开的，不能更新", "the store was opened read-only and takes no updates", file=self.where)
        if self._broken:
            raise StoreError("写入失败过，请重新打开库", "writing has failed before; open the store again", file=self.where)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One change at a time; it is safe on disk at the end, and readers are shown it within a second or so."""
        with self._mutex:
            try:
                yield
            except StoreError as error:  # RocksDB takes no more writes once one has failed
                self._broken = self.kind == "disk" and type(error) is StoreError and isinstance(error.__cause__, (OSError, RuntimeError))
                raise
            if self.kind == "disk":
                self._unshown = True
                with told(self.where):
                    self._settle()
                self._show_soon()

    def _settle(self) -> None:
        """Make what was written safe. Syncing the write-ahead log takes 8 ms where `flush()` takes 65 and leaves ten small files."""
        if os.name == "nt":
            self._ox.flush()
            return
        for log in Path(self._path).glob("*.log"):
            with suppress(FileNotFoundError):  # gone once what it held is safe in a table, as when a checkpoint is made meanwhile
                sync(log)
        sync(Path(self._path))

    # --- what readers see -------------------------------------------------------------------------------------

    def publish(self) -> None:
        """Show those who open the folder read-only all that is stored. Whoever writes meanwhile need not wait."""
        with self._showing, told(self.where):
            if self._timer:
                self._timer.cancel()
                self._timer = None
            if self.folder and self._lock:
                self._unshown = False
                try:
                    self.folder.publish(self._ox.backup)
                except BaseException:
                    self._unshown = True
                    raise
                self._shown = time.monotonic()

    def _show_soon(self) -> None:
        """A checkpoint takes longer than most changes: it is made beside them."""
        if not self._timer:
            self._timer = Timer(max(_SHOWN_AFTER, self._shown + _SHOWN_EVERY - time.monotonic()), self._publish_late)
            self._timer.daemon = True
            self._timer.start()

    def _publish_late(self) -> None:
        with self._showing, suppress(StoreError):  # said again when the store is closed
            if self._timer and self._unshown and not self._broken:  # not where somebody has shown it meanwhile
                self.publish()

    # --- the whole --------------------------------------------------------------------------------------------

    def graphs(self) -> list[str]:
        with told(self.where):
            return sorted(name.value for name in self._ox.named_graphs() if isinstance(name, ox.NamedNode) and self._holds(name))

    def _holds(self, graph: ox.NamedNode) -> bool:
        return next(iter(self._ox.quads_for_pattern(None, None, None, graph)), None) is not None

    def graph(self, iri: str) -> bytes:
        with told(self.where):
            return b"".join(sorted(self._lines(iri)))

    def _lines(self, iri: str) -> Iterator[bytes]:
        with TemporaryFile() as file:  # a graph may be larger than memory
            self._ox.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=node(iri))
            file.seek(0)
            yield from file

    def count(self) -> int:
        with told(self.where):
            return len(self._ox)

    def export(self, out: BinaryIO, form: str, graphs: Sequence[str] | None = None, prefixes: Mapping[str, str] | None = None) -> None:
        write_graphs(out, form, self.graphs() if graphs is None else graphs, self._told_lines, prefixes or {})

    def _told_lines(self, iri: str) -> Iterator[bytes]:
        """The lines of a graph; only what fails here is the store's fault, not what fails where they are written to."""
        with told(self.where):
            yield from self._lines(iri)

    def copy_to(self, path: str) -> int:
        """Write the database into a new folder; how many quads it held at that moment."""
        if self.kind == "memory":
            raise StoreError("内存里的库不能这样备份，请导出", "a store in memory has no files; export it instead", file=self.where)
        with self._mutex, told(self.where):
            if self._lock:
                self._ox.backup(path)
            else:
                copy_database(self._path, path)
            return len(self._ox)

    def close(self) -> None:
        with self._showing, self._mutex:
            try:
                if self._lock and self._unshown and not self._broken:
                    self.publish()
            finally:
                self._let_go()

    def _let_go(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        self._ox = ox.Store()  # the database closes with its last reference
        if self._lock:
            self._lock.release(done=not self._unshown)
            self._lock = None
        if self._pin:
            self._pin.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def copy_database(source: str, target: str) -> None:
    """Copy a database that nobody writes to; the files that never change are linked where that can be."""
    shutil.copytree(source, target, copy_function=_link)


def _link(source: str, target: str) -> None:
    if source.endswith(".sst"):
        try:
            os.link(source, target)
        except OSError:
            pass  # another disk
        else:
            return
    shutil.copy2(source, target)


def show(folder: Folder) -> None:
    """Show readers what is stored and was not shown, as when a writer was killed.

    Another process that writes does so itself; a fixed folder stays as it is.
    """
    if _is_fixed(folder):
        return
    try:
        EmbeddedStore.writing(folder, Settings(wait=0)).close()
    except StoreHeld:
        return


def _is_fixed(folder: Folder) -> bool:
    """Whether this process cannot write to the folder, and so nobody is taken to."""
    return not all(os.access(path, os.W_OK) for path in (folder.path, folder.path / "lock") if path.exists())
