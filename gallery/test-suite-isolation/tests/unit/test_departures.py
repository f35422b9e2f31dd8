"""The board's knowledge, under CPython: no browser, no Pyodide, and a new event loop for each async test."""

from __future__ import annotations

import pytest
from departures import Departure, Unavailable, load, minute_of, upcoming

TIMETABLE = '[{"stop": "Harbour", "line": "2", "towards": "University", "at": "08:02"}]'
TRAM = Departure("Harbour", "2", "University", 482)


class Network:
    """Fails a number of times, and then answers."""

    def __init__(self, failures: int) -> None:
        """Fail for the first FAILURES times."""
        self.failures = failures
        self.asked = 0

    async def fetch(self) -> str:
        """Answer, or not."""
        self.asked += 1
        if self.asked <= self.failures:
            raise OSError("no network")
        return TIMETABLE


def test_behind_the_last_of_today_comes_tomorrows_first() -> None:
    """A tram of the early morning is eight hours away at night."""
    assert upcoming([TRAM], "Harbour", minute_of("23:50")) == [(TRAM, 8 * 60 + 12)]


def test_other_stops_are_left_out() -> None:
    """Only what leaves the stop is shown."""
    assert upcoming([TRAM], "Market", 0) == []


@pytest.mark.parametrize("clock", ["24:00", "08:60", "8", "noon"])
def test_what_is_no_time_of_day(clock: str) -> None:
    """What is no time is refused."""
    with pytest.raises(ValueError):
        minute_of(clock)


@pytest.mark.asyncio
async def test_a_bad_network_is_asked_again() -> None:
    """The timetable comes, though the network failed twice."""
    network = Network(failures=2)
    assert await load(network.fetch, pause=0) == ([TRAM], 3)


@pytest.mark.asyncio
async def test_no_network() -> None:
    """Three attempts are made, and no fourth."""
    network = Network(failures=9)
    with pytest.raises(Unavailable):
        await load(network.fetch, pause=0)
    assert network.asked == 3
