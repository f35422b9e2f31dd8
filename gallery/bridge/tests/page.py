"""A page of Python's own, with what the package asks of one, that notes what is done to it."""

from __future__ import annotations

from typing import Any


class Text:
    """A text node."""

    def __init__(self, page: Page, data: str) -> None:
        """Hold a text."""
        self.__dict__.update(page=page, data=data, parent=None)

    def __setattr__(self, name: str, value: Any) -> None:
        """Note what is written."""
        self.__dict__["page"].did.append(f"{name}={value}")
        self.__dict__[name] = value

    def remove(self) -> None:
        """Leave the parent."""
        self.__dict__["page"].did.append("remove")
        self.leave()

    def leave(self) -> None:
        """Leave the parent, without a note."""
        parent = self.__dict__["parent"]
        if parent is not None:
            parent.childNodes.remove(self)
            self.__dict__["parent"] = None

    def before(self, *nodes: Text) -> None:
        """Put nodes before this one."""
        self.__dict__["page"].did.append(f"before {len(nodes)}")
        parent = self.__dict__["parent"]
        for node in nodes:
            node.leave()
            parent.childNodes.insert(parent.childNodes.index(self), node)
            node.__dict__["parent"] = parent

    def __str__(self) -> str:
        """Show it as markup."""
        return str(self.__dict__["data"])


class Element(Text):
    """An element."""

    def __init__(self, page: Page, tag: str) -> None:
        """Make an empty one."""
        self.__dict__.update(
            page=page,
            tag=tag,
            type="text",
            parent=None,
            childNodes=[],
            attributes={},
            listeners={},
            value="",
            checked=False,
            ownerDocument=page,
            validity="",
        )

    def append(self, *nodes: Text) -> None:
        """Put nodes at the end."""
        self.page.did.append(f"append {len(nodes)}")
        for node in nodes:
            node.leave()
            self.childNodes.append(node)
            node.__dict__["parent"] = self

    def replaceChildren(self) -> None:
        """Take out all children."""
        self.page.did.append("replaceChildren")
        for node in list(self.childNodes):
            node.leave()

    def setAttribute(self, name: str, value: str) -> None:
        """Set an attribute."""
        self.page.did.append(f"{name}={value!r}")
        self.attributes[name] = value

    def removeAttribute(self, name: str) -> None:
        """Take an attribute away."""
        self.page.did.append(f"-{name}")
        self.attributes.pop(name, None)

    def setCustomValidity(self, message: str) -> None:
        """Say why a field is not valid."""
        self.__dict__["validity"] = message

    def addEventListener(self, event: str, listener: Any, **options: bool) -> None:
        """Add a listener."""
        self.page.did.append(f"+{event}")
        self.listeners.setdefault(event, []).append((listener, options))

    def removeEventListener(self, event: str, listener: Any, **options: bool) -> None:
        """Take a listener away."""
        self.page.did.append(f"-{event}")
        held = self.listeners[event]
        held[:] = [entry for entry in held if entry[0] is not listener]

    def fire(self, event: str, of: Any = None) -> None:
        """Call the listeners of an event, as a browser does."""
        for listener, options in list(self.listeners.get(event, ())):
            if options.get("once"):
                self.listeners[event].remove((listener, options))
            listener(of)

    def __getattr__(self, name: str) -> Any:
        """Say that there is no such property."""
        raise AttributeError(name)

    def __str__(self) -> str:
        """Show it as markup."""
        attributes = "".join(f' {name}="{value}"' for name, value in self.attributes.items())
        return f"<{self.tag}{attributes}>{''.join(map(str, self.childNodes))}</{self.tag}>"


class Page:
    """A document."""

    def __init__(self) -> None:
        """Begin with nothing done."""
        self.did: list[str] = []
        self.body = Element(self, "body")

    def createElement(self, tag: str) -> Element:
        """Make an element."""
        if " " in tag:
            raise ValueError(f"{tag!r} is no tag")
        self.did.append(f"<{tag}>")
        return Element(self, tag)

    def createElementNS(self, space: str, tag: str) -> Element:
        """Make an element of a namespace."""
        self.did.append(f"<{tag}> of {space}")
        return Element(self, tag)

    def createTextNode(self, data: str) -> Text:
        """Make a text."""
        self.did.append(repr(data))
        return Text(self, data)

    def done(self) -> list[str]:
        """Give what has been done since it was asked last."""
        did, self.did = self.did, []
        return did
