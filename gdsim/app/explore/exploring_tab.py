"""The base class of tabs with long computations, which run only while the tab is visible."""

from __future__ import annotations

from typing import ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import Slot

from gdsim.app.moment import Moment
from gdsim.app.tab_presenter import TabPresenter
from gdsim.app.workplace import Workplace
from gdsim.core.arrays import Range
from gdsim.core.explore.attribution import FoundPoint
from gdsim.core.problem import Problem
from gdsim.simulation.explorer import Exploration, Explorer
from gdsim.views.widgets.work_progress import WorkProgress
from gdsim.views.window.tab_panel import Tab


class Picture(Protocol):
    """A result of an exploration."""

    @property
    def found_points(self) -> tuple[FoundPoint, ...]:
        """The points known before and those found by the exploration."""


class ExploringView(Tab, Protocol):
    """A tab's view that shows how far the work has got."""

    work: WorkProgress


View = TypeVar("View", bound=ExploringView)
Shown = TypeVar("Shown", bound=Picture)


class ExploringTab(TabPresenter[View], Generic[View, Shown]):
    """Has an exploration made anew whenever another one is wanted, and shows what it brings."""

    group: ClassVar = "compare"
    shown_in_predictions: ClassVar = True

    def __init__(self, view: View, workplace: Workplace) -> None:
        super().__init__(view, workplace)
        self._work = work = view.work
        self._editing = editing = workplace.editing
        self._points = workplace.points
        self._explorer = Explorer(self.key, self)
        self._home: tuple[Range, ...] = ()
        self._asked: Exploration | None = None
        self._picture: Shown | None = None
        self._refusal: Problem | None = None  # why there is no result
        self._is_in_front = False
        work.cancel_requested.connect(self._on_cancel)
        work.resume_requested.connect(self._on_resume)
        editing.scene_changed.connect(self._on_scene_changed)
        self._explorer.reported.connect(self._on_reported)
        self._explorer.finished.connect(self._on_finished)
        self._explorer.failed.connect(self._on_failed)

    @property
    def request(self) -> Exploration | None:
        """The exploration that is shown or under way; None where there is none."""
        return self._asked

    @property
    def is_busy(self) -> bool:
        """Whether an exploration is under way."""
        return self._explorer.is_busy

    @Slot()
    def shut_down(self) -> None:
        """Stop the thread."""
        self._explorer.shut_down()

    # Implemented by each tab

    def _wanted(self) -> Exploration:
        """The exploration for the current settings; raises Problem where there is none."""
        raise NotImplementedError

    def _show(self) -> None:
        """Show the result, or why there is none."""
        raise NotImplementedError

    def _follow(self) -> None:
        """Update what depends on settings that do not need another exploration."""
        raise NotImplementedError

    # What is asked of every tab

    def draw(self, moment: Moment) -> None:
        """Bring the tab to the current settings; the shown step makes no difference to it."""
        if not self._is_in_front:
            self._is_in_front = True
            self._show()
        self._refresh()
        self._follow()

    def clear(self) -> None:
        """Stop the computation while the tab is not visible."""
        self._is_in_front = False
        if self._explorer.is_busy:
            self._explorer.cancel()
            self._asked = None
            self._work.set_progress(None)

    def retranslate(self) -> None:
        """Say everything again in the current language."""
        self._show()

    # Starting explorations

    @property
    def _scale(self) -> list[float]:
        """The width of the initial range of each parameter."""
        return [high - low for low, high in self._home]

    @Slot(object)
    def _on_scene_changed(self, home: tuple[Range, ...] | None) -> None:
        if home is not None:
            self._home = home
        self._asked = self._picture = None

    def _refresh(self) -> None:
        try:
            wanted = self._wanted()
        except Problem as problem:
            if self._refusal is None or self._refusal.template != problem.template:
                self._explorer.cancel()
                self._asked = None
                self._refuse(problem)
            return
        if wanted == self._asked:
            return
        self._asked, self._refusal = wanted, None
        self._explorer.explore(wanted)
        self._work.set_progress(0.0)

    @Slot()
    def _on_cancel(self) -> None:
        self._explorer.cancel()
        self._work.set_progress(None, is_whole=False)

    @Slot()
    def _on_resume(self) -> None:
        self._asked = None
        self._refresh()

    # Showing results

    @Slot(object, object, object)
    def _on_reported(self, _: object, done: float, picture: Shown | None) -> None:
        self._work.set_progress(done)
        if picture is not None:
            self._points.learn(picture.found_points)
            self._picture = picture
            self._show()
            self._follow()

    @Slot(object)
    def _on_finished(self, _: object) -> None:
        self._work.set_progress(None)

    @Slot(object)
    def _on_failed(self, problem: object) -> None:
        if isinstance(problem, Problem):
            self._refuse(problem)
        else:
            self._work.set_progress(None)
            self.workplace.report(problem)

    def _refuse(self, problem: Problem) -> None:
        self._work.set_progress(None)
        self._picture, self._refusal = None, problem
        self._show()
