"""Real servers for the tests, on free ports of the loopback, in folders of their own; each ends with the tests that use it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
FileExtend = 200
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 10000
"""

_DATASET = """
:{name} a fuseki:Service ; fuseki:name "{name}" ; fuseki:dataset :{name}_data ;
  fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ;
  fuseki:endpoint [ fuseki:operation fuseki:update ; fuseki:name "update" ] ;
  fuseki:endpoint [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ] .
:{name}_data a tdb2:DatasetTDB2 ; tdb2:location "{name}" ; tdb2:unionDefaultGraph {union} .
"""
_PREFIXES = """PREFIX : <#>
PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX tdb2: <http://jena.apache.org/2016/tdb#>
[] a fuseki:Server ; fuseki:services ( :ds :plain ) .
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The URL of a Virtuoso with an empty database, without the name and password, which are dba and dba."""
    program = shutil.which("virtuoso-t")
    if not program:
        pytest.skip("没有 Virtuoso（Debian：apt-get install virtuoso-opensource-7-bin）/ no Virtuoso")
    http = free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=free_port(), http=http), "utf-8")
    with running([program, "+foreground", "+configfile", "virtuoso.ini"], folder, f"http://127.0.0.1:{http}/sparql"):
        yield f"http://127.0.0.1:{http}"


def fuseki_jar() -> Path | None:
    """Where `.ci/system-packages` puts it."""
    return next(iter(sorted(Path(sys.prefix).glob("cache/jena-fuseki-server-*.jar"), reverse=True)), None)


@contextmanager
def fuseki(folder: Path) -> Iterator[str]:
    """The URL of a Fuseki with two empty datasets: /ds, whose default graph is the union, and /plain, where it is not."""
    jar, java = fuseki_jar(), shutil.which("java")
    if not jar or not java:
        pytest.skip("没有 Fuseki（需要 Java 17 和 Maven，见 .ci/system-packages）/ no Fuseki")
    config = _PREFIXES + _DATASET.format(name="ds", union="true") + _DATASET.format(name="plain", union="false")
    (folder / "config.ttl").write_text(config, "utf-8")
    port = free_port()
    command = [java, "-Xmx512m", "-jar", str(jar), "--localhost", f"--port={port}", "--config=config.ttl"]
    with running(command, folder, f"http://127.0.0.1:{port}/ds/query?query=ASK%7B%7D"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    """The server while the block runs; it has answered once before."""
    with (folder / "out.log").open("wb") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT) as server:
        try:
            _wait_for(url, server, folder / "out.log")
            yield
        finally:
            server.kill()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with opener.open(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.skip(f"服务器没有启动 / the server did not start: {log.read_text('utf-8', 'replace')[-300:]}")
