"""The page in a browser, on each host."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect, sync_playwright
from serve import serving

NETWORK = "https://cdn.jsdelivr.net/pyodide/**"
AS_JSDELIVR = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
STARTED = 60_000
"""How long Python may take to start, in milliseconds."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser, once: the one that CHROMIUM_PATH names, one that is installed, or Playwright's own."""
    path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


def _from_folder(route: Route) -> None:
    """Answer with a file of PYODIDE_DIR, with the headers that the content network sends."""
    file = Path(os.environ["PYODIDE_DIR"]) / route.request.url.rpartition("/")[2]
    route.fulfill(path=file, headers=AS_JSDELIVR)


@pytest.mark.parametrize(
    ("file", "way", "wrong"),
    [
        ("_headers", "by headers", 0),
        ("vercel.json", "by headers", 0),
        ("nginx.conf", "by headers", 0),
        (None, "by a service worker", 3),
    ],
    ids=["Netlify, Cloudflare Pages", "Vercel", "nginx", "GitHub Pages"],
)
def test_the_page_runs(
    browser: Browser, file: str | None, way: str, wrong: int
) -> None:
    """It is isolated, Python starts under the policy, and the page finds its headers as they are to be."""
    said = []
    with serving(file) as address, browser.new_context() as context:
        if "PYODIDE_DIR" in os.environ:
            context.route(NETWORK, _from_folder)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.goto(address)
        expect(page.locator("#status")).to_have_text("Ready", timeout=STARTED)
        expect(page.locator("#distance")).to_contain_text("km")
        expect(page.locator("#isolation")).to_contain_text(way)
        expect(page.locator("tr[data-right]")).to_have_count(7)
        assert page.locator("tr[data-right=no]").count() == wrong
    assert not [text for text in said if "Content Security Policy" in text]
