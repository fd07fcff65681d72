"""A process that has loaded what workers need and does nothing but fork: a worker is there in milliseconds, however busy the machine is.

It has one thread and no store open, so that forking is safe. What it is told, over its standard input, which is a socket: one byte
for each worker, with the worker's wire and its standard error. What it says: a number and a status; the status of a start is -1.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import socket
import struct
import sys

TOLD = struct.Struct("!ii")
STARTED = -1


def main() -> None:
    """Fork until the server closes the socket."""
    # whatever else came with the start, the server's copy of this socket among it: a worker that held one would hide the zygote's end
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    control = socket.socket(fileno=os.dup(0))
    for module in sys.argv[1:]:
        importlib.import_module(module)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, lambda *_: _reap(control))
    while True:
        try:
            told, descriptors, _, _ = socket.recv_fds(control, 1, 2)
        except ConnectionResetError:  # the server was killed before it had read all that was said to it
            return
        if not told:
            return
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # its end is not said before its start
        pid = os.fork()
        if pid == 0:
            _live(control, *descriptors)
        for each in descriptors:
            os.close(each)
        with contextlib.suppress(OSError):
            control.sendall(TOLD.pack(pid, STARTED))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


def _reap(control: socket.socket) -> None:
    """Say of every worker that has ended how it ended."""
    with contextlib.suppress(ChildProcessError, OSError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            control.sendall(TOLD.pack(ended[0], ended[1] & 0xFFFF))


def _live(control: socket.socket, wire: int, errors: int) -> None:
    """The life of a worker."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        control.close()
        for here in (0, 1, 2):
            os.dup2(errors, here)
        from api.pool.child import work

        with socket.socket(fileno=wire) as connection:
            work(connection.makefile("rb"), connection.makefile("wb", buffering=0))
        code = 0
    except BaseException:  # noqa: BLE001 - a fault of ours ends the worker here, and is read from its standard error
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    finally:
        os._exit(code)
