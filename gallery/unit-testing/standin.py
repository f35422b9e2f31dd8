"""A stand-in for as much of a browser as autosave.py touches: no more than contract.py holds it to.

It is strict where the real one differs between versions, and refuses what nobody has compared with the real one.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from autosave import Browser


class JsException(Exception):
    """An error of JavaScript, with its name."""

    def __init__(self, name: str, message: str) -> None:
        """Take both."""
        super().__init__(f"{name}: {message}")
        self.name = name


class Proxy:
    """What create_proxy makes: it may be called until it is destroyed."""

    def __init__(self, function: Callable[..., object]) -> None:
        """Hold the function."""
        self._function: Callable[..., object] | None = function

    @property
    def alive(self) -> bool:
        """Whether nobody has destroyed it."""
        return self._function is not None

    def __call__(self, *args: object) -> object:
        """Call the function."""
        if self._function is None:
            raise JsException("Error", "Object has already been destroyed")
        return self._function(*args)

    def destroy(self) -> None:
        """End it. A second time does no harm."""
        self._function = None


def handed_over(function: Callable[..., object]) -> Proxy:
    """Do what happens to a function on its way into JavaScript, which keeps it: only what is a proxy stays alive."""
    if isinstance(function, Proxy):
        return function
    borrowed = Proxy(function)
    borrowed.destroy()
    return borrowed


class Null:
    """JavaScript's null, since 0.28: it is false, and not None."""

    def __bool__(self) -> bool:
        """Be false."""
        return False


NULL = Null()
TOO_MUCH = "x" * 6 * 2**20  # more than a Storage has room for


def text_of(value: object) -> str:
    """Write a value as JavaScript does. Raises TypeError for what the contract says nothing of."""
    match value:
        case str():
            return value
        case None:
            return "undefined"
        case bool():
            return "true" if value else "false"
        case int() if abs(value) < 2**53:
            return str(value)
        case _:
            raise TypeError(f"the contract does not say what becomes of {value!r}")


class Storage:
    """A localStorage. It answers NULL for what it has not: up to 0.27 that is None."""

    ROOM = 5 * 2**20  # characters, of keys and values together

    def __init__(self, null: Null | None = NULL) -> None:
        """Have nothing yet."""
        self._items: dict[str, str] = {}
        self._null = null

    def getItem(self, key: str) -> str | Null | None:
        """Give back a text."""
        return self._items.get(key, self._null)

    def setItem(self, key: str, value: object) -> None:
        """Keep a value as text."""
        after = {**self._items, key: text_of(value)}
        if sum(len(key) + len(text) for key, text in after.items()) > self.ROOM:
            raise JsException("QuotaExceededError", "exceeded the quota")
        self._items = after

    def removeItem(self, key: str) -> None:
        """Forget a text."""
        self._items.pop(key, None)


class Event:
    """Something that happens."""

    def __init__(self, type: str) -> None:
        """Be of a type, such as input."""
        self.type = type


class EventTarget:
    """What listeners are added to. What they raise reaches nobody, and is kept in a list."""

    def __init__(self, uncaught: list[Exception]) -> None:
        """Have no listeners yet."""
        self._uncaught = uncaught
        self._listeners: dict[str, list[Proxy]] = {}

    def addEventListener(self, type: str, function: Callable[..., object]) -> None:
        """Call a proxy with each event of a type. One that is added already is not added again."""
        listeners = self._listeners.setdefault(type, [])
        if function not in listeners:
            listeners.append(handed_over(function))

    def removeEventListener(self, type: str, function: Callable[..., object]) -> None:
        """Call it no more. A proxy that was not added is none, though it be of the same function."""
        listeners = self._listeners.get(type, [])
        if function in listeners:
            listeners.remove(handed_over(function))

    def dispatchEvent(self, event: Event) -> None:
        """Call who listens."""
        for listener in list(self._listeners.get(event.type, [])):
            self.run(listener, event)

    def run(self, function: Proxy, *args: object) -> None:
        """Call a function as a browser does, which catches nothing and goes on."""
        try:
            function(*args)
        except Exception as error:
            self._uncaught.append(error)


class Window(EventTarget):
    """A window whose time passes when somebody lets it."""

    def __init__(self, storage: Storage | None = None) -> None:
        """Begin at zero."""
        self.uncaught: list[Exception] = []
        super().__init__(self.uncaught)
        self.localStorage = storage or Storage()
        self.Event = SimpleNamespace(new=Event)
        self.EventTarget = SimpleNamespace(new=lambda: EventTarget(self.uncaught))
        self.proxies: list[Proxy] = []
        self._now = 0.0
        self._last = 0
        self._timers: dict[int, tuple[float, Proxy]] = {}

    def browser(self) -> Browser:
        """Give it to the code that is tested."""
        return Browser(self, self.create_proxy, JsException)

    def create_proxy(self, function: Callable[..., object]) -> Proxy:
        """Make a proxy, and remember it."""
        self.proxies.append(Proxy(function))
        return self.proxies[-1]

    def setTimeout(self, function: Callable[..., object], delay: float) -> int:
        """Call a proxy after so many ms."""
        self._last += 1
        self._timers[self._last] = (self._now + delay, handed_over(function))
        return self._last

    def clearTimeout(self, timer: int) -> None:
        """Do not call it, if that is still to come."""
        self._timers.pop(timer, None)

    async def pass_time(self, ms: float) -> None:
        """Let so many ms pass, in no time."""
        end = self._now + ms
        while self._timers:
            timer = min(self._timers, key=lambda timer: (self._timers[timer][0], timer))
            if self._timers[timer][0] > end:
                break
            self._now, function = self._timers.pop(timer)
            self.run(function)
        self._now = end


class Field(EventTarget):
    """A text field, and the one who types into it."""

    def __init__(self, window: Window) -> None:
        """Be empty."""
        super().__init__(window.uncaught)
        self.value = ""

    def type(self, text: str) -> None:
        """Type, a key after the other, without a pause."""
        for key in text:
            self.value += key
            self.dispatchEvent(Event("input"))
