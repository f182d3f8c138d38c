"""The path of a run: painted once, after that only its new part."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPen

from gdsim.core.arrays import Floats
from gdsim.views.plot.frame_budget import NEXT_FRAME_MS
from gdsim.views.plot.markers import Labels, draw_dots, draw_marker
from gdsim.views.plot.plot_box import Canvas, Layer, PlotBox, draw_segments
from gdsim.views.plot.polyline import PixelMap, PixelPath, dashed
from gdsim.views.run.run_view import RunView
from gdsim.views.theme import Theme, path_outline_pen, pen

if TYPE_CHECKING:
    from gdsim.core.run.trace import Trace

Columns = Callable[["Trace", int, int], tuple[Floats, Floats]]
"""Reads rows start … stop − 1 of a trace as coordinates x, y of the plot."""

# A frame may spend this many seconds on the new part of the selected run; the rest waits for the
# next frame. (Other runs share the frame budget of the plot.)
_SECONDS_PER_FRAME = 0.004
_ROWS_AT_ONCE = 8_192
# The clock is checked after each stretch of this length, in pixels.
_LINE_AT_ONCE = 3_000.0
_FUTURE_DASH = (5.0, 4.0)
_HEAD = 12.0


class PathLayer(Layer):
    """The rows up to the shown one as a solid path with dots; later rows dashed and faint.

    The whole path is painted in the style of the future on one canvas, and the part up to the shown
    step on a second canvas above it. So both only grow, unless the shown step goes back or the view
    changes. A ``faint`` path has thin lines without a rim.
    """

    def __init__(self, box: PlotBox, columns: Columns, *, faint: bool = False) -> None:
        super().__init__(box, 10)
        self._columns = columns
        self._faint = faint
        self._run: RunView | None = None
        self._seen = (0, 0)
        self._path: PixelPath | None = None
        self._past: Canvas | None = None
        self._future: Canvas | None = None
        self._past_drawn = self._future_drawn = self._dots_drawn = 0
        # While a long path is painted for a new view, its picture of the previous view is shown.
        self._stale: tuple[Canvas, PixelMap] | None = None
        self._next_frame = QTimer(self)
        self._next_frame.setSingleShot(True)
        self._next_frame.timeout.connect(self._on_next_frame)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._forget()

    @property
    def run(self) -> RunView | None:
        """The run that is drawn; None before the first."""
        return self._run

    @property
    def is_up_to_date(self) -> bool:
        """Whether all rows that are recorded by now are painted, in the current view."""
        run, path = self._run, self._path
        if run is None or path is None:
            return False
        return path.pixels == self.box.pixels() and self._is_drawn(run, path, len(run.trace))

    def set_run(self, run: RunView) -> None:
        """Show a run; for the same trace only the new rows are painted."""
        old = self._run
        self._run = run
        self.setVisible(run.visible)
        style = (run.colour, run.dash, run.marker)
        if old is None or old.trace is not run.trace or style != (old.colour, old.dash, old.marker):
            self._forget()
        elif old.marks != run.marks or old.future != run.future:
            self.update()
        self.refresh()

    def refresh(self) -> None:
        """Paint the rows that were added to the trace."""
        if self._run is None:
            return
        now = (len(self._run.trace), self._run.shown)
        if now != self._seen:
            self._seen = now
            self.update()

    def _on_next_frame(self) -> None:
        self.update()

    def _forget(self) -> None:
        self._path = self._stale = None
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        run = self._run
        if run is None:
            return
        if (
            self._path is None
            or self._past is None
            or self._path.pixels != pixels
            or not self._past.fits(painter, width, height)
        ):
            if self._path is not None and self._past is not None and self._stale is None:
                self._stale = (self._past, self._path.pixels)
            self._path = PixelPath(pixels, width, height)
            self._past = Canvas(painter, width, height)
            self._future = None
            self._past_drawn = self._future_drawn = self._dots_drawn = 0
        length = self._seen[0]
        deadline = self._deadline(run, self._path, length)
        behind = self._read(run.trace, self._path, length, deadline)
        behind |= self._draw_past(run, self._path, self._past, deadline)
        if run.future and run.shown < length - 1:
            if self._future is None:
                self._future = Canvas(painter, width, height)
            behind |= self._draw_future(run, self._path, self._future, deadline)
            painter.drawPixmap(0, 0, self._future.pixmap)
        if behind:
            self._next_frame.start(NEXT_FRAME_MS if run.is_companion else 0)
            if self._stale is not None:
                self._stale[0].draw_moved(painter, self._stale[1], pixels)
        else:
            self._stale = None
        painter.drawPixmap(0, 0, self._past.pixmap)
        view = QRectF(0, 0, width, height)
        self._draw_marks(painter, run, pixels, view)
        if run.is_companion:
            self._draw_head(painter, run, pixels, view)

    def _deadline(self, run: RunView, path: PixelPath, length: int) -> float:
        """Until when this frame may paint; 0.0 if there is nothing to paint or no time for it."""
        if self._is_drawn(run, path, length):
            return 0.0
        return (
            self.box.frame_budget.deadline_for(self)
            if run.is_companion
            else perf_counter() + _SECONDS_PER_FRAME
        )

    def _is_drawn(self, run: RunView, path: PixelPath, length: int) -> bool:
        """Whether the first ``length`` rows have been read and painted."""
        has_future = run.future and run.shown < length - 1
        drawn = (self._past_drawn, self._dots_drawn, self._future_drawn)
        wanted = (
            path.segments_until(run.shown),
            path.dots_until(run.shown),
            len(path.segments) if has_future else self._future_drawn,
        )
        return path.rows_read == length and drawn == wanted

    def _read(self, trace: Trace, path: PixelPath, length: int, deadline: float) -> bool:
        """Read new rows until the deadline; return whether some are left."""
        while deadline and path.rows_read < length:
            stop = min(length, path.rows_read + _ROWS_AT_ONCE)
            path.extend(*self._columns(trace, path.rows_read, stop))
            if perf_counter() > deadline:
                break
        return path.rows_read < length

    def _draw_past(self, run: RunView, path: PixelPath, canvas: Canvas, deadline: float) -> bool:
        lines, dots = path.segments_until(run.shown), path.dots_until(run.shown)
        if lines == self._past_drawn and dots == self._dots_drawn:
            return False
        if not deadline:
            return True
        if lines < self._past_drawn or dots < self._dots_drawn:
            canvas.clear()
            self._past_drawn = self._dots_drawn = 0
        painter = canvas.painter()
        line_pen = pen(self._theme, self._line_colour(run), 1.2 if self._faint else 2)
        while self._past_drawn < lines:
            stop = min(lines, path.segments_within(self._past_drawn, _LINE_AT_ONCE))
            self._stroke(painter, path, self._past_drawn, stop, line_pen, run.dash)
            self._past_drawn = stop
            if perf_counter() > deadline:
                break
        # Only dots whose line is painted already. The last old dot is painted again, because the
        # new line begins above it.
        if self._past_drawn < lines:
            dots = max(self._dots_drawn, path.dots_until(path.row_of(self._past_drawn) - 1))
        new_dots = path.dots[max(0, self._dots_drawn - 1) : dots]
        self._dots_drawn = dots
        colour = run.colour or self._theme.path_point
        draw_dots(painter, self._theme, new_dots, colour, run.marker)
        painter.end()
        return self._past_drawn < lines

    def _stroke(
        self,
        painter: QPainter,
        path: PixelPath,
        start: int,
        stop: int,
        line_pen: QPen,
        dash: tuple[float, ...],
    ) -> None:
        segments = path.segments[start:stop]
        if dash:
            pattern = tuple(part * line_pen.widthF() for part in dash)
            segments = dashed(segments, path.starts[start:stop], pattern)
            line_pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(line_pen)
        draw_segments(painter, segments)
        if self._faint:
            return
        # The rim goes beneath what is painted already, so that it does not cover older lines.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOver)
        painter.setPen(path_outline_pen(self._theme))
        draw_segments(painter, segments)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _draw_future(self, run: RunView, path: PixelPath, canvas: Canvas, deadline: float) -> bool:
        lines = len(path.segments)
        if not deadline:
            return self._future_drawn < lines
        painter = canvas.painter()
        faint = pen(self._theme, self._line_colour(run), 1.5, alpha=0.6)
        faint.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(faint)
        while self._future_drawn < lines:
            stop = path.segments_within(self._future_drawn, _LINE_AT_ONCE)
            window = slice(self._future_drawn, stop)
            draw_segments(painter, dashed(path.segments[window], path.starts[window], _FUTURE_DASH))
            self._future_drawn = stop
            if perf_counter() > deadline:
                break
        painter.end()
        return self._future_drawn < lines

    def _draw_marks(self, painter: QPainter, run: RunView, pixels: PixelMap, view: QRectF) -> None:
        if not run.marks:
            return
        labels = Labels(painter, self._theme, view)
        for row, label in run.marks:
            if not 0 <= row < len(run.trace):
                continue
            spot = self._spot(run, row, pixels)
            if view.contains(spot):
                draw_marker(painter, self._theme, spot, "d", 12, self._theme.mark)
                labels.write(label, spot, QPointF(0, 1), self._theme.text_muted)

    def _draw_head(self, painter: QPainter, run: RunView, pixels: PixelMap, view: QRectF) -> None:
        """Paint the marker of the run's current point."""
        spot = self._spot(run, run.shown, pixels)
        if view.contains(spot):
            colour = run.colour or self._theme.path_point
            rim = self._theme.current_outline
            draw_marker(painter, self._theme, spot, run.marker, _HEAD, colour, rim)

    def _spot(self, run: RunView, row: int, pixels: PixelMap) -> QPointF:
        xs, ys = self._columns(run.trace, row, row + 1)
        return QPointF(*pixels.point(float(xs[0]), float(ys[0])))

    def _line_colour(self, run: RunView) -> str:
        return run.colour or self._theme.path
