"""Who wishes to sit beside whom, and the order of chairs that keeps most of it. Nothing in here knows of a page."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

LINE = re.compile(r"\s*(\w[\w ]*?)\s*([+-])\s*(\w[\w ]*?)\s*")


@dataclass(frozen=True)
class Wish:
    """That a guest sits beside another one, or apart from them."""

    guest: str
    other: str
    beside: bool

    def __str__(self) -> str:
        """Say it as people do."""
        return f"{self.guest} {'beside' if self.beside else 'apart from'} {self.other}"


def wishes_in(text: str) -> tuple[Wish, ...]:
    """Read wishes, one a line, such as "Ada + Ben". Raises ValueError, which says what is none."""
    wishes = []
    for line in filter(str.strip, text.splitlines()):
        if not (match := LINE.fullmatch(line)):
            raise ValueError(
                f"“{line.strip()}” is no wish: write Ada + Ben or Ada - Ben"
            )
        guest, sign, other = match.groups()
        if guest == other:
            raise ValueError(f"{guest} is always beside {other}")
        wishes.append(Wish(guest, other, sign == "+"))
    return tuple(wishes)


def guests_of(wishes: Sequence[Wish]) -> tuple[str, ...]:
    """List all that are named, by the alphabet."""
    return tuple(sorted({name for w in wishes for name in (w.guest, w.other)}))


def broken(wishes: Sequence[Wish], order: Sequence[str]) -> list[Wish]:
    """Find the wishes that an order does not keep, those of guests without a chair among them."""
    chair = {guest: place for place, guest in enumerate(order)}
    neighbours = (1, len(order) - 1)
    return [
        wish
        for wish in wishes
        if wish.guest not in chair
        or wish.other not in chair
        or (abs(chair[wish.guest] - chair[wish.other]) in neighbours) != wish.beside
    ]


def improve(
    wishes: Sequence[Wish], order: Sequence[str], heat: float, swaps: int
) -> list[str]:
    """Swap guests so many times. What makes it worse by one wish is done with a probability of exp(-1 / heat)."""
    chance = random.Random(f"{heat} {order}")  # the same for the same question
    now = list(order)
    if len(now) < 3:
        return now
    worst = len(broken(wishes, now))
    for _ in range(swaps):
        a, b = chance.sample(range(len(now)), 2)
        now[a], now[b] = now[b], now[a]
        after = len(broken(wishes, now))
        if after <= worst or chance.random() < math.exp((worst - after) / heat):
            worst = after
        else:
            now[a], now[b] = now[b], now[a]
    return now
