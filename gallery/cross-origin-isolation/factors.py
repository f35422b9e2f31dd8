"""Finds the prime factors of a number by trying one divisor after the other. Runs in the worker."""

from __future__ import annotations

from collections.abc import Callable

_stopped: dict[int, tuple[tuple[int, ...], int, int]] = {}
"""The searches that were stopped, by number: the factors that are found, what is left of it, and the next divisor."""


def factor(digits: str, begun: Callable[[], object]) -> str:
    """Say which primes a number is the product of.

    It takes minutes for nineteen digits. From when it calls BEGUN it may be interrupted. That is no error: the search
    says how far it came, and goes on from there next time.
    """
    number = int(digits)
    found, rest, divisor = _stopped.pop(number, ((), number, 2))
    began = divisor
    try:
        begun()
        while divisor * divisor <= rest:
            if rest % divisor == 0:
                rest //= divisor
                found += (divisor,)
            else:
                divisor += 1 if divisor == 2 else 2
    except KeyboardInterrupt:
        _stopped[number] = found, rest, divisor
        return f"{_product(*found, rest)}; of {rest:,} all divisors from {began:,} to {divisor:,} were tried"
    return f"{number:,} = {_product(*found, rest)}"


def _product(*factors: int) -> str:
    return " × ".join(f"{factor:,}" for factor in factors)
