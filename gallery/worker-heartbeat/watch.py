"""The page's half: a worker that is watched, told to stop when it gives no sign of life, and replaced if it does not."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import js
from bridge.arrays import SharedArray, isolated
from bridge.core import listen
from bridge.worker import Worker, WorkerDiedError

LOOP, WORK = range(2)
"""Places of the two signs of life, as in pulse.py."""
LOOK = 0.05
"""How often the page looks for signs, in seconds."""
RECENT = 0.3
"""How old a sign of life may be to say what a worker is doing, in seconds."""


@dataclass(frozen=True)
class Incident:
    """What a worker hung on, and what became of it."""

    ended: str
    """Either "interrupted" or "replaced"."""
    where: str
    """The line that was interrupted; empty if that is not known."""
    noticed: float
    """How long the worker gave no sign, in seconds."""
    back: float
    """How long it took from there until there was a worker that works, in seconds."""


class HungError(WorkerDiedError):
    """A worker gave no sign of life while it worked on this."""

    def __init__(self, incident: Incident) -> None:
        """Say where it hung, if that is known."""
        super().__init__(f"it hung{incident.where and ' in '}{incident.where}")
        self.incident = incident


class Pulse:
    """What is heard of a worker. A page that was asleep has heard nothing, and does not blame the worker for that."""

    def __init__(self) -> None:
        """Hear signs by messages; `share` has them come through memory."""
        self.name = f"pulse {uuid.uuid4()}"
        self._where = ""
        self._told = asyncio.Event()
        self._memory: SharedArray | None = None
        self._heard = [0, 0]
        self._seen = [0, 0]
        self._silent = [0.0, 0.0]
        self._looked = js.performance.now()
        self._channel = js.BroadcastChannel.new(self.name)
        self._listener = listen(self._channel, "message", self._on_message)

    def share(self, shared: bool) -> SharedArray | None:
        """Give the memory for signs, or None if they are to come by messages."""
        self._memory = SharedArray.zeros("i", 2) if shared else None
        self._heard, self._seen = [0, 0], [0, 0]
        return self._memory

    def look(self) -> None:
        """Note which signs have come since the last look."""
        now = js.performance.now()
        passed = min((now - self._looked) / 1000, 2 * LOOK)
        self._looked = now
        for sign in (LOOP, WORK):
            count = self._memory.load(sign) if self._memory else self._heard[sign]
            self._silent[sign] = (
                0 if count != self._seen[sign] else self._silent[sign] + passed
            )
            self._seen[sign] = count

    def forgive(self) -> None:
        """Begin anew: what was not heard until now does not count."""
        self._silent = [0.0, 0.0]
        self._told.clear()

    async def place(self) -> str:
        """Name the line that was interrupted, or nothing if it is not told soon."""
        try:
            async with asyncio.timeout(RECENT):
                await self._told.wait()
        except TimeoutError:
            return ""
        return self._where

    @property
    def silence(self) -> float:
        """How long no sign has come, in seconds."""
        return min(self._silent)

    @property
    def state(self) -> str:
        """Say what the worker is doing, as far as can be heard."""
        if self._silent[LOOP] < RECENT:
            return "free"
        return "busy" if self._silent[WORK] < RECENT else "silent"

    def close(self) -> None:
        """Hear no more."""
        self._listener.stop()
        self._channel.close()

    def _on_message(self, event: Any) -> None:
        if isinstance(event.data, str):
            self._where = event.data
            self._told.set()
        else:
            self._heard[event.data] += 1


class Watched:
    """A worker that works on one thing at a time, under watch. It is replaced when it has to be ended."""

    def __init__(
        self,
        url: str,
        *,
        patience: float = 1.0,
        grace: float = 0.3,
        seen: Callable[[Pulse], object] = lambda _: None,
    ) -> None:
        """Start the worker.

        PATIENCE is how long it may give no sign, GRACE how long it has to follow an interrupt, both in seconds. SEEN
        is told of each look.
        """
        self.patience, self.grace = patience, grace
        self.shared = isolated()
        self.incident: Incident | None = None
        """What happened in the last run, if anything did."""
        self._url, self._seen = url, seen
        self._begin()

    def _begin(self) -> None:
        self._worker = Worker(self._url)
        self._pulse = Pulse()

    async def ready(self) -> None:
        """Wait until the worker works and gives signs of life."""
        await self._worker.ready()
        memory = self._pulse.share(self.shared)
        await self._worker.call("signs", memory, self._pulse.name)

    async def share(self, shared: bool) -> None:
        """Have signs come through shared memory, and interrupt; or by messages, as on a page that is not isolated."""
        self.shared = shared and isolated()
        await self.ready()

    async def run(self, function: str, *args: object, retries: int = 0) -> Any:
        """Run a function of the worker, which is told by `attempt` whether it is tried for the first time.

        RETRIES is how often it is tried again if the worker hangs or dies: that is for you to say, since only you know
        whether it may be done twice, and whether there is hope. Raises HungError or WorkerDiedError behind the last,
        with a worker that works.
        """
        self.incident = None
        attempt = 1
        while True:
            try:
                return await self._try(function, *args, attempt=attempt)
            except WorkerDiedError:
                if attempt > retries:
                    raise
                attempt += 1

    async def call(self, function: str) -> Any:
        """Run a function of the worker that is not watched."""
        return await self._worker.call(function)

    async def _try(self, function: str, *args: object, attempt: int) -> Any:
        self._pulse.forgive()
        work = asyncio.ensure_future(
            self._worker.call(function, *args, attempt=attempt)
        )
        try:
            while not work.done():
                await asyncio.wait([work], timeout=LOOK)
                self._pulse.look()
                self._seen(self._pulse)
                if self._pulse.silence > self.patience and not work.done():
                    self.incident = await self._rescue(work)
                    raise HungError(self.incident)
            return work.result()
        except WorkerDiedError:
            if not self._worker.alive:
                await self._replace()
            raise
        finally:
            work.cancel()

    async def _rescue(self, work: asyncio.Future[Any]) -> Incident:
        """Get a worker back that works: this one if it can be interrupted, else another."""
        noticed, began = self._pulse.silence, js.performance.now()
        ended = "interrupted"
        work.cancel()  # which interrupts it, where memory is shared
        try:
            async with asyncio.timeout(self.grace if self.shared else 0):
                await self._worker.settled()
        except TimeoutError:
            ended = "replaced"
            await self._replace()
        back = (js.performance.now() - began) / 1000
        where = await self._pulse.place() if ended == "interrupted" else ""
        return Incident(ended, where, noticed, back)

    async def _replace(self) -> None:
        self._worker.close()
        self._pulse.close()
        self._begin()
        await self.ready()
