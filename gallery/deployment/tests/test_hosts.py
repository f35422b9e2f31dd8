"""All hosts are told the same, and what they are told is enough."""

from __future__ import annotations

import re

import hosts
import pytest
from serve import FOLDER

FILES = ["_headers", "vercel.json", "nginx.conf"]
PATHS = ["/", "/index.html", "/main.mjs", "/isolation-sw.js", "/empty.wasm"]
FIXED = "/fixed/cities-1.json"

ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
ASKED_FOR_AGAIN = {"no-cache", "public, max-age=0, must-revalidate"}


def told(file: str, path: str) -> dict[str, str]:
    """Say what a host sends that has the file."""
    return hosts.read(FOLDER / file).headers(path)


def policy() -> str:
    """Read the policy that the page carries with it."""
    found = re.search(
        r'Content-Security-Policy"\s+content="([^"]*)"',
        (FOLDER / "index.html").read_text(),
    )
    assert found
    return found[1]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("path", [*PATHS, FIXED])
def test_every_file_is_isolated(file: str, path: str) -> None:
    """Workers need the headers as well as pages, so all files have them."""
    assert told(file, path).items() >= ALWAYS.items()


@pytest.mark.parametrize("file", FILES)
def test_only_what_never_changes_is_kept(file: str) -> None:
    """All else is asked for again: the service worker and worker scripts above all."""
    assert "immutable" in told(file, FIXED)["Cache-Control"]
    for path in PATHS:
        assert told(file, path)["Cache-Control"] in ASKED_FOR_AGAIN


@pytest.mark.parametrize("file", FILES)
def test_the_policy_is_that_of_the_page(file: str) -> None:
    """The page carries it for hosts that send none; only frame-ancestors counts in a header alone."""
    sent = told(file, "/")["Content-Security-Policy"]
    assert sent == f"{policy()}; frame-ancestors 'self'"
    assert "'wasm-unsafe-eval'" in sent
    assert "'unsafe-eval'" not in sent
    assert "'unsafe-inline'" not in sent


def test_headers_that_two_rules_set_are_refused() -> None:
    """Hosts do not agree on what that means."""
    anywhere = re.compile("")
    twice = hosts.Host(
        [hosts.Rule(anywhere, "A", "1"), hosts.Rule(anywhere, "A", "2")], {}
    )
    with pytest.raises(ValueError, match="two rules set A for /"):
        twice.headers("/")
