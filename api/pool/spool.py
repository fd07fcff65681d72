"""Where a worker's answer goes: memory while it is small, a file when it is not, compressed on its way if that is wanted."""

from __future__ import annotations

import errno
import io
import shutil
import tempfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO

from api.errors import AnswerTooLong, DiskFull
from api.pool.wire import SMALL, Encoding
from kg.store.lock import try_lock

_PREFIX = "zhengpu-"
_WORTH_IT = 1024  # bytes; a shorter answer is not made shorter
_CHECKED_EVERY = 32 << 20  # bytes
_LEFT, _PART = 256 << 20, 20  # bytes of the disk that are left to others, or that part of it
_GZIP_LEVEL, _ZSTD_LEVEL = 4, 3
_GZIP = 16 + zlib.MAX_WBITS


class Spool(io.RawIOBase):
    """Takes the bytes of one answer, at most `longest` of them where that is not 0; an error that says so where there are more."""

    def __init__(self, path: str, encoding: Encoding, longest: int = 0) -> None:
        super().__init__()
        self._path = path
        self._wanted, self._longest = encoding, longest
        self._held: list[bytes] = []
        self._size = self._holding = self._unchecked = 0
        self._file: BinaryIO | None = None
        self._compress: _Compressor | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]  # bytes are all that comes
        if self._compress:
            self._put(self._compress.take(bytes(data)))
        else:
            self._put(bytes(data))
            if self._wanted and self._size >= _WORTH_IT:
                self._begin_compressing()
        return len(data)

    def _begin_compressing(self) -> None:
        self._compress = _Compressor(self._wanted)
        before, self._held, self._holding, self._size = b"".join(self._held), [], 0, 0
        self._put(self._compress.take(before))

    def _put(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._longest > 0:
            raise _too_long(self._longest)
        self._held.append(data)
        self._holding += len(data)
        if self._holding > SMALL and (self._compress or not self._wanted):
            self._spill()

    def _spill(self) -> None:
        """What is held goes to the file."""
        if self._file is None:
            self._file = Path(self._path).open("wb", buffering=0)  # noqa: SIM115 - closed with this
        held, self._held, self._holding = b"".join(self._held), [], 0
        self._write(held)
        self._unchecked += len(held)
        if self._unchecked >= _CHECKED_EVERY:
            self._check_room()

    def _write(self, data: bytes) -> None:
        """All of it to the file; where there is no more room the system takes a part, and says so only at the next try."""
        left = memoryview(data)
        try:
            while left and self._file:
                left = left[self._file.write(left) :]
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise _no_room() from error

    def _check_room(self) -> None:
        """An error while there is still some room for others on the disk."""
        self._unchecked = 0
        disk = shutil.disk_usage(Path(self._path).parent)
        if disk.free < min(_LEFT, disk.total // _PART):
            raise _no_room()

    @property
    def encoding(self) -> Encoding:
        return self._wanted if self._compress else ""

    def finish(self) -> bytes | None:
        """The answer; None where it is in the file."""
        if self._compress:
            self._put(self._compress.end())
        if self._file is None:
            return b"".join(self._held)
        self._spill()
        return None

    def close(self) -> None:
        """Let go of the file, whether or not all was written."""
        if self._file:
            self._file.close()
        super().close()


class _Compressor:
    """One of the two ways to make an answer shorter."""

    def __init__(self, encoding: Encoding) -> None:
        self.take: Callable[[bytes], bytes]
        self.end: Callable[[], bytes]
        if encoding == "zstd":
            import zstandard

            zstd = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()
            self.take, self.end = zstd.compress, zstd.flush
        else:
            gzip = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP)
            self.take, self.end = gzip.compress, gzip.flush


def make_folder(within: str) -> tuple[Path, IO[bytes]]:
    """A folder for the answers of one server, and the lock that is held while it lives. Those of servers that were killed are removed."""
    for old in Path(within).glob(f"{_PREFIX}*/lock"):
        with suppress(OSError), old.open("rb") as file:
            if try_lock(file):
                shutil.rmtree(old.parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=within))
    lock = (folder / "lock.new").open("wb")
    try_lock(lock)
    (folder / "lock.new").rename(folder / "lock")
    return folder, lock


def _too_long(longest: int) -> AnswerTooLong:
    return AnswerTooLong(
        f"答案超过上限 {longest >> 20} MB。请加 LIMIT，或分几次查询",
        f"the answer is longer than the limit of {longest >> 20} MB. Add a LIMIT, or ask in parts",
    )


def _no_room() -> DiskFull:
    return DiskFull(
        "存放答案的磁盘（设置 spool）没有空间了，没有给出任何内容。请稍后再试，或请管理者腾出空间",
        "the disk for answers (the setting spool) is full, and nothing was given. Try again later, or have room made",
    )
