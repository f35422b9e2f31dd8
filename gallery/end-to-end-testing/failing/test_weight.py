"""A test that must fail: it is here to see what is left of it."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_the_weight(bag: Page) -> None:
    """Expects pounds."""
    bag.get_by_label("Thing").fill("Boots")
    bag.get_by_label("Weight in kg").fill("1.2")
    bag.get_by_role("button", name="Pack").click()
    expect(bag.get_by_text("2.6 lb")).to_be_visible(timeout=500)
