"""All workers that read: calls are handed to whoever is free, and a long one makes room for the short ones behind it."""

from __future__ import annotations

import asyncio
import signal
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from api.errors import Fault, MemoryLimit, MemorySpent, Overloaded, TimeLimit, TooComplex
from api.pool.nursery import Nursery
from api.pool.wire import Done, Spec, Task
from api.pool.worker import Worker, WorkerDied
from kg.errors import ZhengpuError

_REST = 1.0  # seconds until a worker is started again where the store cannot be opened
_SHORT_REST = 0.05  # the same where it died before it had begun
_TRIES = 3  # with other workers, where one was killed from outside
_NO_MEMORY = ("memory allocation", "MemoryError", "bad_alloc", "Cannot allocate memory", "Resource temporarily unavailable")
_LOOK = 0.05  # seconds between looks at the memory of long calls
_KILLED = -9
_CRASHES = {-getattr(signal, name) for name in ("SIGSEGV", "SIGBUS", "SIGILL") if hasattr(signal, name)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much goes on at a time."""

    workers: int  # kept ready for short calls
    long_calls: int  # beside them
    patience: float  # seconds after which a call counts as long
    queue: int  # calls that may wait
    memory: int  # bytes that all workers may hold together, beyond what they do when they are idle


@dataclass(slots=True)
class Pool:
    """Reading workers. `version` is what calls are to see; `ended(why, said)` is told of each worker that was killed or died."""

    nursery: Nursery
    spec: Spec
    limits: Limits
    ended: Callable[[str, str], None] = lambda *_: None
    version: str = ""
    _idle: list[Worker] = field(default_factory=list)
    _busy: set[Worker] = field(default_factory=set)
    _starting: int = 0
    _waiting: deque[asyncio.Future[Worker]] = field(default_factory=deque)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _stopping: bool = False
    _watch: asyncio.TimerHandle | None = None

    # --- the whole --------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start the workers; an error where the store cannot be opened."""
        first = await self.nursery.start_worker(self.spec)
        self.version = self.version or first.version
        self._idle.append(first)
        self._fill()

    async def stop(self, wait: float) -> None:
        """End the workers, the busy ones once they are done or `wait` seconds have passed."""
        self._stopping = True
        if self._watch:
            self._watch.cancel()
        for task in self._tasks:
            task.cancel()
        for future in self._waiting:
            future.cancel()
        workers = [*self._idle, *self._busy]
        self._idle.clear()
        await asyncio.gather(*(worker.close(wait) for worker in workers))

    async def move(self, version: str) -> None:
        """Let calls see another version from now on; idle workers move to it one by one, so that others are ready meanwhile."""
        self.version = version
        for worker in list(self._idle):
            if worker.version != version and worker in self._idle:
                self._idle.remove(worker)
                self._busy.add(worker)
                try:
                    await worker.run(Task.of(settle, version=version))
                except (WorkerDied, ZhengpuError):
                    worker.kill()
                finally:
                    self._release(worker)

    @property
    def counts(self) -> dict[str, int]:
        """Workers by what they do, and calls that wait."""
        slow = sum(worker.slow for worker in self._busy)
        return {"idle": len(self._idle), "busy": len(self._busy) - slow, "long": slow, "starting": self._starting, "waiting": self.waiting}

    @property
    def waiting(self) -> int:
        return sum(not future.done() for future in self._waiting)

    # --- one call ---------------------------------------------------------------------------------------------

    async def call(self, task: Task, limit: float) -> Done:
        """What the function of the task gives back, within `limit` seconds. Broken off, the worker is killed."""
        end = asyncio.get_running_loop().time() + limit
        for again in range(_TRIES, -1, -1):
            worker = await self._acquire(end)
            try:
                return await self._run(worker, task._replace(version=self.version), end, limit)
            except WorkerDied as died:
                if not again or died.code != _KILLED or worker.stopped:
                    why, error = meaning(died, self.spec)
                    self.ended(why, f"exit {died.code}: {died.said}" if why == "fault" else "")
                    raise error from died
        raise AssertionError("unreachable")

    async def _run(self, worker: Worker, task: Task, end: float, limit: float) -> Done:
        timer = asyncio.get_running_loop().call_later(self.limits.patience, self._step_back, worker)
        try:
            async with asyncio.timeout_at(end):
                done = await worker.run(task)
        except TimeoutError as error:
            worker.kill()
            self.ended("time", "")
            raise time_limit(limit) from error
        except asyncio.CancelledError:
            worker.kill()
            self.ended("cancelled", "")
            raise
        except WorkerDied:
            if worker.reason:
                raise worker.reason from None
            raise
        finally:
            timer.cancel()
            self._release(worker)
        if done.heavy:
            worker.kill()
        return done

    def _step_back(self, worker: Worker) -> None:
        """The call of this worker is a long one: another worker takes its place, unless there are too many of the kind."""
        if sum(each.slow for each in self._busy) >= self.limits.long_calls:
            worker.kill(overloaded())
            self.ended("crowded", "")
            return
        worker.step_back()
        self._fill()
        if self._watch is None:
            self._look_at_memory()

    def _look_at_memory(self) -> None:
        """While there are long calls, end the largest whenever all together hold too much."""
        long = [worker for worker in self._busy if worker.slow]
        self._watch = asyncio.get_running_loop().call_later(_LOOK, self._look_at_memory) if long else None
        if long and self.nursery.grown > self.limits.memory:
            max(long, key=lambda worker: worker.grown).kill(memory_spent(self.limits.memory))
            self.ended("memory together", "")

    # --- who is free ------------------------------------------------------------------------------------------

    async def _acquire(self, end: float) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.ended:
                self._busy.add(worker)
                return worker
        self._fill()
        if self.waiting >= self.limits.queue:
            raise overloaded()
        future: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        try:
            async with asyncio.timeout_at(end):
                return await future
        except TimeoutError as error:
            raise overloaded() from error
        finally:
            if future.cancelled() or not future.done():
                future.cancel()

    def _release(self, worker: Worker) -> None:
        """Give the worker to the next call; a long one's, or one that is ended, is replaced."""
        self._busy.discard(worker)
        if worker.slow or worker.stopped or worker.ended or self._stopping:
            if not worker.ended:
                worker.kill()
            self._fill()
            return
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                self._busy.add(worker)
                future.set_result(worker)
                return
        self._idle.append(worker)

    def _fill(self) -> None:
        """Start workers until enough are there for short calls."""
        quick = len(self._idle) + sum(not worker.slow for worker in self._busy) + self._starting
        for _ in range(0 if self._stopping else self.limits.workers - quick):
            self._starting += 1
            task = asyncio.get_running_loop().create_task(self._start_one())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _start_one(self) -> None:
        worker, again = None, False
        try:
            worker = await self.nursery.start_worker(self.spec)
        except (WorkerDied, OSError):
            await asyncio.sleep(_SHORT_REST)
            again = True
        except ZhengpuError as error:
            self._say_to_waiting(error)
            await asyncio.sleep(_REST)
            again = self.waiting > 0
        finally:
            self._starting -= 1
        if worker is None:
            if again:
                self._fill()
            return
        self._busy.add(worker)
        self._release(worker)

    def _say_to_waiting(self, error: ZhengpuError) -> None:
        """Where no worker is left that could answer, those who wait learn why."""
        if not self._busy and not self._idle:
            while self._waiting:
                future = self._waiting.popleft()
                if not future.done():
                    future.set_exception(error)


def meaning(died: WorkerDied, spec: Spec) -> tuple[str, ZhengpuError]:
    """What it says of a call that its process died of it: a word for it, and the error for the user."""
    memory = spec.memory >> 20
    if any(each in died.said for each in _NO_MEMORY):
        return "memory", MemoryLimit(
            f"所需内存超过上限 {memory} MB，已中止。请缩小范围、少排序和分组，或加 LIMIT",
            f"this needs more memory than the limit of {memory} MB. Ask for less, sort and group less, or add a LIMIT",
        )
    if died.code in _CRASHES or "overflowed its stack" in died.said:
        return "depth", TooComplex("嵌套太深，已中止。请写得平一些", "this is nested too deeply. Write it flatter")
    return "fault", Fault(
        "处理这个请求的进程意外中止，没有改动任何内容。请稍后重试；若再发生，请连同请求编号报告",
        "the process that worked on this died, and nothing was changed. Try again; if it happens again, report it with the request id",
    )


def settle(*_: object) -> None:
    """Nothing; by being called a worker moves to the version that it was called for."""


def time_limit(limit: float) -> TimeLimit:
    """The error of work that took too long."""
    return TimeLimit(
        f"超过时限 {limit:g} 秒，已中止。请缩小查询范围、加 LIMIT，或用 timeout 参数延长（不超过服务器的上限）",
        f"broken off at the limit of {limit:g} s. Ask for less, add a LIMIT, or ask for more time by the parameter timeout, "
        "up to what the server allows",
    )


def memory_spent(memory: int) -> MemorySpent:
    """The error of the call that took most of the memory that all calls have together."""
    return MemorySpent(
        f"所有查询合计的内存到了上限 {memory >> 20} MB，这一个占得最多，已中止。请缩小范围、少排序和分组，或稍后再试",
        f"all calls together reached the limit of {memory >> 20} MB of memory, and this one held most of it. "
        "Ask for less, sort and group less, or try again later",
    )


def overloaded() -> Overloaded:
    """The error of work that finds no room."""
    return Overloaded("服务器正忙。请稍后重试", "the server is busy. Try again a little later")
