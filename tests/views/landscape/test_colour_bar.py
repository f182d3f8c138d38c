"""The numbers beside the colour bar differ, however flat the landscape is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from gdsim.core.landscape.landscape import Landscape, sample_plane
from gdsim.core.landscape.plane import Plane
from gdsim.core.loss.objective import Objective
from gdsim.views.landscape.colour_bar import ColourBar
from gdsim.views.plot.plot_axis import distinct_texts, number_text
from gdsim.views.theme import LIGHT, SMALL, font

numbers = st.floats(-1e9, 1e9, allow_subnormal=False)


@given(st.lists(numbers, max_size=8, unique=True))
def test_numbers_that_differ_have_texts_that_differ(values: list[float]) -> None:
    texts = distinct_texts(values)
    assert len(set(texts)) == len(values)


@given(st.floats(0.1, 1000.0), st.integers(-3, 3))
def test_texts_have_no_more_digits_than_needed(first: float, power: int) -> None:
    values = [first, first + 10.0**power * first]
    assert distinct_texts([first]) == [number_text(first)]
    if power >= -1:
        assert distinct_texts(values) == [number_text(value) for value in values]


def flat(height: float) -> Landscape:
    """A landscape with a small rise around ln 2, like that of a network that predicts ½ for all."""
    loss = Objective(f"log(2) + {height}*(x^2 + y^2)")
    plane = Plane.of_parameters(np.zeros(2), (0, 1))
    return sample_plane(loss, plane, x_range=(-1, 1), y_range=(-1, 1), resolution=40)


@pytest.mark.parametrize("height", [1.0, 1e-3, 1e-6])
def test_the_numbers_of_a_flat_landscape_fit_into_the_bar(qtbot: QtBot, height: float) -> None:
    bar = ColourBar()
    qtbot.addWidget(bar)
    landscape = flat(height)
    bar.set_landscape(landscape)
    texts = distinct_texts([loss for _, loss in landscape.ticks])
    assert len(set(texts)) == len(texts) > 2
    assert all(abs(float(text) - np.log(2)) <= 3 * height for text in texts)
    metrics = QFontMetricsF(font(LIGHT, SMALL))
    assert bar.width() >= max(map(metrics.horizontalAdvance, texts)) + 14
