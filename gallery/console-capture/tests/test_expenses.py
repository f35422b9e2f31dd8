"""The application does what it should, and says in the console what it did."""

from __future__ import annotations

from browser_log import BrowserLog, BrowserLogs
from playwright.sync_api import Page, expect


def test_the_sum(
    expenses: Page, browser_logs: BrowserLogs, browser_log: BrowserLog
) -> None:
    """What Python prints and what it logs are told apart."""
    expenses.locator("#lines").fill("10 EUR lunch\nten EUR dinner\n1812 JPY tea")
    expenses.get_by_role("button", name="Add up").click()
    expect(expenses.locator("#total")).to_have_text("20.00 EUR")
    browser_logs.settle()
    assert browser_log.said("stdout") == ["2 expenses read", "the sum is 20.00 EUR"]
    assert browser_log.said("stderr") == [
        "WARNING expenses: line 2 cannot be read: ten EUR dinner"
    ]


def test_no_rates(
    expenses: Page, browser_logs: BrowserLogs, browser_log: BrowserLog
) -> None:
    """What the server refused is there, and that the application has dealt with it: no error of the page."""
    expenses.route("**/rates.json", lambda route: route.fulfill(status=503))
    expenses.get_by_role("button", name="Add up").click()
    expect(expenses.locator("#problem")).to_contain_text("Try again later")
    browser_logs.settle()
    assert browser_log.said("response") == [
        f"503 GET {expenses.url.replace('index.html', 'rates.json')}"
    ]
    assert not browser_log.said("page error")
