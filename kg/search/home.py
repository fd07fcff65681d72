"""Where the index of a store lies, and who may write it.

search/lock            held by the one process that writes an index
search/3/              the index: tantivy replaces its list of segments in one step, so a reader sees a whole state, old or new
search/3/zhengpu.json  which version of the search made it, for which base; written before the folder gets its name
search/4.new/          one that is being made; without its name it does not count

A folder store has it in its folder. For a server it lies in the user's cache folder, as it can be made again; for a store in
memory it is in memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from weakref import WeakKeyDictionary

import tantivy

from kg.errors import SearchError
from kg.search.entry import create_schema
from kg.store import Store, kind_of
from kg.store.folder import Folder, sync
from kg.store.lock import WriterLock

CACHE_VARIABLE = "ZHENGPU_CACHE"
_NOTE = "zhengpu.json"
_NUMBER = re.compile(r"\d+")
_WAIT = 600.0  # seconds that another process is given to finish an index
_in_memory: WeakKeyDictionary[Store, tantivy.Index] = WeakKeyDictionary()
_states = count(1)
_in_memory_states: WeakKeyDictionary[Store, int] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An index that was opened, and where."""

    index: tantivy.Index
    path: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Why there is no index that can be used."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The place for the index of one store, for one version of the search and one base."""

    path: Path | None
    store: Store | None
    version: str

    @classmethod
    def of(cls, store: Store, version: str) -> Home:
        return cls(path=None, store=store, version=version) if store.kind == "memory" else cls.at(store.where, version)

    @classmethod
    def at(cls, where: str, version: str) -> Home:
        """That of the store in a folder or behind a URL."""
        if kind_of(where) == "folder":
            return cls(path=Folder(Path(where)).search, store=None, version=version)
        return cls(path=_cache() / "search" / hashlib.sha256(where.encode("utf-8")).hexdigest()[:16], store=None, version=version)

    # --- reading ------------------------------------------------------------------------------------------

    def held(self) -> Held | Missing:
        """The index, or the reason why a new one is needed."""
        if self.path is None:
            index = _in_memory.get(self.store) if self.store else None
            return Held(index=index, path=None) if index else Missing(zh="还没有索引", en="there is no index yet")
        path = self.newest()
        if path is None:
            return Missing(zh="还没有索引", en="there is no index yet")
        try:
            note = json.loads((path / _NOTE).read_text("utf-8"))
            if note.get("version") != self.version:
                return Missing(zh="索引是另一版程序建的", en="the index was made by another version")
            index = tantivy.Index.open(str(path))
            index.config_reader("manual")
            index.searcher()
        except (OSError, ValueError, AttributeError) as error:  # tantivy tells of damage by ValueError
            return Missing(zh=f"索引损坏（{error}）", en="the index is damaged")
        return Held(index=index, path=path)

    def newest(self) -> Path | None:
        """The folder of the index."""
        if self.path is None or not self.path.is_dir():
            return None
        found = [each for each in self.path.iterdir() if _NUMBER.fullmatch(each.name)]
        return max(found, key=lambda each: int(each.name), default=None)

    def state(self) -> tuple[str, int, int]:
        """What changes whenever the index does."""
        if self.path is None:
            return ("memory", _in_memory_states.get(self.store, 0) if self.store else 0, 0)
        path = self.newest()
        if path is None:
            return ("", 0, 0)
        try:
            told = (path / "meta.json").stat()
        except OSError:
            return (str(path), 0, 0)
        return (str(path), told.st_mtime_ns, told.st_ino)

    # --- writing ------------------------------------------------------------------------------------------

    @property
    def can_write(self) -> bool:
        """Whether an index can be kept here."""
        if self.path is None:
            return True
        with suppress(OSError):
            self.path.mkdir(parents=True, exist_ok=True)
        return self.path.is_dir() and os.access(self.path, os.W_OK)

    def lock(self) -> AbstractContextManager[object]:
        """The right to write the index."""
        if self.path is None:
            return nullcontext()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            return WriterLock(self.path / "lock", _WAIT)
        except OSError as error:
            raise SearchError(
                f"索引写不了（{error}）。请检查权限和磁盘空间",
                f"the index cannot be written ({error}). Check permissions and disk space",
                file=str(self.path),
            ) from error

    def begin(self) -> Held:
        """An empty index; it counts once `finish` was called."""
        if self.path is None:
            return Held(index=tantivy.Index(create_schema()), path=None)
        for each in self.path.glob("*.new"):
            shutil.rmtree(each, ignore_errors=True)
        newest = self.newest()
        path = self.path / f"{int(newest.name) + 1 if newest else 1}.new"
        path.mkdir()
        return Held(index=tantivy.Index(create_schema(), path=str(path)), path=path)

    def finish(self, made: Held) -> None:
        """Let readers see a new index, in one step; older ones go. On Windows one that is being read goes the next time."""
        if self.path is None or made.path is None:
            if self.store:
                _in_memory[self.store] = made.index
            self.changed()
            return
        note = made.path / _NOTE
        note.write_text(json.dumps({"version": self.version}), "utf-8")
        sync(note)
        sync(made.path)
        final = made.path.with_suffix("")
        made.path.rename(final)
        sync(self.path)
        for each in self.path.iterdir():
            if _NUMBER.fullmatch(each.name) and each != final:
                shutil.rmtree(each, ignore_errors=True)

    def changed(self) -> None:
        """Make known that an index in memory is not as it was; of one in a folder its files tell."""
        if self.path is None and self.store:
            _in_memory_states[self.store] = next(_states)


def _cache() -> Path:
    """The folder for what can be made again."""
    if told := os.environ.get(CACHE_VARIABLE):
        return Path(told)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "zhengpu"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zhengpu"
