"""What server and worker say to each other: a length and a pickle. What goes with every call is a tuple, which pickles five times as fast
as a dataclass."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal, NamedTuple

from kg.errors import ZhengpuError

Encoding = Literal["", "gzip", "zstd"]

_LENGTH = struct.Struct("!I")
SMALL = 256 * 1024  # bytes that are handed over as they are; a longer answer goes through a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """How a worker opens the store, and what it may use."""

    where: str
    writes: bool
    memory: int  # bytes beyond what an idle worker takes
    longest: int  # bytes of the longest answer
    wait: float = 10.0  # seconds for another process to let go of the folder


class Task(NamedTuple):
    """A top-level function, by the name of its module and its own, and what to call it with after the store and the Ids."""

    module: str
    name: str
    arguments: tuple[Any, ...]
    streams: bool = False  # the function is also handed a file for its answer
    spool: str = ""  # where an answer goes that is not small
    version: str = ""  # of the store that is wanted; the worker moves on where it has another
    encoding: Encoding = ""
    endless: bool = False  # the answer may be longer than answers usually may

    @classmethod
    def of(cls, function: Callable[..., Any], *arguments: object, **more: Any) -> Task:
        return cls(module=function.__module__, name=function.__qualname__, arguments=arguments, **more)


class Done(NamedTuple):
    """What a function gave back. Bytes are in `body`, or in the spool file where they are many."""

    value: Any = None
    body: bytes | None = None
    spooled: bool = False
    version: str = ""
    encoding: Encoding = ""
    heavy: bool = False  # the worker has grown, and is better replaced


class Failed(NamedTuple):
    """An error for the user, by its class and its words."""

    module: str
    name: str
    words: tuple[str, str, str, str]

    @classmethod
    def of(cls, error: ZhengpuError) -> Failed:
        kind = type(error)
        return cls(module=kind.__module__, name=kind.__name__, words=(error.zh, error.en, error.file, error.place))


Answer = Done | Failed


def frame(message: object) -> bytes:
    """The message as it goes over the wire."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def read_frame(stream: BinaryIO) -> Any:
    """The next message; None where the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    data = stream.read(size)
    return pickle.loads(data) if len(data) == size else None


class Frames:
    """Puts messages together from pieces as they come."""

    def __init__(self) -> None:
        self._parts = bytearray()

    def feed(self, data: bytes) -> Any:
        """The message that these bytes complete, or None; there is never more than one on its way."""
        self._parts += data
        if len(self._parts) < _LENGTH.size:
            return None
        (size,) = _LENGTH.unpack_from(self._parts)
        if len(self._parts) < _LENGTH.size + size:
            return None
        message = pickle.loads(memoryview(self._parts)[_LENGTH.size : _LENGTH.size + size])
        self._parts = bytearray()
        return message
