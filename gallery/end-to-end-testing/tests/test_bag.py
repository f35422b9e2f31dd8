"""The page as its users have it: by the names that they see or hear, with the mouse and with the keyboard."""

from __future__ import annotations

import proxies
from playwright.sync_api import Page, expect


def pack(bag: Page, name: str, weight: str) -> None:
    """Fill in the form and send it."""
    bag.get_by_label("Thing").fill(name)
    bag.get_by_label("Weight in kg").fill(weight)
    bag.get_by_role("button", name="Pack").click()


def test_too_heavy(bag: Page) -> None:
    """The page says by how much, until enough is taken out."""
    pack(bag, "Boots", "1.2")
    pack(bag, "Books", "7.5")
    expect(bag.get_by_role("alert")).to_have_text("Too heavy: take 0.7 kg out.")
    expect(bag.get_by_text("8.7 kg of 8 kg")).to_be_visible()
    bag.get_by_role("button", name="Take out Boots").click()
    expect(bag.get_by_role("alert")).to_be_hidden()
    expect(bag.get_by_role("listitem")).to_contain_text(["Books, 7.5 kg"])


def test_what_cannot_be_packed(bag: Page) -> None:
    """The browser refuses a thing without a weight, and Python is not asked."""
    bag.get_by_label("Thing").fill("Balloon")
    bag.get_by_label("Weight in kg").fill("0")
    bag.get_by_role("button", name="Pack").click()
    expect(bag.get_by_label("Weight in kg")).to_be_focused()
    expect(bag.get_by_role("listitem")).to_have_count(0)


def test_the_keyboard_is_enough(bag: Page) -> None:
    """The focus is never lost: it goes to the next field, and to the neighbour of what was taken out."""
    for name in ("Boots", "Books"):
        expect(bag.get_by_label("Thing")).to_be_focused()
        bag.keyboard.type(name)
        bag.keyboard.press("Tab")
        bag.keyboard.type("1")
        bag.keyboard.press("Enter")
    for _ in range(3):
        bag.keyboard.press("Tab")
    expect(bag.get_by_role("button", name="Take out Boots")).to_be_focused()
    bag.keyboard.press("Enter")
    expect(bag.get_by_role("button", name="Take out Books")).to_be_focused()
    bag.keyboard.press("Space")
    expect(bag.get_by_label("Thing")).to_be_focused()


def test_what_is_heard(bag: Page) -> None:
    """Each control has a role and a name, in the order in which a screen reader comes to them."""
    pack(bag, "Boots", "1.2")
    expect(bag.get_by_role("main")).to_match_aria_snapshot(
        """
        - region "Pack":
          - heading "Pack" [level=2]
          - textbox "Thing"
          - spinbutton "Weight in kg"
          - button "Pack"
        - region "The bag":
          - heading "The bag" [level=2]
          - list:
            - listitem:
              - text: Boots, 1.2 kg
              - button "Take out Boots"
          - paragraph:
            - meter "Weight"
            - status: 1.2 kg of 8 kg
        """
    )


def test_a_session_leaves_nothing_behind(bag: Page) -> None:
    """What was packed and taken out again is forgotten: no function of Python is held for it."""
    proxies.watch(bag)
    for number in range(5):
        pack(bag, f"Book {number}", "0.4")
    assert len(proxies.held(bag)) == 5, "the tracing works: each button has a handler"
    for number in range(5):
        bag.get_by_role("button", name=f"Take out Book {number}").click()
    expect(bag.get_by_role("listitem")).to_have_count(0)
    assert proxies.held(bag) == []
