"""Draws the landscape: sampled loss, minima, path and shown step; handles its mouse input."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Slot

from gdsim.app.language import data_phrases
from gdsim.app.moment import Moment
from gdsim.app.run.guess_phrases import guess_message
from gdsim.app.run.guessing import Spot
from gdsim.app.setup import home_view as scene
from gdsim.app.workplace import Presenter, Workplace
from gdsim.core.arrays import Floats, Range
from gdsim.core.landscape.landscape import Curve, Landscape
from gdsim.core.landscape.plane import Plane
from gdsim.core.loss.objective import Objective
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace
from gdsim.simulation.sampler import LandscapePart, Sampler
from gdsim.views.run.step_layer import Part
from gdsim.views.window.landscape_panel import LandscapePanel

# A point whose distance from a slice is a smaller share of the view than this is drawn in it.
_PIXEL = 1e-3


class LandscapePresenter(Presenter):
    """Shows the current function over one or two parameters, and the shown step on it."""

    def __init__(self, panel: LandscapePanel, sampler: Sampler, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._panel = panel
        self._runner = workplace.runner
        self._sampler = sampler
        self._editing = editing = workplace.editing
        self._guessing = workplace.guessing
        self._plane_choice = workplace.plane_choice
        self._home: tuple[Range, ...] = ()
        self._drawn: Plane | None = None  # the plane that the picture is of
        self._pictured: LandscapePart | None = None
        self._of_batch = False
        sampler.sampled.connect(self._on_sampled)
        editing.scene_changed.connect(self._set_scene)
        self._plane_choice.changed.connect(self._on_plane_changed)
        for view in (panel.contour, panel.curve):
            view.view_changed.connect(self._on_view_changed)
        for signal in (panel.contour.start_dragged, panel.contour.start_dropped):
            signal.connect(self._on_start_dragged_on_plane)
        for signal in (panel.curve.start_dragged, panel.curve.start_dropped):
            signal.connect(self._on_start_dragged_on_curve)
        for plane in panel.planes:
            plane.clicked.connect(self._on_plane_clicked)
        panel.curve.clicked.connect(self._on_curve_clicked)
        panel.mode_changed.connect(self._on_mode_changed)

    def retranslate(self) -> None:
        """Say everything again in the current language."""
        self._plane_choice.retranslate()
        self._set_titles()

    def grow(self, part: Part) -> None:
        """Animate a vector of the shown step: it grows from its start to its end."""
        (self._panel.curve if self._panel.is_curve else self._panel.contour).grow(part)

    @Slot(object)
    def _set_scene(self, home: tuple[Range, ...] | None) -> None:
        """Show another function; without an initial range of its own, the view stays the same."""
        if home is None:
            self._show_minima()
            self._sample()
            return
        self._home = home
        experiment = self._editing.experiment
        if len(home) > 1:
            axes = scene.first_parameters(self._editing.task())
            self._plane_choice.set_scene(experiment.parameters, experiment.start, home, axes)
        self._clear()
        self._panel.set_parameters(experiment.parameters)
        self._drawn = None
        if len(home) == 1:
            self._pictured = None
            self._show_minima()
            self._panel.curve.set_curve(None)
            self._panel.curve.set_home_range(home[0])
            self._sample()
        else:
            self._set_plane()

    def _clear(self) -> None:
        """Remove the old run from the plots; the next one is on another function."""
        panel = self._panel
        for view in (*panel.planes, panel.curve):
            view.set_runs([])
            view.clear_step()
        self.workplace.clear()

    def _show_minima(self) -> None:
        panel, minima = self._panel, scene.minima(self._editing.experiment)
        if len(self._home) == 1:
            panel.curve.set_minima([(point[0], value) for point, value in minima])
            return
        shown = self._plane_choice.through()
        finest = _PIXEL * (self._plane_choice.home[0][1] - self._plane_choice.home[0][0])
        # A minimum is usually not in the plane of a slice; a star there would be misleading.
        stars = [
            _pair(shown.project(point)) for point, _ in minima if shown.distance(point) <= finest
        ]
        for plane in panel.planes:
            plane.set_minima(stars)

    def _set_plane(self) -> None:
        """Show another plane, or a larger part of it, with its initial ranges."""
        self._pictured = None
        self._show_minima()
        self._set_titles()
        plane, before = self._plane_choice.plane, self._drawn
        self._drawn = plane
        for view in self._panel.planes:
            view.set_plane(plane)
            if plane != before:
                view.set_landscape(self._at_hand(plane))
            view.set_home_range(*self._plane_choice.home)
        self._sample()

    def _at_hand(self, plane: Plane) -> Landscape | None:
        """The newest picture, if it is of this plane of the current loss; otherwise None."""
        if self._sampler.newest is None:
            return None
        view, picture = self._sampler.newest
        is_it = (view.objective, view.plane, view.rows) == (
            self._editing.experiment.objective(),
            plane,
            None,
        )
        return picture if is_it and isinstance(picture, Landscape) else None

    def _set_titles(self) -> None:
        for view in self._panel.planes:
            view.set_titles(self._plane_choice.titles)

    @Slot()
    def _on_plane_changed(self) -> None:
        self._set_plane()
        self.workplace.redraw()

    @Slot(float, float, float, float)
    def _on_view_changed(self, *_: float) -> None:
        self._sample()

    @Slot(str)
    def _on_mode_changed(self, mode: str) -> None:
        """Sample the loss only coarsely while a basin map covers it."""
        self._sampler.set_coarse(mode == "basins")

    def _sample(self) -> None:
        """Request a picture of the visible range, unless it is shown already."""
        experiment = self._editing.experiment
        view = self._visible(experiment)
        if view != self._pictured:
            self._pictured = view
            self._sampler.request(view)

    def _visible(self, experiment: Experiment) -> LandscapePart:
        panel = self._panel
        objective, rows = experiment.objective(), self._batch_rows(experiment)
        if panel.is_curve:
            x_range, _ = panel.curve.visible_range()
            return LandscapePart(objective, None, (x_range,), rows)
        ranges = panel.contour.visible_range()
        return LandscapePart(objective, self._plane_choice.through(), ranges, rows)

    def _batch_rows(self, experiment: Experiment) -> bytes | None:
        """The rows of the shown step's batch if the landscape shows their loss, otherwise None."""
        batches, trace = experiment.batches(), self._runner.trace
        if not self._of_batch or batches is None or batches.is_whole or trace is None:
            return None
        return batches.rows_of(self._runner.shown).tobytes()

    @Slot(bool)
    def set_of_batch(self, of_batch: bool) -> None:
        """Set whether the landscape shows the loss of the shown step's batch, or of all rows."""
        self._of_batch = of_batch
        self.workplace.redraw()

    def _say_scope(self) -> None:
        """Show which rows the landscape uses, if it does not use all."""
        experiment, shown = self._editing.experiment, self._runner.shown
        of_batch = self._batch_rows(experiment) is not None
        self._panel.set_scope(data_phrases.landscape_scope(experiment, shown, of_batch))

    @Slot(object, object)
    def _on_sampled(self, view: LandscapePart, picture: object) -> None:
        if view.objective is not self._editing.experiment.objective():
            return
        if isinstance(picture, Curve):
            self._panel.curve.set_curve(picture)
        elif isinstance(picture, Landscape) and view.plane is not None:
            if not view.plane.is_parallel(self._plane_choice.plane):
                return
            for plane in self._panel.planes:
                plane.set_landscape(picture)

    @Slot()
    def start_anywhere(self) -> None:
        self.workplace.problem.start_anywhere(self._home)

    @Slot(float, float)
    def _on_start_dragged_on_plane(self, x: float, y: float) -> None:
        plane = self._plane_choice.plane.through(self._editing.experiment.start)
        start = tuple(plane.lift(x, y).tolist())
        self.workplace.problem.drag_start(start, self._panel.contour.visible_range())

    @Slot(float)
    def _on_start_dragged_on_curve(self, x: float) -> None:
        self.workplace.problem.drag_start((x,), self._panel.curve.visible_range()[:1])

    def draw(self, moment: Moment) -> None:
        self._draw_step(moment)
        self._draw_guess(moment.trace)

    def _draw_step(self, moment: Moment) -> None:
        panel, runs = self._panel, self.workplace.runs.of(moment)
        trace, step, known = moment.trace, moment.step, moment.known
        start = self._editing.experiment.start
        if trace.parameters != self._editing.experiment.parameters:
            return
        self._say_scope()
        if self._plane_choice.is_slice or self._editing.experiment.data is not None:
            self._sample()
        following = step.theta + step.delta if known.ghost and not moment.is_last else None
        if following is not None and not np.isfinite(following).all():
            following = None
        if panel.is_curve:
            next_loss = None
            if following is not None:
                value = _own_loss(trace, step.index).value(following)
                next_loss = value if np.isfinite(value) else None
            panel.curve.set_runs(runs)
            panel.curve.set_step(
                float(step.theta[0]),
                step.loss,
                float(step.gradient[0]) if known.gradient else None,
                float(step.delta[0]) if known.delta else None,
                None if following is None else float(following[0]),
                next_loss,
                None if known.state is None else (known.state[0], float(known.state[1][0])),
            )
            panel.curve.set_start(start[0], float(trace.loss(0, 1)[0]))
            return
        if self._plane_choice.follow(trace):
            self.workplace.redraw()
        plane = self._plane_choice.plane
        arrows = {Part.GRADIENT: step.gradient, Part.DELTA: step.delta}
        if known.state is not None:
            arrows[Part.STATE] = known.state[1]
        projected = frozenset(part for part, arrow in arrows.items() if not plane.contains(arrow))
        for view in panel.planes:
            view.set_runs(runs)
            view.set_step(
                plane.project(step.theta),
                plane.components(step.gradient) if known.gradient else None,
                plane.components(step.delta) if known.delta else None,
                None if following is None else plane.project(following),
                None if known.state is None else (known.state[0], plane.components(known.state[1])),
                projected,
            )
            view.set_start(*_pair(plane.project(start)))
        if self._plane_choice.is_slice:
            self._show_minima()

    def _draw_guess(self, trace: Trace) -> None:
        guessing, panel = self._guessing, self._panel
        panel.set_message(guess_message(guessing, self._runner.shown))
        guess, landed, text = guessing.guess, guessing.landed, guessing.error_text()
        if panel.is_curve:
            loss = _own_loss(trace, self._runner.shown)
            panel.curve.set_guess(_on_curve(loss, guess), _on_curve(loss, landed), text)
        else:
            for plane in panel.planes:
                plane.set_guess(_in_plane(guess), _in_plane(landed), text)

    @Slot(float, float)
    def _on_plane_clicked(self, x: float, y: float) -> None:
        self._guessing.take((x, y), self._plane_choice.plane)

    @Slot(float)
    def _on_curve_clicked(self, x: float) -> None:
        self._guessing.take((x,), None)


def _pair(values: Floats) -> tuple[float, float]:
    x, y = values.tolist()
    return x, y


def _own_loss(trace: Trace, row: int) -> Objective:
    """The loss of this row's batch, at which its point is drawn over a curve."""
    return trace.stretch(row).experiment.objective_at(row)


def _on_curve(loss: Objective, point: Spot | None) -> tuple[float, float] | None:
    return None if point is None else (point[0], float(loss.value(point)))


def _in_plane(point: Spot | None) -> tuple[float, float] | None:
    return None if point is None else (point[0], point[1])
