"""Only what differs is touched, and handlers that went away are gone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from bridge import Node, PythonVDOM, alive, h
from page import Page


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def vdom(page: Page) -> Iterator[PythonVDOM]:
    vdom = PythonVDOM(page.body)
    yield vdom
    vdom.close()
    assert alive().total() == 0
    assert str(page.body) == "<body></body>"


def rows(keys: Any) -> Node:
    return h("ul", None, [h("li", {"key": key}, key) for key in keys])


def test_a_tree_is_shown(page: Page, vdom: PythonVDOM) -> None:
    page.body.append(page.createTextNode("Loading"))
    vdom.render(
        h(
            "p",
            {"class": "late", "hidden": True, "title": None, "lang": False},
            "At ",
            3,
            None,
            False,
            [" m"],
        )
    )
    assert str(page.body) == '<body><p class="late" hidden="">At 3 m</p></body>'


def test_several_roots(page: Page, vdom: PythonVDOM) -> None:
    vdom.render([h("h1", None, "Tides"), "none", (h("p", None, x) for x in "ab")])
    assert str(page.body) == "<body><h1>Tides</h1>none<p>a</p><p>b</p></body>"
    vdom.render(None)
    assert str(page.body) == "<body></body>"


def test_what_is_the_same_is_not_touched(page: Page, vdom: PythonVDOM) -> None:
    def tree(level: int) -> Node:
        return h(
            "p",
            {"class": "level", "onclick": lambda _: None},
            "At ",
            level,
            h("b", {"title": "m"}, " m"),
        )

    vdom.render(tree(1))
    page.done()
    vdom.render(tree(1))
    assert page.done() == []
    vdom.render(tree(2))
    assert page.done() == ["data=2"]


def test_attributes_differ(page: Page, vdom: PythonVDOM) -> None:
    vdom.render(h("p", {"class": "a", "title": "x", "id": "p"}))
    page.done()
    vdom.render(h("p", {"class": "b", "id": "p", "lang": "en"}))
    assert sorted(page.done()) == ["-title", "class='b'", "lang='en'"]


def test_an_element_of_another_tag_is_another_element(page: Page, vdom: PythonVDOM) -> None:
    vdom.render(h("div", None, h("b", {"onclick": print}, "x"), "end"))
    vdom.render(h("div", None, h("i", None, "x"), "end"))
    assert str(page.body) == "<body><div><i>x</i>end</div></body>"
    assert alive().total() == 0


def test_rows_keep_their_elements(page: Page, vdom: PythonVDOM) -> None:
    vdom.render(rows("abcdef"))
    ul = page.body.childNodes[0]
    before = {str(li): li for li in ul.childNodes}
    page.done()
    vdom.render(rows("fabcde"))  # the last to the front is one move
    assert page.done() == ["before 1"]
    vdom.render(rows("fbcde"))
    assert page.done() == ["remove"]
    vdom.render(rows("fbxycde"))
    assert page.done() == [
        "<li>",
        "'x'",
        "append 1",
        "<li>",
        "'y'",
        "append 1",
        "before 2",
    ]
    assert all(before.get(str(li), li) is li for li in ul.childNodes)
    vdom.render(rows(""))
    assert page.done() == ["replaceChildren"]


def test_the_fewest_are_moved(page: Page, vdom: PythonVDOM) -> None:
    vdom.render(rows("abcdefgh"))
    page.done()
    vdom.render(rows("aefgbcdh"))  # three go behind, in one call
    assert page.done() == ["before 3"]
    assert "".join(node.childNodes[0].data for node in page.body.childNodes[0].childNodes) == "aefgbcdh"


@pytest.mark.parametrize("seed", range(200))
def test_any_order_comes_out_right(seed: int) -> None:
    page, chance = Page(), random.Random(seed)
    vdom = PythonVDOM(page.body)
    shown: list[str] = []
    for _ in range(12):
        keys = chance.sample("abcdefghij", chance.randint(0, 10))
        unkeyed = chance.randint(0, 2)
        items: list[Any] = [h("li", {"key": key, "onclick": print}, key) for key in keys]
        for _ in range(unkeyed):
            items.insert(
                chance.randint(0, len(items)),
                chance.choice(["text", h("hr"), h("li", None, "-")]),
            )
        before = {str(li): li for li in page.body.childNodes[0].childNodes} if shown else {}
        vdom.render(h("ul", None, items))
        ul = page.body.childNodes[0]
        want = [str(item) if isinstance(item, str) else _markup(item) for item in items]
        assert [str(node) for node in ul.childNodes] == want
        assert all(
            before.get(f"<li>{key}</li>", node) is node
            for key in keys
            for node in ul.childNodes
            if str(node) == f"<li>{key}</li>"
        )
        assert alive().total() == len(keys)
        shown = keys
    vdom.close()
    assert alive().total() == 0


def _markup(node: Node) -> str:
    return f"<{node.tag}>{''.join(str(child) for child in node.children)}</{node.tag}>"


def test_a_handler_changes_without_a_proxy(page: Page, vdom: PythonVDOM) -> None:
    heard: list[tuple[int, Any]] = []
    for at in range(3):
        vdom.render(
            h(
                "button",
                {"onclick": lambda event, at=at: heard.append((at, event))},
                "Go",
            )
        )
        page.body.childNodes[0].fire("click", "event")
    assert heard == [(0, "event"), (1, "event"), (2, "event")]
    assert page.done().count("+click") == 1
    assert alive().total() == 1
    vdom.render(h("button", None, "Go"))
    assert page.done() == ["-click"]
    assert alive().total() == 0
    vdom.render(h("button", {"on:tide-turned": print}, "Go"))
    assert page.done() == ["+tide-turned"]


def test_many_renders_leave_no_proxies(page: Page, vdom: PythonVDOM) -> None:
    for turn in range(300):
        vdom.render(
            h(
                "ul",
                None,
                [h("li", {"key": (turn + at) % 20, "onclick": lambda _: None}, at) for at in range(15)],
            )
        )
    assert alive().total() == 15


def test_a_field_is_put_right_after_its_event(page: Page, vdom: PythonVDOM) -> None:
    def tree() -> Node:
        return h(
            "input",
            {
                "type": "checkbox",
                "checked": False,
                "value": "on",
                "onchange": lambda _: None,
            },
        )

    vdom.render(tree())
    box = page.body.childNodes[0]
    box.__dict__["checked"] = True  # by the user
    page.done()
    box.fire("change")
    vdom.render(tree())
    assert page.done() == ["checked=False"]


def test_fields_are_properties(page: Page, vdom: PythonVDOM) -> None:
    vdom.render(h("select", {"value": "b"}, h("option"), h("option")))
    assert page.done()[-3:] == ["append 2", "value=b", "append 1"]
    vdom.render(h("select", None, h("option"), h("option")))
    assert page.done() == ["value="]


def test_drawings_have_their_namespace(page: Page, vdom: PythonVDOM) -> None:
    vdom.render(h("svg", None, h("g", None, h("circle")), h("foreignObject", None, h("p"))))
    made = [done for done in page.done() if done.startswith("<")]
    assert [made[0].split()[0], made[0].endswith("2000/svg"), made[2].split()[0]] == [
        "<svg>",
        True,
        "<circle>",
    ]
    assert made[-1] == "<p>"


def test_the_same_node_is_not_looked_into(page: Page, vdom: PythonVDOM) -> None:
    row = h("p", None, "still")
    vdom.render(h("div", None, row, row))
    page.done()
    vdom.render(h("div", None, row, row, row))
    assert page.done() == ["<p>", "'still'", "append 1", "append 1"]


def test_a_render_by_a_handler_in_a_render_waits(page: Page, vdom: PythonVDOM) -> None:
    class Nosy(Page):
        def createTextNode(self, data: str) -> Any:
            if data == "first":
                other.render("second")
            return super().createTextNode(data)

    nosy = Nosy()
    other = PythonVDOM(nosy.body)
    other.render("first")
    assert str(nosy.body) == "<body>second</body>"
    other.close()


def test_a_render_that_fails_leaves_nothing(page: Page, vdom: PythonVDOM) -> None:
    vdom.render(h("p", {"onclick": print}, "fine"))
    with pytest.raises(ValueError, match="no tag"):
        vdom.render(
            [
                h("p", {"onclick": print}, "fine"),
                h("b", {"onclick": print}),
                h("b", None, h("not good")),
            ]
        )
    assert str(page.body) == "<body></body>"
    assert alive().total() == 0
    vdom.render(h("p", None, "again"))
    assert str(page.body) == "<body><p>again</p></body>"


def test_mistakes_are_named() -> None:
    with pytest.raises(ValueError, match="the key 1"):
        h("ul", None, h("li", {"key": 1}), h("li", {"key": 1}))
    with pytest.raises(TypeError, match="dict cannot be shown"):
        h("p", None, {"a": 1})
    with pytest.raises(TypeError, match="bytes cannot be shown"):
        h("p", None, b"a")
    with pytest.raises(TypeError, match="onclick of p must be a function"):
        h("p", {"onclick": "alert(1)"})
    with pytest.raises(TypeError, match="no element"):
        PythonVDOM(None)
