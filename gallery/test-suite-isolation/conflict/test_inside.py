"""A test that is async, and uses the synchronous interface: it fails wherever it stands."""

from __future__ import annotations

import pytest
from playwright.sync_api import sync_playwright


@pytest.mark.asyncio
async def test_start() -> None:
    """Start Playwright where pytest-asyncio's loop runs."""
    # pyodide-ls: ignore[playwright-sync-asyncio] it is here to fail, and the run sees that it does
    with sync_playwright() as playwright:
        assert playwright.chromium.name == "chromium"
