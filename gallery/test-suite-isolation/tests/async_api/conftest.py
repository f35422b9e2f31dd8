"""Playwright's asynchronous interface, in one event loop for the whole session: the only one that it may be used in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
import serving
from playwright.async_api import Browser, Page, Route, async_playwright


async def _from_folder(route: Route) -> None:
    await route.fulfill(path=serving.runtime(route.request.url))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start the browser, once."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=serving.executable())
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    """Open a page that shares nothing with the other tests'."""
    context = await browser.new_context(base_url=address)
    if serving.offline():
        await context.route(serving.NETWORK, _from_folder)
    yield await context.new_page()
    await context.close()
