"""The plugin itself, with pages that need no Python."""

from __future__ import annotations

import time

import pytest
from browser_log import BrowserLog, BrowserLogs
from playwright.sync_api import Page


def test_times_are_the_browsers(
    page: Page, browser_logs: BrowserLogs, browser_log: BrowserLog
) -> None:
    """A test that is busy hears late what was said, and knows nevertheless when."""
    page.evaluate(
        "() => { for (const ms of [100, 200]) setTimeout(() => console.info(ms), ms); }"
    )
    asked = 1000 * time.time()
    time.sleep(1)
    browser_logs.settle()
    assert browser_log.said("console.info") == ["100", "200"]
    assert all(entry.at - asked < 800 for entry in browser_log.entries)


@pytest.mark.page_errors
def test_errors_keep_their_place(
    page: Page, browser_logs: BrowserLogs, browser_log: BrowserLog
) -> None:
    """Of an error nobody knows the time. It was no later than what came behind it."""
    page.evaluate(
        "() => { setTimeout(() => { throw new Error('lost'); }, 100); setTimeout(console.info, 200, 'then'); }"
    )
    time.sleep(1)
    browser_logs.settle()
    error, then = browser_log.entries
    assert error.source == "page error"
    assert then.text == "then"
    assert error.at <= then.at


def test_a_request_that_fails(
    page: Page, browser_logs: BrowserLogs, browser_log: BrowserLog
) -> None:
    """There is no answer, and the log says which request had none."""
    page.goto("rates.json")
    page.route("**/lost.json", lambda route: route.abort())
    page.evaluate("() => fetch('lost.json').catch(() => {})")
    browser_logs.settle()
    assert browser_log.said("request failed") == [
        f"GET {page.url.replace('rates', 'lost')}: net::ERR_FAILED"
    ]


def test_a_page_that_is_frozen(
    page: Page, browser_logs: BrowserLogs, browser_log: BrowserLog
) -> None:
    """It does not hold up the tests, and what it said before is there."""
    page.evaluate(
        "() => { setTimeout(() => { console.info('last words'); for (;;); }); }"
    )
    began = time.monotonic()
    browser_logs.settle()
    assert time.monotonic() - began < 5
    assert browser_log.said("console.info") == ["last words"]
