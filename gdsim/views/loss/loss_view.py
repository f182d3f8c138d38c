"""The plot of the loss over t."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, log10

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QToolButton, QWidget

from gdsim.core.arrays import Floats, Range
from gdsim.core.number_text import grouped
from gdsim.views.loss.full_loss_layer import FullLossLayer
from gdsim.views.loss.loss_layer import LossLayer, ThresholdLayer
from gdsim.views.loss.loss_legend import LossLegend
from gdsim.views.loss.loss_summary import Extent, union
from gdsim.views.plot.grid_layer import GridLayer
from gdsim.views.plot.plot_axis import AxisKind, number_text
from gdsim.views.plot.plot_view import LARGEST_COORDINATE, PlotView
from gdsim.views.run.run_layers import RunLayers
from gdsim.views.run.run_view import RunView
from gdsim.views.theme import Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.style_roles import role_label

# The ranges of the axes stay until the run exceeds them or fills less than this share of them.
_LEAST_FILLED = 0.55
_FEWEST_STEPS = 10
# The margin above and below the losses as a share of their range, and the least margin as a share
# of the axis, so that markers are not cut off.
_ROOM, _RIM = 0.1, 0.045
# A click takes effect after this time, in ms, because it may be the first of a double-click.
_DOUBLE_CLICK_MS = 250


class LossView(PlotView):
    """L(θ_t) with a log switch, the threshold, rises, changed settings and the shown step.

    The last run is the selected one. ``header`` holds the number of its rises, buttons that go from
    rise to rise, and the log switch; it is above the plot unless the window moves it elsewhere.
    """

    log_toggled = Signal(bool)
    step_selected = Signal(int)
    """The user clicked at this t."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._log = False
        self._runs: tuple[RunView, ...] = ()
        self._threshold: float | None = None
        self._grid = GridLayer(self.box, self.y_axis)
        self._threshold_line = ThresholdLayer(self.box)
        self._lines = RunLayers(self.box, self._make_line)
        self._full = FullLossLayer(self.box)
        self._has_full = False
        self.legend = LossLegend()
        self.body.addWidget(self.legend)
        self._clicked_step = 0
        self._rise_note = self._rise_sentence = ""
        self._click_timer = QTimer(self)
        self._click_timer.setSingleShot(True)
        self._click_timer.setInterval(min(_DOUBLE_CLICK_MS, QApplication.doubleClickInterval()))
        self._click_timer.timeout.connect(self._on_click_confirmed)
        self._build_header()
        self.x_axis.set_kind(AxisKind.WHOLE)
        self.x_axis.set_title("t")
        self.y_axis.set_title("L(θ)")
        self.set_theme(self.theme)
        self._follow(from_scratch=True)
        self.box.clicked.connect(self._on_clicked)
        self._retranslate()

    def _build_header(self) -> None:
        self.header = QWidget()
        row = QHBoxLayout(self.header)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._rises = role_label("muted")
        self.rise_before, self.rise_after = QToolButton(), QToolButton()
        rises = QHBoxLayout()
        rises.setSpacing(2)
        rises.addWidget(self._rises)
        for button in (self.rise_before, self.rise_after):
            button.setProperty("flat", True)
            rises.addWidget(button)
        self.rise_before.clicked.connect(self.go_to_rise_before)
        self.rise_after.clicked.connect(self.go_to_rise_after)
        self.log_switch = QCheckBox()
        self.log_switch.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.log_switch.toggled.connect(self._on_log_toggled)
        row.addStretch(1)
        row.addLayout(rises)
        row.addWidget(self.log_switch)
        self.body.insertWidget(0, self.header)

    # Setters

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for layer in (self._grid, self._threshold_line, self._full, *self._lines):
            layer.set_theme(theme)
        self.legend.set_theme(theme)
        self.rise_before.setIcon(icon("chevron-left", theme))
        self.rise_after.setIcon(icon("chevron-right", theme))

    def set_log(self, log: bool) -> None:
        """Set whether the axis of L is logarithmic."""
        with QSignalBlocker(self.log_switch):
            self.log_switch.setChecked(log)
        self._apply_log(log)

    def set_threshold(self, value: float | None, label: str = "") -> None:
        """Set the loss below which the run stops, and a label such as "ε = 0.01"; None: no line."""
        value = value if value is not None and isfinite(value) else None
        self._threshold_line.set_threshold(value, label)
        if value != self._threshold:
            self._threshold = value
            self._follow()

    def set_full_loss(self, points: tuple[Floats, Floats] | None) -> None:
        """Set the loss over all rows as (t, L), where each step uses a batch; None: no line."""
        self._has_full = points is not None
        rows, losses = points or (np.empty(0), np.empty(0))
        self._full.set_points(rows, losses)
        self.legend.set_full(self._has_full)
        for layer in self._lines:
            layer.set_faint(self._has_full)
        self._follow()

    def set_rise(self, note: str, sentence: str) -> None:
        """Set why the loss rose at the shown step: a note on the plot, a sentence as tool tip."""
        self._rise_note, self._rise_sentence = note, sentence
        self._update_texts()

    def set_runs(self, runs: Sequence[RunView]) -> None:
        """Show these runs, each with its shown step. Of a known trace only new rows are read."""
        known = {id(run.trace) for run in self._runs} == {id(run.trace) for run in runs}
        self._runs = tuple(runs)
        self._lines.set_runs(runs)
        self._update_view(from_scratch=not known)

    def refresh(self) -> None:
        """Show the rows that were added to the traces."""
        self._lines.refresh()
        self._update_view(from_scratch=False)

    @Slot()
    def reset_view(self) -> None:
        """Show the whole run again."""
        self._click_timer.stop()
        self._moved = False
        self._follow(from_scratch=True)

    @Slot()
    def go_to_rise_after(self) -> None:
        """Request the next step after which the loss rose."""
        self._request_step(self._neighbouring_rises()[1])

    @Slot()
    def go_to_rise_before(self) -> None:
        """Request the previous step after which the loss rose."""
        self._request_step(self._neighbouring_rises()[0])

    # What is shown

    def shown_runs(self) -> tuple[RunView, ...]:
        """The runs that are drawn, in the order in which they were set."""
        return self._lines.runs

    def shown_full_loss(self) -> tuple[Floats, Floats]:
        """The loss over all rows of data as (t, L), both (n,); empty where it is not drawn."""
        return self._full.points

    # Internals

    def _make_line(self) -> LossLayer:
        layer = LossLayer(self.box)
        layer.set_theme(self.theme)
        layer.set_log(self._log)
        layer.set_faint(self._has_full)
        return layer

    def _neighbouring_rises(self) -> tuple[int | None, int | None]:
        """The nearest steps before and after the shown one after which the loss rose.

        The mark of a rise is at the row after such a step.
        """
        if not self._runs or self._lines[-1].summary is None:
            return None, None
        summary, shown = self._lines[-1].summary, self._runs[-1].shown
        before, after = summary.rise_before(shown + 1), summary.rise_after(shown + 1)
        if not self._runs[-1].future:
            after = None
        return (None if before is None else before - 1), (None if after is None else after - 1)

    def _request_step(self, row: int | None) -> None:
        if row is not None:
            self.step_selected.emit(row)

    def _update_view(self, *, from_scratch: bool) -> None:
        if from_scratch:
            self._moved = False
        self._follow(from_scratch=from_scratch)
        self._update_texts()

    def _follow(self, *, from_scratch: bool = False) -> None:
        """Adapt the axes to the run, unless the user has moved them."""
        if self._moved:
            return
        x_range = self._steps_range(None if from_scratch else self._home[0])
        y_range = self._loss_range(None if from_scratch else self._home[1])
        if from_scratch or (x_range, y_range) != self._home:
            self._home = (x_range, y_range)
            super().reset_view()

    def _steps_range(self, old: Range | None) -> Range:
        steps = max((len(run.trace) - 1 for run in self._runs if run.visible), default=0)
        if old is not None and max(_LEAST_FILLED * old[1], _FEWEST_STEPS) <= steps <= old[1]:
            return old
        room = 1.0 if old is None else 1.25
        last = max(float(_FEWEST_STEPS), steps * room)
        return (-0.025 * last, last * 1.02)

    def _loss_range(self, old: Range | None) -> Range:
        extent = self._extent()
        threshold = self._threshold
        lowest = extent.positive if self._log else extent.low
        values = [value for value in (lowest, extent.high) if isfinite(value)]
        full = self._full.extent()
        if len(full):
            values += [float(full.min()), float(full.max())]
        if threshold is not None and (threshold > 0 or not self._log):
            values.append(threshold)
        if self._log:
            values = [log10(value) for value in values if value > 0]
        if not values:
            return (-1.0, 1.0)
        low, high = max(min(values), -LARGEST_COORDINATE), min(max(values), LARGEST_COORDINATE)
        rim = 0.0 if old is None else _RIM * (old[1] - old[0])
        if old is not None and old[0] + rim <= low and high <= old[1] - rim:
            filled = (high - low) / (old[1] - old[0])
            if filled >= _LEAST_FILLED or filled == 0:
                return old
        if high - low <= 1e-9 * max(abs(low), abs(high)):
            half = 0.5 if self._log else max(0.5 * abs(low), 1e-300) if low else 1.0
            return (low - half, high + half)
        room = _ROOM * (high - low)
        return (low - room, high + room)

    def _extent(self) -> Extent:
        return union(
            [
                layer.summary.extent()
                for layer, run in zip(self._lines, self._runs, strict=True)
                if run.visible and layer.summary is not None
            ]
        )

    def _apply_log(self, log: bool) -> None:
        if log == self._log:
            return
        self._log = log
        self.y_axis.set_kind(AxisKind.LOG if log else AxisKind.PLAIN)
        self._threshold_line.set_log(log)
        self._full.set_log(log)
        for layer in self._lines:
            layer.set_log(log)
        self._grid.invalidate()
        self._moved = False
        self._follow(from_scratch=True)
        self._update_texts()

    @Slot(bool)
    def _on_log_toggled(self, log: bool) -> None:
        self._apply_log(log)
        self.log_toggled.emit(log)

    @Slot(float, float)
    def _on_clicked(self, x: float, _y: float) -> None:
        last = max((len(run.trace) - 1 for run in self._runs if run.visible), default=-1)
        if last >= 0:
            self._clicked_step = round(min(max(x, 0.0), float(last)))
            self._click_timer.start()

    @Slot()
    def _on_click_confirmed(self) -> None:
        self.step_selected.emit(self._clicked_step)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Loss plot"))
        self.setAccessibleDescription(self.tr("The loss against the number of steps."))
        self.log_switch.setText(self.tr("Log scale"))
        self.log_switch.setToolTip(self.tr("Show the loss on a logarithmic axis"))
        self.log_switch.setAccessibleName(self.tr("Log scale"))
        for button, name, key in (
            (self.rise_before, self.tr("Previous step at which the loss rose"), "["),
            (self.rise_after, self.tr("Next step at which the loss rose"), "]"),
        ):
            button.setAccessibleName(name)
            button.setToolTip(literal(f"{name} ({key})"))
        self._update_texts()

    def _update_texts(self) -> None:
        count = 0
        if self._runs and self._runs[-1].visible and self._lines[-1].summary is not None:
            count = self._lines[-1].summary.rises_until(self._runs[-1].shown)
        text = self.tr("▲ rises: {count}").format(count=grouped(count))
        self._rises.setText(text if count else "")
        marks = self.tr("▲ marks each step at which the loss rose")
        self._rises.setToolTip(literal("\n".join(filter(None, (marks, self._rise_sentence)))))
        neighbours = self._neighbouring_rises()
        for button, row in zip((self.rise_before, self.rise_after), neighbours, strict=True):
            button.setEnabled(row is not None)
            button.setVisible(bool(count) or neighbours != (None, None))
        has_gap = self._log and self._extent().low <= 0
        notes = (
            self._rise_note,
            self.tr("Log scale: the line breaks where L ≤ 0") if has_gap else "",
        )
        self.note.set_note("\n".join(filter(None, notes)))
        self._place_notes()

    def _place_notes(self) -> None:
        super()._place_notes()
        # Losses usually fall, so there is free space at the top right.
        area, room = self.box.mapRectToScene(self.box.rect()), 8
        self.note.move(int(area.right()) - self.note.width() - room, int(area.top()) + room)

    def _on_hovered(self, position: tuple[float, float] | None) -> None:
        text = ""
        if position is not None and self._runs and self._runs[-1].visible:
            trace = self._runs[-1].trace
            row = round(position[0])
            if 0 <= row < len(trace):
                loss = float(trace.loss(row, row + 1)[0])
                text = f"t = {row}, L = {number_text(loss, 6) if isfinite(loss) else loss}"
        self.position_note.set_note(text)
        self._place_notes()
