"""The plot of a stopping quantity, on a log scale, because ε is many decades smaller."""

from __future__ import annotations

from math import isfinite, log10

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QWidget

from gdsim.core.arrays import Range
from gdsim.views.loss.loss_summary import LossRows
from gdsim.views.plot.grid_layer import GridLayer
from gdsim.views.plot.plot_axis import AxisKind, number_text
from gdsim.views.plot.plot_view import PlotView
from gdsim.views.tabs.stopping.quantity_layer import QuantityLayer, StopMark, Tolerance
from gdsim.views.theme import Theme

_LEAST_FILLED = 0.55
_FEWEST_STEPS = 10


class QuantityPlot(PlotView):
    """A quantity over the run with ε. The axes follow the run until the user moves them."""

    step_selected = Signal(int)
    """The user clicked at this t."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol = ""
        self._tolerances: tuple[Tolerance, ...] = ()
        self._grid = GridLayer(self.box, self.y_axis)
        self._line = QuantityLayer(self.box)
        self.x_axis.set_kind(AxisKind.WHOLE)
        self.x_axis.set_title("t")
        self.y_axis.set_kind(AxisKind.LOG)
        self.box.clicked.connect(self._on_clicked)
        self.set_theme(self.theme)
        self.reset_view()
        self._retranslate()

    # Setters

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for layer in (self._grid, self._line):
            layer.set_theme(theme)

    def set_quantity(self, symbol: str, rows: LossRows | None) -> None:
        """Set the quantity to draw and its symbol; of known rows only the new ones are read."""
        from_scratch = rows is not self._line.rows
        if symbol != self._symbol:
            self._symbol = symbol
            self.y_axis.set_title(symbol)
        self._line.set_rows(rows)
        if from_scratch:
            self._moved = False
        self._follow(from_scratch=from_scratch)
        self._update_note()

    @property
    def symbol(self) -> str:
        """The plotted quantity in signs, such as ‖Δθ‖."""
        return self._symbol

    def plotted_rows(self) -> int:
        """How many rows of the run are read into the line."""
        return 0 if self._line.rows is None else len(self._line.rows)

    def set_shown(self, row: int) -> None:
        """Set the row of the shown step."""
        self._line.set_shown(row)

    def set_tolerances(self, tolerances: tuple[Tolerance, ...]) -> None:
        """Set all values of ε, each valid from its row on."""
        if tolerances != self._tolerances:
            self._tolerances = tolerances
            self._line.set_tolerances(tolerances)
            self._follow()

    def set_stops(self, stops: tuple[StopMark, ...]) -> None:
        """Set where rules would have stopped."""
        self._line.set_stops(stops)

    @Slot()
    def reset_view(self) -> None:
        """Show the whole run again."""
        self._moved = False
        self._follow(from_scratch=True)

    def sizeHint(self) -> QSize:
        return QSize(380, 130)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 124)

    # Internals

    def _follow(self, *, from_scratch: bool = False) -> None:
        if self._moved:
            return
        home = (
            self._steps_range(None if from_scratch else self._home[0]),
            self._height_range(None if from_scratch else self._home[1]),
        )
        if from_scratch or home != self._home:
            self._home = home
            super().reset_view()

    def _steps_range(self, old: Range | None) -> Range:
        rows = self._line.rows
        steps = 0 if rows is None else len(rows) - 1
        if old is not None and max(_LEAST_FILLED * old[1], _FEWEST_STEPS) <= steps <= old[1]:
            return old
        last = max(float(_FEWEST_STEPS), steps * (1.0 if old is None else 1.25))
        return (-0.025 * last, last * 1.02)

    def _height_range(self, old: Range | None) -> Range:
        values = [tolerance.value for tolerance in self._tolerances]
        if self._line.summary is not None:
            extent = self._line.summary.extent()
            values += [extent.positive, extent.high]
        decades = [log10(value) for value in values if value > 0 and isfinite(value)]
        if not decades:
            return (-1.0, 1.0)
        low, high = min(decades), max(decades)
        if old is not None and old[0] <= low and high <= old[1]:
            filled = (high - low) / (old[1] - old[0])
            if filled >= _LEAST_FILLED or filled == 0:
                return old
        room = max(0.08 * (high - low), 0.2)
        return (low - room, high + room)

    @Slot(float, float)
    def _on_clicked(self, x: float, _y: float) -> None:
        rows = self._line.rows
        if rows is not None and len(rows):
            self.step_selected.emit(round(min(max(x, 0.0), len(rows) - 1.0)))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Plot of the quantity that the stop rule tests"))
        self.setAccessibleDescription(
            self.tr("What the stop rule compares with ε, against the number of steps.")
        )
        self._update_note()

    def _update_note(self) -> None:
        summary = self._line.summary
        has_gap = summary is not None and summary.extent().low <= 0
        self.note.set_note(
            self.tr("Log scale: the line breaks where it is not above 0") if has_gap else ""
        )
        self._place_notes()

    def _on_hovered(self, position: tuple[float, float] | None) -> None:
        text, rows = "", self._line.rows
        if position is not None and rows is not None:
            row = round(position[0])
            if 0 <= row < len(rows):
                value = float(rows.loss(row, row + 1)[0])
                number = number_text(value, 6) if isfinite(value) else value
                text = f"t = {row}, {self._symbol} = {number}"
        self.position_note.set_note(text)
        self._place_notes()
