"""The stations of the harbour's server, and what they measured last."""

import asyncio
from dataclasses import dataclass

from js import fetch
from pyodide.http import pyfetch


@dataclass
class Station:
    """A place where the level of the water is measured."""

    name: str
    level: float


async def stations(address: str) -> list[Station]:
    """Ask the server at an address for its stations."""
    response = await pyfetch(f"{address}/stations")
    response.raise_for_status()
    try:
        entries = await response.json()
    except ValueError:
        raise LookupError(await response.text()) from None
    return [Station(**entry) for entry in entries]


async def warning(address: str) -> str:
    """Ask whether there is a warning for the harbour."""
    response = fetch(f"{address}/warning")
    return await response.text()


async def refresh(address: str) -> tuple[list[Station], str]:
    """Ask for both, side by side."""
    notice = asyncio.create_task(fetch(f"{address}/notice"))
    found = await stations(address)
    return found, await (await notice).text()


class Watch:
    """What the page keeps an eye on while somebody looks at it."""

    def __init__(self, address: str) -> None:
        """Begin with the stations at an address, and with its warning."""
        self._begun = asyncio.gather(stations(address), warning(address))
        self.address = address
