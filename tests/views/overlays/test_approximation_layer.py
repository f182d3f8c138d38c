"""Taylor polynomials are painted at their values over the curve."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from plot_traces import settle
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from gdsim.core.loss.objective import Objective
from gdsim.core.taylor.local_model import taylor_polynomial
from gdsim.views.landscape.curve_view import CurveView
from gdsim.views.overlays.approximation_layer import Approximation
from gdsim.views.theme import LIGHT


@pytest.fixture
def curve(qtbot: QtBot) -> Iterator[CurveView]:
    widget = CurveView()
    qtbot.addWidget(widget)
    widget.resize(600, 400)
    widget.set_home_range((-3.0, 3.0), (-2.0, 2.0))
    widget.show()
    qtbot.waitExposed(widget)
    settle(widget)
    yield widget
    widget.close()


def polynomials(text: str, centre: float) -> list[Approximation]:
    whole = taylor_polynomial(Objective(text), centre, 9)
    return [
        Approximation(kind, whole.cut(order))
        for order, kind in ((1, "first"), (2, "second"), (9, "higher"))
    ]


@pytest.mark.parametrize(
    ("text", "centre"), [("sin(x)", 1.3), ("exp(20*x)", 1.0), ("1/x", 1e-30), ("sqrt(x)", 0.0)]
)
def test_polynomials_of_any_size_are_painted(curve: CurveView, text: str, centre: float) -> None:
    bare = curve.grab().toImage()
    curve.set_approximations(polynomials(text, centre), centre + 0.2)
    settle(curve, 3)
    painted = curve.grab().toImage()
    assert (painted != bare) or text in ("sqrt(x)", "1/x")
    curve.set_approximations([], None)
    settle(curve, 3)
    assert curve.grab().toImage() == bare


def test_polynomials_are_drawn_at_their_values(
    curve: CurveView, colour_near: Callable[[CurveView, float, float], set[str]]
) -> None:
    (first, _, higher) = polynomials("sin(x)", 0.0)
    curve.set_approximations([first], None)
    settle(curve, 3)
    assert any(LIGHT.tangent in colour_near(curve, x, x) for x in (-1.5, -1.45, -1.4))
    assert LIGHT.tangent not in colour_near(curve, 1.0, -1.0)
    curve.set_approximations([higher], None)
    settle(curve, 3)
    places = np.linspace(-2.5, 2.5, 9)
    hits = [LIGHT.higher_order in colour_near(curve, x, np.sin(x)) for x in places]
    assert sum(hits) >= 5, "a dashed line shows at most places"


@pytest.fixture
def colour_near() -> Callable[[CurveView, float, float], set[str]]:
    def near(view: CurveView, x: float, y: float) -> set[str]:
        spot = view.box.mapToScene(*view.box.pixels().point(x, y)).toPoint()
        place = view.paper.mapTo(view, spot)
        picture = view.grab().toImage()
        return {
            picture.pixelColor(place + QPoint(dx, dy)).name()
            for dx in range(-3, 4)
            for dy in range(-3, 4)
        }

    return near
