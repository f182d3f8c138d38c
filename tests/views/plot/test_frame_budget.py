"""The time of a frame is shared out fairly: no layer takes it all, and none waits for ever."""

from __future__ import annotations

import random

import pytest

from gdsim.views.plot import frame_budget
from gdsim.views.plot.frame_budget import FrameBudget


class Clock:
    """A clock that only advances when a layer works."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(frame_budget, "perf_counter", clock)
    return clock


def frame(time: FrameBudget, clock: Clock, askers: list[str], work: float) -> list[str]:
    """The layers that worked in a frame: all ask in turn, and each works for ``work`` seconds."""
    time.begin()
    worked = []
    for who in askers:
        until = time.deadline_for(who)
        if until:
            assert until > clock.now
            clock.now += work
            worked.append(who)
    return worked


def test_short_work_is_done_at_once(clock: Clock) -> None:
    time, askers = FrameBudget(), list("abcdefghijk")
    for _ in range(3):
        assert frame(time, clock, askers, 1e-5) == askers


@pytest.mark.parametrize("work", [0.002, 0.004, 0.05])
def test_no_layer_begins_after_the_budget_is_used_up(clock: Clock, work: float) -> None:
    time = FrameBudget()
    whole = FrameBudget().deadline_for("the only layer") - clock.now
    for _ in range(20):
        begun = clock.now
        worked = frame(time, clock, list("abcdefghijk"), work)
        assert worked, "some layer works in every frame, however long its work takes"
        assert clock.now - begun <= whole + work


@pytest.mark.parametrize("work", [0.002, 0.004, 0.05])
@pytest.mark.parametrize("seed", range(5))
def test_no_layer_waits_longer_than_two_rounds(clock: Clock, work: float, seed: int) -> None:
    time, order = FrameBudget(), random.Random(seed)
    askers = list("abcdefghijk")
    last = dict.fromkeys(askers, 0)
    for number in range(200):
        last.update(dict.fromkeys(frame(time, clock, askers, work), number))
        assert number - min(last.values()) <= 2 * len(askers)
        order.shuffle(askers)


def test_a_removed_layer_delays_no_other(clock: Clock) -> None:
    time = FrameBudget()
    frame(time, clock, list("abc"), 1.0)
    assert frame(time, clock, ["d"], 1.0) == []
    assert frame(time, clock, ["d"], 1.0) == ["d"]
