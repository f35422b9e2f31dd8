"""What is seen follows the signals, and the signals what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bridge import (
    Signal,
    alive,
    bind_input,
    bind_list,
    bind_to_dom,
    computed,
    effect,
    listen,
    on_cleanup,
)
from page import Element, Page


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    yield
    assert alive().total() == 0


def test_a_property_follows() -> None:
    page, level = Page(), Signal(1.0)
    stop = bind_to_dom(lambda: f"{level.value:.0f} m", page.body)
    level.value = 2.0
    level.value = 2.1  # which reads the same
    stop()
    level.value = 3.0
    assert page.done() == ["textContent=1 m", "textContent=2 m"]


def test_an_attribute_follows() -> None:
    page, level = Page(), Signal[Any]("a")
    with bind_to_dom(level, page.body, attribute="title"):
        level.value = True
        level.value = None
        level.value = False
        level.value = 3
    assert page.done() == ["title='a'", "title=''", "-title", "-title", "title='3'"]


def test_a_field_goes_both_ways() -> None:
    page, name = Page(), Signal("Dover")
    field = page.createElement("input")
    stop = bind_input(name, field)
    assert field.value == "Dover"
    field.value = "Deal"
    field.fire("input")
    assert name.value == "Deal"
    name.value = "Margate"
    assert field.value == "Margate"
    stop()
    field.value = "x"
    field.fire("input")
    assert name.value == "Margate"


def test_what_is_typed_is_parsed() -> None:
    page, level = Page(), Signal(1.0)
    field = page.createElement("input")
    with bind_input(level, field, parse=float, event="change"):
        assert field.value == "1.0"
        field.value = "1."
        field.fire("change")
        assert (field.value, level.value) == ("1.", 1.0)
        field.value = "high"
        field.fire("change")
        assert level.value == 1.0
        assert "high" in field.validity
        level.value = 2.0
        assert (field.value, field.validity) == ("2.0", "")


def test_a_checkbox_is_a_boolean() -> None:
    page, on = Page(), Signal(True)
    field = page.createElement("input")
    field.type = "checkbox"
    with bind_input(on, field):
        assert field.checked is True
        field.checked = False
        field.fire("input")
        assert on.value is False


def test_a_list_follows() -> None:
    page, names = Page(), Signal(["a", "b", "c"])
    level = Signal(1)
    built: list[str] = []
    ended: list[str] = []

    def build(name: str) -> Element:
        built.append(name)
        row = page.createElement("li")
        bind_to_dom(lambda: f"{name}{level.value}", row, attribute="id")
        on_cleanup(listen(row, "click", print))
        on_cleanup(lambda: ended.append(name))
        return row

    stop = bind_list(names, page.body, build)
    first = page.body.childNodes[0]
    page.done()
    names.value = ["c", "a", "b"]
    assert page.done() == ["before 1"]
    assert page.body.childNodes[1] is first
    names.value = ["c", "a", "d"]
    level.value = 2
    assert str(page.body) == '<body><li id="c2"></li><li id="a2"></li><li id="d2"></li></body>'
    assert (built, ended) == (["a", "b", "c", "d"], ["b"])
    assert alive().total() == 3
    with pytest.raises(ValueError, match="same key"):
        names.value = ["a", "a"]
    stop()
    assert str(page.body) == "<body></body>"


def test_a_list_ends_with_the_effect_around_it() -> None:
    page, names = Page(), Signal([1, 2])
    odd = computed(lambda: [name for name in names.value if name % 2])
    stop = effect(lambda: bind_list(odd, page.body, lambda _: page.createElement("li")) and None)
    assert str(page.body) == "<body><li></li></body>"
    names.value = [1, 3]
    assert str(page.body) == "<body><li></li><li></li></body>"
    stop()
    assert str(page.body) == "<body></body>"
