"""Where a worker's answer goes: memory while it is small, a file when it is not, compressed on its way if that is wanted."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from api.pool.wire import SMALL, Encoding

_WORTH_IT = 1024  # bytes; a shorter answer is not made shorter
_GZIP_LEVEL, _ZSTD_LEVEL = 4, 3
_GZIP = 16 + zlib.MAX_WBITS


class Spool(io.RawIOBase):
    """Takes the bytes of one answer."""

    def __init__(self, path: str, encoding: Encoding) -> None:
        super().__init__()
        self._path = path
        self._wanted = encoding
        self._head: list[bytes] = []
        self._size = 0
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
        before, self._head, self._size = b"".join(self._head), [], 0
        self._put(self._compress.take(before))

    def _put(self, data: bytes) -> None:
        self._size += len(data)
        if self._file:
            self._file.write(data)
            return
        self._head.append(data)
        if self._size > SMALL and (self._compress or not self._wanted):
            self._file = Path(self._path).open("wb", buffering=0)  # noqa: SIM115 - closed at the end
            self._file.write(b"".join(self._head))
            self._head = []

    @property
    def encoding(self) -> Encoding:
        return self._wanted if self._compress else ""

    def finish(self) -> bytes | None:
        """The answer; None where it is in the file."""
        if self._compress:
            self._put(self._compress.end())
        if self._file:
            self._file.close()
            return None
        return b"".join(self._head)


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
