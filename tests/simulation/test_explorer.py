"""Explorations run on their own thread, the newest replaces the others, and closing ends it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QThread
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from gdsim.core.problem import Problem
from gdsim.simulation.explorer import Explorer, ExploringWorker

MANY = 1_000_000  # slices that no test waits for


class Count:
    """An exploration that counts to a number: one slice a number, a result at every even one."""

    def __init__(self, slices: int, *, pause: float = 0.0, error: Exception | None = None) -> None:
        self.slices = slices
        self.begun = 0
        self._pause = pause
        self._error = error
        self.is_over = False
        self.threads: set[int] = set()

    def stages(self) -> Iterator[tuple[float, Any]]:
        try:
            for number in range(1, self.slices + 1):
                self.begun = number
                self.threads.add(threading.get_ident())
                time.sleep(self._pause)
                if self._error is not None and number == 2:
                    raise self._error
                yield number / self.slices, number if number % 2 == 0 else None
        finally:  # also when nobody asks for the next item any more
            self.is_over = True


@pytest.fixture
def explorer(qtbot: QtBot) -> Iterator[Explorer]:
    made = Explorer("test")
    yield made
    made.shut_down()


def reports(spy: QSignalSpy) -> list[tuple[Any, float, Any]]:
    return [tuple(spy.at(place)) for place in range(spy.count())]  # type: ignore[misc]


def test_everything_is_reported_in_order(qtbot: QtBot, explorer: Explorer) -> None:
    spy, work = QSignalSpy(explorer.reported), Count(4)
    with qtbot.waitSignal(explorer.finished) as finished:
        explorer.explore(work)
        assert explorer.is_busy
    assert finished.args == [work]
    assert reports(spy) == [
        (work, 0.25, None),
        (work, 0.5, 2),
        (work, 0.75, None),
        (work, 1.0, 4),
    ]
    assert not explorer.is_busy


def test_nothing_is_computed_on_the_window_s_thread(qtbot: QtBot, explorer: Explorer) -> None:
    work = Count(3)
    with qtbot.waitSignal(explorer.finished):
        explorer.explore(work)
    assert len(work.threads) == 1
    assert threading.get_ident() not in work.threads


def test_only_the_newest_exploration_reports(qtbot: QtBot, explorer: Explorer) -> None:
    old, new = Count(MANY, pause=0.002), Count(5)
    with qtbot.waitSignal(explorer.reported):
        explorer.explore(old)
    spy = QSignalSpy(explorer.reported)
    with qtbot.waitSignal(explorer.finished) as finished:
        explorer.explore(new)
    assert finished.args == [new]
    assert {id(work) for work, _, _ in reports(spy)} == {id(new)}
    assert old.begun < MANY


def test_a_cancel_acts_within_a_slice_and_nothing_follows(qtbot: QtBot, explorer: Explorer) -> None:
    work = Count(MANY, pause=0.005)
    with qtbot.waitSignal(explorer.reported):
        explorer.explore(work)
    spies = [QSignalSpy(signal) for signal in (explorer.reported, explorer.finished)]
    explorer.cancel()
    assert not explorer.is_busy
    reached = work.begun
    qtbot.waitUntil(lambda: work.is_over)
    # The slice that was under way may be followed by one that had its turn before the request.
    assert reached <= work.begun <= reached + 2
    reached = work.begun
    qtbot.wait(20)
    assert work.begun == reached
    assert [spy.count() for spy in spies] == [0, 0]
    with qtbot.waitSignal(explorer.finished):
        explorer.explore(Count(2))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ZeroDivisionError("a bug"), lambda said: "ZeroDivisionError: a bug" in said),
        (Problem("it cannot be"), lambda said: str(said) == "it cannot be"),
    ],
)
def test_a_failure_is_reported_and_the_next_exploration_works(
    qtbot: QtBot, explorer: Explorer, error: Exception, told: Callable[[object], bool]
) -> None:
    with qtbot.waitSignal(explorer.failed) as failed:
        explorer.explore(Count(5, error=error))
    assert failed.args is not None
    assert told(failed.args[0])
    assert not explorer.is_busy
    with qtbot.waitSignal(explorer.finished):
        explorer.explore(Count(2))


def test_the_work_waits_until_the_window_has_drawn(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gdsim.simulation.explorer.LONGEST_WAIT_MS", 60_000)
    worker, work = ExploringWorker(), Count(5)
    heard = QSignalSpy(worker.reported)
    worker.begin(1, work)
    for slices in (1, 2, 3):
        qtbot.waitUntil(lambda slices=slices: heard.count() == slices)
        qtbot.wait(20)
        assert work.begun == slices
        worker.resume()
    worker.cancel()
    worker.resume()
    qtbot.wait(20)
    assert work.begun == 3


def test_it_continues_as_soon_as_the_window_has_drawn(
    qtbot: QtBot, explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gdsim.simulation.explorer.LONGEST_WAIT_MS", 3_600_000)
    with qtbot.waitSignal(explorer.finished):
        explorer.explore(Count(10))


def test_a_window_that_never_draws_does_not_stop_the_work(qtbot: QtBot) -> None:
    worker = ExploringWorker()
    heard = QSignalSpy(worker.finished)
    worker.begin(1, Count(3))
    qtbot.waitUntil(lambda: heard.count() == 1)


def test_closing_during_the_work_leaves_no_thread(qtbot: QtBot) -> None:
    explorer, work = Explorer("test"), Count(MANY, pause=0.001)
    with qtbot.waitSignal(explorer.reported):
        explorer.explore(work)
    spy = QSignalSpy(explorer.reported)
    explorer.shut_down()
    assert not any(thread.isRunning() for thread in explorer.findChildren(QThread))
    qtbot.wait(20)
    assert spy.count() == 0
    explorer.explore(work)
    assert not explorer.is_busy
    explorer.shut_down()


def test_without_an_exploration_there_is_no_thread(qtbot: QtBot) -> None:
    explorer = Explorer("test")
    explorer.cancel()
    assert not any(thread.isRunning() for thread in explorer.findChildren(QThread))
    explorer.shut_down()
