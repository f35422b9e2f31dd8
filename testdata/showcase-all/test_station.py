"""Tests of the station, in another Python, and of its page, in a browser."""

import asyncio

import pytest
from playwright.sync_api import Page
from station import name_of


def test_name():
    """A code has a place and a number."""
    assert name_of("hel-1") == "Hel 1"


def test_page(page: Page):
    """The page has a title."""
    page.goto("http://localhost:8000/")
    assert page.title() == "Hel 1"


@pytest.mark.asyncio
async def test_tide():
    """The tide takes its time."""
    await asyncio.sleep(0)
