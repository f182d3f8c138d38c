"""What the tabs of heavy work have in common: it is made while it is seen, and can be left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from heavy_work import creep, wait_for
from PySide6.QtWidgets import QTableWidget
from teacher import Teacher

from gdsim.app.explore.exploring_tab import ExploringTab
from gdsim.app.tabs.rates.rates_presenter import RatesPresenter
from gdsim.app.tabs.starts.starts_presenter import StartsPresenter
from gdsim.core.explore import rates as sweep
from gdsim.core.explore import starts
from gdsim.views.tabs.rates.rates_view import RatesView
from gdsim.views.tabs.starts.starts_view import StartsView


@dataclass(frozen=True)
class HeavyTab:
    """``under_way``: what stands in its table where a descent is not done. ``limit``: what it says
    of a step limit beyond its own."""

    key: str
    under_way: str
    limit: str

    def presenter(self, teacher: Teacher) -> ExploringTab[Any, Any]:
        controller = teacher.session.controller
        return controller.tab(RatesPresenter if self.key == "rates" else StartsPresenter)

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
        teacher.window.study.show_tab(self.key)


TABS = (
    HeavyTab("rates", "under way", "No η is followed beyond 20\u2009000 steps."),
    HeavyTab("starts", "not at rest", "No start is followed beyond 20\u2009000 steps."),
)


@pytest.fixture(params=TABS, ids=lambda tab: tab.key)
def tab(request: pytest.FixtureRequest) -> HeavyTab:
    found = request.param
    assert isinstance(found, HeavyTab)
    return found


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that lasts longer than any test."""
    for module in (starts, sweep):
        monkeypatch.setattr(module, "MOST_STEPS", 10**9)


def test_nothing_is_computed_while_it_is_not_seen(teacher: Teacher, tab: HeavyTab) -> None:
    presenter = tab.presenter(teacher)
    teacher.enter_eta("0.02")
    assert presenter.request is None
    assert not presenter._explorer._thread.isRunning()
    tab.open(teacher)
    wait_for(teacher, presenter)
    teacher.window.study.show_tab("step")
    asked = presenter.request
    teacher.enter_epsilon("1e-2")
    assert presenter.request is asked
    tab.open(teacher)
    wait_for(teacher, presenter)
    assert presenter.request is not asked


@pytest.mark.usefixtures("endless")
def test_it_can_be_left_and_taken_up(teacher: Teacher, tab: HeavyTab) -> None:
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
def test_the_window_closes_in_the_middle_of_it(
    open_window: Callable[[], Teacher], tab: HeavyTab
) -> None:
    """That no thread is left behind, the fixture tells."""
    teacher = open_window()
    creep(teacher)
    tab.open(teacher)
    teacher.wait_until(lambda: tab.under_way in tab.cells(teacher))
    assert tab.presenter(teacher).is_busy
