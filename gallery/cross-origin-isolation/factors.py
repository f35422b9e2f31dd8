"""Finds the prime factors of a number by trying one divisor after the other. Runs in the worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Search:
    """How far the search for the factors of a number is."""

    rest: int
    """What is left of the number."""
    divisor: int = 2
    """What is tried next."""
    found: list[int] = field(default_factory=list)

    def run(self) -> None:
        """Go on until all is found. It takes minutes for nineteen digits, and may be interrupted at any time."""
        while self.divisor * self.divisor <= self.rest:
            if self.rest % self.divisor == 0:
                self.rest //= self.divisor
                self.found.append(self.divisor)
            else:
                self.divisor += 1 if self.divisor == 2 else 2

    def __str__(self) -> str:
        """Write the number as a product."""
        return " × ".join(f"{factor:,}" for factor in [*self.found, self.rest])


_searches: dict[int, Search] = {}
"""Those that were stopped, by number."""


def factor(digits: str, begun: Callable[[], object]) -> str:
    """Say which primes a number is the product of.

    From when it calls BEGUN it may be interrupted. That is no error: it says how far it came, and goes on from there
    when it is asked again.
    """
    number = int(digits)
    search = _searches.setdefault(number, Search(number))
    first = search.divisor
    try:
        begun()
        # A call, and not the loop itself: in Python 3.13, what interrupts a loop may miss the `except` right around it.
        search.run()
    except KeyboardInterrupt:
        return f"{search}; all divisors from {first:,} to {search.divisor:,} were tried"
    del _searches[number]
    return f"{number:,} = {search}"
