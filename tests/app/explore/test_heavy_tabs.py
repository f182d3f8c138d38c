"""Tabs with long computations compute only while visible, and can be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from heavy_work import creep, wait_for
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QTableWidget
from teacher import Teacher

from gdsim.core.explore import rates as sweep
from gdsim.core.explore import starts
from gdsim.simulation.explorer import Exploration
from gdsim.views.tabs.rates.rates_view import RatesView
from gdsim.views.tabs.starts.starts_view import StartsView


@dataclass(frozen=True)
class HeavyTab:
    """A tab with a long computation.

    ``under_way``: what its table says of a descent that has not ended yet. ``limit``: its sentence
    where the step limit of the panel is beyond its own.
    """

    key: str
    under_way: str
    limit: str

    def view(self, teacher: Teacher) -> RatesView | StartsView:
        return teacher.view(RatesView) if self.key == "rates" else teacher.view(StartsView)

    def table(self, teacher: Teacher) -> QTableWidget:
        view = self.view(teacher)
        return view.table if isinstance(view, RatesView) else view.ends

    def cells(self, teacher: Teacher) -> list[str]:
        table = self.table(teacher)
        items = (
            table.item(row, column)
            for row in range(table.rowCount())
            for column in range(table.columnCount())
        )
        return [item.text() for item in items if item is not None]

    def open(self, teacher: Teacher) -> None:
        teacher.window.tabs.show_tab(self.key)


TABS = (
    HeavyTab("rates", "still running", "At most 20\u2009000 steps for each η."),
    HeavyTab("starts", "still moving", "At most 20\u2009000 steps for each start."),
)


@pytest.fixture(params=TABS, ids=lambda tab: tab.key)
def tab(request: pytest.FixtureRequest) -> HeavyTab:
    found = request.param
    assert isinstance(found, HeavyTab)
    return found


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every computation last longer than any test."""
    for module in (starts, sweep):
        monkeypatch.setattr(module, "MOST_STEPS", 10**9)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Exploration]:
    """The explorations that have been begun, in their order."""
    found: list[Exploration] = []

    def noting(stages: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Any]]:
        def note(exploration: Exploration) -> Iterator[Any]:
            found.append(exploration)
            return stages(exploration)

        return note

    for kind in (sweep.RateSweep, starts.ManyStarts):
        monkeypatch.setattr(kind, "stages", noting(kind.stages))
    return found


def test_a_hidden_tab_computes_nothing(
    teacher: Teacher, tab: HeavyTab, begun: list[Exploration]
) -> None:
    view = tab.view(teacher)
    (thread,) = teacher.session.controller.findChildren(QThread, f"gdsim {tab.key}")
    teacher.enter_eta("0.02")
    assert not view.work.is_working
    assert not thread.isRunning()
    tab.open(teacher)
    wait_for(teacher, view)
    teacher.window.tabs.show_tab("step")
    assert len(begun) == 1
    teacher.enter_epsilon("1e-2")
    teacher.rest(30)
    assert not view.work.is_working
    assert len(begun) == 1
    tab.open(teacher)
    wait_for(teacher, view)
    assert len(begun) == 2
    assert begun[0] != begun[1]


@pytest.mark.usefixtures("endless")
def test_a_computation_can_be_cancelled_and_continued(teacher: Teacher, tab: HeavyTab) -> None:
    creep(teacher)
    tab.open(teacher)
    work = tab.view(teacher).work
    teacher.wait_until(lambda: tab.under_way in tab.cells(teacher))
    assert work.progress.isVisible()
    assert work.button.text() == "Cancel"
    teacher.click(work.button)
    assert not work.progress.isVisible()
    assert work.button.text() == "Go on"
    cells = tab.cells(teacher)
    teacher.press("Right")
    teacher.wait_until(lambda: teacher.session.controller.runner.shown == 1)
    teacher.look()
    assert tab.cells(teacher) == cells
    assert not work.progress.isVisible()
    teacher.click(work.button)
    assert work.progress.isVisible()
    assert any(tab.limit in text for text in teacher.texts(tab.view(teacher)))


@pytest.mark.usefixtures("endless")
def test_the_window_can_be_closed_during_a_computation(
    open_window: Callable[[], Teacher], tab: HeavyTab
) -> None:
    """The fixture ``open_window`` checks that no thread is left running."""
    teacher = open_window()
    creep(teacher)
    tab.open(teacher)
    teacher.wait_until(lambda: tab.under_way in tab.cells(teacher))
    assert tab.view(teacher).work.is_working
