"""Clients that cost as little as can be, so that the server is what is measured."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import time
from urllib.parse import quote, urlsplit

JSON = "application/sparql-results+json"


def path_of(url: str, query: str) -> str:
    return f"{urlsplit(url).path}?query={quote(query)}"


def ask_one_by_one(url: str, queries: list[str]) -> list[float]:
    """Seconds that each query takes, on one connection that is kept."""
    parts, times = urlsplit(url), []
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=120)
    for query in queries:
        begun = time.perf_counter()
        connection.request("GET", path_of(url, query), headers={"Accept": JSON})
        answer = connection.getresponse()
        body = answer.read()
        times.append(time.perf_counter() - begun)
        assert answer.status == 200, body[:300]
    connection.close()
    return times


def ask_at_once(url: str, queries: list[list[str]]) -> tuple[list[float], float]:
    """The same by as many clients as there are lists; and the seconds that all took together."""
    times: list[float] = []
    clients = [threading.Thread(target=lambda each=each: times.extend(ask_one_by_one(url, each))) for each in queries]
    begun = time.perf_counter()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return times, time.perf_counter() - begun


def fetch(url: str, query: str, more: str = "") -> tuple[float, int]:
    """The seconds that an answer takes to come whole, and its bytes with the head."""
    parts, buffer, size = urlsplit(url), bytearray(1 << 20), 0
    begun = time.perf_counter()
    with socket.create_connection((str(parts.hostname), parts.port), timeout=300) as connection:
        head = f"GET {path_of(url, query)}{more} HTTP/1.1\r\nHost: x\r\nAccept: {JSON}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode())
        first = connection.recv(1 << 16)
        assert b" 200 " in first[:20], first[:300]
        size = len(first)
        while got := connection.recv_into(buffer):
            size += got
    return time.perf_counter() - begun, size


class Held:
    """Connections that are held for a while: idle ones on which one request was made, and busy ones on which one follows another."""

    def __init__(self, url: str, idle: int, busy: int) -> None:
        self.url, self._idle, self._busy = url, idle, busy
        self.asked = 0
        self.errors: list[str] = []
        self._streams: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def hold(self, seconds: float, watch: list[tuple[float, float]], look: float, figure: object) -> None:
        """Hold them; `watch` is given the moment and a figure of the server every `look` seconds."""
        for _ in range(self._idle):
            self._streams.append(await self._connected())
            await self._ask(*self._streams[-1], 0)
        end = time.monotonic() + seconds
        looking = asyncio.ensure_future(self._look(watch, look, figure))
        await asyncio.gather(*(self._keep_asking(number, end) for number in range(self._busy)))
        looking.cancel()
        for stream in self._streams:  # each is still there
            await self._ask(*stream, 1)
            stream[1].close()

    async def _look(self, watch: list[tuple[float, float]], look: float, figure: object) -> None:
        while True:
            watch.append((time.monotonic(), figure()))  # type: ignore[operator]
            await asyncio.sleep(look)

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        parts = urlsplit(self.url)
        return await asyncio.open_connection(str(parts.hostname), parts.port)

    async def _keep_asking(self, number: int, end: float) -> None:
        stream, at = await self._connected(), number
        while time.monotonic() < end:
            at += self._busy
            await self._ask(*stream, at % 3000)
        stream[1].close()

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        path = path_of(self.url, f"SELECT ?p ?o {{ <urn:n{number}> ?p ?o }}")
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: {JSON}\r\n\r\n".encode())
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
            body = await asyncio.wait_for(reader.readexactly(length), 60)
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.errors.append(repr(error))
            return
        self.asked += 1
        if b" 200 " not in head[:20]:
            self.errors.append(body[:200].decode("utf-8", "replace"))
