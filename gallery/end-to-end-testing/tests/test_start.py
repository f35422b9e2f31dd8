"""The start: slow, without a network, and with a program that is broken. No test here sleeps."""

from __future__ import annotations

import starting
from playwright.sync_api import Error, Page, Route, expect
from serving import NETWORK


def test_a_slow_start(page: Page) -> None:
    """Nothing can be done before Python is there, and then all can. The test says what time it is, and what arrives."""
    held: list[Route] = []
    page.clock.install()
    page.route("**/main.py", lambda route: held.append(route))
    with page.expect_request("**/main.py", timeout=starting.START):
        page.goto("index.html")
    page.clock.fast_forward(starting.SLOW)
    starting.says(page, "Starting Python: the network is slow…")
    expect(page.get_by_role("button", name="Pack")).to_be_disabled()
    held[0].continue_()
    starting.says(page, "Ready")
    expect(page.get_by_role("button", name="Pack")).to_be_enabled()
    expect(page.get_by_label("Thing")).to_be_focused()


def test_an_impatient_user(page: Page) -> None:
    """Playwright waits until a field can be typed into, as a user does: that is when Python is ready.

    From then on nothing more is needed of the network.
    """
    page.goto("index.html")
    page.get_by_label("Thing").fill("Boots", timeout=starting.START)
    page.context.set_offline(True)
    page.get_by_label("Weight in kg").fill("1.2")
    page.get_by_role("button", name="Pack").click()
    expect(page.get_by_role("listitem")).to_contain_text(["Boots, 1.2 kg"])


def test_no_network(page: Page) -> None:
    """The page says so, and starts when it is asked to try again and there is one."""
    page.route(NETWORK, lambda route: route.abort())
    page.goto("index.html")
    starting.says(page, "Not started")
    expect(page.get_by_role("alert")).to_contain_text("Python did not start")
    expect(page.get_by_label("Thing")).to_be_disabled()
    page.unroute(NETWORK)
    page.get_by_role("button", name="Try again").click()
    starting.says(page, "Ready")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_program_that_is_broken(page: Page) -> None:
    """The user is told, and so is whoever collects the errors of the page: with Python's traceback."""
    errors: list[Error] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.route("**/luggage.py", lambda route: route.fulfill(body="LIMIT = 8_000g"))
    page.goto("index.html")
    starting.says(page, "Not started")
    expect(page.get_by_role("alert")).to_contain_text("Python did not start")
    (error,) = errors
    assert "SyntaxError: invalid decimal literal" in error.message
