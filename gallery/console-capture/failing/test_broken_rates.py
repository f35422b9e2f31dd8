"""Two tests that fail, for the server sends rates that are none. What they assert does not say why: the log does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture(autouse=True)
def broken_rates(expenses: Page) -> None:
    """Let the server answer with a page of its own where JSON is wanted, as many do with an error."""
    expenses.route(
        "**/rates.json",
        lambda route: route.fulfill(body="<!doctype html><title>Sorry</title>"),
    )


def test_the_sum(expenses: Page) -> None:
    """Fails, since no sum is shown."""
    expenses.get_by_role("button", name="Add up").click()
    expect(expenses.locator("#total")).to_contain_text("EUR", timeout=3000)


def test_no_problem(expenses: Page) -> None:
    """Fails, though the page shows no problem: the error was not caught, and the plugin has heard it."""
    with expenses.expect_response("**/rates.json"):
        expenses.get_by_role("button", name="Add up").click()
    expenses.wait_for_timeout(1000)
    expect(expenses.locator("#problem")).to_be_empty()
