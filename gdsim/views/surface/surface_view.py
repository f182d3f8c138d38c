"""The view of the loss over two parameters as a surface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from gdsim.core.arrays import Floats, Range
from gdsim.core.landscape.landscape import Landscape
from gdsim.core.landscape.loss_scale import Spacing
from gdsim.core.landscape.plane import Plane
from gdsim.core.surface.projection import Camera
from gdsim.core.surface.surface import Surface
from gdsim.views.landscape.colour_bar import ColourBar
from gdsim.views.overlays.many_paths_layer import ManyPaths
from gdsim.views.plot.plot_axis import position_text
from gdsim.views.plot.plot_view import Chip
from gdsim.views.run.run_view import RunView
from gdsim.views.run.step_layer import Part, ShownStep
from gdsim.views.surface.surface_canvas import SurfaceCanvas
from gdsim.views.surface.surface_marks import Guess, Marks
from gdsim.views.theme import SPACING, Theme, chip_sheet, font
from gdsim.views.widgets.style_roles import role_label

Coordinates = Sequence[float] | Floats

_ROOM = 8
_BAR_TOP, _BAR_BOTTOM = 14, 30


class SurfaceView(QWidget):
    """Has the same setters as ``ContourView``, and shows the landscape in three dimensions."""

    clicked = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = ("x", "y")
        self._marks = Marks()
        self.canvas = SurfaceCanvas()
        self._bar = ColourBar()
        self.log_height = QCheckBox()
        self._hint = role_label("muted", wraps=True)
        self.note = Chip(self.canvas)
        self.position_note = Chip(self.canvas)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.canvas, 1)
        row.addWidget(self._bar)
        body.addLayout(row, 1)
        below = QHBoxLayout()
        below.setSpacing(2 * SPACING)
        below.addWidget(self.log_height)
        below.addWidget(self._hint, 1)
        body.addLayout(below)
        self.canvas.clicked.connect(self.clicked)
        self.canvas.hovered.connect(self._on_hovered)
        self.canvas.reset_requested.connect(self.reset_view)
        self.log_height.clicked.connect(self._on_log_chosen)
        self._retranslate()

    # Setters

    def set_theme(self, theme: Theme) -> None:
        self.canvas.set_theme(theme)
        self._bar.set_theme(theme)
        for chip in (self.note, self.position_note):
            chip.setFont(font(theme))
            chip.setStyleSheet(chip_sheet(theme))
            chip.adjustSize()
        self._place_notes()

    def set_titles(self, titles: tuple[str, str]) -> None:
        """Set the names of the axes: two parameters, or two directions."""
        self._titles = titles
        self.canvas.set_titles(titles)
        self._update_note()

    def set_plane(self, plane: Plane) -> None:
        """Set the plane that is shown; paths are projected onto it."""
        self.canvas.set_plane(plane)

    def set_home_range(self, x_range: Range, y_range: Range) -> None:
        """Set the ranges that are shown, as far as the landscape covers them; reset the view."""
        self.canvas.set_home((x_range, y_range))
        self.reset_view()

    def set_landscape(self, landscape: Landscape | None) -> None:
        """Show a landscape, the same as on the contour plot; None: nothing."""
        self.canvas.set_landscape(landscape)
        self._bar.set_landscape(landscape)
        self._update_switch()
        self._update_note()

    def set_log_height(self, log: bool | None) -> None:
        """Set whether heights follow the logarithm of the loss; None: as the colours do."""
        spacing = None if log is None else Spacing.LOG if log else Spacing.LINEAR
        self.canvas.set_spacing(spacing)
        self._update_switch()

    def set_minima(self, minima: Sequence[tuple[float, float]]) -> None:
        """Set the known minima, as (x, y)."""
        self._mark(replace(self._marks, minima=tuple(minima)))

    def set_runs(self, runs: Sequence[RunView]) -> None:
        """Show these runs, each with its shown step."""
        self.canvas.set_runs(runs)

    def set_many_paths(self, many_paths: ManyPaths | None) -> None:
        """Show the paths of many descents; None: none."""
        self.canvas.set_many_paths(many_paths)

    def set_step(
        self,
        theta: Coordinates,
        gradient: Coordinates | None,
        delta: Coordinates | None,
        next_theta: Coordinates | None,
        state: tuple[str, Coordinates] | None = None,
        projected: frozenset[Part] = frozenset(),
    ) -> None:
        """Show a step, as far as it may be shown, as vectors (x, y) of the plane.

        ``projected``: the arrows whose vectors do not lie in the plane.
        """
        point = _pair(theta)
        step = None
        if point is not None:
            memory = None if state is None else _pair(state[1])
            step = ShownStep(
                point,
                _pair(gradient),
                _pair(delta),
                _pair(next_theta),
                None if state is None or memory is None else (state[0], memory),
                projected,
            )
        self._mark(replace(self._marks, step=step))

    def clear_step(self) -> None:
        """Show no step."""
        self._mark(replace(self._marks, step=None))

    def set_start(self, x: float, y: float) -> None:
        """Set the position of the start."""
        self._mark(replace(self._marks, start=_pair((x, y))))

    def set_guess(
        self,
        guess: tuple[float, float] | None,
        landed: tuple[float, float] | None = None,
        label: str = "",
    ) -> None:
        """Show a guess of the next point; after the step also the true point and a label."""
        shown = None if guess is None else Guess(guess, landed, label)
        self._mark(replace(self._marks, guess=shown))

    @Slot()
    def reset_view(self) -> None:
        """Go back to the first view of the surface."""
        self.canvas.set_camera(Camera())

    # What is shown

    def shown_landscape(self) -> Landscape | None:
        """The landscape that is shown in relief; None while there is none."""
        return self.canvas.landscape

    def shown_step(self) -> ShownStep | None:
        """The step that is drawn on the surface; None where none is."""
        return self._marks.step

    def shown_guess(self) -> Guess | None:
        """The guess of the next point that is drawn on the surface; None where none is."""
        return self._marks.guess

    # Internals

    def _mark(self, marks: Marks) -> None:
        self._marks = marks
        self.canvas.set_marks(marks)
        self._update_note()

    @Slot(bool)
    def _on_log_chosen(self, log: bool) -> None:
        self.set_log_height(log)

    def _update_switch(self) -> None:
        surface = self.canvas.surface()
        with QSignalBlocker(self.log_height):
            is_log = surface is not None and surface.scale.spacing is Spacing.LOG
            self.log_height.setChecked(is_log)
        flat = surface is None or surface.scale.spacing is Spacing.FLAT
        self.log_height.setEnabled(not flat)

    @Slot(object)
    def _on_hovered(self, position: tuple[float, float] | None) -> None:
        text, surface = "", self.canvas.surface()
        if position is not None and surface is not None:
            pixels = self.canvas.projection(surface).scale
            ranges = (surface.x_range, surface.y_range)
            scales = (
                pixels * size / (high - low)
                for size, (low, high) in zip(surface.size[:2], ranges, strict=True)
            )
            text = ", ".join(map(position_text, self._titles, position, scales))
        self.position_note.set_note(text)
        self._place_notes()

    def _update_note(self) -> None:
        notes, surface, step = [], self.canvas.surface(), self._marks.step
        if surface is not None and not surface.has_equal_scales:
            notes.append(
                self.tr("Stretched: {x} and {y} have different scales").format(
                    x=self._titles[0], y=self._titles[1]
                )
            )
        if surface is not None and step is not None and not _is_within(surface, step.point):
            notes.append(self.tr("The point is outside the view"))
        self.note.set_note("\n".join(notes))
        self._place_notes()

    def _place_notes(self) -> None:
        bottom = self.canvas.height() - _ROOM
        self.note.move(_ROOM, bottom - self.note.height())
        chip = self.position_note
        chip.move(self.canvas.width() - chip.width() - _ROOM, bottom - chip.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar.set_span(_BAR_TOP, self.canvas.height() - _BAR_BOTTOM)
        self._place_notes()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Surface"))
        self.setAccessibleDescription(
            self.tr("The loss over two parameters as a surface, with the path of the descent.")
        )
        self.log_height.setText(self.tr("Log height"))
        self.log_height.setToolTip(
            self.tr("Heights by the logarithm of the loss; the colours stay as they are")
        )
        self._hint.setText(self.tr("Drag to turn, wheel to zoom, double-click to reset"))
        self._update_note()


def _pair(values: Coordinates | None) -> tuple[float, float] | None:
    if values is None:
        return None
    x, y = float(values[0]), float(values[1])
    return (x, y) if isfinite(x) and isfinite(y) else None


def _is_within(surface: Surface, point: tuple[float, float]) -> bool:
    ranges = (surface.x_range, surface.y_range)
    return all(low <= value <= high for value, (low, high) in zip(point, ranges, strict=True))
