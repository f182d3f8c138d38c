"""More than two parameters: the landscape is a slice, and it says which."""

from __future__ import annotations

import re

import numpy as np
import pytest
from teacher import Teacher

from gdsim.core.arrays import Floats
from gdsim.views.landscape.slice_selector import SliceSelector
from gdsim.views.run.step_layer import Part

FOUR = "(a-1)^2 + 10(b-a^2)^2 + (c-b)^2 + 0.1d^2"
START = (-1.0, 2.0, -1.0, 2.0)


@pytest.fixture
def chooser(teacher: Teacher) -> SliceSelector:
    """A valley in four parameters, before its first step."""
    teacher.enter_formula(FOUR)
    teacher.enter_start(*map(str, START))
    teacher.enter_eta("0.02")
    teacher.enter_step_limit("60")
    return teacher.window.landscape.slice


def shown(teacher: Teacher) -> Floats:
    """The shown point, in the coordinates of the contour."""
    step = teacher.window.landscape.contour.shown_step()
    assert step is not None
    return np.array(step.point)


def arrow_label(teacher: Teacher, arrow: Part) -> str:
    """What is written at an arrow of the shown step."""
    step = teacher.window.landscape.contour.shown_step()
    assert step is not None
    return step.label(arrow)


def titles(teacher: Teacher) -> tuple[str, str]:
    contour = teacher.window.landscape.contour
    return contour.x_axis.labelText, contour.y_axis.labelText


def decomposed(rows: Floats) -> tuple[Floats, Floats]:
    _, sizes, directions = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    return sizes**2 / (sizes**2).sum(), directions


def test_the_principal_directions_are_those_of_the_recorded_rows(
    teacher: Teacher, chooser: SliceSelector
) -> None:
    assert chooser.sentence() == "Slice through θₜ along a and b"
    teacher.choose(chooser.kind, "Principal directions")
    assert "no principal directions" in chooser.sentence()
    assert titles(teacher) == ("a", "b")
    teacher.press("End")
    teacher.wait_for_row(60)
    # While it ran, other directions were taken up only where they made a difference: of the whole
    # path they are fitted again.
    teacher.choose(chooser.kind, "Two parameters")
    teacher.choose(chooser.kind, "Principal directions")
    teacher.settle()
    shares, directions = decomposed(teacher.trace().theta())
    said = [float(text) for text in re.findall(r"\d+\.\d", chooser.sentence())]
    assert said[0] == pytest.approx(said[1] + said[2])
    np.testing.assert_allclose(said[1:], 100 * shares[:2], atol=0.1)
    assert titles(teacher) == ("PC 1", "PC 2")
    plane = teacher.window.landscape.contour.shown_plane()
    assert np.linalg.norm(plane.basis @ directions[:2].T) == pytest.approx(2**0.5, abs=1e-9)
    moved = plane.basis @ (teacher.trace().theta(60, 61)[0] - np.array(START))
    np.testing.assert_allclose(shown(teacher), moved, atol=1e-9)
    x_range, y_range = teacher.window.landscape.contour.visible_range()
    for x, y in zip(*plane.columns(teacher.trace().theta()), strict=True):
        assert x_range[0] < x < x_range[1]
        assert y_range[0] < y < y_range[1]


def test_the_slice_through_the_last_point_stands_still(
    teacher: Teacher, chooser: SliceSelector
) -> None:
    teacher.press("End")
    teacher.wait_for_row(60)
    contour = teacher.window.landscape.contour
    for kind in ("Two parameters", "Principal directions", "Random directions"):
        teacher.choose(chooser.kind, kind)
        teacher.choose(chooser.anchor, "Last point")
        assert "the last point" in chooser.sentence()
        teacher.wait_for_picture()
        picture = contour.shown_landscape()
        spot = shown(teacher)
        teacher.press("Left", "Left", "Left")
        teacher.rest(150)
        assert contour.shown_landscape() is picture
        assert not np.array_equal(shown(teacher), spot)
        teacher.choose(chooser.anchor, "Shown point")
        teacher.wait_until(lambda old=picture: contour.shown_landscape() is not old)
        teacher.press("End")
        teacher.wait_for_row(60)


def test_the_start_is_dragged_within_the_slice(teacher: Teacher, chooser: SliceSelector) -> None:
    teacher.press("End")
    teacher.wait_for_row(60)
    teacher.choose(chooser.kind, "Principal directions")
    teacher.wait_for_picture()
    contour = teacher.window.landscape.contour
    plane = contour.shown_plane().through(START)
    begin = plane.project(START)
    end = begin + np.array([0.5, 1.0])
    teacher.drag(contour, teacher.pixel(contour, *begin), teacher.pixel(contour, *end))
    teacher.settle()
    start = teacher.trace().theta(0, 1)[0]
    np.testing.assert_allclose(plane.project(start), end, atol=0.1)
    assert plane.distance(start.tolist()) < 0.02
    assert np.abs(start - START).min() > 0.01
    # The picture has not turned under the hand.
    assert contour.shown_plane().u == plane.u
    assert "of the earlier path" in chooser.sentence()


def test_an_arrow_says_that_it_is_projected(teacher: Teacher, chooser: SliceSelector) -> None:
    assert arrow_label(teacher, Part.GRADIENT) == "−∇L, projected"
    teacher.enter_start("1", "1", "1", "2")
    teacher.choose(chooser.y_choice, "d")
    teacher.look()
    # Here the gradient has one component, along d.
    assert arrow_label(teacher, Part.GRADIENT) == "−∇L"
    teacher.enter_formula("x^2 + y^2")
    assert arrow_label(teacher, Part.DELTA) == "Δθ"


def test_other_random_directions_are_drawn_on_request(
    teacher: Teacher, chooser: SliceSelector
) -> None:
    teacher.choose(chooser.kind, "Random directions")
    contour = teacher.window.landscape.contour
    seen = [contour.shown_plane()]
    for _ in range(3):
        teacher.click(chooser.others)
        seen.append(contour.shown_plane())
    assert len(set(seen)) == 4
    assert all(plane.origin == START for plane in seen)
    assert titles(teacher) == ("direction 1", "direction 2")
    assert "(a, b, c, d) scaled to its size at t = 0" in chooser.sentence()
    np.testing.assert_allclose(shown(teacher), [0, 0], atol=1e-12)
    teacher.press("Right")
    teacher.wait_for_row(1)
    assert contour.shown_plane() == seen[-1]


def test_a_minimum_is_marked_only_where_it_lies_in_the_slice(teacher: Teacher) -> None:
    teacher.choose_function("Three-parameter bowl")
    contour = teacher.window.landscape.contour
    assert contour.marked_minima() == ()
    teacher.enter_start("1", "2", "0")
    assert contour.marked_minima() == ((0.0, 0.0),)
    teacher.choose(teacher.window.landscape.slice.y_choice, "z")
    assert contour.marked_minima() == ()


def test_the_slice_is_described_in_chinese(teacher: Teacher, chooser: SliceSelector) -> None:
    teacher.press("End")
    teacher.wait_for_row(60)
    teacher.choose(chooser.kind, "Principal directions")
    teacher.window.languages["zh"].trigger()
    teacher.look()
    assert "主方向" in chooser.sentence()
    assert titles(teacher) == ("主方向 1", "主方向 2")
    assert chooser.kind.currentText() == "主方向"
