"""A worker, from the page's side, with a worker in the same loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import aclosing
from typing import Any

import pytest

from bridge.core import alive
from bridge.errors import (
    NotPlainError,
    RemoteError,
    RemoteTraceback,
    WorkerClosedError,
    WorkerDiedError,
)
from bridge.worker import Worker
from javascript import FakeWorker, JsProxy, browser

ended: list[str] = []


def add(a: int, b: int = 0) -> int:
    """Add."""
    return a + b


def divide(a: int, b: int) -> float:
    """Divide."""
    return a / b


def wrong() -> object:
    """Return what cannot be sent."""
    return {"a": object()}


async def slow() -> None:
    """Take forever."""
    try:
        await asyncio.sleep(60)
    finally:
        ended.append("slow")


def count(to: int) -> Iterator[int]:
    """Count."""
    try:
        yield from range(to)
    finally:
        ended.append("count")


async def count_slowly(to: int) -> AsyncIterator[int]:
    """Count, and fail at the end."""
    for i in range(to):
        await asyncio.sleep(0)
        yield i
    raise ValueError("done")


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a test in a browser, and see that it leaves nothing behind."""
    ended.clear()
    functions = (add, divide, wrong, slow, count, count_slowly)
    with browser(**{function.__name__: function for function in functions}) as workers:
        asyncio.run(asyncio.wait_for(work, 5))
        assert all(worker.terminated and not worker.listeners for worker in workers)
    assert alive().total() == 0


def test_calls_are_answered() -> None:
    async def work() -> None:
        async with Worker("w.mjs", name="w") as worker:
            assert await worker.call("add", 1, b=2) == 3
            assert await asyncio.gather(*(worker.call("add", i) for i in range(5))) == [
                0,
                1,
                2,
                3,
                4,
            ]
            assert FakeWorker.all[0].url == "w.mjs"
            assert FakeWorker.all[0].type == "module"

    run(work())


def test_a_call_waits_for_the_worker_to_start() -> None:
    async def work() -> None:
        worker = Worker()
        assert await worker.call("add", 1) == 1
        worker.close()

    run(work())


def test_exceptions_come_out_with_their_traceback() -> None:
    async def work() -> None:
        async with Worker() as worker:
            with pytest.raises(ZeroDivisionError) as caught:
                await worker.call("divide", 1, 0)
            assert isinstance(caught.value.__cause__, RemoteTraceback)
            assert "return a / b" in str(caught.value.__cause__)
            assert "serving.py" not in str(caught.value.__cause__)
            with pytest.raises(TypeError, match="unexpected keyword argument"):
                await worker.call("add", c=1)

    run(work())


def test_what_cannot_be_sent_is_said_on_either_side() -> None:
    async def work() -> None:
        async with Worker() as worker:
            with pytest.raises(NotPlainError, match=r"argument 1 of add is of object"):
                await worker.call("add", object())
            with pytest.raises(
                RemoteError,
                match=r"NotPlainError: the result of wrong\['a'\] is of object",
            ):
                await worker.call("wrong")

    run(work())


def test_what_is_not_exported_is_said() -> None:
    async def work() -> None:
        async with Worker() as worker:
            with pytest.raises(
                LookupError,
                match="no function 'sub' is exported here, only add, divide",
            ):
                await worker.call("sub")

    run(work())


def test_a_timeout_stops_the_function() -> None:
    async def work() -> None:
        async with Worker() as worker:
            with pytest.raises(TimeoutError):
                await worker.call("slow", timeout=0.02)
            await worker.settled()
            assert ended == ["slow"]
            assert await worker.call("add", 1) == 1

    run(work())


def test_a_cancellation_stops_the_function() -> None:
    async def work() -> None:
        async with Worker() as worker:
            task = asyncio.ensure_future(worker.call("slow"))
            await asyncio.sleep(0.02)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await worker.settled()
            assert ended == ["slow"]

    run(work())


def test_a_stream_gives_what_is_yielded() -> None:
    async def work() -> None:
        async with Worker() as worker:
            assert [item async for item in worker.stream("count", 3)] == [0, 1, 2]
            items = []
            with pytest.raises(ValueError, match="done"):
                async for item in worker.stream("count_slowly", 3):
                    items.append(item)
            assert items == [0, 1, 2]

    run(work())


def test_a_stream_that_is_left_is_closed_in_the_worker() -> None:
    async def work() -> None:
        async with Worker() as worker:
            async with aclosing(worker.stream("count", 1_000_000)) as items:
                async for item in items:
                    if item == 2:
                        break
            await worker.settled()
            assert ended == ["count"]

    run(work())


def test_calls_and_streams_are_not_mixed_up() -> None:
    async def work() -> None:
        async with Worker() as worker:
            with pytest.raises(TypeError, match="ask for them with stream"):
                await worker.call("count", 1)
            with pytest.raises(TypeError, match="ask for its result with call"):
                [item async for item in worker.stream("add", 1)]

    run(work())


def test_a_worker_that_cannot_be_started() -> None:
    async def work() -> None:
        FakeWorker.starts = False
        with pytest.raises(WorkerDiedError, match="could not be started: PythonError: no such module"):
            async with Worker():
                pass

    run(work())


@pytest.mark.parametrize("event", ["error", "messageerror"])
def test_a_worker_that_dies_rejects_what_waits(event: str) -> None:
    async def work() -> None:
        async with Worker() as worker:
            task = asyncio.ensure_future(worker.call("slow"))
            await asyncio.sleep(0.02)
            FakeWorker.all[0].fire(event, message="RuntimeError: unreachable")
            with pytest.raises(WorkerDiedError):
                await task
            with pytest.raises(WorkerDiedError):
                await worker.call("add", 1)
            assert isinstance(await worker.ended(), WorkerDiedError)
            assert not worker.alive

    run(work())


def test_closing_rejects_what_waits() -> None:
    async def work() -> None:
        worker = Worker()
        task = asyncio.ensure_future(worker.call("slow"))
        await asyncio.sleep(0.02)
        worker.close()
        worker.close()
        with pytest.raises(WorkerClosedError):
            await task

    run(work())


def test_results_can_be_left_in_javascript() -> None:
    async def work() -> None:
        async with Worker(convert=False) as worker:
            assert await worker.call("add", 1) == 1
            FakeWorker.functions["pair"] = lambda: [1, 2]
            assert isinstance(await worker.call("pair"), JsProxy)

    run(work())
