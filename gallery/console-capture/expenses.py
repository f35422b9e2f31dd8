"""Expenses in several currencies, and their sum. Nothing here needs a page."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Expense:
    """An amount in a currency, such as EUR, and what it was for."""

    amount: Decimal
    currency: str
    purpose: str


def read(lines: str) -> list[Expense]:
    """Read one expense a line. What cannot be read is left out, and logged."""
    expenses = []
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        try:
            amount, currency, purpose = line.split(maxsplit=2)
            expenses.append(Expense(Decimal(amount), currency.upper(), purpose))
        except (ValueError, InvalidOperation):
            log.warning("line %d cannot be read: %s", number, line)
    return expenses


def total(
    expenses: list[Expense], rates: Mapping[str, Decimal], currency: str
) -> Decimal:
    """Add up in a currency. A rate is what one euro buys; KeyError is raised for a currency without one."""
    euros = sum(
        (expense.amount / rates[expense.currency] for expense in expenses), Decimal()
    )
    return round(euros * rates[currency], 2)
