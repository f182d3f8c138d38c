"""The symbol of a run in legends and tables: a piece of its line with its marker."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from gdsim.views.plot.markers import draw_marker
from gdsim.views.theme import RunStyle, Theme, pen

_SIZE = (28, 14)
_MARKER = 8.0


def draw_run_symbol(painter: QPainter, theme: Theme, style: RunStyle, area: QRectF) -> None:
    """Paint the symbol in the middle of an area; a style without colour uses the theme's path."""
    colour = style.color or theme.path
    middle = area.center().y()
    painter.setPen(pen(theme, colour, 2.5, dash=style.dash))
    painter.drawLine(QLineF(area.left() + 1, middle, area.right() - 1, middle))
    draw_marker(painter, theme, area.center(), style.marker, _MARKER * theme.line_weight, colour)


def symbol_size(theme: Theme) -> QSize:
    """The size of a symbol in a table."""
    return QSize(*map(theme.pixels, _SIZE))


def run_icon(theme: Theme, style: RunStyle, ratio: float) -> QIcon:
    """The symbol for a table or a menu; ``ratio``: physical pixels per pixel."""
    size = symbol_size(theme)
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_run_symbol(painter, theme, style, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return QIcon(pixmap)
