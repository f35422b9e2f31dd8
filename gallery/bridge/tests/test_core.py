"""Proxies end, and those that have not are counted."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from bridge import (
    Subscription,
    alive,
    keep_alive,
    listen,
    proxies,
    release,
    release_group,
)
from page import Page


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    yield
    assert alive().total() == 0


def test_a_proxy_stays_until_it_is_released() -> None:
    proxy = keep_alive(len)
    assert proxy("four") == 4
    assert [where.rpartition("/")[2].partition(":")[0] for where in alive()] == ["test_core.py"]
    assert release(proxy)
    assert not release(proxy)
    with pytest.raises(ReferenceError):
        proxy("four")


def test_the_line_that_made_it_is_named() -> None:
    kept = [keep_alive(print) for _ in range(3)]
    assert list(alive().values()) == [3]
    for proxy in kept:
        release(proxy)


def test_what_is_a_proxy_is_kept_as_it_is() -> None:
    proxy = keep_alive(len)
    assert keep_alive(proxy, group="again") is proxy
    assert alive().total() == 1
    assert release_group("again") == 1


def test_a_group_ends_at_once() -> None:
    group = object()
    first, second, other = (
        keep_alive(len, group=group),
        keep_alive(abs, group=group),
        keep_alive(abs),
    )
    release(first)
    assert release_group(group) == 1
    assert release_group(group) == 0
    with pytest.raises(ReferenceError):
        second(1)
    assert release(other)


def test_a_block_releases_what_it_kept_even_if_it_fails() -> None:
    with pytest.raises(ZeroDivisionError), proxies() as keep:
        keep(len)
        keep(abs)
        assert alive().total() == 2
        raise ZeroDivisionError
    assert alive().total() == 0


def test_listening_ends() -> None:
    body = Page().body
    heard: list[Any] = []
    stop = listen(body, "tide", heard.append)
    body.fire("tide", 1)
    assert stop.active
    stop()
    stop.stop()
    assert not stop.active
    body.fire("tide", 2)
    assert heard == [1]


def test_listening_once_ends_before_the_handler_runs() -> None:
    body = Page().body
    heard: list[int] = []
    listen(body, "tide", lambda _: heard.append(alive().total()), once=True)
    body.fire("tide")
    body.fire("tide")
    assert heard == [0]


def test_options_are_handed_on() -> None:
    page = Page()
    with listen(page.body, "tide", print, capture=True, passive=False):
        assert page.body.listeners["tide"][0][1] == {"capture": True, "passive": False}


def test_an_abort_signal_ends_it() -> None:
    page = Page()
    signal = page.createElement("signal")
    signal.aborted = False
    listen(page.body, "tide", print, signal=signal)
    assert alive().total() == 2
    signal.fire("abort")
    assert not page.body.listeners["tide"]
    signal.aborted = True
    assert not listen(page.body, "tide", print, signal=signal).active


def test_a_handler_may_be_async() -> None:
    body = Page().body
    heard: list[str] = []
    told: list[Any] = []

    async def handle(event: str) -> None:
        await asyncio.sleep(0)
        heard.append(event)
        raise ValueError(event)

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))
        with listen(body, "tide", handle):
            body.fire("tide", "high")
            await asyncio.sleep(0.01)

    asyncio.run(main())
    assert heard == ["high"]
    assert [str(error) for error in told] == ["high"]


def test_a_subscription_is_a_block() -> None:
    ended: list[int] = []
    with Subscription(lambda: ended.append(1)) as subscription:
        assert subscription.active
    assert ended == [1]
