"""The curve of one parameter: tangent, points on the curve, and the start that slides on it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from plot_traces import colour_at, drag, pixel, settle, trace_of
from pytestqt.qtbot import QtBot

from gdsim.core.landscape.landscape import Curve, sample_curve
from gdsim.core.run.choices import choose
from gdsim.views.landscape.curve_view import CurveView
from gdsim.views.run.run_view import RunView
from gdsim.views.theme import DARK, LIGHT

BACKGROUND = tuple(int(LIGHT.card[place : place + 2], 16) for place in (1, 3, 5))


def curve_of(formula: str, x_range: tuple[float, float]) -> Curve:
    return sample_curve(choose(formula).objective(), np.zeros(1), x_range=x_range)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[CurveView]:
    widget = CurveView()
    qtbot.addWidget(widget)
    widget.resize(600, 500)
    widget.set_parameter("theta")
    widget.set_home_range((-1.0, 7.0))
    widget.set_curve(curve_of("(theta - 3)^2", (-1.0, 7.0)))
    widget.show()
    qtbot.waitExposed(widget)
    settle(widget)
    yield widget
    widget.close()


def test_the_first_curve_fits_itself_into_the_home_view(view: CurveView) -> None:
    (x0, x1), (y0, y1) = view.visible_range()
    assert (x0, x1) == pytest.approx((-1, 7))
    assert y0 < 0
    assert 16 < y1 < 18
    # A later curve, sampled for a zoomed view, does not change the home view.
    view.set_curve(curve_of("(theta - 3)^2", (-100.0, 100.0)))
    assert view.visible_range()[1] == pytest.approx((y0, y1))


def test_the_curve_is_where_the_loss_is(view: CurveView) -> None:
    settle(view)
    assert colour_at(view, 5.0, 4.0) != BACKGROUND
    assert colour_at(view, 4.5, 7.0) == BACKGROUND


def test_the_tangent_touches_with_the_gradient_as_its_slope(view: CurveView) -> None:
    settle(view)
    assert colour_at(view, 5.4, 9.0 - 4.0 * 0.6 + 1.0) == BACKGROUND
    view.set_step(6.0, 9.0, 6.0, 0.0, None)
    settle(view)
    inked = [colour_at(view, 6 - part, 9 - 6 * part) != BACKGROUND for part in (0.2, 0.3, 0.4)]
    assert any(inked)


def test_a_step_with_nothing_to_show_raises_nothing(view: CurveView) -> None:
    view.set_step(3.0, 0.0, 0.0, 0.0, 3.0, 0.0)
    settle(view)
    view.set_step(1e300, np.inf, np.nan, np.inf, None)
    settle(view)
    view.set_step(1.0, 4.0, np.inf, 1e308, 1e308, None)
    settle(view)
    view.clear_step()
    view.set_curve(None)
    view.set_start(np.nan, 0.0)
    settle(view)


@pytest.mark.parametrize("formula", ["log(-1 - theta^2)", "4 + 0*theta", "1/theta", "abs(theta)"])
def test_any_curve_can_be_shown(view: CurveView, formula: str) -> None:
    view.set_home_range((-2.0, 2.0))
    view.set_curve(curve_of(formula, (-2.0, 2.0)))
    settle(view)
    assert np.isfinite(view.visible_range()).all()


def test_the_start_slides_along_the_curve(view: CurveView, qtbot: QtBot) -> None:
    view.set_start(0.0, 9.0)
    settle(view)
    with qtbot.waitSignal(view.start_dropped) as dropped:
        drag(qtbot, view, pixel(view, 0.0, 9.0), pixel(view, 2.0, 12.0))
    assert dropped.args == pytest.approx([2.0], abs=0.03)
    x, y = view.shown_start() or (np.nan, np.nan)
    assert x == pytest.approx(2.0, abs=0.03)
    assert y == pytest.approx((x - 3) ** 2, abs=0.02)


def test_the_path_lies_on_the_curve(view: CurveView) -> None:
    thetas = np.array([[0.0], [6.0]])
    trace = trace_of(thetas, [9.0, 9.0])
    settle(view)
    before = colour_at(view, 3.0, 9.0)
    view.set_runs([RunView(trace, 1, colour="#ff0000")])
    settle(view)
    assert before == BACKGROUND
    assert colour_at(view, 0.0, 9.0)[1] < 130


def test_theme_and_language(view: CurveView) -> None:
    view.set_theme(DARK)
    settle(view)
    assert colour_at(view, 4.5, 7.0) != BACKGROUND
    assert view.accessibleName()
