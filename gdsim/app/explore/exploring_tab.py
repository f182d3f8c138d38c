"""The base class of tabs with long computations, which run only while the tab is visible."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from gdsim.app.explore.found_points import PlaceBook
from gdsim.app.setup.editing import Editing
from gdsim.core.arrays import Range
from gdsim.core.explore.attribution import Place
from gdsim.core.problem import Problem
from gdsim.core.run.trace import Step, Trace
from gdsim.simulation.explorer import Exploration, Explorer
from gdsim.views.widgets.work_progress import WorkProgress


class Picture(Protocol):
    """A result of an exploration."""

    @property
    def places(self) -> tuple[Place, ...]:
        """The points known before and those found by the exploration."""


Shown = TypeVar("Shown", bound=Picture)


class ExploringTab(QObject, Generic[Shown]):
    """Starts an exploration whenever the settings need another one, and shows its results."""

    failed = Signal(object)

    def __init__(
        self, name: str, work: WorkProgress, editing: Editing, book: PlaceBook, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._editing = editing
        self._book = book
        self._explorer = Explorer(name, self)
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

    # Called by the panel of tabs

    def draw(self, trace: Trace, step: Step) -> None:
        """Update the tab to the current settings; the shown step makes no difference to it."""
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
        """Say everything again in the language of now."""
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
            self._book.learn(picture.places)
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
            self.failed.emit(problem)

    def _refuse(self, problem: Problem) -> None:
        self._work.set_progress(None)
        self._picture, self._refusal = None, problem
        self._show()
