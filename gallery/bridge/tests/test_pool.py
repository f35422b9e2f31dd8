"""A pool, over workers in the same loop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import aclosing
from itertools import count
from typing import Any

import pytest

from bridge.core import alive
from bridge.errors import WorkerClosedError, WorkerDiedError
from bridge.pool import Pool
from javascript import FakeWorker, browser

running = 0
most = 0
done: list[int] = []


async def nap(ticks: int, value: int = 0) -> int:
    """Take some time."""
    global running, most
    running += 1
    most = max(most, running)
    try:
        await asyncio.sleep(ticks / 1000)
        done.append(value)
        return value
    finally:
        running -= 1


async def die() -> None:
    """End the first worker that lives."""
    next(worker for worker in FakeWorker.all if not worker.terminated).fire("error", message="dead")
    await asyncio.sleep(60)


async def die_once() -> str:
    """End the first worker that lives, the first time."""
    if len(FakeWorker.all) == 1:
        await die()
    return "alive"


def fail(value: int) -> int:
    """Fail at three."""
    if value == 3:
        raise ValueError("three")
    return value


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a test in a browser, and see that it leaves nothing behind."""
    global running, most
    running = most = 0
    done.clear()
    functions = (nap, die, die_once, fail)
    with browser(**{function.__name__: function for function in functions}) as workers:
        asyncio.run(asyncio.wait_for(work, 5))
        assert all(worker.terminated and not worker.listeners for worker in workers)
    assert alive().total() == 0


def test_as_many_tasks_run_as_there_are_workers() -> None:
    async def work() -> None:
        async with Pool(size=3) as pool:
            results = await asyncio.gather(*(pool.call("nap", 5, i) for i in range(10)))
        assert results == list(range(10))
        assert most == 3

    run(work())


def test_results_come_in_order() -> None:
    async def work() -> None:
        async with Pool(size=2) as pool:
            results = [result async for result in pool.map("nap", [20, 1, 10, 1], [0, 1, 2, 3])]
        assert results == [0, 1, 2, 3]
        assert done != [0, 1, 2, 3]

    run(work())


def test_results_come_as_they_are_completed() -> None:
    async def work() -> None:
        async with Pool(size=2) as pool:
            results = [result async for result in pool.as_completed("nap", [40, 1, 1], [7, 8, 9])]
        assert results == [(1, 8), (2, 9), (0, 7)]

    run(work())


def test_inputs_without_end_are_taken_as_needed() -> None:
    async def work() -> None:
        async with (
            Pool(size=2) as pool,
            aclosing(pool.map("nap", count(0), count(0))) as results,
        ):
            async for result in results:
                if result == 5:
                    break
            assert pool.queued <= 8

    run(work())


def test_the_first_failure_ends_a_map() -> None:
    async def work() -> None:
        async with Pool(size=2) as pool:
            results = []
            with pytest.raises(ValueError, match="three"):
                async for result in pool.map("fail", range(10)):
                    results.append(result)
            assert results == [0, 1, 2]
            assert await pool.call("fail", 1) == 1

    run(work())


def test_a_cancelled_task_gives_its_worker_back() -> None:
    async def work() -> None:
        async with Pool(size=1) as pool:
            task = asyncio.ensure_future(pool.call("nap", 10_000))
            waiting = asyncio.ensure_future(pool.call("nap", 10_000))
            await asyncio.sleep(0.02)
            assert pool.queued == 1
            waiting.cancel()
            task.cancel()
            assert await pool.call("nap", 1, 4) == 4

    run(work())


def test_a_timeout_is_of_the_task_and_not_of_the_queue() -> None:
    async def work() -> None:
        async with Pool(size=1) as pool:
            results = await asyncio.gather(*(pool.call("nap", 30, i, timeout=0.08) for i in range(5)))
            assert results == [0, 1, 2, 3, 4]
            with pytest.raises(TimeoutError):
                await pool.call("nap", 10_000, timeout=0.01)

    run(work())


def test_a_worker_that_dies_is_replaced() -> None:
    async def work() -> None:
        async with Pool(size=2) as pool:
            with pytest.raises(WorkerDiedError):
                await pool.call("die")
            assert pool.replaced == 1
            assert [result async for result in pool.map("nap", [1] * 5, range(5))] == [
                0,
                1,
                2,
                3,
                4,
            ]
            assert pool.replaced == 1
            assert len(FakeWorker.all) == 3

    run(work())


def test_a_task_whose_worker_dies_can_be_tried_again() -> None:
    async def work() -> None:
        async with Pool(size=1) as pool:
            assert await pool.call("die_once", retries=1) == "alive"

    run(work())


def test_a_pool_that_cannot_be_started() -> None:
    async def work() -> None:
        FakeWorker.starts = False
        pool = Pool(size=2)
        with pytest.raises(WorkerDiedError, match="could not be started"):
            await pool.call("nap", 1)
        with pytest.raises(WorkerDiedError, match="could not be started"):
            await pool.ready()

    run(work())


def test_closing_rejects_what_waits() -> None:
    async def work() -> None:
        pool = Pool(size=1)
        tasks = [asyncio.ensure_future(pool.call("nap", 10_000)) for _ in range(3)]
        await asyncio.sleep(0.02)
        pool.close()
        pool.close()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(result) for result in results] == [WorkerClosedError] * 3
        with pytest.raises(WorkerClosedError):
            await pool.call("nap", 1)

    run(work())


def test_how_many_workers_there_are() -> None:
    async def work() -> None:
        async with Pool() as pool:
            assert pool.size == 3  # of four cores
        with pytest.raises(ValueError, match="0 workers"):
            Pool(size=0)

    run(work())
