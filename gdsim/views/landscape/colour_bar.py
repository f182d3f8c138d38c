"""The colour bar: the loss for each colour of the landscape."""

from __future__ import annotations

from math import ceil

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdsim.core.landscape.landscape import Landscape
from gdsim.core.landscape.loss_scale import Spacing
from gdsim.views.landscape.landscape_layer import coloured_image
from gdsim.views.plot.plot_axis import distinct_texts
from gdsim.views.theme import LIGHT, SMALL, Theme, axis_pen, font, iso_pen, pen

_BAR = 14
_GAP = 7


class ColourBar(QWidget):
    """The colours from low to high loss, with numbers and the levels of the iso-lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._landscape: Landscape | None = None
        self._span = (0.0, 1.0)
        self._room = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._font = font(theme, SMALL)
        self._room = 0.0
        self._make_room()
        self.update()

    def set_landscape(self, landscape: Landscape | None) -> None:
        """Show the scale and the ticks of a landscape; None: an empty bar."""
        self._landscape = landscape
        if landscape is None:
            self._room = 0.0
        self._make_room()
        self.update()

    def _make_room(self) -> None:
        """Set the width for the numbers, of which there are two, so that the plot rarely resizes.

        It only grows until the function changes: a narrower bar makes the plot wider, and the new
        picture of the plot might need the wider bar again, and so on for ever.
        """
        metrics = QFontMetricsF(self._font)
        ticks = self._landscape.ticks if self._landscape is not None else ()
        texts = distinct_texts([loss for _, loss in ticks])
        usual = metrics.horizontalAdvance("−8888")
        widest = max(map(metrics.horizontalAdvance, texts), default=0.0)
        room = usual if widest <= usual else max(widest, metrics.horizontalAdvance("−8.8×10⁸⁸"))
        self._room = max(self._room, room)
        self.setFixedWidth(ceil(_BAR + _GAP + self._room))

    def set_span(self, top: float, bottom: float) -> None:
        """Set the y positions between which the plot beside the bar lies, in pixels."""
        if (top, bottom) != self._span:
            self._span = (top, bottom)
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        landscape = self._landscape
        if landscape is None or not landscape.ticks:
            return
        top, bottom = self._span
        bar = QRectF(0.5, top, _BAR, bottom - top)
        if bar.height() < 20:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flat = landscape.scale.spacing is Spacing.FLAT
        ramp = np.full((256, 1), 0.5) if flat else np.linspace(0.0, 1.0, 256)[:, None]
        painter.drawImage(bar, coloured_image(ramp, self._theme.image_alpha))
        painter.setPen(iso_pen(self._theme))
        if landscape.levels:
            for position in landscape.scale.position(np.array(landscape.levels)):
                height = bar.bottom() - position * bar.height()
                painter.drawLine(QLineF(bar.left(), height, bar.right(), height))
        painter.setPen(pen(self._theme, self._theme.card_border, 1))
        painter.drawRect(bar)
        self._draw_numbers(painter, bar, landscape)
        painter.end()

    def _draw_numbers(self, painter: QPainter, bar: QRectF, landscape: Landscape) -> None:
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        upper = bar.bottom() + metrics.height()
        texts = distinct_texts([loss for _, loss in landscape.ticks])
        for (position, _), number in zip(landscape.ticks, texts, strict=True):
            height = bar.bottom() - position * bar.height()
            # A number that would overlap the one before it is left out.
            if upper - height < metrics.height():
                continue
            upper = height
            painter.setPen(axis_pen(self._theme))
            painter.drawLine(QLineF(bar.right(), height, bar.right() + 3, height))
            painter.setPen(QColor(self._theme.text_muted))
            middle = min(max(height, metrics.height() / 2), self.height() - metrics.height() / 2)
            text = QRectF(0, middle - metrics.height() / 2, self.width(), metrics.height())
            text.setLeft(bar.right() + _GAP)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, number)
        title = QRectF(bar.left(), bar.bottom() + 2, bar.width(), metrics.height())
        painter.setPen(QColor(self._theme.text_muted))
        painter.drawText(title, Qt.AlignmentFlag.AlignCenter, "L")
