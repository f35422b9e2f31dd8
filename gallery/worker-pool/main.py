"""The page: has islands drawn by a pool of workers."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from itertools import repeat
from typing import Any

import js
from atlas import HEIGHT, STRIP, TILE, WIDTH, Atlas, element, number, record, say
from bridge.core import listen
from bridge.pool import Pool
from bridge.worker import WorkerDiedError, WorkerError

atlas = Atlas()
pool: Pool | None = None
drawing: asyncio.Task[None] | None = None

PLACES = [
    (left, top) for top in range(0, HEIGHT, TILE) for left in range(0, WIDTH, TILE)
]


async def pool_of(size: int) -> Pool:
    """Give a pool of that many workers: the one that is there, or another in its place."""
    global pool
    if pool is None or pool.size != size:
        if pool:
            pool.close()
        say(f"Starting {size} {'worker' if size == 1 else 'workers'}…")
        pool = Pool("worker.mjs", size=size, convert=False)
    await pool.ready()
    return pool


async def draw() -> None:
    """Draw an island and survey it."""
    seed = number("seed")
    crew = await pool_of(number("workers"))
    atlas.clear()
    began = js.performance.now()
    lefts, tops = zip(*PLACES, strict=True)
    async with aclosing(
        crew.as_completed("tile", repeat(seed), lefts, tops, repeat(TILE), retries=1)
    ) as tiles:
        done = 0
        async for place, pixels in tiles:  # whichever comes first
            atlas.put(*PLACES[place], pixels)
            done += 1
            say("Drawing…", done / len(PLACES))
    record(crew.size, len(PLACES), js.performance.now() - began)
    say("Surveying…", 1)
    west = range(0, WIDTH, STRIP)
    east = (left + STRIP for left in west)
    async with aclosing(
        crew.map("section", repeat(seed), west, east, retries=1)
    ) as strips:
        async for heights in strips:  # from west to east
            atlas.extend(list(heights.to_py()))
    say(f"Island {seed} is drawn", 1)


async def work() -> None:
    """Draw, and say so if it comes to nothing."""
    element("draw").disabled = True
    element("stop").disabled = element("crash").disabled = False
    try:
        await draw()
    except asyncio.CancelledError:
        say("Stopped")
    except WorkerDiedError as error:
        say(f"No island: {error}")
    finally:
        element("draw").disabled = False
        element("stop").disabled = element("crash").disabled = True


async def crash() -> None:
    """Have one worker die; its pool puts another in its place."""
    if pool is None:
        return
    try:
        await pool.call("crash")
    except WorkerError as error:
        js.console.info(str(error))
        element("replaced").value = str(pool.replaced)


def start(event: Any) -> None:
    """Begin to draw."""
    global drawing
    event.preventDefault()
    drawing = asyncio.ensure_future(work())


def stop(_: Any) -> None:
    """Stop drawing: tiles that wait are dropped, those that are being drawn are broken off."""
    if drawing:
        drawing.cancel()


async def main() -> None:
    """Get ready."""
    listen(element("form"), "submit", start)
    listen(element("stop"), "click", stop)
    listen(element("crash"), "click", lambda _: crash())
    await pool_of(number("workers"))
    element("draw").disabled = False
    say("Ready")


drawing = asyncio.ensure_future(main())
