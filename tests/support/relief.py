"""For tests of the surface: a view of a bowl, and the pixels of points of the plane."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gdsim.core.landscape.landscape import Landscape, sample_plane
from gdsim.core.landscape.plane import Plane
from gdsim.core.run.choices import choose
from gdsim.views.surface.surface_view import SurfaceView
from gdsim.views.theme import LIGHT

HOME = ((-2.0, 2.0), (-1.5, 2.5))


def landscape(formula: str = "x^2 + 2*(y - 0.5)^2", resolution: int = 120) -> Landscape:
    return sample_plane(
        choose(formula, parameters=("x", "y")).objective(),
        Plane.of_parameters((0.0, 0.0)),
        x_range=HOME[0],
        y_range=HOME[1],
        resolution=resolution,
    )


def open_surface(qtbot: QtBot) -> Iterator[SurfaceView]:
    """A view of the landscape in its own window, which is closed afterwards."""
    widget = SurfaceView()
    qtbot.addWidget(widget)
    widget.resize(560, 520)
    widget.set_theme(LIGHT)
    widget.set_landscape(landscape())
    widget.show()
    qtbot.waitExposed(widget)
    yield widget
    widget.close()


def picture(view: SurfaceView) -> QImage:
    QApplication.processEvents()
    return view.canvas.grab().toImage()


def where(view: SurfaceView, x: float, y: float) -> QPoint:
    """The pixel of a point of the plane."""
    surface = view.canvas.surface()
    assert surface is not None
    place = surface.draped(np.array([x]), np.array([y]))
    column, row = view.canvas.projection(surface).pixels(place)[0]
    return QPoint(round(column), round(row))


def colour(image: QImage, spot: QPoint) -> np.ndarray:
    return np.array(image.pixelColor(spot).getRgb()[:3])


def is_like(image: QImage, spot: QPoint, name: str, reach: int = 2) -> bool:
    """Whether a pixel at or next to the position has this colour."""
    wanted = np.array(QColor(name).getRgb()[:3])
    return any(
        np.abs(colour(image, spot + QPoint(dx, dy)) - wanted).max() < 40
        for dx in range(-reach, reach + 1)
        for dy in range(-reach, reach + 1)
    )
