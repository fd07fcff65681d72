"""Whatever the zygote says and in whatever pieces, nobody waits for a worker that has ended."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import uvloop

from api.pool.wire import Task
from api.pool.worker import Worker, WorkerDied

if sys.platform == "win32":
    pytest.skip("没有 fork，没有 zygote / no fork, no zygote", allow_module_level=True)

from api.pool.nursery import Nursery, _Zygote
from api.pool.zygote import STARTED, TOLD

KILLED = 9
Say = Callable[[socket.socket], None]


async def fork_told(say: Say, theirs: socket.socket, ours: socket.socket) -> Worker:
    """A worker of a zygote that the test plays: it lets the worker's wire go, as a process does that ends, and says what `say` does."""
    ours.setblocking(False)
    _, zygote = await asyncio.get_running_loop().create_connection(_Zygote, sock=ours)
    zygote._ours = ours
    forked = asyncio.create_task(zygote.fork())
    await asyncio.sleep(0)
    _, descriptors, _, _ = socket.recv_fds(theirs, 1, 2)
    for each in descriptors:
        socket.close(each)
    say(theirs)
    return await forked


def end_behind_the_start(control: socket.socket) -> None:
    control.sendall(TOLD.pack(7, STARTED) + TOLD.pack(7, KILLED))


def no_more_than_the_start(control: socket.socket) -> None:
    control.sendall(TOLD.pack(7, STARTED))
    control.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("say", [end_behind_the_start, no_more_than_the_start])
def test_the_end_of_a_worker_at_its_birth_is_known(say: Say) -> None:
    async def run() -> None:
        ours, theirs = socket.socketpair()
        with theirs:  # open until the end: it is not the end of the zygote that tells of that of its worker
            await (await fork_told(say, theirs, ours)).run(Task.of(print))

    with pytest.raises(WorkerDied) as died:
        run_apart(run)
    assert died.value.code == -KILLED


def test_a_zygote_that_ends_instead_of_forking_is_known() -> None:
    async def run() -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            await fork_told(lambda control: control.shutdown(socket.SHUT_RDWR), theirs, ours)

    with pytest.raises(WorkerDied):
        run_apart(run)


def test_who_no_longer_waits_does_not_take_the_worker_of_another() -> None:
    async def run() -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        _, zygote = await asyncio.get_running_loop().create_connection(_Zygote, sock=ours)
        zygote._ours = ours
        first, second = asyncio.create_task(zygote.fork()), asyncio.create_task(zygote.fork())
        await asyncio.sleep(0)
        first.cancel()
        with theirs:
            theirs.sendall(TOLD.pack(7, STARTED) + TOLD.pack(8, STARTED))
            worker = await second
            assert worker.pid == 8
            await worker.close(0)
        await zygote.close()

    run_apart(run)


def test_no_worker_holds_the_line_of_the_zygote() -> None:
    """Else the end of the zygote would be noticed only when all its workers have ended, and until then no other be started."""

    async def run() -> None:
        nursery = Nursery(())
        worker = await nursery._forked()
        zygote = nursery._zygote
        assert zygote
        assert zygote._process
        zygote._process.kill()
        while not zygote.gone:
            await asyncio.sleep(0.01)
        assert not worker.ended
        await worker.close(0)

    run_apart(run)


def run_apart(make: Callable[[], Awaitable[None]]) -> None:
    """Run it on the server's loop, in a thread of its own, as a browser of other tests may hold this one; no waiting for ever."""

    async def in_time() -> None:
        await asyncio.wait_for(make(), 10)

    def run() -> None:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(in_time())

    with ThreadPoolExecutor(1) as thread:
        thread.submit(run).result()
