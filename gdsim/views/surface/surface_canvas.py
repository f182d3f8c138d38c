"""The widget that paints a surface with its axes, paths and marks, and handles the mouse."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdsim.core.arrays import Floats, Range
from gdsim.core.landscape.landscape import Landscape
from gdsim.core.landscape.loss_scale import Spacing
from gdsim.core.landscape.plane import Plane
from gdsim.core.surface.projection import Camera, Projection
from gdsim.core.surface.surface import Surface, surface_of
from gdsim.views.overlays.many_paths_layer import ManyPaths
from gdsim.views.plot.frame_budget import NEXT_FRAME_MS, FrameBudget
from gdsim.views.run.run_view import RunView
from gdsim.views.surface.raster_surface import RasterSurface
from gdsim.views.surface.surface_axes import SurfaceAxes
from gdsim.views.surface.surface_drape import SurfaceRenderer, drape
from gdsim.views.surface.surface_layers import SurfaceLayers, paint_layers
from gdsim.views.surface.surface_many_paths import SurfaceManyPaths
from gdsim.views.surface.surface_marks import Marks, MarksPainter
from gdsim.views.surface.surface_path import SurfacePath, draw_heads
from gdsim.views.surface.surface_scene import Scene
from gdsim.views.theme import LIGHT, Theme

if TYPE_CHECKING:
    from gdsim.core.run.trace import Trace


# The margin for numbers and names around the box, in pixels.
_MARGIN = 46.0
_DEGREES_A_PIXEL = 0.4
_ZOOM_A_NOTCH = 1.2
# A frame may spend this many seconds on reading paths.
_SECONDS_PER_FRAME = 0.004
# The view counts as moving until it has not been changed for this long, in ms.
_SETTLE_MS = 150
# A press that moves no further than this many pixels is a click.
_CLICK_DISTANCE = 4


def best_renderer() -> SurfaceRenderer:
    """A renderer with OpenGL if it works, otherwise without. OpenGL is imported only here."""
    try:
        from gdsim.views.surface.opengl_surface import GlSurface

        return GlSurface()
    # A missing library, no context, an error in the driver: then there is no OpenGL.
    except Exception:
        return RasterSurface()


class SurfaceCanvas(QWidget):
    """A landscape in relief. Dragging turns it, with the other button moves it; the wheel zooms."""

    clicked = Signal(float, float)
    hovered = Signal(object)
    """(x, y) of the point under the mouse, or None outside the surface."""
    reset_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._titles = ("x", "y")
        self._plane = Plane.of_parameters((0.0, 0.0))
        self._landscape: Landscape | None = None
        self._spacing: Spacing | None = None
        self._home: tuple[Range, Range] | None = None
        self._surface: Surface | None = None
        self._drape: QImage | None = None
        self._paths: list[SurfacePath] = []
        self._many_paths: SurfaceManyPaths | None = None
        self._marks = Marks()
        self.camera = Camera()
        self._renderer: SurfaceRenderer | None = None
        self._picture: tuple[object, QImage] | None = None
        self._many_paths_picture = SurfaceLayers()
        self._frame_budget = FrameBudget()
        self._pressed: QPointF | None = None
        self._last: QPointF | None = None
        self._next_frame = QTimer(self)
        self._next_frame.setSingleShot(True)
        self._next_frame.timeout.connect(self._on_next_frame)
        self._moving = QTimer(self)
        self._moving.setSingleShot(True)
        self._moving.setInterval(_SETTLE_MS)
        self._moving.timeout.connect(self._on_next_frame)
        self.setMouseTracking(True)
        self.setMinimumSize(120, 90)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.release)

    # Setters

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._drape = None
        self.update()

    def set_titles(self, titles: tuple[str, str]) -> None:
        self._titles = titles
        self.update()

    def set_plane(self, plane: Plane) -> None:
        if plane != self._plane:
            self._plane = plane
            for path in self._paths:
                path.forget()
            self.update()

    def set_landscape(self, landscape: Landscape | None) -> None:
        self._landscape = landscape
        self._surface = self._drape = None
        self.update()

    def set_home(self, home: tuple[Range, Range]) -> None:
        """Set the ranges of x and y that are shown, as far as the landscape covers them."""
        self._home = home
        self._surface = self._drape = None
        self.update()

    def set_spacing(self, spacing: Spacing | None) -> None:
        """Set how heights depend on the loss; None: as the colours do."""
        self._spacing = spacing
        self._surface = self._drape = None
        self.update()

    def set_runs(self, runs: Sequence[RunView]) -> None:
        known = {id(path.run.trace): path for path in self._paths}
        paths = []
        for run in runs:
            path = known.pop(id(run.trace), None) or SurfacePath(self._columns, run)
            path.run = run
            paths.append(path)
        self._paths = paths
        self.update()

    def shown_many_paths(self) -> ManyPaths | None:
        """The paths of many starts that lie on the surface; None where there are none."""
        return None if self._many_paths is None else self._many_paths.many_paths

    def set_many_paths(self, many_paths: ManyPaths | None) -> None:
        """Show the paths of many descents, in coordinates of the plane; None: none."""
        self._many_paths = None if many_paths is None else SurfaceManyPaths(many_paths)
        self._many_paths_picture.forget()
        self.update()

    def set_marks(self, marks: Marks) -> None:
        if marks != self._marks:
            self._marks = marks
            self.update()

    def set_camera(self, camera: Camera) -> None:
        """Set the direction and distance from which the surface is seen."""
        self.camera = camera
        self._moving.start()
        self.update()

    # What is visible

    @property
    def is_opengl(self) -> bool:
        """Whether OpenGL renders the surface; False before the first picture."""
        return self._renderer is not None and not isinstance(self._renderer, RasterSurface)

    @property
    def landscape(self) -> Landscape | None:
        """The landscape whose surface is shown; None shows nothing."""
        return self._landscape

    def surface(self) -> Surface | None:
        """The surface that is shown."""
        if self._surface is None and self._landscape is not None:
            self._surface = surface_of(self._landscape, self._spacing, self._home)
        return self._surface

    def projection(self, surface: Surface) -> Projection:
        """The current projection of the surface."""
        return self.camera.looking_at(surface.size, self.width(), self.height(), _MARGIN)

    @property
    def paths(self) -> tuple[SurfacePath, ...]:
        """The path of each run, in the order of the runs."""
        return tuple(self._paths)

    @property
    def is_moving(self) -> bool:
        """Whether it is being turned, zoomed or shifted, and painted more simply for as long."""
        return self._moving.isActive()

    def sizeHint(self) -> QSize:
        return QSize(480, 420)

    @Slot()
    def release(self) -> None:
        """Release OpenGL while the application still exists."""
        renderer, self._renderer = self._renderer, None
        self._picture = None
        if renderer is not None:
            renderer.release()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter)
        except Exception:
            # An exception must not leave an overridden C++ method: PySide crashes on some of them.
            sys.excepthook(*sys.exc_info())
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), QColor(self._theme.card))
        surface = self.surface()
        if surface is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        projection = self.projection(surface)
        is_moving = self._moving.isActive()
        scene = Scene(surface, projection, self.width(), self.height(), self._theme, is_moving)
        axes = SurfaceAxes(scene, self._titles)
        axes.draw_behind(painter)
        painter.drawImage(self.rect(), self._painted(surface, projection))
        self._frame_budget.begin()
        self._update_many_paths(painter, scene)
        visible = [path for path in self._paths if path.run.visible]
        self._update_paths(painter, scene, visible)
        paint_layers(painter, (self._many_paths_picture, *(path.picture for path in visible)))
        draw_heads(painter, scene, visible)
        axes.draw_before(painter)
        MarksPainter(painter, scene).draw(self._marks)

    def _painted(self, surface: Surface, projection: Projection) -> QImage:
        """The picture of the surface, rendered again only if it or the view has changed."""
        ratio = self.devicePixelRatio()
        is_new = self._drape is None
        if self._drape is None:
            assert self._landscape is not None
            self._drape = drape(self._landscape, surface, self._theme)
        key = (projection, self.size(), ratio)
        if self._picture is None or is_new or self._picture[0] != key:
            width, height = ceil(self.width() * ratio), ceil(self.height() * ratio)
            self._picture = (key, self._render(projection.magnified(ratio), width, height, is_new))
        return self._picture[1]

    def _render(self, projection: Projection, width: int, height: int, is_new: bool) -> QImage:
        try:
            if self._renderer is None:
                self._renderer = best_renderer()
                self.destroyed.connect(self._renderer.release)
                is_new = True
            if is_new:
                self._renderer.set_surface(self._surface, self._drape)
            return self._renderer.picture(projection, width, height)
        except Exception:
            # OpenGL may be lost at any time, for instance when the driver is restarted.
            if not self.is_opengl:
                raise
            self._renderer = RasterSurface()
            self._renderer.set_surface(self._surface, self._drape)
            return self._renderer.picture(projection, width, height)

    def _update_many_paths(self, painter: QPainter, scene: Scene) -> None:
        many_paths = self._many_paths
        if many_paths is None:
            self._many_paths_picture.forget()
        else:
            self._many_paths_picture.update_pictures(
                painter, scene, None, lambda each: many_paths.draw(each, scene)
            )

    def _update_paths(
        self, painter: QPainter, scene: Scene, visible: Sequence[SurfacePath]
    ) -> None:
        """Paint new pictures of the visible paths, as far as there is time for them."""
        deadline = perf_counter() + _SECONDS_PER_FRAME
        # The last run is the selected one and is read first.
        unread = [path.read(scene.surface, deadline) for path in reversed(self._paths)]
        share = 1 / max(len(visible), 1)
        are_new = [
            path.picture.update_pictures(
                painter,
                scene,
                (path.state(), share),
                partial(path.draw, scene=scene, share=share),
                partial(self._has_time, path),
            )
            for path in visible
        ]
        if any(unread) or not all(are_new):
            self._next_frame.start(0 if any(unread) else NEXT_FRAME_MS)

    def _has_time(self, path: SurfacePath) -> bool:
        return not path.run.is_companion or self._frame_budget.deadline_for(path) > 0

    @Slot()
    def _on_next_frame(self) -> None:
        self.update()

    def _columns(self, trace: Trace, start: int, stop: int) -> tuple[Floats, Floats]:
        return self._plane.columns(trace.theta(start, stop))

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._last = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position()
        if self._last is None or event.buttons() == Qt.MouseButton.NoButton:
            self.hovered.emit(self._pick(here))
            return
        move, self._last = here - self._last, here
        if event.buttons() & Qt.MouseButton.LeftButton:
            turn = _DEGREES_A_PIXEL
            self.set_camera(self.camera.turned(-turn * move.x(), turn * move.y()))
        else:
            self.set_camera(self.camera.shifted(move.x(), move.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed, self._last = self._pressed, None, None
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        spot = self._pick(event.position())
        if (event.position() - pressed).manhattanLength() <= _CLICK_DISTANCE and spot is not None:
            self.clicked.emit(*spot)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_requested.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        middle = QPointF(self.width() / 2, self.height() / 2)
        spot = event.position() - middle
        self.set_camera(self.camera.zoomed(_ZOOM_A_NOTCH**notches, (spot.x(), spot.y())))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)

    def _pick(self, spot: QPointF) -> tuple[float, float] | None:
        surface = self.surface()
        if surface is None:
            return None
        return surface.pick(spot.x(), spot.y(), self.projection(surface))
