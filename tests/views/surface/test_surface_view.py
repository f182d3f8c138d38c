"""The surface shows everything at the same coordinates as the contour plot."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from plot_traces import trace_of
from PySide6.QtCore import QCoreApplication, QPoint, QTranslator
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from relief import colour, is_like, landscape, open_surface, picture, where

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.landscape.landscape import sample_plane
from gdsim.core.landscape.loss_scale import Spacing
from gdsim.core.landscape.plane import Plane
from gdsim.core.run.choices import choose
from gdsim.core.surface.projection import Camera, Projection
from gdsim.core.surface.surface import surface_of
from gdsim.views.run.run_view import RunView
from gdsim.views.surface.raster_surface import RasterSurface
from gdsim.views.surface.surface_view import SurfaceView
from gdsim.views.theme import DARK, LIGHT, Theme, loss_colormap

PLANES = [key for key, entry in catalogue.functions().items() if len(entry.parameters) == 2]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[SurfaceView]:
    yield from open_surface(qtbot)


# What is drawn


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_colour_at_a_point_is_that_of_its_loss_seen_from_above(
    view: SurfaceView, theme: Theme
) -> None:
    view.set_theme(theme)
    view.set_log_height(False)
    view.canvas.set_camera(Camera(0, 90))
    image = picture(view)
    plane = landscape()
    table = loss_colormap().astype(float)
    card = np.array(QColor(theme.card).getRgb()[:3])
    bright = surface_of(plane, Spacing.LINEAR).brightness()
    levels = np.array(plane.levels)
    seen = 0
    for i in range(8, 120, 17):
        for j in range(8, 120, 17):
            loss = plane.z[j, i]
            if np.abs(levels - loss).min() < 0.03 * (1 + loss):
                continue
            shade = table[int(plane.normalised[j, i] * 255)][:3]
            expected = (theme.image_alpha * shade + (1 - theme.image_alpha) * card) * bright[j, i]
            there = colour(image, where(view, plane.x[i], plane.y[j]))
            assert np.abs(there - expected).max() < 26, (i, j)
            seen += 1
    assert seen > 9


@pytest.mark.parametrize("key", PLANES)
def test_every_function_of_the_catalogue_is_shown(view: SurfaceView, key: str) -> None:
    entry = catalogue.function(key)
    x_range, y_range = entry.view
    plane = sample_plane(
        choose(key).objective(),
        Plane.of_parameters((0.0, 0.0)),
        x_range=x_range,
        y_range=y_range,
        resolution=90,
    )
    for log in (None, True, False):
        view.set_landscape(plane)
        view.set_log_height(log)
        image = picture(view)
        assert len(np.unique(np.frombuffer(image.constBits(), np.uint32))) > 60


@pytest.mark.parametrize("formula", ["log(-1 - x^2 - y^2)", "0*x*y + 4", "sqrt(x)*y", "1/(x*y)"])
@pytest.mark.parametrize("log", [None, True, False])
def test_flat_landscapes_and_landscapes_with_holes_are_shown(
    view: SurfaceView, formula: str, log: bool | None
) -> None:
    view.set_landscape(landscape(formula))
    view.set_log_height(log)
    view.set_step((0.5, 0.5), (1, 1), (-0.1, -0.1), (0.4, 0.4))
    view.set_runs([RunView(trace_of([[0.5, 0.5], [0.4, 0.4]], [1, 1]), 1)])
    assert not picture(view).isNull()


def test_no_landscape_is_an_empty_card(view: SurfaceView) -> None:
    view.set_landscape(None)
    image = picture(view)
    assert {image.pixelColor(x, 200).name() for x in range(0, 400, 7)} == {LIGHT.card}


def test_the_marker_is_at_the_shown_point(view: SurfaceView) -> None:
    view.canvas.set_camera(Camera(30, 60))
    for point in ((0.5, 0.5), (-0.6, 1.2)):
        view.set_step(point, None, None, None)
        assert is_like(picture(view), where(view, *point), LIGHT.current)
    before = where(view, -0.6, 1.2)
    view.clear_step()
    assert not is_like(picture(view), before, LIGHT.current)


def test_arrows_lie_on_the_surface_and_lead_downhill(view: SurfaceView) -> None:
    view.canvas.set_camera(Camera(30, 60))
    bare = picture(view)
    view.set_step((-1.0, 0.5), (-2.0, 0.0), (0.8, 0.0), None)
    image = picture(view)
    # Δθ is drawn in its true length: it is there at half of it, and not beyond its tip.
    assert is_like(image, where(view, -0.6, 0.5), LIGHT.delta_arrow)
    assert not is_like(image, where(view, -0.1, 0.9), LIGHT.delta_arrow)
    assert is_like(image, where(view, -0.6, 0.5), LIGHT.gradient_arrow, reach=8)
    assert image != bare


def test_arrows_that_leave_the_surface_or_are_not_finite_raise_nothing(view: SurfaceView) -> None:
    for vector in ((1e300, 1e300), (np.nan, 1.0), (np.inf, 0.0), (1e-300, 0.0), (0.0, 0.0)):
        view.set_step((0.0, 0.0), vector, vector, vector)
        assert not picture(view).isNull()
    view.set_step((np.nan, 0.0), None, None, None)
    assert not picture(view).isNull()


def test_a_note_says_that_a_point_is_outside(view: SurfaceView) -> None:
    view.set_step((5.0, 0.0), None, None, None)
    assert "outside" in view.note.text()
    view.set_step((0.0, 0.0), None, None, None)
    assert not view.note.isVisible()


def test_minima_start_and_guess_are_marked(view: SurfaceView) -> None:
    view.canvas.set_camera(Camera(0, 70))
    bare = picture(view)
    view.set_minima([(0.0, 0.5), (9.0, 9.0)])
    view.set_start(-1.0, 0.0)
    view.set_guess((1.0, 1.0), (1.0, 0.0), "0.5")
    image = picture(view)
    assert is_like(image, where(view, 0.0, 0.5), LIGHT.minimum)
    assert colour(bare, where(view, 0.0, 0.5)).max() < 200
    assert is_like(image, where(view, 1.0, 1.0), LIGHT.guess)
    assert is_like(image, where(view, -1.0, 0.0) + QPoint(9, 0), LIGHT.start)


# Heights


def test_the_switch_shows_how_heights_depend_on_the_loss(view: SurfaceView) -> None:
    view.set_landscape(landscape("(1 - x)^2 + 100*(y - x^2)^2"))
    assert view.log_height.isChecked()
    top = where(view, -2.0, -1.5)
    low = where(view, 0.0, 2.0)
    view.log_height.click()
    assert not view.log_height.isChecked()
    surface = view.canvas.surface()
    assert surface is not None
    assert surface.scale.spacing is Spacing.LINEAR
    assert where(view, -2.0, -1.5) == top
    assert where(view, 0.0, 2.0).y() > low.y()
    # The choice stays when the view moves.
    view.set_landscape(landscape("(1 - x)^2 + 100*(y - x^2)^2", 60))
    assert not view.log_height.isChecked()
    view.set_landscape(landscape("0*x*y + 4"))
    assert not view.log_height.isEnabled()


# Themes and languages


def test_a_theme_change_reaches_everything(view: SurfaceView) -> None:
    light = picture(view)
    view.set_theme(DARK)
    dark = picture(view)
    assert dark.pixelColor(2, 2).name() == DARK.card
    view.set_theme(LIGHT)
    assert picture(view) == light


class Shouting(QTranslator):
    """A language in which every text is twice as long."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return f"{text} {text}".upper() if context == "SurfaceView" else ""

    def isEmpty(self) -> bool:
        return False


def test_another_language_is_shown_at_once_and_fits(view: SurfaceView, qtbot: QtBot) -> None:
    translator = Shouting()
    view.set_step((9.0, 9.0), None, None, None)
    QCoreApplication.installTranslator(translator)
    try:
        QApplication.processEvents()
        assert view.log_height.text() == "LOG HEIGHT LOG HEIGHT"
        assert view.accessibleName() == "SURFACE SURFACE"
        assert "OUTSIDE" in view.note.text()
        box = view.log_height
        qtbot.waitUntil(lambda: box.width() >= box.sizeHint().width())
    finally:
        QCoreApplication.removeTranslator(translator)
    QApplication.processEvents()
    assert view.log_height.text() == "Log height"


def test_sharp_screens_get_more_pixels(view: SurfaceView, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[tuple[int, int]] = []
    original = RasterSurface.picture

    def spy(self: RasterSurface, projection: Projection, width: int, height: int) -> QImage:
        sizes.append((width, height))
        return original(self, projection, width, height)

    monkeypatch.setattr(RasterSurface, "picture", spy)
    monkeypatch.setattr(type(view.canvas), "devicePixelRatio", lambda _: 2.0)
    view.canvas.set_camera(Camera(40))
    picture(view)
    assert sizes[-1] == (2 * view.canvas.width(), 2 * view.canvas.height())
