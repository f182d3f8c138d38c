"""The area inside the axes of a plot: coordinates, the mouse, and layers painted in pixels."""

from __future__ import annotations

import sys
from math import ceil
from typing import Any, Protocol

import pyqtgraph as pg
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from gdsim.core.arrays import Floats
from gdsim.views.plot.frame_budget import FrameBudget
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.theme import LIGHT, Theme


class Handle(Protocol):
    """Something in the plot that can be dragged with the mouse."""

    def holds(self, position: QPointF) -> bool:
        """Whether a press at this pixel begins to drag it."""

    def drag_to(self, position: QPointF) -> None:
        """Follow the mouse to this pixel."""

    def drop(self) -> None:
        """The mouse button was released."""

    def shape(self) -> QPainterPath:
        """The pixels that it covers."""


class PlotBox(pg.ViewBox):
    """The plotting area: the wheel zooms, dragging pans or moves a handle.

    A double-click asks for the home view. Signals carry coordinates of the plot.
    """

    reset_requested = Signal()
    clicked = Signal(float, float)
    right_clicked = Signal(float, float)
    """x, y of a click with the right button."""
    hovered = Signal(object)
    """(x, y) under the mouse, or None when it has left."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)
        self.disableAutoRange()
        self._handles: list[Handle] = []
        self.frame_budget = FrameBudget()
        # The rectangles, in pixels, of the labels of the shown step: other labels avoid them.
        self.label_rects: list[QRectF] = []
        self._dragging: Handle | None = None

    def add_handle(self, handle: Handle) -> None:
        """Add something that can be dragged; where handles overlap, the one added last wins."""
        self._handles.insert(0, handle)

    def handle_rects(self) -> list[QRectF]:
        """The rectangles that the handles cover, in pixels; labels avoid them."""
        rects = (handle.shape().boundingRect() for handle in self._handles)
        return [rect for rect in rects if not rect.isEmpty()]

    def _held_at(self, position: QPointF) -> Handle | None:
        return next((handle for handle in self._handles if handle.holds(position)), None)

    def pixels(self) -> PixelMap:
        """The map from coordinates of the plot to pixels of the box."""
        self.updateMatrix()
        transform = self.childTransform()
        return PixelMap(transform.m11(), transform.dx(), transform.m22(), transform.dy())

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        if ev.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            ev.ignore()
            return
        if ev.isStart():
            self._dragging = self._held_at(ev.buttonDownPos())
        if self._dragging is None:
            super().mouseDragEvent(ev, axis)
            return
        ev.accept()
        self._dragging.drag_to(ev.pos())
        if ev.isFinish():
            self._dragging.drop()
            self._dragging = None

    def mouseClickEvent(self, ev: Any) -> None:
        if ev.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        ev.accept()
        spot = self.pixels().inverse(ev.pos().x(), ev.pos().y())
        if ev.button() == Qt.MouseButton.RightButton:
            self.right_clicked.emit(*spot)
        elif ev.double():
            self.reset_requested.emit()
        else:
            self.clicked.emit(*spot)

    def hoverEvent(self, ev: Any) -> None:
        if ev.isExit():
            self.unsetCursor()
            self.hovered.emit(None)
            return
        position = ev.pos()
        if self._held_at(position) is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()
        self.hovered.emit(self.pixels().inverse(position.x(), position.y()))

    def keyPressEvent(self, ev: Any) -> None:
        # Keys belong to the window; without this, pyqtgraph would use some of them for itself.
        ev.ignore()


class Layer(QGraphicsObject):
    """A drawing over the whole box, in pixels from its top left corner.

    Layers are not children of pyqtgraph's scaled group, so pens, arrows and text keep their size.
    """

    def __init__(self, box: PlotBox, z: float) -> None:
        super().__init__(box)
        self.box = box
        self._theme = LIGHT
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        box.sigRangeChanged.connect(self._on_view_changed)
        box.sigResized.connect(self._on_view_changed)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of this theme from now on."""
        self._theme = theme
        self.update()

    def boundingRect(self) -> QRectF:
        rect: QRectF = self.box.rect()
        return rect

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        rect = self.box.rect()
        if rect.width() < 2 or rect.height() < 2:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            self.draw(painter, self.box.pixels(), rect.width(), rect.height())
        except Exception:
            # PySide 6.11 on Python 3.11 crashes when an exception leaves an overridden C++ method.
            sys.excepthook(*sys.exc_info())

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        """Paint the visible part of the layer.

        Parameters
        ----------
        pixels : the map from coordinates of the plot to pixels.
        width, height : the size of the box in pixels.
        """
        raise NotImplementedError

    def _on_view_changed(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()


class Canvas:
    """A transparent picture of the size of the box, kept from frame to frame."""

    def __init__(self, painter: QPainter, width: float, height: float) -> None:
        self._size = (width, height)
        self._ratio = painter.device().devicePixelRatio()
        self.pixmap = QPixmap(ceil(width * self._ratio), ceil(height * self._ratio))
        self.pixmap.setDevicePixelRatio(self._ratio)
        self.pixmap.fill(Qt.GlobalColor.transparent)

    def fits(self, painter: QPainter, width: float, height: float) -> bool:
        """Whether it has this size and the pixel density of the painter's screen."""
        same_screen = painter.device().devicePixelRatio() == self._ratio
        return same_screen and self._size == (width, height)

    def painter(self) -> QPainter:
        """An antialiased painter on the picture; the caller has to end it."""
        painter = QPainter(self.pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def clear(self) -> None:
        self.pixmap.fill(Qt.GlobalColor.transparent)

    def draw_moved(self, painter: QPainter, before: PixelMap, now: PixelMap) -> None:
        """Paint the picture, made for the view ``before``, stretched to fit the view ``now``."""
        corner = QPointF(*now.point(*before.inverse(0.0, 0.0)))
        opposite = QPointF(*now.point(*before.inverse(*self._size)))
        painter.drawPixmap(QRectF(corner, opposite), self.pixmap, QRectF(self.pixmap.rect()))


class CachedLayer(Layer):
    """A layer that is painted once for each view and then copied to the screen in each frame."""

    def __init__(self, box: PlotBox, z: float) -> None:
        super().__init__(box, z)
        self._canvas: Canvas | None = None
        self._painted: PixelMap | None = None

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.invalidate()

    def invalidate(self) -> None:
        """Discard the picture, because what the layer shows has changed."""
        self._painted = None
        self.update()

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        canvas = self._canvas
        if canvas is None or self._painted != pixels or not canvas.fits(painter, width, height):
            canvas = self._canvas = Canvas(painter, width, height)
            canvas_painter = canvas.painter()
            self.draw_once(canvas_painter, pixels, width, height)
            canvas_painter.end()
            self._painted = pixels
        painter.drawPixmap(0, 0, canvas.pixmap)

    def draw_once(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        """Paint the visible part of the layer into the picture for this view."""
        raise NotImplementedError


_lines = PrimitiveArray(QLineF, 4)


def draw_segments(painter: QPainter, segments: Floats) -> None:
    """Stroke separate line segments (n, 4), in pixels, with the painter's pen.

    A single polyline wider than a pixel takes twenty times as long, and so do round caps.
    """
    if not len(segments):
        return
    pen = painter.pen()
    if pen.capStyle() == Qt.PenCapStyle.RoundCap:
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        painter.setPen(pen)
    _lines.resize(len(segments))
    _lines.ndarray()[:] = segments
    painter.drawLines(*_lines.drawargs())
