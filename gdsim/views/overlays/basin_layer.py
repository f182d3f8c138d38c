"""The basin map: each pixel of the landscape in the colour of the point to which it leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from gdsim.views.plot.plot_box import CachedLayer, PlotBox
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.theme import Theme, color, font

if TYPE_CHECKING:
    from gdsim.core.explore.basins import BasinPicture

_ROOM = 6  # pixels by which a strip is higher than a number


class BasinLayer(CachedLayer):
    """Pictures of the same map, the finest on top, and the numbers of the basins.

    With one parameter the map is a strip along the lower edge.
    """

    def __init__(self, box: PlotBox) -> None:
        super().__init__(box, -40)
        self._newest: BasinPicture | None = None
        self._numbered: tuple[int, ...] = ()
        self._pictures: list[BasinPicture] = []
        self._images: dict[int, QImage] = {}

    def set_theme(self, theme: Theme) -> None:
        self._images.clear()
        super().set_theme(theme)

    def set_pictures(
        self,
        newest: BasinPicture | None,
        older: BasinPicture | None = None,
        numbered: Sequence[int] = (),
    ) -> None:
        """Show a picture of the visible part, and where it is finer, a picture of an earlier view.

        ``numbered``: the basins whose numbers are shown.
        """
        self._newest = newest
        self._numbered = tuple(numbered)
        given = [picture for picture in (newest, older) if picture is not None]
        self._pictures = sorted(given, key=lambda picture: -picture.pixel)
        kept = {id(picture) for picture in given}
        self._images = {key: image for key, image in self._images.items() if key in kept}
        self.invalidate()

    @property
    def newest(self) -> BasinPicture | None:
        """The picture of the visible part; None if there is no map."""
        return self._newest

    def draw_once(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        strip = QRectF(0, 0, width, round(QFontMetricsF(font(self._theme)).height()) + _ROOM)
        strip.moveBottom(height)
        for picture in self._pictures:
            image = self._images.get(id(picture))
            if image is None:
                # Imported only when the first basins are shown.
                from gdsim.views.overlays.basin_style import basin_image

                image = basin_image(self._theme, picture.labels, picture.shade)
                self._images[id(picture)] = image
            # Rounded outwards to whole pixels, so that nothing beneath is visible at the edge.
            painter.drawImage(_picture_rect(picture, pixels, strip).toAlignedRect(), image)
        if self._newest is not None:
            view = strip if _is_strip(self._newest) else QRectF(0, 0, width, height)
            self._draw_numbers(painter, pixels, view, self._newest)

    def _draw_numbers(
        self, painter: QPainter, pixels: PixelMap, view: QRectF, picture: BasinPicture
    ) -> None:
        """Write the numbers of the basins that are visible in ``view``."""
        label_font = font(self._theme)
        painter.setFont(label_font)
        metrics = QFontMetricsF(label_font)
        for label in self._numbered:
            spot = picture.anchors.get(label)
            if spot is None:
                continue
            middle = QPointF(*pixels.point(*spot))
            if _is_strip(picture):
                middle.setY(view.center().y())
            if not view.contains(middle):
                continue
            text = str(label + 1)
            size = max(metrics.height(), metrics.horizontalAdvance(text) + 8)
            chip = QRectF(0, 0, size, metrics.height())
            chip.moveCenter(middle)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(self._theme.card, 0.88))
            painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
            painter.setPen(QColor(self._theme.text))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)


def _is_strip(picture: BasinPicture) -> bool:
    return len(picture.ranges) == 1


def _picture_rect(picture: BasinPicture, pixels: PixelMap, strip: QRectF) -> QRectF:
    """The rectangle of a picture in pixels of the box."""
    x0, x1 = picture.ranges[0]
    y0, y1 = (0.0, 0.0) if _is_strip(picture) else picture.ranges[1]
    left, top = pixels.point(x0, y1)
    right, bottom = pixels.point(x1, y0)
    if _is_strip(picture):
        return QRectF(left, strip.top(), right - left, strip.height())
    return QRectF(left, top, right - left, bottom - top)
