"""A strip of small landscapes, each with the first steps of one learning rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from gdsim.core.arrays import Floats
from gdsim.core.landscape.landscape import Curve, Landscape
from gdsim.core.run.ending import Outcome
from gdsim.core.verdict.kind import PointKind
from gdsim.views.landscape.landscape_layer import coloured_image
from gdsim.views.plot.markers import draw_disc, draw_dots
from gdsim.views.plot.plot_box import draw_segments
from gdsim.views.plot.polyline import PixelMap, clipped, finite_segments
from gdsim.views.theme import (
    CAPTION,
    LIGHT,
    Theme,
    color,
    curve_pen,
    font,
    path_outline_pen,
    path_pen,
    pen,
)
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.status_line import RunState, state_color

_GAP = 4
_LEAST = 44  # the least width of a frame in pixels
_ROUND = 4.0
_FLAT = 4.0  # the ratio of width to height from which on all frames are in one row
_SYMBOLS: dict[RunState, str] = {
    PointKind.MINIMUM: "✓",
    Outcome.STOP_RULE: "–",
    Outcome.STEP_LIMIT: "…",
    Outcome.DIVERGED: "✕",
    Outcome.UNDEFINED: "✕",
}
_DOTS = 12  # the number of first points that are marked


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A picture: a path (m, 2) on a landscape or curve, with a caption and a note.

    ``state``: how its descent ended; moving while that is not known.
    """

    ground: Landscape | Curve
    path: Floats
    caption: str
    note: str
    state: RunState


class FrameButton(QAbstractButton):
    """A frame as a button; Enter presses it, too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._frame: Frame | None = None
        self._is_chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_frame(self, frame: Frame | None, *, is_chosen: bool = False) -> None:
        """Show a frame; None shows an empty, disabled button."""
        self._frame, self._is_chosen = frame, is_chosen
        self.setEnabled(frame is not None)
        self.setAccessibleName("" if frame is None else frame.note)
        self.setToolTip(literal("" if frame is None else frame.note))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(64, 60 + self._caption_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, 40 + self._caption_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, frame = self._theme, self._frame
        height = self.height() - self._caption_height()
        picture = QRectF(1.5, 1.5, self.width() - 3.0, height - 3.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.control))
        painter.drawRoundedRect(picture, _ROUND, _ROUND)
        if frame is not None:
            painter.save()
            painter.setClipRect(picture)
            painter.translate(picture.topLeft())
            self._draw_frame(painter, frame, picture.width(), picture.height())
            painter.restore()
            self._draw_caption(painter, frame, height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        highlighted = self._is_chosen or self.hasFocus() or self.underMouse()
        painter.setPen(
            pen(theme, theme.accent, 2.5) if highlighted else pen(theme, theme.control_border, 1)
        )
        painter.drawRoundedRect(picture, _ROUND, _ROUND)

    def _draw_frame(self, painter: QPainter, frame: Frame, width: float, height: float) -> None:
        theme, ground = self._theme, frame.ground
        if isinstance(ground, Landscape):
            pixels = _fitted(ground.x[[0, -1]], ground.y[[0, -1]], width, height)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            image = coloured_image(ground.normalised, theme.image_alpha)
            painter.drawImage(QRectF(0, 0, width, height), image)
            painter.setPen(pen(theme, theme.iso_line, 1, alpha=0.35))
            lines = ground.lines
            if len(lines):
                draw_segments(
                    painter, finite_segments(pixels.x(lines[:, 0]), pixels.y(lines[:, 1]))
                )
        else:
            low, high = ground.extent
            room = 0.08 * (high - low) or 1.0
            heights = np.array((low - room, high + room))
            pixels = _fitted(ground.x[[0, -1]], heights, width, height)
            painter.setPen(curve_pen(theme))
            segments = finite_segments(pixels.x(ground.x), pixels.y(ground.y))
            draw_segments(painter, clipped(segments, width, height)[0])
        path = frame.path[np.isfinite(frame.path).all(axis=1)]
        if not len(path):
            return
        x, y = pixels.x(path[:, 0]), pixels.y(path[:, 1])
        segments = clipped(finite_segments(x, y), width, height)[0]
        for line_pen in (path_outline_pen(theme), path_pen(theme)):
            line_pen.setWidthF(line_pen.widthF() * 0.7)
            painter.setPen(line_pen)
            draw_segments(painter, segments)
        near = (np.abs(x) < 1e4) & (np.abs(y) < 1e4)
        dots = np.column_stack((x[near], y[near]))[:_DOTS]
        draw_dots(painter, theme, dots[1:], theme.path_point, "o")
        if len(dots):
            ring = pen(theme, theme.outline, 1)
            draw_disc(painter, QPointF(*dots[0].tolist()), 3.0, QColor(theme.start), ring)

    def _draw_caption(self, painter: QPainter, frame: Frame, top: float) -> None:
        caption_font = self._caption_font()
        painter.setFont(caption_font)
        metrics = QFontMetricsF(caption_font)
        symbol = _SYMBOLS.get(frame.state, "")
        whole = f"{frame.caption} {symbol}".strip()
        if metrics.horizontalAdvance(whole) > self.width():
            symbol, whole = "", frame.caption
        left = max(0.0, (self.width() - metrics.horizontalAdvance(whole)) / 2)
        base = top + metrics.ascent()
        painter.setPen(QColor(self._theme.text))
        painter.drawText(QPointF(left, base), frame.caption)
        if symbol:
            left += metrics.horizontalAdvance(frame.caption + " ")
            painter.setPen(color(state_color(frame.state, self._theme)))
            painter.drawText(QPointF(left, base), symbol)

    def _caption_font(self) -> QFont:
        return font(self._theme, CAPTION)

    def _caption_height(self) -> int:
        return round(QFontMetricsF(self._caption_font()).height())


class FilmStrip(QWidget):
    """Frames in one row, or in two if the strip is high; emits which one was clicked."""

    frame_clicked = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = tuple(FrameButton() for _ in range(count))
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        for button in self.buttons:
            button.clicked.connect(self._on_clicked)
        self._arrange()
        self.set_frames(())

    def set_theme(self, theme: Theme) -> None:
        for button in self.buttons:
            button.set_theme(theme)

    def set_frames(self, frames: Sequence[Frame], chosen: int | None = None) -> None:
        """Show frames from left to right; ``chosen`` is the index of the current one."""
        for index, button in enumerate(self.buttons):
            frame = frames[index] if index < len(frames) else None
            button.set_frame(frame, is_chosen=index == chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        count = len(self.buttons)
        columns = count if self.width() > _FLAT * self.height() else -(-count // 2)
        if columns != self._columns:
            self._columns = columns
            for index, button in enumerate(self.buttons):
                self._grid.addWidget(button, *divmod(index, columns))

    def _on_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, FrameButton)
        self.frame_clicked.emit(self.buttons.index(button))


def _fitted(x_range: Floats, y_range: Floats, width: float, height: float) -> PixelMap:
    """The map from the ranges to the pixels of a picture of this size, y upwards."""
    x0, x1 = x_range.tolist()
    y0, y1 = y_range.tolist()
    x_scale, y_scale = width / (x1 - x0), -height / (y1 - y0)
    return PixelMap(x_scale, -x0 * x_scale, y_scale, -y1 * y_scale)
