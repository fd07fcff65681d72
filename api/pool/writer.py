"""The one process that changes the store, beside other programs that do: it holds the folder only while there is something to write."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field

from api.errors import Overloaded
from api.pool.nursery import Nursery
from api.pool.pool import meaning, time_limit
from api.pool.wire import Done, Spec, Task
from api.pool.worker import Worker, WorkerDied
from kg.errors import ZhengpuError

_LINGER = 0.3  # seconds the store is kept open for the next change
_TURN = 5.0  # seconds of changes one after another until others may have the store
_PAUSE = 0.2  # longer than others pause between tries


@dataclass(slots=True)
class Writer:
    """Changes, one after another."""

    nursery: Nursery
    spec: Spec
    queue: int
    _worker: Worker | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _waiting: int = 0
    _since: float = 0.0  # when the store was opened; 0 while it is closed
    _rest: asyncio.TimerHandle | None = None
    _resting: asyncio.Task[None] | None = None

    async def call(self, task: Task, limit: float) -> Done:
        """What the function gives back once its change is safe and shown to readers, within `limit` seconds of its own."""
        if self._waiting >= self.queue:
            raise Overloaded("等待写入的请求太多。请稍后重试", "too many changes are waiting. Try again a little later")
        self._waiting += 1
        try:
            async with self._lock:
                return await self._run(task, limit)
        finally:
            self._waiting -= 1

    async def _run(self, task: Task, limit: float) -> Done:
        self._stay()
        if self._worker is None or self._worker.ended:
            self._worker = await self.nursery.start_worker(self.spec)
        loop = asyncio.get_running_loop()
        self._since = self._since or loop.time()
        try:
            async with asyncio.timeout(limit + self.spec.wait):
                done = await self._worker.run(task)
        except (TimeoutError, asyncio.CancelledError) as error:
            self._abandon()
            if isinstance(error, TimeoutError):
                raise time_limit(limit) from error
            raise
        except WorkerDied as error:
            self._abandon()
            raise meaning(error, self.spec)[1] from error
        except ZhengpuError:
            self._rest_soon()
            raise
        if loop.time() - self._since > _TURN:
            await self._let_go()
            await asyncio.sleep(_PAUSE)
        else:
            self._rest_soon()
        return done

    def _abandon(self) -> None:
        """Kill the process; what it had not acknowledged is undone by whoever opens the store next."""
        if self._worker:
            self._worker.kill()
        self._worker, self._since = None, 0.0

    def _stay(self) -> None:
        if self._rest:
            self._rest.cancel()
            self._rest = None

    def _rest_soon(self) -> None:
        self._stay()
        self._rest = asyncio.get_running_loop().call_later(_LINGER, self._begin_rest)

    def _begin_rest(self) -> None:
        self._resting = asyncio.get_running_loop().create_task(self._rest_now())

    async def _rest_now(self) -> None:
        async with self._lock:
            if not self._rest or self._rest.cancelled() or self._waiting:
                return
            await self._let_go()

    async def _let_go(self) -> None:
        self._since = 0.0
        if self._worker and not self._worker.ended:
            with contextlib.suppress(WorkerDied, ZhengpuError):
                await self._worker.run(None)

    async def stop(self, wait: float) -> None:
        """End the process once the changes that have begun are done."""
        async with self._lock:
            self._stay()
            if self._worker:
                await self._worker.close(wait)
                self._worker = None
