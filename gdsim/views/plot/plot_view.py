"""The base of all plots: axes around a plotting area, home view, zooming, notes, theme."""

from __future__ import annotations

from math import isfinite

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QGraphicsGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gdsim.core.arrays import Range
from gdsim.views.plot.plot_axis import NumberAxis
from gdsim.views.plot.plot_box import PlotBox
from gdsim.views.theme import LIGHT, Theme, chip_sheet, font

# ``view_changed`` is emitted when the view has not changed for this long, in ms.
_SETTLE_MS = 60
# How far the view may zoom in and out, as a multiple of the home view.
_CLOSEST = 1e-8
_FARTHEST = 1e3
# Beyond this number, pyqtgraph's arithmetic overflows when the view is zoomed out.
LARGEST_COORDINATE = 1e300
# In a narrower range the number of pixels per unit would overflow.
_NARROWEST = 1e-280


def valid_range(limits: Range) -> Range:
    """The range itself, or the nearest one that a plot can show: finite, ordered, not empty."""
    if not all(isfinite(value) for value in limits):
        return (-1.0, 1.0)
    low, high = (
        min(max(float(value), -LARGEST_COORDINATE), LARGEST_COORDINATE) for value in limits
    )
    if low > high:
        low, high = high, low
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        room = 0.5 * max(1.0, abs(low)) if low == high else 1e-9 * abs(low)
        return (low - room, high + room)
    if high - low < _NARROWEST:
        middle = (low + high) / 2
        return (middle - _NARROWEST / 2, middle + _NARROWEST / 2)
    return (low, high)


class Chip(QLabel):
    """A short note over a plot, in one of its corners."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_note(self, note: str) -> None:
        """Show a note; an empty one hides it."""
        if note != self.text():
            self.setText(note)
            self.adjustSize()
        self.setVisible(bool(note))


class PlotView(QWidget):
    """A plot with axes and notes. The wheel zooms, dragging pans, a double-click resets."""

    view_changed = Signal(float, float, float, float)
    """x0, x1, y0, y1 of the visible part, once the view has stopped changing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = LIGHT
        self.box = PlotBox()
        self.x_axis, self.y_axis = NumberAxis("bottom"), NumberAxis("left")
        self._canvas = pg.GraphicsView(background=None)
        self._canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._canvas.setMinimumSize(120, 90)
        self._arrange_axes()
        self.note = Chip(self._canvas)
        self.position_note = Chip(self._canvas)
        self._home: tuple[Range, Range] = ((-1.0, 1.0), (-1.0, 1.0))
        self._moved = False
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_SETTLE_MS)
        self._resting.timeout.connect(self._announce_view)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(4)
        self.row = QHBoxLayout()
        self.row.setSpacing(6)
        self.row.addWidget(self._canvas, 1)
        self.body.addLayout(self.row, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.box.sigRangeChanged.connect(self._on_range_changed)
        self.box.sigResized.connect(self._on_range_changed)
        self.box.sigRangeChangedManually.connect(self._on_moved)
        self.box.reset_requested.connect(self.reset_view)
        self.box.hovered.connect(self._on_hovered)

    def _arrange_axes(self) -> None:
        frame = pg.GraphicsWidget()
        grid = QGraphicsGridLayout(frame)
        grid.setContentsMargins(0, 6, 6, 0)
        grid.setSpacing(0)
        grid.addItem(self.y_axis, 0, 0)
        grid.addItem(self.box, 0, 1)
        grid.addItem(self.x_axis, 1, 1)
        grid.setColumnStretchFactor(1, 100)
        grid.setRowStretchFactor(0, 100)
        self._canvas.setCentralWidget(frame)
        self._canvas.scene().sigPrepareForPaint.connect(self.box.frame_budget.begin)
        self.x_axis.linkToView(self.box)
        self.y_axis.linkToView(self.box)

    # Setters

    def set_theme(self, theme: Theme) -> None:
        """Restyle everything on the plot."""
        self.theme = theme
        self._canvas.setBackground(theme.card)
        for axis in (self.x_axis, self.y_axis):
            axis.set_theme(theme)
        for chip in (self.note, self.position_note):
            chip.setFont(font(theme))
            chip.setStyleSheet(chip_sheet(theme))
            chip.adjustSize()
        self._place_notes()

    def set_home_range(self, x_range: Range, y_range: Range) -> None:
        """Set the ranges of the home view, and show it."""
        self._home = (x_range, y_range)
        self.reset_view()

    @Slot()
    def reset_view(self) -> None:
        """Go back to the home view."""
        self._moved = False
        (x0, x1), (y0, y1) = (valid_range(limits) for limits in self._home)
        width, height = x1 - x0, y1 - y0
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        self.box.setLimits(
            xMin=middle_x - _FARTHEST * width,
            xMax=middle_x + _FARTHEST * width,
            yMin=middle_y - _FARTHEST * height,
            yMax=middle_y + _FARTHEST * height,
            minXRange=max(width * _CLOSEST, 1e-12 * abs(middle_x)),
            maxXRange=_FARTHEST * width,
            minYRange=max(height * _CLOSEST, 1e-12 * abs(middle_y)),
            maxYRange=_FARTHEST * height,
        )
        self.box.setRange(xRange=(x0, x1), yRange=(y0, y1), padding=0)

    def repaint_now(self) -> None:
        """Paint at once instead of in the next frame."""
        self._canvas.viewport().repaint()

    # What is visible

    def visible_range(self) -> tuple[Range, Range]:
        """The ranges of x and y that are visible."""
        (x0, x1), (y0, y1) = self.box.viewRange()
        return (x0, x1), (y0, y1)

    @property
    def is_settled(self) -> bool:
        """Whether the view has not changed for so long that ``view_changed`` was emitted."""
        return not self._resting.isActive()

    @property
    def paper(self) -> QWidget:
        """The widget inside that is painted on, and that takes clicks, drags and the wheel."""
        paper: QWidget = self._canvas.viewport()
        return paper

    def paper_position(self, spot: QPointF | QPoint) -> QPoint:
        """The pixel of ``paper`` at which a spot lies, which is given in pixels of the box."""
        position: QPoint = self._canvas.mapFromScene(self.box.mapToScene(QPointF(spot)))
        return position

    def sizeHint(self) -> QSize:
        return QSize(480, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 160)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_notes()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._resting.start()

    def _retranslate(self) -> None:
        """Set all texts again in the current language."""

    def _on_range_changed(self, *_: object) -> None:
        self._resting.start()
        self._place_notes()

    def _on_moved(self, *_: object) -> None:
        self._moved = True

    def _on_hovered(self, position: tuple[float, float] | None) -> None:
        """Called with (x, y) under the mouse, or None when it has left."""

    @Slot()
    def _announce_view(self) -> None:
        if self.isVisible():
            (x0, x1), (y0, y1) = self.visible_range()
            self.view_changed.emit(x0, x1, y0, y1)

    def _place_notes(self) -> None:
        area = self.box.mapRectToScene(self.box.rect())
        room = 8
        self.note.move(int(area.left()) + room, int(area.bottom()) - self.note.height() - room)
        self.position_note.move(
            int(area.right()) - self.position_note.width() - room,
            int(area.bottom()) - self.position_note.height() - room,
        )
