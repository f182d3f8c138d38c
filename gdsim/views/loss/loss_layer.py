"""L(θ_t) of one run over t: past, future, rises, changed settings, the shown step."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPen

from gdsim.core.arrays import Floats
from gdsim.views.loss.loss_summary import LossSummary
from gdsim.views.plot.frame_budget import NEXT_FRAME_MS
from gdsim.views.plot.markers import Labels, draw_disc, draw_dots, draw_marker, stamp_markers
from gdsim.views.plot.plot_box import Canvas, Layer, PlotBox, draw_segments
from gdsim.views.plot.polyline import PixelMap, clipped, dashed, finite_segments
from gdsim.views.run.run_view import RunView
from gdsim.views.theme import (
    batch_loss_pen,
    current_outline_pen,
    loss_future_pen,
    loss_pen,
    mark_pen,
    pen,
    threshold_pen,
)

# Triangles and dots are at least this many pixels apart.
_RISE_SPACING = 9.0
_RISE_SIZE = 9.0
_DOT_SPACING = 9.0
_HEAD = 12.0
# A segment steeper than this looks vertical.
_STEEP = 20.0
# In a line much longer than this, in pixels, dashes are not recognisable.
_LONGEST_DASHED = 20_000.0


def heights(losses: Floats, log: bool) -> Floats:
    """Positions on the vertical axis: L, or log₁₀ L with NaN where L ≤ 0."""
    if not log:
        return losses
    with np.errstate(divide="ignore", invalid="ignore"):
        measured: Floats = np.log10(np.where(losses > 0, losses, np.nan))
    return measured


class LossLayer(Layer):
    """The line of one run, painted from a summary whose size does not depend on the run's length.

    The selected run is painted again in each frame. The picture of another run is kept until it
    changes, and while a frame has no time for a new picture, the previous one is shown.
    """

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 10)
        self._log = False
        self._run: RunView | None = None
        self._seen = (0, 0)
        self._is_faint = False
        self.summary: LossSummary | None = None
        self._canvas: Canvas | None = None
        self._painted: tuple[object, ...] = ()
        self._painted_in = PixelMap(1.0, 0.0, 1.0, 0.0)
        self._next_frame = QTimer(self, singleShot=True, interval=NEXT_FRAME_MS)
        self._next_frame.timeout.connect(self._on_next_frame)

    def set_log(self, log: bool) -> None:
        """Whether the plot's axis is logarithmic."""
        self._log = log
        self._canvas = None
        self.update()

    def set_faint(self, faint: bool) -> None:
        """Set whether the line is faint and without marks, behind the loss over all rows."""
        if faint != self._is_faint:
            self._is_faint = faint
            self.update()

    @property
    def run(self) -> RunView | None:
        """The run that is drawn; None before the first."""
        return self._run

    @property
    def is_up_to_date(self) -> bool:
        """Whether all rows that are recorded by now are painted, in the current view."""
        if self._run is None:
            return False
        now = (len(self._run.trace), self._run.shown)
        if not self._run.is_companion:
            return self._seen[0] == now[0]
        return self._painted[:2] == (self.box.pixels(), now)

    def set_run(self, run: RunView) -> None:
        """Show a run; for the same trace only the new rows are read."""
        old = self._run
        self._run = run
        self.setVisible(run.visible)
        if old is None or old.trace is not run.trace:
            self.summary = LossSummary(run.trace)
            self._canvas = None
        if old != run:
            self.update()
        self.refresh()

    def refresh(self) -> None:
        """Read the rows that were added to the trace."""
        if self._run is None or self.summary is None:
            return
        now = (len(self._run.trace), self._run.shown)
        if now != self._seen:
            self._seen = now
            self.summary.update()
            self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        run, summary = self._run, self.summary
        if run is None or summary is None or not self._seen[0]:
            return
        if not run.is_companion:
            self._canvas = None
            self._paint(painter, run, summary, pixels, width, height)
            return
        state = (pixels, self._seen, run, self._log, self._is_faint, id(self._theme))
        canvas = self._canvas
        if canvas is None or state != self._painted or not canvas.fits(painter, width, height):
            has_time = self.box.frame_budget.deadline_for(self) > 0
            if canvas is not None and not has_time:
                canvas.draw_moved(painter, self._painted_in, pixels)
                self._next_frame.start()
                return
            self._painted, self._painted_in = state, pixels
            canvas = self._canvas = Canvas(painter, width, height)
            own = canvas.painter()
            self._paint(own, run, summary, pixels, width, height)
            own.end()
        painter.drawPixmap(0, 0, canvas.pixmap)

    @Slot()
    def _on_next_frame(self) -> None:
        self.update()

    def _paint(
        self,
        painter: QPainter,
        run: RunView,
        summary: LossSummary,
        pixels: PixelMap,
        width: float,
        height: float,
    ) -> None:
        view = QRectF(0, 0, width, height)
        length = self._seen[0]
        shown = min(run.shown, length - 1)
        left, _ = pixels.inverse(0, 0)
        right, _ = pixels.inverse(width, 0)
        end = length if run.future else shown + 1
        first, last = max(0, int(left) - 1), min(end, int(right) + 2)
        self._draw_marks(painter, run, pixels, view)
        here = self._spot(run, shown, pixels)
        if first < last:
            self._draw_line(painter, run, summary, pixels, view, (first, last), here)
            if not self._is_faint and not run.is_companion:
                self._draw_rises(painter, summary, pixels, view, (first, last))
        if here is not None and view.adjusted(-8, -8, 8, 8).contains(here):
            self._draw_head(painter, run, here)

    def _draw_head(self, painter: QPainter, run: RunView, here: QPointF) -> None:
        """Paint the current point: a disc for the selected run, its own marker for another run."""
        theme, colour = self._theme, run.colour or self._theme.current
        if run.is_companion:
            size = _HEAD * theme.line_weight
            draw_marker(painter, theme, here, run.marker, size, colour, theme.current_outline)
        else:
            radius = 5.5 * theme.line_weight
            draw_disc(painter, here, radius, QColor(colour), current_outline_pen(theme))

    def _spot(self, run: RunView, row: int, pixels: PixelMap) -> QPointF | None:
        height = heights(run.trace.loss(row, row + 1), self._log)
        x, y = pixels.x(np.array([float(row)]))[0], pixels.y(height)[0]
        return QPointF(x, y) if np.isfinite(y) and abs(y) < 1e7 and abs(x) < 1e9 else None

    def _draw_line(
        self,
        painter: QPainter,
        run: RunView,
        summary: LossSummary,
        pixels: PixelMap,
        view: QRectF,
        window: tuple[int, int],
        here: QPointF | None,
    ) -> None:
        # Other runs of a race are summarised to two pixels, which looks the same.
        bins = int(view.width()) // (2 if run.is_companion else 1)
        line = summary.envelope(*window, bins=max(50, bins))
        if line.exact:
            rows, losses = line.rows, line.low
        else:
            low = line.positive if self._log else line.low
            rows = np.repeat(line.rows, 2)
            losses = np.column_stack((low, line.high)).ravel()
        x, y = pixels.x(rows), pixels.y(heights(losses, self._log))
        cut = int(np.searchsorted(rows, run.shown, side="right"))
        past, future = (x[:cut], y[:cut]), (x[cut:], y[cut:])
        if here is not None:
            joint = (np.array([here.x()]), np.array([here.y()]))
            past = (np.append(past[0], joint[0]), np.append(past[1], joint[1]))
            future = (np.append(joint[0], future[0]), np.append(joint[1], future[1]))
        later = loss_future_pen(self._theme)
        if run.colour:
            later = pen(self._theme, run.colour, 1.5, alpha=0.5, dash=(4, 3))
        if run.future:
            self._stroke(painter, *future, later, view)
        colour = run.colour or self._theme.loss_line
        solid = batch_loss_pen(self._theme) if self._is_faint else loss_pen(self._theme)
        shade = QColor(colour)
        if self._is_faint:
            shade = QColor(run.colour or solid.color())
            shade.setAlphaF(solid.color().alphaF())
        solid.setColor(shade)
        if run.dash:
            solid.setDashPattern(list(run.dash))
        self._stroke(painter, *past, solid, view)
        if line.exact and pixels.x_scale >= _DOT_SPACING and not self._is_faint:
            dots = np.column_stack(past)
            inside = (np.abs(dots[:, 1]) < 1e6) & np.isfinite(dots).all(axis=1)
            draw_dots(painter, self._theme, dots[inside], colour, run.marker)

    def _stroke(
        self, painter: QPainter, x: Floats, y: Floats, line_pen: QPen, view: QRectF
    ) -> None:
        if len(x) < 2:
            return
        segments, _ = clipped(finite_segments(x, y), view.width(), view.height())
        if line_pen.dashPattern():
            pattern = tuple(part * line_pen.widthF() for part in line_pen.dashPattern())
            lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
            ends = np.cumsum(lengths)
            if len(ends) and ends[-1] < _LONGEST_DASHED:
                segments = dashed(segments, ends - lengths, pattern)
            line_pen.setStyle(Qt.PenStyle.SolidLine)
            line_pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(line_pen)
        steep = _STEEP * np.abs(segments[:, 2] - segments[:, 0]) < np.abs(
            segments[:, 3] - segments[:, 1]
        )
        # A run that oscillates fills the plot with vertical segments. Antialiasing would not make
        # them better, and it takes three times as long.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        draw_segments(painter, segments[steep])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_segments(painter, segments[~steep])

    def _draw_rises(
        self,
        painter: QPainter,
        summary: LossSummary,
        pixels: PixelMap,
        view: QRectF,
        window: tuple[int, int],
    ) -> None:
        room = (window[1] - window[0]) * pixels.x_scale
        rows, losses = summary.rises(*window, bins=max(1, int(room / _RISE_SPACING)))
        x, y = pixels.x(rows), pixels.y(heights(losses, self._log))
        with np.errstate(invalid="ignore"):
            seen = (x >= 0) & (x <= view.width()) & (y >= 0) & (y <= view.height())
        spots = np.column_stack((x, y))[seen]
        size = _RISE_SIZE * self._theme.line_weight
        stamp_markers(painter, self._theme, spots, "t1", size, self._theme.rise)

    def _draw_marks(self, painter: QPainter, run: RunView, pixels: PixelMap, view: QRectF) -> None:
        if not run.marks:
            return
        labels = Labels(painter, self._theme, view)
        for row, label in run.marks:
            x = pixels.point(float(row), 0.0)[0]
            if 0 <= x <= view.width():
                painter.setPen(mark_pen(self._theme))
                painter.drawLine(QLineF(x, 0, x, view.height()))
                labels.write(label, QPointF(x, 12), QPointF(1, 0), self._theme.text_muted)


class ThresholdLayer(Layer):
    """A horizontal line below which the loss has to fall."""

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, 5)
        self._log = False
        self._value: float | None = None
        self._label = ""

    def set_log(self, log: bool) -> None:
        """Whether the plot's axis is logarithmic."""
        self._log = log
        self.update()

    def set_threshold(self, value: float | None, label: str) -> None:
        """Set the loss of the line and its label; None draws nothing."""
        self._value, self._label = value, label
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        if self._value is None:
            return
        y = float(pixels.y(heights(np.array([self._value]), self._log))[0])
        if not 0 <= y <= height:
            return
        painter.setPen(threshold_pen(self._theme))
        painter.drawLine(QLineF(0, y, width, y))
        labels = Labels(painter, self._theme, QRectF(0, 0, width, height))
        labels.write(self._label, QPointF(width, y), QPointF(0, -1), self._theme.threshold)
