"""The area inside a plot's axes: what a pixel means there, the mouse, layers painted in pixels."""

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
from gdsim.views.plot.frame_budget import FrameTime
from gdsim.views.plot.polyline import PixelMap
from gdsim.views.theme import LIGHT, Theme


class Handle(Protocol):
    """Something in the box that the mouse can take hold of."""

    def holds(self, position: QPointF) -> bool:
        """Whether a press at this pixel takes hold of it."""

    def drag_to(self, position: QPointF) -> None:
        """Follow the mouse."""

    def drop(self) -> None:
        """The mouse let go."""

    def shape(self) -> QPainterPath:
        """The pixels that it takes."""


class PlotBox(pg.ViewBox):
    """Wheel zooms, drag pans or moves the handle, double-click asks for the home view."""

    reset_requested = Signal()
    clicked = Signal(float, float)
    other_clicked = Signal(float, float)
    """A click with the right button."""
    pointed = Signal(object)
    """(x, y) under the mouse, or None when it left."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)
        self.disableAutoRange()
        self._handles: list[Handle] = []
        self.time = FrameTime()
        # Where the labels of the shown step were written last: others keep clear of them.
        self.labels: list[QRectF] = []
        self._dragging: Handle | None = None

    def add_handle(self, handle: Handle) -> None:
        """Something that the mouse may take hold of, before those that were added earlier."""
        self._handles.insert(0, handle)

    def taken(self) -> list[QRectF]:
        """Where the handles are, in pixels: no label may hide one."""
        places = (handle.shape().boundingRect() for handle in self._handles)
        return [place for place in places if not place.isEmpty()]

    def _held_at(self, position: QPointF) -> Handle | None:
        return next((handle for handle in self._handles if handle.holds(position)), None)

    def pixels(self) -> PixelMap:
        """How points of the plane become pixels of the box."""
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
            self.other_clicked.emit(*spot)
        elif ev.double():
            self.reset_requested.emit()
        else:
            self.clicked.emit(*spot)

    def hoverEvent(self, ev: Any) -> None:
        if ev.isExit():
            self.unsetCursor()
            self.pointed.emit(None)
            return
        position = ev.pos()
        if self._held_at(position) is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()
        self.pointed.emit(self.pixels().inverse(position.x(), position.y()))

    def keyPressEvent(self, ev: Any) -> None:
        # The window's keys are the program's, not the plotting library's.
        ev.ignore()


class Layer(QGraphicsObject):
    """Something painted over the whole box, in pixels from its top left corner.

    Layers lie beside the library's own scaled group, so that pens, arrows and text keep their size.
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
        """Paint in these colours from now on."""
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
            # PySide 6.11 on Python 3.11 crashes when an arithmetic error leaves an override.
            sys.excepthook(*sys.exc_info())

    def draw(self, painter: QPainter, pixels: PixelMap, width: float, height: float) -> None:
        """Paint what is to be seen of the plane."""
        raise NotImplementedError

    def _on_view_changed(self, *_: object) -> None:
        self.prepareGeometryChange()
        self.update()


class Canvas:
    """A transparent picture the size of the box, kept from frame to frame."""

    def __init__(self, painter: QPainter, width: float, height: float) -> None:
        self._size = (width, height)
        self._ratio = painter.device().devicePixelRatio()
        self.pixmap = QPixmap(ceil(width * self._ratio), ceil(height * self._ratio))
        self.pixmap.setDevicePixelRatio(self._ratio)
        self.pixmap.fill(Qt.GlobalColor.transparent)

    def fits(self, painter: QPainter, width: float, height: float) -> bool:
        """Whether it has the size of the box, on the screen where the box is now."""
        same_screen = painter.device().devicePixelRatio() == self._ratio
        return same_screen and self._size == (width, height)

    def painter(self) -> QPainter:
        """A painter on the picture, antialiased; the caller ends it."""
        painter = QPainter(self.pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def clear(self) -> None:
        self.pixmap.fill(Qt.GlobalColor.transparent)

    def draw_moved(self, painter: QPainter, before: PixelMap, now: PixelMap) -> None:
        """Stand in for a picture of the view of now: paint that of the view before, stretched."""
        corner = QPointF(*now.point(*before.inverse(0.0, 0.0)))
        opposite = QPointF(*now.point(*before.inverse(*self._size)))
        painter.drawPixmap(QRectF(corner, opposite), self.pixmap, QRectF(self.pixmap.rect()))


class CachedLayer(Layer):
    """A layer that is painted once for each view and then only copied to the screen."""

    def __init__(self, box: PlotBox, z: float) -> None:
        super().__init__(box, z)
        self._canvas: Canvas | None = None
        self._painted: PixelMap | None = None

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.renew()

    def renew(self) -> None:
        """What the layer shows has changed."""
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
        """Paint what is to be seen of the plane in this view."""
        raise NotImplementedError


_lines = PrimitiveArray(QLineF, 4)


def draw_segments(painter: QPainter, segments: Floats) -> None:
    """Stroke separate segments (n, 4) with the painter's pen.

    One polyline wider than a pixel costs twenty times as much, and so do round caps.
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
