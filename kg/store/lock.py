"""Who writes to a folder: a lock that the system lets go when its holder dies, and a note that says who holds it."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from pathlib import Path
from typing import IO, Self

from kg.errors import StoreHeld

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE = 0.05
_FAR = 1 << 30  # Windows forbids others to read locked bytes, so the byte that is locked lies behind the note
_COMMAND = 200

_held: set[IO[str]] = set()  # a forked child must not keep them: its lock would outlive ours


def _forked() -> None:
    for file in _held:
        file.close()
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


def try_lock(file: IO[str] | IO[bytes], *, shared: bool = False) -> bool:
    """Whether the open file is ours now; never waits. Windows has no shared locks: there an open file is protection enough."""
    try:
        if sys.platform != "win32":
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        elif not shared:
            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
    except (BlockingIOError, PermissionError):
        return False
    return True


class WriterLock:
    """The right to write to a folder. `left_over`: the last holder died before it was done."""

    def __init__(self, path: Path, wait: float) -> None:
        self._file = path.open("a+", encoding="utf-8", errors="backslashreplace")  # a name in another encoding
        deadline = time.monotonic() + wait
        while not try_lock(self._file):
            if time.monotonic() >= deadline:
                self._file.close()
                raise _held_by(path, wait)
            time.sleep(_PAUSE)
        self._file.seek(0)
        self.left_over = bool(self._file.read().strip())
        _held.add(self._file)
        self._note({"pid": os.getpid(), "since": f"{dt.datetime.now():%Y-%m-%d %H:%M:%S}", "command": " ".join(sys.argv)[:_COMMAND]})

    def _note(self, who: dict[str, object] | None) -> None:
        self._file.seek(0)
        self._file.truncate()
        if who:
            json.dump(who, self._file, ensure_ascii=False)
        self._file.flush()

    def release(self, *, done: bool = True) -> None:
        """Let go. Where not all is `done`, the note stays for the next holder."""
        if self._file.closed:
            return
        if done:
            self._note(None)
        _held.discard(self._file)
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.release(done=kind is None)


def read_note(path: Path) -> str:
    """What the holder wrote of itself; empty where nobody holds the folder, or it was let go in order."""
    try:
        return path.read_text("utf-8").strip()
    except FileNotFoundError:
        return ""


def _held_by(path: Path, wait: float) -> StoreHeld:
    try:
        who = json.loads(read_note(path))
        zh = f"进程 {who['pid']}（{who['since']} 起，{who['command']}）"
        en = f"process {who['pid']} (since {who['since']}, {who['command']})"
    except (ValueError, KeyError, TypeError):
        zh, en = "另一进程", "another process"
    waited_zh, waited_en = (f"，等了 {wait:g} 秒", f"; waited {wait:g} s") if wait else ("", "")
    return StoreHeld(
        f"{zh}正在写这个库{waited_zh}。请等它结束，或只读打开",
        f"{en} is writing to this store{waited_en}. Wait until it is done, or open it read-only",
        file=str(path.parent),
    )
