"""What a board of departures knows. Nothing here needs a page, so that it is tested without one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


class Unavailable(Exception):
    """No attempt has brought the timetable."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A tram that leaves a stop, at a number of minutes after midnight."""

    stop: str
    line: str
    towards: str
    minute: int

    @property
    def clock(self) -> str:
        """When it leaves, such as 08:05."""
        return f"{self.minute // 60:02}:{self.minute % 60:02}"


def minute_of(clock: str) -> int:
    """Count the minutes from midnight to a time such as 08:05. Raises ValueError for what is none."""
    hours, minutes = (int(part) for part in clock.split(":"))
    if not (0 <= hours < 24 and 0 <= minutes < 60):
        raise ValueError(f"not a time of day: {clock!r}")
    return 60 * hours + minutes


def parse(timetable: str) -> list[Departure]:
    """Read a timetable: JSON, a list of objects. Raises ValueError or KeyError for what is none."""
    return [
        Departure(
            entry["stop"], entry["line"], entry["towards"], minute_of(entry["at"])
        )
        for entry in json.loads(timetable)
    ]


def upcoming(
    departures: list[Departure], stop: str, now: int, most: int = 3
) -> list[tuple[Departure, int]]:
    """Find what leaves a stop next, with the minutes until then. Behind the last of today comes tomorrow's first."""
    waits = (
        (departure, (departure.minute - now) % (24 * 60))
        for departure in departures
        if departure.stop == stop
    )
    return sorted(waits, key=lambda pair: pair[1])[:most]


async def load(
    fetch: Callable[[], Awaitable[str]], *, attempts: int = 3, pause: float = 0.1
) -> tuple[list[Departure], int]:
    """Ask for the timetable until it comes, and say how often that took.

    Behind each attempt that fails with OSError it waits twice as long, PAUSE seconds behind the first. Raises
    Unavailable behind the last.
    """
    for attempt in range(1, attempts + 1):
        try:
            return parse(await fetch()), attempt
        except OSError as error:
            if attempt == attempts:
                raise Unavailable(f"no timetable after {attempts} attempts") from error
            await asyncio.sleep(pause * 2 ** (attempt - 1))
    raise ValueError("no attempt was allowed")
