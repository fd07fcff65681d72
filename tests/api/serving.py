"""A real server process for the tests, on a free port, with a token of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from api.settings import load_settings
from api.tokens import make_token, read_tokens, tokens_file, write_tokens
from kg.ids import Ids
from kg.ingestion import open_ours
from kg.store import Parcel

_COMMAND = "from kg.cli import main; main()"
_START, _END = 60, 15  # seconds


@dataclass(slots=True)
class Served:
    """A server that runs: its address, a token that may do everything, and what it logged."""

    url: str
    token: str
    process: subprocess.Popen[str]
    store: Path
    log: list[dict[str, object]] = field(default_factory=list)

    def client(self, *, token: bool = False, timeout: float = 60) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.token}"} if token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=timeout, limits=httpx.Limits(max_connections=None))

    def workers(self) -> list[int]:
        """The processes that the server has started and that live."""
        return [worker for zygote in children(self.process.pid) for worker in children(zygote)]


def run_command(*arguments: str, environment: dict[str, str] | None = None) -> str:
    """What a command of ours prints."""
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND, *arguments], capture_output=True, text=True, check=True, env={**os.environ, **(environment or {})}
    )
    return done.stdout.strip()


def make_store(folder: Path, graphs: dict[str, bytes] | None = None) -> Path:
    """A store with these graphs of N-Triples."""
    with open_ours(str(folder), Ids.configured(), create=True) as store:
        if graphs:
            store.apply(Parcel(add=graphs))
    return folder


@contextmanager
def serving(store: Path | str, *options: str, places: str = "", **settings: object) -> Iterator[Served]:
    """A server on the store while the block lasts, which also knows the places of that file; no process of it is left behind."""
    told = {f"ZHENGPU_SERVE_{name.upper()}": _text(value) for name, value in settings.items()}
    environment = {**os.environ, **told, **({"ZHENGPU_JURISDICTIONS": places} if places else {})}
    token = _token_for(str(store), environment)
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", _COMMAND, "serve", "--store", str(store), "--port", "0", *options],
        env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    served = Served("", token, process, Path(store))
    ready = threading.Event()
    reader = threading.Thread(target=_follow, args=(served, ready), daemon=True)
    reader.start()
    try:
        assert ready.wait(_START), served.log
        assert any(line.get("event") == "ready" for line in served.log), served.log
        yield served
    finally:
        workers = [*served.workers(), *children(process.pid)]
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        finally:
            process.kill()
            reader.join(5)
            if process.stderr:
                process.stderr.close()
        assert not _left(workers), f"left behind: {workers}"


def _token_for(store: str, environment: Mapping[str, str]) -> str:
    """A new token for everything, beside those that the server knows."""
    file = tokens_file(load_settings(None, environment, {"store": store}))
    token, record = make_token(f"test {os.urandom(4).hex()}", ["admin"], None)
    write_tokens(file, [*read_tokens(file), record])
    return token


def _left(pids: list[int]) -> list[int]:
    """Those that still live after a while: what a killed server had begun to write is finished first."""
    deadline = time.monotonic() + _END
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return [pid for pid in pids if alive(pid)]


def _follow(served: Served, ready: threading.Event) -> None:
    for line in served.process.stderr or ():
        try:
            told = json.loads(line)
        except ValueError:
            told = {"said": line}
        served.log.append(told)
        if told.get("event") == "starting":
            served.url = str(told["url"])
        if told.get("event") == "ready":
            ready.set()
    ready.set()


def _text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, (list, set, tuple)) else str(value)


def children(pid: int) -> list[int]:
    """The processes that this one has started and that live."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill_one(pids: list[int]) -> bool:
    """Kill the first of these that is still there, and say whether one was: a process that was listed may have ended since."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            return True
    return False
