"""Several workers for many tasks: each task goes to the first worker that is free.

    async with Pool("worker.mjs", size=4) as pool:
        async for thumbnail in pool.map("shrink", pictures):
            show(thumbnail)

A worker that dies is replaced. Whoever stops waiting has the tasks stopped that are left.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from types import TracebackType
from typing import Any, Self

from .errors import WorkerClosedError, WorkerDiedError, WorkerError
from .worker import Worker

__all__ = ["Pool"]

_AHEAD = 4
"""How many tasks of a `map` are under way for each worker: enough that none waits, few enough for long inputs."""


class Pool:
    """Workers that share a queue. They start at once and live until the pool is closed."""

    def __init__(self, url: str = "worker.mjs", *, size: int | None = None, convert: bool = True) -> None:
        """Start SIZE workers at URL, by default one less than the machine has cores, and one at least.

        For CONVERT see Worker.
        """
        self._url = url
        self._size = _cores_to_spare() if size is None else size
        if self._size < 1:
            raise ValueError(f"a pool of {self._size} workers does nothing")
        self._convert = convert
        self._free: deque[Worker] = deque()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._error: WorkerError | None = None
        self._full = asyncio.Event()
        self._started = 0
        self._replaced = 0
        self._workers: set[Worker] = set()
        self._tasks = {asyncio.ensure_future(self._keep(f"{url} {i + 1}")) for i in range(self._size)}

    @property
    def size(self) -> int:
        """How many workers there are."""
        return self._size

    @property
    def replaced(self) -> int:
        """How many workers have died, and were replaced or are about to be."""
        gone = 0 if self._error else sum(not worker.alive for worker in self._workers)
        return self._replaced + gone

    @property
    def queued(self) -> int:
        """How many tasks wait for a worker."""
        return sum(not waiting.done() for waiting in self._waiting)

    async def __aenter__(self) -> Self:
        """Wait until all workers are ready."""
        try:
            await self.ready()
        except BaseException:
            self.close()
            raise
        return self

    async def __aexit__(
        self,
        type: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the pool."""
        self.close()

    async def ready(self) -> None:
        """Wait until all workers are ready; tasks wait by themselves, and begin with the first.

        Raises WorkerDiedError if one cannot be started: then the pool is of no use.
        """
        await self._full.wait()
        if self._error is not None:
            raise self._error

    async def call(
        self,
        function: str,
        /,
        *args: Any,
        timeout: float | None = None,
        retries: int = 0,
        **named: Any,
    ) -> Any:
        """Run a function in the first worker that is free, and return its result.

        TIMEOUT is in seconds, and begins when a worker has the task. If the worker dies of it, the task is given to
        another up to RETRIES times: leave that at 0 for what must not be done twice. Raises what `Worker.call` raises.
        """
        left = retries
        while True:
            worker = await self._take()
            if not worker.alive:
                continue
            try:
                return await worker.call(function, *args, timeout=timeout, **named)
            except WorkerDiedError:
                if left == 0:
                    raise
                left -= 1
            finally:
                self._give_back(worker)

    async def map(
        self,
        function: str,
        /,
        *columns: Iterable[Any],
        timeout: float | None = None,
        retries: int = 0,
    ) -> AsyncGenerator[Any, None]:
        """Run a function for all items, as `map` does, and give the results in the order of the items.

        Items are taken as they are needed, some tasks ahead. TIMEOUT is in seconds, for each task. The first task that
        fails ends it all. RETRIES is as with `call`.
        """
        items = enumerate(zip(*columns, strict=False))
        under_way: deque[asyncio.Task[tuple[int, Any]]] = deque()
        try:
            while True:
                while len(under_way) < _AHEAD * self._size and (item := next(items, None)) is not None:
                    under_way.append(self._submit(function, item, timeout, retries))
                if not under_way:
                    return
                _, result = await under_way[0]
                under_way.popleft()
                yield result
        finally:
            _drop(under_way)

    async def as_completed(
        self,
        function: str,
        /,
        *columns: Iterable[Any],
        timeout: float | None = None,
        retries: int = 0,
    ) -> AsyncGenerator[tuple[int, Any], None]:
        """Run a function for all items, and give the place of each and its result, whichever comes first.

        All else is as with `map`.
        """
        items = enumerate(zip(*columns, strict=False))
        under_way: set[asyncio.Task[tuple[int, Any]]] = set()
        done: set[asyncio.Task[tuple[int, Any]]] = set()
        try:
            while True:
                while len(under_way) < _AHEAD * self._size and (item := next(items, None)) is not None:
                    under_way.add(self._submit(function, item, timeout, retries))
                if not under_way:
                    return
                done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    yield task.result()
        finally:
            _drop(under_way | done)

    def close(self) -> None:
        """End all workers at once. Whoever waits gets a WorkerClosedError. To close it again does nothing."""
        self._fail(WorkerClosedError("the pool is closed"))

    def _submit(
        self,
        function: str,
        item: tuple[int, tuple[Any, ...]],
        timeout: float | None,
        retries: int,
    ) -> asyncio.Task[tuple[int, Any]]:
        place, args = item

        async def run() -> tuple[int, Any]:
            return place, await self.call(function, *args, timeout=timeout, retries=retries)

        return asyncio.ensure_future(run())

    async def _take(self) -> Worker:
        """Wait for a worker that is free; who came first gets it first."""
        if self._error is not None:
            raise self._error
        while self._free:
            if (worker := self._free.popleft()).alive:
                return worker
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._give(turn.result())  # it came at the moment when nobody wanted it any more
            raise

    def _give(self, worker: Worker) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._free.append(worker)

    def _give_back(self, worker: Worker) -> None:
        """Let others have a worker as soon as it is idle, which may take a while after a cancellation."""
        if not worker.alive:
            return
        if worker.idle:
            self._give(worker)
            return
        task = asyncio.ensure_future(self._give_settled(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _give_settled(self, worker: Worker) -> None:
        await worker.settled()
        if worker.alive:
            self._give(worker)

    async def _keep(self, name: str) -> None:
        """Have a worker there, and another one when it has died."""
        while self._error is None:
            worker = Worker(self._url, name=name, convert=self._convert)
            self._workers.add(worker)
            try:
                await worker.ready()
                self._count()
                self._give(worker)
                await worker.ended()
                self._replaced += 1
            except WorkerDiedError as error:
                self._fail(error)  # the next one would not start either
            finally:
                worker.close()
                self._workers.discard(worker)

    def _count(self) -> None:
        self._started += 1
        if self._started >= self._size:
            self._full.set()

    def _fail(self, error: WorkerError) -> None:
        if self._error is not None:
            return
        self._error = error
        for turn in self._waiting:
            if not turn.done():
                turn.set_exception(error)
        self._waiting.clear()
        for worker in list(self._workers):
            worker.close()
        _drop(self._tasks)
        self._full.set()


def _drop(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks of which nobody wants to hear any more."""
    for task in list(tasks):
        if task.done() and not task.cancelled():
            task.exception()
        task.cancel()


def _cores_to_spare() -> int:
    import js

    return max(1, int(js.navigator.hardwareConcurrency) - 1)
