"""The view of many starts: the paths, the ends as bars, and the curve of the chance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gdsim.views.landscape.contour_view import ContourView
from gdsim.views.landscape.curve_view import CurveView
from gdsim.views.overlays.basin_style import basin_colour
from gdsim.views.overlays.many_paths_layer import ManyPaths
from gdsim.views.tabs.starts.chance_plot import ChanceCurve
from gdsim.views.tabs.starts.ends_table import EndRow
from gdsim.views.tabs.starts.starts_view import StartsView
from gdsim.views.theme import DARK, LIGHT, Theme

ROWS = [
    EndRow(0, "1  (3, 2)", "0", "30 · 60.0 %", 1.0),
    EndRow(1, "2  (−2.81, 3.13)", "0", "15 · 30.0 %", 0.5),
    EndRow(-3, "diverged", "–", "5 · 10.0 %", 1 / 6),
]


def curve(share: float, needed: int | None = 3) -> ChanceCurve:
    starts = np.arange(1.0, 101.0)
    low, middle, high = (100 * (1 - (1 - p) ** starts) for p in (share / 2, share, 2 * share))
    return ChanceCurve(starts, middle, low, high, 95.0, needed, f"N = {needed}")


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[StartsView]:
    view = StartsView(8, 2000)
    qtbot.addWidget(view)
    view.resize(490, 270)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.close()


def many_paths(labels: tuple[int, ...], far: float = 1.0) -> ManyPaths:
    """Straight paths from left to right, one below the other."""
    heights = np.linspace(-1, 1, len(labels))
    x = np.linspace(-1, far, 5)[:, np.newaxis] * np.ones(len(labels))
    return ManyPaths(x, np.ones((5, 1)) * heights, labels)


def bar_width(view: StartsView, row: int, theme: Theme) -> int:
    """The pixels of a bar, along the lower edge of its cell."""
    table = view.ends
    cell = table.visualItemRect(table.item(row, 2))
    image = table.viewport().grab(cell).toImage()
    card = QColor(theme.card).rgb() & 0xFFFFFF
    y = image.height() - 5
    line = [image.pixel(x, y) & 0xFFFFFF for x in range(4, image.width() - 2)]
    field = QColor(theme.field).rgb() & 0xFFFFFF
    return sum(pixel not in (card, field) for pixel in line)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_bar_is_as_long_as_its_share(view: StartsView, qtbot: QtBot, theme: Theme) -> None:
    view.set_theme(theme)
    view.ends.setStyleSheet(f"QTableView {{ background: {theme.field}; }}")
    view.set_rows(ROWS)
    qtbot.wait(20)
    whole, half, sixth = (bar_width(view, row, theme) for row in range(3))
    assert half == pytest.approx(whole / 2, abs=8)
    assert sixth == pytest.approx(whole / 6, abs=8)
    assert [text for text, _, _ in view.ends.texts()] == [row.point for row in ROWS]


def test_a_row_is_chosen_by_enter(view: StartsView, qtbot: QtBot) -> None:
    chosen: list[int] = []
    view.row_chosen.connect(chosen.append)
    view.set_rows(ROWS)
    view.ends.cellActivated.emit(1, 0)
    assert chosen == [1]


def painted(view: ContourView | CurveView | StartsView) -> QImage:
    plot = view.chance if isinstance(view, StartsView) else view
    return plot.paper.grab().toImage()


def test_the_curve_and_its_band_change_with_the_chance(view: StartsView, qtbot: QtBot) -> None:
    seen = []
    for shown in (None, curve(0.1), curve(0.3), curve(0.3, needed=None)):
        view.set_chance(shown)
        qtbot.wait(20)
        seen.append(bytes(painted(view).constBits()))
    assert len(set(seen)) == 4


def test_the_chance_under_the_mouse_is_shown(view: StartsView) -> None:
    view.set_chance(curve(0.3))
    view.chance.box.hovered.emit((np.log10(4.1), 50.0))
    assert view.chance.position_note.text() == f"N = 4: {100 * (1 - 0.7**4):.1f} %"
    view.chance.box.hovered.emit(None)
    assert view.chance.position_note.text() == ""


@pytest.mark.parametrize("kind", [ContourView, CurveView])
def test_every_path_has_the_colour_of_its_basin(
    qtbot: QtBot, kind: type[ContourView | CurveView]
) -> None:
    plot = kind()
    qtbot.addWidget(plot)
    plot.resize(400, 400)
    plot.show()
    qtbot.waitExposed(plot)
    qtbot.wait(100)
    before = painted(plot)
    box = plot.box
    _, (low, high) = plot.visible_range()
    heights = (low + (high - low) * np.array((0.25, 0.5, 0.75))).tolist()
    plot.set_many_paths(ManyPaths(many_paths((0, 1, 2)).x, np.ones((5, 1)) * heights, (0, 1, 2)))
    qtbot.wait(20)
    image = painted(plot)
    for label, height in enumerate(heights):
        x, y = box.pixels().point(1.0, height)
        spot = box.mapToScene(x, y).toPoint()
        colour = image.pixelColor(spot)
        assert colour == QColor(basin_colour(LIGHT, label)), label
    plot.set_many_paths(None)
    qtbot.wait(20)
    assert painted(plot) == before
    plot.close()


@pytest.mark.parametrize("far", [1e300, np.nan])
def test_paths_that_leave_the_view_are_cut(qtbot: QtBot, far: float) -> None:
    plot = ContourView()
    qtbot.addWidget(plot)
    plot.resize(300, 300)
    plot.show()
    qtbot.waitExposed(plot)
    before = painted(plot)
    plot.set_many_paths(many_paths((0, -3), far=far))
    qtbot.wait(20)
    assert painted(plot) != before
    plot.close()
