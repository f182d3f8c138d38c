"""Scales of sliders: every number of a scale is found again, and a number has room around it."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from gdsim.views.widgets.scale_slider import NumberScale

VALUES = st.floats(-1e150, 1e150)


@given(VALUES)
def test_a_value_has_room_on_both_sides(value: float) -> None:
    scale = NumberScale.around(value)
    assert 0.0 < scale.share(value) < 1.0
    assert scale.low < scale.high


@given(VALUES, st.floats(0, 1))
def test_the_number_at_a_share_is_near_it(value: float, share: float) -> None:
    scale = NumberScale.around(value)
    found = scale.value(share)
    assert math.isfinite(found)
    assert abs(scale.share(found) - share) < 0.011


def test_large_and_small_positive_numbers_have_decades_others_equal_steps() -> None:
    assert NumberScale.around(100) == NumberScale(1.0, 1e4, is_log=True)
    assert NumberScale.around(0.1).is_log
    assert NumberScale.around(2) == NumberScale(-5.0, 5.0, is_log=False)
    assert NumberScale.around(0) == NumberScale(-5.0, 5.0, is_log=False)
    assert NumberScale.around(-30) == NumberScale(-50.0, 50.0, is_log=False)
