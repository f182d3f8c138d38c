"""The legend of the loss plot: the runs of a race, the loss over all rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gdsim.views.loss.full_loss_layer import draw_loss_symbol
from gdsim.views.plot.legend import Legend
from gdsim.views.run.run_symbol import draw_run_symbol
from gdsim.views.theme import RunStyle, Theme


class LossLegend(Legend):
    """A legend that is hidden while the plot has only one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self._draw_line, parent)
        self._runs: tuple[tuple[RunStyle, str], ...] = ()
        self._has_full = False
        self._fill()

    def set_runs(self, runs: Sequence[tuple[RunStyle, str]]) -> None:
        """Set the style and the name of each run; empty for a single run."""
        if tuple(runs) != self._runs:
            self._runs = tuple(runs)
            self._fill()

    def set_full(self, has_full: bool) -> None:
        """Set whether the loss over all rows is drawn above the losses of batches."""
        if has_full != self._has_full:
            self._has_full = has_full
            self._fill()

    def _fill(self) -> None:
        entries = [(str(index), name) for index, (_, name) in enumerate(self._runs)]
        if self._has_full and not entries:
            entries = [("batch", self.tr("loss of each step's rows"))]
        if self._has_full:
            entries.append(("full", self.tr("loss of all rows")))
        self.set_entries(entries)
        self.setVisible(bool(entries))
        self.update()

    def _draw_line(self, painter: QPainter, theme: Theme, name: str, area: QRectF) -> None:
        if name.isdecimal():
            draw_run_symbol(painter, theme, self._runs[int(name)][0], area)
        else:
            draw_loss_symbol(painter, theme, name, area)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
