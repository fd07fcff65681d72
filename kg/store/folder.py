"""What lies in the folder of a store, and which process may touch it.

zhengpu-store.json   the format, the base of the IRIs, which version made it, and the name of the live database
lock                 held by the one process that writes
live-1/              the database of that process
readable/7/          a checkpoint of it, never written again: what readers open
readable/7.lock      shared by those who read 7, so that it is not cleared away under them
search/              the index of kg.search, which can be made again
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from kg.errors import StoreError, StoreHeld
from kg.store.base import Settings
from kg.store.lock import WriterLock, read_note, try_lock
from kg.store.troubles import store_error

MANIFEST = "zhengpu-store.json"
FORMAT = 1
_FIRST = "live-1"
_LIVE = re.compile(r"live-(\d+)")
_NUMBER = re.compile(r"\d+")
_ORPHAN = re.compile(r"bulk-\d+\.sst|LOG\.old\.\d+")  # left by a bulk load that was killed; old logs
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a store."""

    path: Path

    # --- the manifest -----------------------------------------------------------------------------------------

    def create(self, settings: Settings) -> None:
        """Make the folder a store; one that is a store already is left as it is."""
        if (self.path / MANIFEST).exists():
            return
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            # beside the manifest another process may be making the same store at this moment
            if any(each.name not in {MANIFEST, "lock", f"{MANIFEST}.new"} for each in self.path.iterdir()):
                raise StoreError(
                    "文件夹不空，里面又不是库。请换一个空文件夹，以免混入别的文件",
                    "the folder is not empty and holds no store. Choose an empty one",
                    file=str(self.path),
                )
            with WriterLock(self.path / "lock", settings.wait):
                if not (self.path / MANIFEST).exists():
                    self.write_manifest({"format": FORMAT, "base": settings.base_iri, "made_by": version("zhengpu"), "live": _FIRST})
        except OSError as error:
            raise store_error(str(error), str(self.path)) from error

    def check(self, settings: Settings) -> None:
        """An error where this is no store that this version can open."""
        base = self.manifest()["base"]
        if base and settings.base_iri and base != settings.base_iri:
            raise StoreError(
                f"库里的标识以 {base} 开头，现在设的是 {settings.base_iri}。请改设置，或另建一个库",
                f"the IRIs in the store begin with {base}, the settings say {settings.base_iri}. Change them, or make another store",
                file=str(self.path),
            )

    def manifest(self) -> dict[str, Any]:
        """What the folder says of itself."""
        file = self.path / MANIFEST
        if not file.exists():
            raise _no_store(self.path)
        try:
            told = json.loads(file.read_text("utf-8"))
            number, _, _ = int(told["format"]), str(told["base"]), str(told["live"])
        except OSError as error:
            raise store_error(str(error), str(self.path)) from error
        except (ValueError, KeyError, TypeError) as error:
            zh = f"{MANIFEST} 不能读懂（{error}）。请从备份恢复"
            raise StoreError(zh, f"{MANIFEST} is not understood. Restore the store from a backup", file=str(self.path)) from error
        if number > FORMAT:
            made = told.get("made_by", "?")
            raise StoreError(
                f"库的格式是 {number}（由 {made} 版建立），本程序只认到 {FORMAT}。请升级 zhengpu；库没有改动",
                f"the store has format {number} (made by version {made}), this program knows up to {FORMAT}. "
                "Upgrade zhengpu; the store was not touched",
                file=str(self.path),
            )
        return dict(told)

    def write_manifest(self, told: dict[str, Any]) -> None:
        """Replace the manifest in one step."""
        new = self.path / f"{MANIFEST}.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path / MANIFEST)
        sync(self.path)

    # --- the database -----------------------------------------------------------------------------------------

    @property
    def live(self) -> Path:
        """The database of the process that writes."""
        return self.path / str(self.manifest()["live"])

    @property
    def search(self) -> Path:
        """The place for the index of the search."""
        return self.path / "search"

    @property
    def next_live(self) -> Path:
        """A place for a database that is to take the place of the live one."""
        numbers = [int(found[1]) for each in self.path.iterdir() if (found := _LIVE.fullmatch(each.name))]
        return self.path / f"live-{max(numbers, default=0) + 1}"

    def lock(self, wait: float) -> WriterLock:
        """The right to write; StoreHeld where another process keeps it longer than `wait` seconds."""
        try:
            return WriterLock(self.path / "lock", wait)
        except OSError as error:
            raise store_error(str(error), str(self.path)) from error

    def clean(self) -> None:
        """Remove what a killed process left. Only under the lock, and before the live database is opened."""
        live = self.live
        for each in self.path.iterdir():
            if _LIVE.fullmatch(each.name) and each != live:
                shutil.rmtree(each)
        for each in self._readable.glob("*.new"):
            shutil.rmtree(each)
        if live.exists():
            for each in live.iterdir():
                if _ORPHAN.fullmatch(each.name):
                    each.unlink()

    # --- what readers see -------------------------------------------------------------------------------------

    @property
    def _readable(self) -> Path:
        return self.path / "readable"

    def checkpoints(self) -> list[Path]:
        """Those that readers may open, oldest first."""
        if not self._readable.exists():
            return []
        return sorted((each for each in self._readable.iterdir() if _NUMBER.fullmatch(each.name)), key=lambda each: int(each.name))

    def version(self, checkpoint: Path | None = None) -> str:
        """A name for the content of a checkpoint, by default the newest; empty where there is none."""
        newest = checkpoint or next(reversed(self.checkpoints()), None)
        try:
            return f"{newest.name}-{newest.with_suffix('.lock').stat().st_mtime_ns:x}" if newest else ""
        except FileNotFoundError:  # cleared away at this moment: there is a newer one
            return ""

    def publish(self, copy: Callable[[str], None]) -> None:
        """Show readers the state that `copy` writes into the folder it is given; older ones go once nobody reads them."""
        self._readable.mkdir(exist_ok=True)
        older = self.checkpoints()
        number = int(older[-1].name) + 1 if older else 1
        new = self._readable / f"{number}.new"
        shutil.rmtree(new, ignore_errors=True)  # one that was interrupted in the middle
        copy(str(new))
        (self._readable / f"{number}.lock").touch()
        new.rename(self._readable / str(number))
        for each in older:
            _clear(each)

    def pin(self, wait: float) -> tuple[Path, IO[bytes]]:
        """The newest checkpoint, and the open file that keeps it there until it is closed."""
        deadline = time.monotonic() + wait
        while True:
            for path in reversed(self.checkpoints()):
                with suppress(FileNotFoundError):  # cleared away at this moment
                    pin = path.with_suffix(".lock").open("rb")
                    if try_lock(pin, shared=True) and path.exists():
                        return path, pin
                    pin.close()
            if time.monotonic() >= deadline:
                raise StoreHeld(
                    "库正在建立，还没有可读的内容。请稍后再试", "the store is being made; nothing to read yet", file=str(self.path)
                )
            time.sleep(_PAUSE)

    @property
    def shown(self) -> bool:
        """Whether the newest checkpoint has all that was stored, as far as can be told without the lock."""
        return bool(self.checkpoints()) and not read_note(self.path / "lock")


def _clear(checkpoint: Path) -> None:
    """Remove a checkpoint that nobody reads."""
    lock = checkpoint.with_suffix(".lock")
    with suppress(OSError), lock.open("rb") as file:  # a reader's on Windows: next time
        if not try_lock(file):
            return
        if os.name == "nt":
            file.close()
            lock.unlink()
        shutil.rmtree(checkpoint)
        lock.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Make the bytes of a file safe, or the names in a folder; Windows has no such call for either."""
    if os.name != "nt":
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _no_store(path: Path) -> StoreError:
    if path.is_file():
        return StoreError("这是文件，不是文件夹", "this is a file, not a folder", file=str(path))
    if path.exists() and any(path.iterdir()):
        return StoreError(
            f"文件夹里没有库（缺少 {MANIFEST}），又不空。请检查路径",
            f"the folder holds no store ({MANIFEST} is missing) and is not empty. Check the path",
            file=str(path),
        )
    return StoreError(
        "这里还没有库。请先读入：zhengpu ingest", "there is no store here yet. Fill one first: zhengpu ingest", file=str(path)
    )
