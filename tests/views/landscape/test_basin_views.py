"""The picture of the basin map, its legend, and the choice of the mode."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from plot_traces import colour_at
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gdsim.core.explore.attribution import FoundPoint
from gdsim.core.explore.basins import BasinPicture
from gdsim.core.explore.labels import LABELS
from gdsim.core.landscape.landscape import sample_plane
from gdsim.core.landscape.plane import Plane
from gdsim.core.loss.objective import Objective
from gdsim.views.landscape.basin_legend import BasinLegend, LegendEntry
from gdsim.views.landscape.colour_bar import ColourBar
from gdsim.views.landscape.contour_view import ContourView
from gdsim.views.overlays.basin_style import basin_image, swatch
from gdsim.views.theme import BASIN_COLOURS, DARK, LIGHT, Theme
from gdsim.views.window.landscape_panel import LandscapePanel

HALVES = np.repeat([[0, 1]], 2, axis=0).repeat(32, axis=0).repeat(32, axis=1).astype(np.int16)


def picture(labels: np.ndarray = HALVES, shade: float = 0.0) -> BasinPicture:
    found, counts = np.unique(labels, return_counts=True)
    return BasinPicture(
        ranges=((-2.0, 2.0), (-2.0, 2.0)),
        labels=labels,
        shade=np.full(labels.shape, shade),
        found_points=(FoundPoint((-1.0, 0.0), 0.0), FoundPoint((1.0, 0.0), 0.0)),
        shares=dict(zip(found.tolist(), (counts / labels.size).tolist(), strict=True)),
        anchors={0: (-1.0, 1.0), 1: (1.0, 1.0)},
    )


def colour(image: QImage, x: float, y: float) -> QColor:
    return image.pixelColor(round(x * (image.width() - 1)), round(y * (image.height() - 1)))


@pytest.fixture
def contour(qtbot: QtBot) -> Iterator[ContourView]:
    view = ContourView()
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.close()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_label_looks_different(theme: Theme, qapp: QApplication) -> None:
    labels = [*LABELS.values(), *range(5 * len(BASIN_COLOURS))]
    seen = {swatch(theme, label, 20, 1.0).toImage().constBits().tobytes() for label in labels}
    assert len(seen) == len(labels)


def test_rows_go_upwards_and_more_steps_are_darker() -> None:
    labels = np.array([[0, 1], [2, 3]], dtype=np.int16).repeat(20, axis=0).repeat(20, axis=1)
    image = basin_image(LIGHT, labels, np.zeros(labels.shape))
    assert colour(image, 0.0, 1.0).name() == BASIN_COLOURS[0]
    assert colour(image, 1.0, 1.0).name() == BASIN_COLOURS[1]
    assert colour(image, 0.0, 0.0).name() == BASIN_COLOURS[2]
    darker = basin_image(LIGHT, labels, np.ones(labels.shape))
    assert colour(darker, 0.0, 1.0).lightness() < 0.7 * colour(image, 0.0, 1.0).lightness()


def test_the_map_is_drawn_at_its_starts(contour: ContourView, qtbot: QtBot) -> None:
    contour.set_basins(picture())
    for x, expected in ((-1.0, BASIN_COLOURS[0]), (1.0, BASIN_COLOURS[1])):
        assert colour_at(contour, x, -1.0) == QColor(expected).getRgb()[:3]


def test_the_basin_map_replaces_the_colours_of_the_loss(contour: ContourView) -> None:
    plane = Plane.of_parameters(np.zeros(2), (0, 1))
    loss = Objective("x^2 + y^2")
    contour.set_landscape(
        sample_plane(loss, plane, x_range=(-2, 2), y_range=(-2, 2), resolution=40)
    )
    bar = contour.findChild(ColourBar)
    coloured = colour_at(contour, 0.3, 0.3)
    assert bar.isVisible()
    contour.set_loss_shown(False)
    assert not bar.isVisible()
    assert colour_at(contour, 0.3, 0.3) == QColor(LIGHT.card).getRgb()[:3] != coloured
    contour.set_loss_shown(True)
    assert bar.isVisible()
    assert colour_at(contour, 0.3, 0.3) == coloured


def test_the_finest_picture_lies_on_top(contour: ContourView) -> None:
    fine = picture()
    coarse = picture(np.full((4, 4), 2, dtype=np.int16))
    expected = QColor(BASIN_COLOURS[0]).getRgb()[:3]
    for pictures in ((coarse, fine), (fine, coarse)):
        contour.set_basins(*pictures)
        assert colour_at(contour, -1.0, -1.0) == expected
    contour.set_basins(coarse)
    assert colour_at(contour, -1.0, -1.0) != expected


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_numbers_are_written_in_the_basins(contour: ContourView, theme: Theme) -> None:
    contour.set_theme(theme)
    contour.set_basins(picture())
    plain = contour.grab().toImage()
    contour.set_basins(picture(), None, (0, 1, 7))
    assert contour.grab().toImage() != plain


@pytest.fixture
def legend(qtbot: QtBot) -> Iterator[BasinLegend]:
    view = BasinLegend()
    qtbot.addWidget(view)
    view.resize(500, 120)
    view.show()
    yield view
    view.close()


ENTRIES = [LegendEntry(label, f"{label + 1}  (3, 2)  26.2 %") for label in range(6)]


def test_the_legend_keeps_its_order(legend: BasinLegend) -> None:
    legend.set_entries([*ENTRIES, LegendEntry(None, "12 more: 3 %"), LegendEntry(-3, "diverged")])
    assert legend.texts() == [*(entry.text for entry in ENTRIES), "12 more: 3 %", "diverged"]
    legend.set_entries([])
    assert legend.texts() == []


@pytest.mark.parametrize("width", [180, 320, 700])
def test_the_legend_fits_its_width_and_never_asks_for_more(
    legend: BasinLegend, width: int, qtbot: QtBot
) -> None:
    legend.set_entries(ENTRIES)
    least = legend.minimumSizeHint().width()
    legend.resize(width, 200)
    qtbot.wait(10)
    assert legend.minimumSizeHint().width() == least < 180
    texts = [text for text in legend.findChildren(QLabel) if text.text() in legend.texts()]
    assert len(texts) == len(ENTRIES)
    for text in texts:
        assert text.width() >= text.sizeHint().width()
        assert text.mapTo(legend, text.rect().topRight()).x() <= width


def test_the_work_can_be_cancelled_and_resumed(legend: BasinLegend, qtbot: QtBot) -> None:
    assert not legend.progress.isVisible()
    assert not legend.button.isVisible()
    legend.set_progress(0.25)
    assert legend.progress.value() == 250
    with qtbot.waitSignal(legend.cancel_requested):
        qtbot.mouseClick(legend.button, Qt.MouseButton.LeftButton)
    legend.set_progress(None, is_whole=False)
    assert not legend.progress.isVisible()
    with qtbot.waitSignal(legend.resume_requested):
        qtbot.mouseClick(legend.button, Qt.MouseButton.LeftButton)
    legend.set_progress(None)
    assert not legend.button.isVisible()


def choices(panel: LandscapePanel) -> dict[str, QPushButton]:
    return {button.text(): button for button in panel.findChildren(QPushButton)}


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[LandscapePanel]:
    view = LandscapePanel()
    view.build_rest()
    qtbot.addWidget(view)
    view.set_parameters(("x", "y"))
    view.show()
    yield view
    view.close()


def test_a_click_chooses_the_mode(panel: LandscapePanel, qtbot: QtBot) -> None:
    assert panel.mode == "contour"
    with qtbot.waitSignal(panel.mode_changed) as changed:
        qtbot.mouseClick(choices(panel)["Basins"], Qt.MouseButton.LeftButton)
    assert changed.args == ["basins"]
    assert panel.mode == "basins"
    assert panel.legend.isVisible()
    panel.set_mode("contour")
    assert not panel.legend.isVisible()


@pytest.mark.parametrize("names", [("x",), ("x", "y"), ("x", "y", "z")])
def test_every_function_has_basins(panel: LandscapePanel, names: tuple[str, ...]) -> None:
    panel.set_mode("basins")
    panel.set_parameters(names)
    assert panel.mode == "basins"
    assert panel.legend.isVisible()
    assert choices(panel)["Basins"].isVisible()


def test_one_parameter_is_a_curve_and_the_surface_comes_back(panel: LandscapePanel) -> None:
    panel.set_mode("surface")
    panel.set_parameters(("x",))
    shown = [name for name, button in choices(panel).items() if name and button.isVisible()]
    assert shown == ["Curve", "Basins"]
    assert choices(panel)["Curve"].isChecked()
    assert panel.curve.isVisible()
    panel.set_parameters(("x", "y"))
    assert panel.mode == "surface"
    assert choices(panel)["Contour"].isVisible()
    panel.set_parameters(("x",))
    panel.set_mode("basins")
    panel.set_parameters(("x", "y"))
    assert panel.mode == "basins"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_with_one_parameter_the_map_is_a_strip_below_the_curve(
    panel: LandscapePanel, theme: Theme
) -> None:
    panel.set_theme(theme)
    panel.set_parameters(("x",))
    curve = panel.curve
    curve.set_home_range((-2.0, 2.0), (0.0, 1.0))
    plain = curve.grab().toImage()
    halves = replace(picture(HALVES[:1]), ranges=((-2.0, 2.0),))
    curve.set_basins(halves, None, (0, 1))
    image = curve.grab().toImage()
    area = curve.box.mapRectToScene(curve.box.rect())
    for x, label in ((-1.5, 0), (1.5, 1)):
        column = curve.box.mapToScene(*curve.box.pixels().point(x, 0.0)).x()
        spots = [
            curve.paper.mapTo(curve, QPointF(column, area.bottom() - up).toPoint())
            for up in (4, 60)
        ]
        strip, above = (image.pixelColor(spot) for spot in spots)
        expected = QColor(BASIN_COLOURS[label])
        assert abs(strip.hue() - expected.hue()) < 3
        assert above == plain.pixelColor(spots[1])
    curve.set_basins(None)
    assert curve.grab().toImage() == plain
