"""Values that know who has read them: signals, values computed of them, and effects that run again when they change."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, cast

from bridge.core import Subscription

T = TypeVar("T")
R = TypeVar("R", covariant=True)


class Readable(Protocol[R]):
    """What has a value: a signal, or one that is computed."""

    @property
    def value(self) -> R:
        """The value."""
        ...


RUNS = 100
"""How often an effect may run because of one change. Signals that set off each other run forever otherwise."""


class CycleError(RuntimeError):
    """A value is computed of itself, or an effect sets itself off."""


_clock = 0
"""How many changes there were of all signals: as long as it stands, nothing can have become stale."""
_depth = 0
"""How many batches are open."""
_flushing = False
_queue: deque[_Effect] = deque()
_reader: _Observer | None = None
"""Who is noted as the reader of what is read."""
_owner: _Effect | None = None
"""Who ends what is made: the effect that runs."""
_computing: list[Computed[Any]] = []
"""The values that are being computed, from the outermost on."""


def _same(old: object, new: object) -> bool:
    return old is new or bool(old == new)


class _Source:
    """What can be read. It knows who is to be told of its changes."""

    def __init__(self) -> None:
        self._observers: dict[_Observer, None] = {}
        self._version = 0

    def _refresh(self) -> None:
        """Bring the version up to date."""

    def _attach(self, observer: _Observer) -> None:
        self._observers[observer] = None

    def _detach(self, observer: _Observer) -> None:
        self._observers.pop(observer, None)

    def _tell(self) -> None:
        """Mark all that depends on it as stale. Nothing is computed or run here."""
        reached = list(self._observers)
        while reached:
            reached.extend(reached.pop(0)._stale())


class _Observer:
    """What reads. It knows what it has read, and which version of it."""

    def __init__(self) -> None:
        self._reads: dict[_Source, int] = {}

    def _stale(self) -> list[_Observer]:
        """Note that something that was read may have changed, and name who must hear of that."""
        raise NotImplementedError

    def _listens(self) -> bool:
        """Say whether it is to be told of changes."""
        raise NotImplementedError

    def _note(self, source: _Source) -> None:
        if source not in self._reads:
            self._reads[source] = source._version
            if self._listens():
                source._attach(self)

    def _unchanged(self) -> bool:
        """Say whether all that was read is as it was."""
        for source, version in self._reads.items():
            if isinstance(source, Computed) and source._busy:
                return False
            source._refresh()
            if source._version != version:
                return False
        return True

    def _leave(self, before: dict[_Source, int]) -> None:
        """Hear no more of what was read before and is no longer."""
        for source in before:
            if source not in self._reads:
                source._detach(self)


class Signal(_Source, Generic[T]):
    """A value that tells who has read it when it changes.

    To set what equals the value that is there changes nothing; SAME says what equals. A list that is changed in place
    is the same list: set a new one.
    """

    def __init__(self, value: T, *, same: Callable[[T, T], bool] = _same) -> None:
        """Begin with a value."""
        super().__init__()
        self._value = value
        self._same = same

    @property
    def value(self) -> T:
        """The value. Who reads it in a computed value or an effect depends on it."""
        if _reader is not None:
            _reader._note(self)
        return self._value

    @value.setter
    def value(self, value: T) -> None:
        global _clock
        if _computing:
            raise RuntimeError(f"{_computing[-1]!r} must only compute: it sets a signal")
        if self._same(self._value, value):
            return
        self._value = value
        self._version += 1
        _clock += 1
        self._tell()
        _flush()

    def peek(self) -> T:
        """Give the value without depending on it."""
        return self._value

    def __repr__(self) -> str:
        """Show the value."""
        return f"Signal({self._value!r})"


class Computed(_Source, _Observer, Generic[T]):
    """A value that is computed of others: when it is read, and only if one of these has changed."""

    def __init__(self, compute: Callable[[], T], *, same: Callable[[T, T], bool] = _same) -> None:
        """Hold what computes it, which must do nothing else."""
        _Source.__init__(self)
        _Observer.__init__(self)
        self._compute = compute
        self._same = same
        self._value: T = cast(T, None)
        self._error: BaseException | None = None
        self._dirty = True
        self._busy = False
        self._checked = -1

    @property
    def value(self) -> T:
        """The value, which is up to date. It raises what the function raised, and CycleError if it needs itself."""
        reader = _reader
        if self._busy:
            if reader is not None:
                reader._note(self)
            raise CycleError(f"a value is computed of itself: {_loop(self)}")
        self._refresh()
        if reader is not None:
            reader._note(self)
        if self._error is not None:
            raise self._error
        return self._value

    def peek(self) -> T:
        """Give the value without depending on it."""
        with untracked():
            return self.value

    def _refresh(self) -> None:
        if not self._dirty and self._observers or self._checked == _clock:
            return
        self._busy = True
        try:
            if not self._version or not self._unchanged():
                self._run()
        finally:
            self._busy = False
        self._dirty = False
        self._checked = _clock

    def _run(self) -> None:
        global _reader, _owner
        before, self._reads = self._reads, {}
        outer, _reader, _owner = (_reader, _owner), self, None
        _computing.append(self)
        try:
            value = self._compute()
        except Exception as error:
            self._error = error
            self._version += 1
        else:
            if self._error is not None or not self._version or not self._same(self._value, value):
                self._value = value
                self._version += 1
            self._error = None
        finally:
            _computing.pop()
            _reader, _owner = outer
            self._leave(before)

    def _stale(self) -> list[_Observer]:
        if self._dirty:
            return []
        self._dirty = True
        return list(self._observers)

    def _listens(self) -> bool:
        return bool(self._observers)

    def _attach(self, observer: _Observer) -> None:
        first = not self._observers
        super()._attach(observer)
        if (
            first
        ):  # only what is watched is told of changes: the rest is looked after when it is read, and can be forgotten
            for source in self._reads:
                source._attach(self)

    def _detach(self, observer: _Observer) -> None:
        super()._detach(observer)
        if not self._observers:
            for source in self._reads:
                source._detach(self)

    def __repr__(self) -> str:
        """Name the function."""
        return f"computed {_name(self._compute)}"


class _Effect(_Observer):
    def __init__(self, run: Callable[[], object]) -> None:
        super().__init__()
        self._run_it = run
        self._cleanups: list[Callable[[], object]] = []
        self._queued = False
        self._ended = False

    def _run(self) -> None:
        global _reader, _owner
        self._clean()
        before, self._reads = self._reads, {}
        outer, _reader, _owner = (_reader, _owner), self, self
        try:
            cleanup = self._run_it()
        finally:
            _reader, _owner = outer
            self._leave(before)
        if callable(cleanup):
            self._cleanups.append(cleanup)
        if self._ended:  # by itself
            self._end()

    def _clean(self) -> None:
        global _reader, _owner
        outer, _reader, _owner = (_reader, _owner), None, None
        try:
            while self._cleanups:
                self._cleanups.pop()()
        finally:
            _reader, _owner = outer

    def _end(self) -> None:
        self._ended = True
        before, self._reads = self._reads, {}
        self._leave(before)
        self._clean()

    def _stale(self) -> list[_Observer]:
        if not self._queued and not self._ended:
            self._queued = True
            _queue.append(self)
        return []

    def _listens(self) -> bool:
        return not self._ended


def computed(compute: Callable[[], T]) -> Computed[T]:
    """Make a value of a function that reads other values; it can be used as a decorator.

    >>> total = computed(lambda: price.value * count.value)
    """
    return Computed(compute)


def effect(run: Callable[[], object]) -> Subscription:
    """Run a function now, and again whenever something that it has read has changed, until the result is stopped.

    It runs once per change or batch, when all computed values are up to date. What it returns is called before it runs
    again, and at the end, if that can be called. An effect that is made in another one ends when that runs again.

    Raises what the function raises in its first run, and CycleError if it sets itself off over and over.
    """
    made = _Effect(run)
    subscription = Subscription(made._end)
    if _owner is not None:
        _owner._cleanups.append(subscription.stop)
    try:
        with batch():
            made._run()
    except BaseException:
        subscription.stop()
        raise
    return subscription


def on_cleanup(call: Callable[[], object]) -> None:
    """Have something called before the effect that runs now runs again, and at its end.

    Raises RuntimeError outside of an effect.
    """
    if _owner is None:
        raise RuntimeError("on_cleanup is for effects: none runs")
    _owner._cleanups.append(call)


def owned(make: Callable[[], T]) -> tuple[T, Subscription]:
    """Run a function once, and give its result with what ends all effects that it has made.

    What it reads makes nobody run again, and an effect around it does not end what it has made: it is for parts that
    come and go by themselves, such as the rows of a list. `on_cleanup` works in it.
    """
    global _owner
    part = _Effect(lambda: None)
    subscription = Subscription(part._end)
    outer, _owner = _owner, part
    try:
        with untracked():
            return make(), subscription
    except BaseException:
        subscription.stop()
        raise
    finally:
        _owner = outer


@contextmanager
def batch() -> Generator[None, None, None]:
    """Hold effects back until all signals of a block are set, so that each runs once."""
    global _depth
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        _flush()


@contextmanager
def untracked() -> Generator[None, None, None]:
    """Read without depending on what is read."""
    global _reader
    outer, _reader = _reader, None
    try:
        yield
    finally:
        _reader = outer


def _flush() -> None:
    """Run the effects that wait. All of them run, even if one fails; what failed is raised at the end."""
    global _flushing
    if _flushing or _depth or not _queue:
        return
    _flushing = True
    errors: list[Exception] = []
    runs: dict[_Effect, int] = {}
    try:
        while _queue:
            waiting = _queue.popleft()
            waiting._queued = False
            if waiting._ended or waiting._unchanged():
                continue
            runs[waiting] = runs.get(waiting, 0) + 1
            if runs[waiting] > RUNS:
                raise CycleError(f"effect {_name(waiting._run_it)} set itself off {RUNS} times")
            try:
                waiting._run()
            except Exception as error:
                errors.append(error)
    finally:
        for waiting in _queue:
            waiting._queued = False
        _queue.clear()
        _flushing = False
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ExceptionGroup("several effects failed", errors)


def _loop(back: Computed[Any]) -> str:
    names = [_name(c._compute) for c in _computing[_computing.index(back) :]]
    return " → ".join([*names, names[0]])


def _name(call: Callable[..., object]) -> str:
    return getattr(call, "__qualname__", None) or repr(call)


class Change(NamedTuple):
    """A change of an attribute of an observable object."""

    of: Any
    name: str
    old: Any
    new: Any


_SUBSCRIBERS = "_bridge_subscribers"


def observable(cls: type[T]) -> type[T]:
    """Have the instances of a dataclass tell their subscribers of changes of their fields.

    >>> @observable
    ... @dataclass
    ... class Gauge:
    ...     level: float  # metres

    What equals the value that is there is no change. Copies have no subscribers.

    Raises TypeError for what is no dataclass, and for one that is frozen or has slots.
    """
    if not dataclasses.is_dataclass(cls):
        raise TypeError(f"{cls.__name__} is no dataclass")
    if getattr(cls, "__dataclass_params__").frozen:  # noqa: B009
        raise TypeError(f"{cls.__name__} is frozen: it never changes")
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} has slots, and no place for subscribers")
    names = {field.name for field in dataclasses.fields(cls)}
    of: Any = cls
    plain: Callable[[Any, str, Any], None] = of.__setattr__
    state: Callable[[Any], Any] = of.__getstate__

    def assign(self: Any, name: str, value: Any) -> None:
        subscribers: list[_Subscriber] | None = self.__dict__.get(_SUBSCRIBERS)
        if not subscribers or name not in names:
            plain(self, name, value)
            return
        old = getattr(self, name)
        plain(self, name, value)
        if _same(old, value):
            return
        change = Change(self, name, old, value)
        for subscriber in tuple(subscribers):
            if subscriber in subscribers and (not subscriber.names or name in subscriber.names):
                subscriber.callback(change)

    def without_subscribers(self: Any) -> Any:
        held = state(self)
        if _SUBSCRIBERS in self.__dict__:
            held = {name: value for name, value in held.items() if name != _SUBSCRIBERS}
        return held

    of.__setattr__ = assign
    of.__getstate__ = without_subscribers
    of.__bridge_observable__ = True
    return cls


@dataclasses.dataclass(eq=False)
class _Subscriber:
    callback: Callable[[Change], object]
    names: frozenset[str]


def subscribe(to: Any, callback: Callable[[Change], object], *names: str) -> Subscription:
    """Call CALLBACK with every change of an observable object, or only with those of the fields that are named.

    Raises TypeError for what is not of an `observable` class, and AttributeError for a field that it has not.
    """
    cls = cast("Any", type(to))
    if not getattr(cls, "__bridge_observable__", False):
        raise TypeError(f"{cls.__name__} is not observable")
    for name in names:
        if name not in {field.name for field in dataclasses.fields(cls)}:
            raise AttributeError(f"{cls.__name__} has no field {name}")
    subscribers: list[_Subscriber] = to.__dict__.setdefault(_SUBSCRIBERS, [])
    subscriber = _Subscriber(callback, frozenset(names))
    subscribers.append(subscriber)
    return Subscription(lambda: subscribers.remove(subscriber))
