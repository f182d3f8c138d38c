"""The surface is shown with OpenGL, without it, and after OpenGL is lost."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from relief import landscape, open_surface, picture

from gdsim.core.surface.projection import Camera, Projection
from gdsim.core.surface.surface import Surface, surface_of
from gdsim.views.surface import opengl_surface as gl_surface
from gdsim.views.surface import surface_canvas
from gdsim.views.surface.opengl_surface import NoOpenGL, mesh
from gdsim.views.surface.raster_surface import RasterSurface
from gdsim.views.surface.surface_view import SurfaceView
from gdsim.views.theme import LIGHT


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[SurfaceView]:
    yield from open_surface(qtbot)


def test_without_opengl_the_raster_renderer_paints_silently(
    view: SurfaceView, capfd: pytest.CaptureFixture[str]
) -> None:
    assert not picture(view).isNull()
    assert not view.canvas.is_opengl
    written = capfd.readouterr()
    assert written.err == ""
    assert written.out == ""


@pytest.mark.parametrize("error", [NoOpenGL("none"), ImportError("libOpenGL"), ValueError("?")])
def test_a_surface_is_shown_whatever_error_opengl_has(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse() -> None:
        raise error

    monkeypatch.setattr(gl_surface, "GlSurface", refuse)
    assert isinstance(surface_canvas.best_renderer(), RasterSurface)


def test_opengl_is_not_imported_before_a_surface_is_shown() -> None:
    program = """
import sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
from gdsim.views.window.landscape_panel import LandscapePanel
panel = LandscapePanel()
panel.build_rest()
print({"gdsim.views.surface.opengl_surface", "OpenGL", "pyqtgraph.opengl"} & set(sys.modules))
panel.deleteLater()
"""
    path = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.stdout.strip() == "set()", done.stderr


class LosingRenderer:
    """A replacement for the OpenGL renderer that fails when the test says so."""

    is_lost = False
    released = 0

    def set_surface(self, surface: Surface | None, drape: QImage | None) -> None:
        if self.is_lost:
            raise NoOpenGL("lost")

    def picture(self, projection: Projection, width: int, height: int) -> QImage:
        if self.is_lost:
            raise NoOpenGL("lost")
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor(LIGHT.error))
        return image

    def release(self) -> None:
        self.released += 1


def test_when_opengl_is_lost_the_raster_renderer_takes_over(
    view: SurfaceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = picture(view)
    losing = LosingRenderer()
    monkeypatch.setattr(surface_canvas, "best_renderer", lambda: losing)
    view.canvas.release()
    assert picture(view) != painted
    assert view.canvas.is_opengl
    losing.is_lost = True
    view.canvas.set_camera(Camera(31))
    picture(view)
    view.canvas.set_camera(Camera())
    assert picture(view) == painted
    assert not view.canvas.is_opengl


def test_a_closed_view_releases_opengl(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    renderer = LosingRenderer()
    monkeypatch.setattr(surface_canvas, "best_renderer", lambda: renderer)
    widget = SurfaceView()
    widget.set_landscape(landscape())
    widget.grab()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert renderer.released


@pytest.mark.parametrize("formula", ["x^2 + 2*y^2", "sqrt(x^2 + y^2 - 0.5)", "x*y^2"])
@pytest.mark.parametrize("most", [20, 128, 250])
def test_the_mesh_is_the_surface_without_its_holes(formula: str, most: int) -> None:
    surface = surface_of(landscape(formula, 151))
    corners, triangles = mesh(surface, most)
    assert len(corners) == min(most, 151) ** 2
    used = corners[np.unique(triangles)]
    (x0, x1), (y0, y1) = surface.x_range, surface.y_range
    x = x0 + used[:, 3].astype(float) * (x1 - x0)
    y = y1 - used[:, 4].astype(float) * (y1 - y0)
    expected = surface.draped(np.clip(x, x0, x1), np.clip(y, y0, y1))
    there = np.isfinite(expected).all(axis=1)
    assert there.mean() > 0.9
    np.testing.assert_allclose(used[there, :2], expected[there, :2], atol=1e-5)
    assert np.median(np.abs(used[there, 2] - expected[there, 2])) < 0.01
    # Anticlockwise from above.
    a, b, c = (corners[triangles[:, place], :2].astype(float) for place in range(3))
    turn = (b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]
    assert (turn > 0).all()
