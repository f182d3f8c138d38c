"""The plot of a quantity over η on a log scale."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QWidget

from gdsim.core.arrays import Range
from gdsim.views.plot.grid_layer import GridLayer
from gdsim.views.plot.plot_axis import AxisKind
from gdsim.views.plot.plot_view import PlotView
from gdsim.views.tabs.rates.rates_layer import RateMark, RatePoints, RatesLayer
from gdsim.views.theme import Theme


class RatesPlot(PlotView):
    """A plot whose points can be clicked; ``labelled``: whether marks and bands have labels."""

    rate_clicked = Signal(int)

    def __init__(self, *, labelled: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: tuple[str, ...] = ()
        self._ranges: tuple[Range, Range] | None = None
        self._grid = GridLayer(self.box, self.y_axis)
        self._layer = RatesLayer(self.box, labelled=labelled)
        self.x_axis.set_kind(AxisKind.LOG)
        self.box.clicked.connect(self._on_clicked)
        self.set_theme(self.theme)

    # Setters

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for layer in (self._grid, self._layer):
            layer.set_theme(theme)
        self.y_axis.setWidth(round(6.5 * theme.text_size))

    def hide_x_axis(self) -> None:
        """Hide the numbers of the x axis, because the plot below has them."""
        self.x_axis.setStyle(showValues=False)
        self.x_axis.setHeight(5)

    def set_title(self, title: str) -> None:
        """Name the quantity that is plotted."""
        self.y_axis.set_title(title)

    def set_points(
        self,
        points: RatePoints | None,
        height_range: Range,
        *,
        is_log: bool,
        texts: Sequence[str] = (),
    ) -> None:
        """Set the points, the range of the y axis, and a text for each point."""
        self._texts = tuple(texts)
        self.y_axis.set_kind(AxisKind.LOG if is_log else AxisKind.PLAIN)
        self._layer.set_points(points)
        if points is None:
            return
        low, high = log10(points.rates[0]), log10(points.rates[-1])
        room = 0.02 * (high - low)
        ranges = ((low - room, high + room), height_range)
        if ranges != self._ranges:
            self._ranges = ranges
            self.set_home_range(*ranges)
            self._grid.invalidate()

    def set_marks(self, marks: Sequence[RateMark]) -> None:
        """Mark rates from the theory."""
        self._layer.set_marks(marks)

    def set_chosen(self, rate: float | None) -> None:
        """Mark the current η."""
        self._layer.set_chosen(rate)

    def marks(self) -> tuple[RateMark, ...]:
        """The learning rates that are marked by a line, such as 2/λ_max."""
        return self._layer.marks

    def chosen_rate(self) -> float | None:
        """The learning rate that stands out as the current one."""
        return self._layer.chosen

    def set_band_label(self, label: str) -> None:
        """Set the label of the ranges in which η diverges."""
        self._layer.set_band_label(label)

    def sizeHint(self) -> QSize:
        return QSize(300, 80)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 70)

    # Internals

    @Slot(float, float)
    def _on_clicked(self, x: float, _y: float) -> None:
        index = self._layer.nearest(x)
        if index is not None:
            self.rate_clicked.emit(index)

    def _on_hovered(self, position: tuple[float, float] | None) -> None:
        index = None if position is None else self._layer.nearest(position[0])
        self._layer.set_hovered(index)
        has_text = index is not None and index < len(self._texts)
        self.position_note.set_note(self._texts[index] if has_text and index is not None else "")
        self._place_notes()
