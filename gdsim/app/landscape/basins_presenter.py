"""The basin map: when it is computed, its legend, and the start that a click on it chooses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Slot

from gdsim.app.language.point_phrases import outcome_name, point_name
from gdsim.app.language.run_phrases import percent
from gdsim.app.language.translation import problem_sentence
from gdsim.app.workplace import Presenter, Workplace
from gdsim.core.arrays import Range
from gdsim.core.explore.basins import MOST_STEPS, BasinMap, BasinPicture
from gdsim.core.explore.labels import LABELS
from gdsim.core.number_text import grouped
from gdsim.core.problem import Problem
from gdsim.simulation.explorer import Explorer
from gdsim.views.formula.typesetting import Typesetter
from gdsim.views.landscape.basin_legend import LegendEntry
from gdsim.views.landscape.contour_view import ContourView
from gdsim.views.landscape.curve_view import CurveView
from gdsim.views.window.landscape_panel import LandscapePanel

_MOST_ENTRIES = 8
# Typesetting pauses this long while the first map is computed, and while it is drawn.
_FORMULAS_REST_MS = 600
_DRAWING_MS = 100


class BasinsPresenter(Presenter):
    """Keeps the map in step with the settings and with what is visible, while it is looked at."""

    def __init__(self, panel: LandscapePanel, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._panel = panel
        self._plane_choice = workplace.plane_choice
        self._editing = editing = workplace.editing
        self._guessing = workplace.guessing
        self._explorer = Explorer("basins", self)
        self._scale: tuple[float, ...] = ()
        self._points = workplace.points
        self._asked: BasinMap | None = None
        self._newest: BasinPicture | None = None
        self._older: BasinPicture | None = None
        self._refusal: Problem | None = None  # why there is no map
        panel.mode_changed.connect(self._on_mode_changed)
        for view in (panel.contour, panel.curve):
            view.view_changed.connect(self._on_view_changed)
        panel.contour.clicked.connect(self._on_plane_clicked)
        panel.curve.clicked.connect(self._on_curve_clicked)
        self._plane_choice.changed.connect(self.refresh)
        panel.legend.cancel_requested.connect(self._on_cancel)
        panel.legend.resume_requested.connect(self._on_resume)
        editing.scene_changed.connect(self._on_scene_changed)
        editing.restarted.connect(self.refresh)
        editing.changed.connect(self.refresh)
        workplace.runner.trace_changed.connect(self.refresh)
        self._explorer.reported.connect(self._on_reported)
        self._explorer.finished.connect(self._on_finished)
        self._explorer.failed.connect(self._on_failed)

    @property
    def is_on(self) -> bool:
        """Whether the landscape shows the basin map."""
        return self._panel.mode == "basins"

    @Slot()
    def shut_down(self) -> None:
        """Stop the thread."""
        self._explorer.shut_down()

    def retranslate(self) -> None:
        """Say everything again in the current language."""
        self._say()

    # Starting the computation

    @Slot(object)
    def _on_scene_changed(self, home: tuple[Range, ...] | None) -> None:
        """Forget the points that were found, because another function was chosen."""
        if home is not None:
            self._scale = tuple(high - low for low, high in home)
        self._forget()
        self.refresh()

    @Slot(str)
    def _on_mode_changed(self, mode: str) -> None:
        self._panel.contour.set_loss_shown(mode != "basins")
        self._forget()
        self.refresh()

    @Slot(float, float, float, float)
    def _on_view_changed(self, *_: float) -> None:
        self.refresh()

    def _forget(self) -> None:
        self._explorer.cancel()
        self._asked = self._newest = self._older = None
        for view in (self._panel.contour, self._panel.curve):
            view.set_basins(None)
        self._panel.legend.set_entries([])
        self._panel.legend.set_progress(None)

    @Slot()
    def refresh(self, *_: object) -> None:
        """Request the map for the current settings and range, unless it is requested already."""
        experiment = self._editing.experiment
        if not self.is_on or len(experiment.parameters) != len(self._scale):
            return
        wanted = self._wanted()
        before = self._asked
        if before is not None and before.covers(wanted):
            # The visible range has changed, for instance with the legend's size: count again.
            self._say()
            return
        if before is None or wanted.experiment != before.experiment:
            self._older = None
        elif self._newest is not None and not self._is_finer(self._older, self._newest):
            self._older = self._newest
        self._asked = wanted
        self._refuse(None)
        if self._newest is None:
            Typesetter.instance().pause(_FORMULAS_REST_MS)
        self._explorer.explore(wanted)
        self._panel.legend.set_progress(0.0)
        self._say()

    def _wanted(self) -> BasinMap:
        """The basin map for the current settings and the visible range."""
        experiment = self._editing.experiment
        plane = self._plane_choice.plane.through(experiment.start) if self._is_slice else None
        return BasinMap.of(
            experiment, self._visible_ranges(), self._scale, self._points.found_points, plane
        )

    @property
    def _is_slice(self) -> bool:
        return len(self._scale) > 2

    @property
    def _view(self) -> ContourView | CurveView:
        return self._panel.curve if len(self._scale) == 1 else self._panel.contour

    def _visible_ranges(self) -> tuple[Range, ...]:
        return self._view.visible_range()[: len(self._scale)]

    @staticmethod
    def _is_finer(one: BasinPicture | None, other: BasinPicture) -> bool:
        return one is not None and one.pixel < other.pixel

    @Slot()
    def _on_cancel(self) -> None:
        self._explorer.cancel()
        self._panel.legend.set_progress(None, is_whole=False)

    @Slot()
    def _on_resume(self) -> None:
        self._asked = None
        self.refresh()

    # Showing the map

    @Slot(object, object, object)
    def _on_reported(self, _: object, done: float, picture: BasinPicture | None) -> None:
        self._panel.legend.set_progress(done)
        if picture is not None:
            self._points.learn(picture.found_points)
            if self._newest is None:
                Typesetter.instance().pause(_DRAWING_MS)
            self._newest = picture
            if not self._is_finer(self._older, picture):
                self._older = None
            self._show()

    @Slot(object)
    def _on_finished(self, _: object) -> None:
        self._older = None
        self._show()
        self._panel.legend.set_progress(None)

    @Slot(object)
    def _on_failed(self, problem: object) -> None:
        self._panel.legend.set_progress(None)
        if isinstance(problem, Problem):
            self._newest = self._older = None
            self._refuse(problem)
            self._panel.legend.set_entries([])
            self._show()
        else:
            self.workplace.report(problem)

    def _refuse(self, problem: Problem | None) -> None:
        """Show why there is no map; the loss is then shown instead."""
        self._refusal = problem
        self._panel.contour.set_loss_shown(problem is not None)

    @Slot(float, float)
    def _on_plane_clicked(self, x: float, y: float) -> None:
        plane = self._plane_choice.plane.through(self._editing.experiment.start)
        self._descend_from(tuple(plane.lift(x, y).tolist()))

    @Slot(float)
    def _on_curve_clicked(self, x: float) -> None:
        self._descend_from((x,))

    def _descend_from(self, start: tuple[float, ...]) -> None:
        """Start a descent from the clicked point; while guessing is on, the click is a guess."""
        if self.is_on and not self._guessing.is_on:
            self.workplace.problem.drag_start(start, self._visible_ranges())
            self.workplace.runner.play()

    def _show(self) -> None:
        numbered = [] if self._newest is None else self._newest.leading(_MOST_ENTRIES)
        self._view.set_basins(self._newest, self._older, numbered)
        self._say()

    def _say(self) -> None:
        if self._asked is None:
            return
        legend, picture = self._panel.legend, self._newest
        if self._refusal is not None:
            legend.set_note(problem_sentence(self._refusal))
            return
        if picture is not None:
            legend.set_entries(_entries(picture.within(self._visible_ranges()), self._scale))
        if len(self._scale) == 1:
            note = self.tr(
                "Each pixel of the strip is a start; darker means more steps. Click one to descend."
            )
        else:
            note = self.tr("Each pixel is a start; darker means more steps. Click one to descend.")
        if self._is_slice:
            others = self.tr("The other parameters have their values at the start.")
            note = f"{note} {others}"
        if self._editing.experiment.max_steps > MOST_STEPS:
            limit = self.tr("At most {most} steps for each start.").format(most=grouped(MOST_STEPS))
            note = f"{note} {limit}"
        legend.set_note(note)


def _entries(picture: BasinPicture, scale: Sequence[float]) -> list[LegendEntry]:
    """The points by the share of their basin, the largest first; then starts without a point."""
    shares = picture.shares
    leading = picture.leading(_MOST_ENTRIES)
    entries = []
    for label in leading:
        place = point_name(picture.found_points[label], scale)
        entries.append(LegendEntry(label, f"{label + 1}  {place}  {percent(shares[label])}"))
    rest = [label for label in shares if label >= 0 and label not in leading]
    if rest:
        text = QCoreApplication.translate("Basins", "{count} more: {share}").format(
            count=len(rest), share=percent(sum(shares[label] for label in rest))
        )
        entries.append(LegendEntry(None, text))
    return entries + [
        LegendEntry(label, f"{outcome_name(outcome)}  {percent(shares[label])}")
        for outcome, label in LABELS.items()
        if label in shares
    ]
