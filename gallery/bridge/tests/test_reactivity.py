"""Values follow each other, each once, and never show what was."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass, field, replace

import pytest

from bridge import (
    Change,
    Computed,
    CycleError,
    Signal,
    batch,
    computed,
    effect,
    observable,
    on_cleanup,
    owned,
    subscribe,
    untracked,
)


def test_a_computed_value_is_computed_when_it_is_read() -> None:
    runs: list[int] = []
    level = Signal(2)
    double = computed(lambda: runs.append(1) or level.value * 2)  # type: ignore[func-returns-value]
    assert not runs
    assert (double.value, double.value, len(runs)) == (4, 4, 1)
    level.value = 3
    level.value = 4
    assert (double.value, len(runs)) == (8, 2)
    Signal(0).value = 1  # of which it knows nothing
    assert (double.value, len(runs)) == (8, 2)


def test_no_effect_sees_a_mixture_of_old_and_new() -> None:
    a = Signal(1)
    b = computed(lambda: a.value * 2)
    c = computed(lambda: a.value + b.value)
    seen: list[tuple[int, int, int]] = []
    effect(lambda: seen.append((a.value, b.value, c.value)))
    a.value = 2
    assert seen == [(1, 2, 3), (2, 4, 6)]


def test_what_comes_out_the_same_sets_nothing_off() -> None:
    level = Signal(1.2)
    high = computed(lambda: level.value > 3)
    seen: list[bool] = []
    effect(lambda: seen.append(high.value))
    level.value = 2.8
    level.value = 4.0
    level.value = 4.0
    assert seen == [False, True]


def test_what_is_no_longer_read_sets_nothing_off() -> None:
    tide, sea, lake = Signal(True), Signal(1), Signal(2)
    seen: list[int] = []
    stop = effect(lambda: seen.append(sea.value if tide.value else lake.value))
    tide.value = False
    sea.value = 10
    lake.value = 20
    assert seen == [1, 2, 20]
    stop()
    lake.value = 30
    assert seen == [1, 2, 20]
    assert not tide._observers and not lake._observers


def test_values_that_nobody_watches_are_held_by_nobody() -> None:
    level = Signal(1)
    double = computed(lambda: level.value * 2)
    assert double.value == 2
    assert not level._observers
    stop = effect(lambda: double.value)
    assert level._observers
    stop()
    assert not level._observers
    level.value = 5
    assert double.value == 10


def test_a_batch_sets_off_once() -> None:
    a, b = Signal(1), Signal(2)
    seen: list[int] = []
    effect(lambda: seen.append(a.value + b.value))
    with batch():
        a.value = 10
        with batch():
            b.value = 20
        assert a.value + b.value == 30
    assert seen == [3, 30]
    with batch():
        a.value = 11
        a.value = 10
    assert seen == [3, 30, 30]


def test_a_batch_that_fails_sets_off_all_the_same() -> None:
    a = Signal(1)
    seen: list[int] = []
    effect(lambda: seen.append(a.value))
    with pytest.raises(ZeroDivisionError), batch():
        a.value = 2
        raise ZeroDivisionError
    assert seen == [1, 2]


def test_a_value_of_itself_is_named() -> None:
    def tide() -> int:
        return moon.value

    def moon_by_tide() -> int:
        return sea.value + 1

    sea: Computed[int] = computed(tide)
    moon: Computed[int] = computed(moon_by_tide)
    with pytest.raises(CycleError, match=r"tide → .*moon_by_tide → .*tide$"):
        _ = sea.value
    with pytest.raises(CycleError):
        _ = moon.value


def test_a_cycle_that_is_opened_again() -> None:
    closed = Signal(True)
    a: Computed[int] = computed(lambda: b.value if closed.value else 1)
    b: Computed[int] = computed(lambda: a.value + 1)
    seen: list[object] = []

    def look() -> None:
        try:
            seen.append(b.value)
        except CycleError:
            seen.append("cycle")

    effect(look)
    closed.value = False
    assert (a.value, b.value) == (1, 2)
    assert seen == ["cycle", 2]


def test_an_effect_that_sets_itself_off_is_named() -> None:
    count = Signal(0)

    def creep() -> None:
        count.value += 1

    with pytest.raises(CycleError, match="creep set itself off"):
        effect(creep)
    count.value = 0
    assert count.value == 0


def test_two_effects_that_settle() -> None:
    celsius, fahrenheit = Signal(0.0), Signal(0.0)

    def warm() -> None:
        fahrenheit.value = celsius.value * 1.8 + 32

    def cool() -> None:
        celsius.value = (fahrenheit.value - 32) / 1.8

    effect(warm)
    effect(cool)
    fahrenheit.value = 212.0
    assert celsius.value == 100


def test_computing_must_not_set() -> None:
    level = Signal(1)

    def bad() -> int:
        level.value = 2
        return 1

    with pytest.raises(RuntimeError, match="must only compute"):
        _ = computed(bad).value


def test_a_failure_is_raised_until_it_is_over() -> None:
    by = Signal(0)
    ratio = computed(lambda: 6 // by.value)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            _ = ratio.value
    by.value = 2
    assert ratio.value == 3


def test_one_effect_that_fails_stops_no_other() -> None:
    level = Signal(1)
    seen: list[int] = []
    effect(lambda: 1 // (level.value - 2) if level.value != 3 else [][1])
    effect(lambda: seen.append(level.value))
    with pytest.raises(ZeroDivisionError):
        level.value = 2
    with pytest.raises(IndexError):
        level.value = 3
    level.value = 4
    assert seen == [1, 2, 3, 4]
    effect(lambda: 1 // (level.value - 2))
    effect(lambda: 1 // (level.value - 2))
    with pytest.raises(ExceptionGroup):
        level.value = 2


def test_an_effect_that_fails_at_first_is_none() -> None:
    level = Signal(0)
    with pytest.raises(ZeroDivisionError):
        effect(lambda: 1 // level.value)
    assert not level._observers


def test_cleaning_up() -> None:
    level = Signal(1)
    log: list[str] = []

    def watch() -> object:
        at = level.value
        on_cleanup(lambda: log.append(f"end {at}"))
        return lambda: log.append(f"left {at}")

    stop = effect(watch)
    level.value = 2
    stop()
    stop()
    assert log == ["left 1", "end 1", "left 2", "end 2"]
    with pytest.raises(RuntimeError):
        on_cleanup(print)


def test_inner_effects_end_with_the_outer_one() -> None:
    outer, inner = Signal(1), Signal(1)
    seen: list[tuple[int, int]] = []

    def both() -> None:
        at = outer.value
        effect(lambda: seen.append((at, inner.value)))

    stop = effect(both)
    outer.value = 2
    inner.value = 5
    stop()
    inner.value = 6
    assert seen == [(1, 1), (2, 1), (2, 5)]


def test_an_effect_may_stop_itself() -> None:
    level = Signal(1)
    seen: list[int] = []

    def watch() -> None:
        seen.append(level.value)
        if level.value == 2:
            stop()

    stop = effect(watch)
    level.value = 2
    level.value = 3
    assert seen == [1, 2]
    assert not level._observers


def test_what_is_owned_outlives_the_effect_that_made_it() -> None:
    rows, level = Signal(1), Signal(1)
    seen: list[int] = []
    ends: list[object] = []

    def show() -> None:
        _ = rows.value
        if not ends:
            ends.append(owned(lambda: effect(lambda: seen.append(level.value)))[1])

    effect(show)
    rows.value = 2
    level.value = 2
    ends[0].stop()  # type: ignore[attr-defined]
    level.value = 3
    assert seen == [1, 2]


def test_reading_without_depending() -> None:
    a, b = Signal(1), Signal(1)
    c = computed(lambda: b.value)
    seen: list[int] = []

    def watch() -> None:
        with untracked():
            seen.append(a.value + b.peek() + c.peek())

    effect(watch)
    a.value = b.value = 2
    assert seen == [3]


def test_a_measure_of_equality_of_its_own() -> None:
    level = Signal(1.0, same=lambda old, new: abs(old - new) < 0.1)
    seen: list[float] = []
    effect(lambda: seen.append(level.value))
    level.value = 1.05
    level.value = 1.5
    assert seen == [1.0, 1.5]
    assert repr(level) == "Signal(1.5)"


def test_a_long_chain_of_many_readers() -> None:
    level = Signal(1)
    values = [computed(lambda: level.value)]
    for at in range(60):
        values.append(computed(lambda at=at: values[at].value + values[max(at - 1, 0)].value))  # type: ignore[misc]
    seen: list[int] = []
    effect(lambda: seen.append(values[-1].value))
    level.value = 2
    assert len(seen) == 2 and seen[1] == seen[0] * 2


@observable
@dataclass
class Gauge:
    """A gauge."""

    name: str
    level: float = 0.0
    tags: list[str] = field(default_factory=list)


def test_changes_are_told() -> None:
    gauge = Gauge("Dover")
    all_of_it: list[Change] = []
    levels: list[float] = []
    stop = subscribe(gauge, all_of_it.append)
    subscribe(gauge, lambda change: levels.append(change.new), "level")
    gauge.level = 1.5
    gauge.level = 1.5
    gauge.name = "Deal"
    stop()
    gauge.level = 2.0
    assert [(c.of is gauge, c.name, c.old, c.new) for c in all_of_it] == [
        (True, "level", 0.0, 1.5),
        (True, "name", "Dover", "Deal"),
    ]
    assert levels == [1.5, 2.0]
    assert gauge == Gauge("Deal", 2.0)


def test_copies_have_no_subscribers() -> None:
    gauge = Gauge("Dover")
    heard: list[Change] = []
    subscribe(gauge, heard.append)
    for other in (
        copy.copy(gauge),
        copy.deepcopy(gauge),
        replace(gauge),
        pickle.loads(pickle.dumps(gauge)),
    ):
        assert other == gauge
        other.level = 3.0
    assert not heard
    gauge.level = 1.0
    assert len(heard) == 1


def test_one_subscriber_may_stop_another() -> None:
    gauge = Gauge("Dover")
    heard: list[str] = []
    subscribe(gauge, lambda _: second.stop())
    second = subscribe(gauge, lambda _: heard.append("second"))
    gauge.level = 1.0
    assert not heard


def test_what_cannot_be_observed_is_refused() -> None:
    with pytest.raises(TypeError, match="no dataclass"):
        observable(int)
    with pytest.raises(TypeError, match="frozen"):
        observable(dataclass(frozen=True)(type("Still", (), {})))
    with pytest.raises(TypeError, match="slots"):
        observable(dataclass(slots=True)(type("Tight", (), {"__annotations__": {"x": int}})))
    with pytest.raises(TypeError, match="not observable"):
        subscribe(3, print)
    with pytest.raises(AttributeError, match="no field depth"):
        subscribe(Gauge("Dover"), print, "depth")
