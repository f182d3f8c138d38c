"""The plots and the film strip of the sweep: what they paint, and how they share the space."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from gdsim.core.explore.labels import LABELS
from gdsim.core.landscape.landscape import sample_curve, sample_plane
from gdsim.core.landscape.plane import Plane
from gdsim.core.run.choices import choose
from gdsim.core.run.ending import Outcome
from gdsim.views.tabs.rates.film_strip import Frame
from gdsim.views.tabs.rates.rates_layer import RateMark, RatePoints
from gdsim.views.tabs.rates.rates_view import Quantity, RatesView
from gdsim.views.theme import DARK, LIGHT, Theme
from gdsim.views.widgets.status_line import Activity, RunState

RATES = np.geomspace(0.001, 1.0, 16)


def quantity() -> Quantity:
    heights = np.where(RATES > 0.1, np.nan, -np.log10(RATES))
    points = RatePoints(
        RATES, heights, RATES > 0.05, (None,) * 16, ((float(RATES[10]), float(RATES[-1])),)
    )
    return Quantity(points, (0.5, 3.5), is_log=True)


def frame(path: list[list[float]], state: RunState = Outcome.STOP_RULE) -> Frame:
    plane = Plane.of_parameters((0.0, 0.0))
    ground = sample_plane(
        choose("himmelblau").objective(), plane, x_range=(-5, 5), y_range=(-5, 5), resolution=40
    )
    return Frame(ground, np.array(path), "0.01", f"η = 0.01, {state.value}", state)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[RatesView]:
    view = RatesView(8, 8, 200)
    qtbot.addWidget(view)
    view.resize(500, 280)
    view.show()
    qtbot.waitExposed(view)
    view.set_quantities(quantity(), quantity(), [f"η = {rate:g}" for rate in RATES])
    yield view
    view.close()


def painted(view: RatesView) -> QImage:
    return view.loss.paper.grab().toImage()


def test_plots_and_film_share_a_high_tab(view: RatesView, qtbot: QtBot) -> None:
    assert view.loss.isVisible()
    assert not view.strip.isVisible()
    view.resize(500, 500)
    qtbot.wait(20)
    assert view.loss.isVisible()
    assert view.strip.isVisible()
    assert len({button.y() for button in view.strip.buttons}) == 1


def test_the_film_alone_takes_two_rows(view: RatesView, qtbot: QtBot) -> None:
    view.modes.button("film").click()
    qtbot.wait(20)
    assert not view.loss.isVisible()
    rows = {button.y() for button in view.strip.buttons}
    assert len(rows) == 2
    assert all(button.width() > 100 for button in view.strip.buttons)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_rates_that_diverge_have_a_band(view: RatesView, qtbot: QtBot, theme: Theme) -> None:
    view.set_theme(theme)
    qtbot.wait(20)
    image, box = painted(view), view.loss.box
    area = box.mapRectToScene(box.rect())
    card = QColor(theme.card)
    y = range(int(area.top()) + 30, int(area.top()) + 42)

    def is_tinted(rate: float) -> bool:
        x = round(area.left() + box.pixels().point(np.log10(rate), 0.0)[0])
        return all(image.pixelColor(x, row) != card for row in y)

    assert is_tinted(0.3)
    assert is_tinted(0.9)
    assert not is_tinted(0.003)


def test_marks_and_the_chosen_rate_are_lines(view: RatesView, qtbot: QtBot) -> None:
    before = painted(view)
    view.set_marks([RateMark(0.01, "1/λ"), RateMark(0.02, "2/λ", own=False)])
    qtbot.wait(20)
    marked = painted(view)
    view.set_chosen(0.003)
    qtbot.wait(20)
    assert before != marked
    assert marked != painted(view)


def test_the_point_under_the_mouse_is_described(view: RatesView) -> None:
    view.loss.box.hovered.emit((np.log10(RATES[4]) + 0.01, 1.0))
    assert view.loss.position_note.text() == f"η = {RATES[4]:g}"
    view.loss.box.hovered.emit(None)
    assert view.loss.position_note.text() == ""


@pytest.mark.parametrize("state", [*LABELS, Activity.MOVING])
def test_every_frame_shows_its_own_path(view: RatesView, qtbot: QtBot, state: RunState) -> None:
    view.modes.button("film").click()
    paths = ([[0, 0], [1, 1]], [[0, 0], [-4, 3]], [[0, 0], [1e300, -1e300], [np.nan, np.nan]])
    frames = [frame(path, state) for path in paths]
    view.set_frames(frames, (0, 5, 9), 1)
    qtbot.wait(20)
    seen = {bytes(button.grab().toImage().constBits()) for button in view.strip.buttons[:3]}
    assert len(seen) == 3
    assert view.strip.buttons[1].accessibleName() == f"η = 0.01, {state.value}"
    assert not view.strip.buttons[3].isEnabled()


def test_a_frame_of_one_parameter_is_a_curve(view: RatesView, qtbot: QtBot) -> None:
    view.modes.button("film").click()
    objective = choose("quadratic").objective()
    curve = sample_curve(objective, np.zeros(1), x_range=(-1.0, 6.0), resolution=50)
    view.set_frames(
        [Frame(curve, np.array([[0.0, 9.0], [2.0, 1.0]]), "0.1", "", Activity.MOVING)], (0,), 0
    )
    qtbot.wait(20)
    shown = view.strip.buttons[0].grab().toImage()
    colours = {shown.pixelColor(x, y).name() for x in range(120) for y in range(60)}
    assert LIGHT.curve in colours


def test_clicks_emit_the_chosen_rate(view: RatesView, qtbot: QtBot) -> None:
    chosen: list[int] = []
    view.rate_chosen.connect(chosen.append)
    view.set_frames([frame([[0, 0]])] * 2, (3, 12), None)
    view.strip.buttons[1].click()
    view.loss.box.clicked.emit(float(np.log10(RATES[7])), 1.0)
    assert chosen == [12, 7]
