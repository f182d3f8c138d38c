"""The basin map in the window: it follows the settings, can be cancelled, takes clicks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from heavy_work import creep
from PySide6.QtWidgets import QPushButton
from teacher import Teacher

from gdsim.core.explore import basins
from gdsim.core.explore.basins import BasinPicture
from gdsim.views.landscape.colour_bar import ColourBar


@pytest.fixture(autouse=True)
def _coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let maps be so coarse that a test can wait for them."""
    monkeypatch.setattr(basins, "RESOLUTIONS", (16, 48))
    monkeypatch.setattr(basins, "STRIP", (16, 128))


def segment(teacher: Teacher, name: str) -> QPushButton:
    panel = teacher.window.landscape
    return next(button for button in panel.findChildren(QPushButton) if button.text() == name)


def look_at_basins(teacher: Teacher) -> None:
    teacher.click(segment(teacher, "Basins"))
    wait_for_map(teacher)


def wait_for_map(teacher: Teacher) -> None:
    """Wait until the map of what is visible is finished."""
    panel = teacher.window.landscape

    def is_there() -> bool:
        # Another map is asked for once a view that has changed stands still.
        plot = panel.curve if panel.is_curve else panel.contour
        return plot.is_settled and bool(panel.legend.texts()) and not is_computing(teacher)

    teacher.wait_until(is_there)
    teacher.look()
    while not is_there():  # the legend has grown, which makes the plot smaller
        teacher.wait_until(is_there)
        teacher.look()


def is_computing(teacher: Teacher) -> bool:
    """Whether a map is under way: the legend then has a progress bar, if it is seen itself."""
    return not teacher.window.landscape.legend.progress.isHidden()


def shown_map(teacher: Teacher) -> BasinPicture:
    """The map over the contour."""
    picture = teacher.window.landscape.contour.shown_basins()
    assert picture is not None
    return picture


def shares(teacher: Teacher) -> dict[str, float]:
    """The shares that the legend names, in per cent, for each minimum and other outcome."""
    found = {}
    for text in teacher.window.landscape.legend.texts():
        match = re.fullmatch(r"(.*?)  ([\d.]+) %", text)
        assert match, text
        found[match[1]] = float(match[2])
    return found


def test_four_basins_on_himmelblau(teacher: Teacher) -> None:
    look_at_basins(teacher)
    said = shares(teacher)
    assert set(said) == {
        "1  (3, 2)",
        "2  (−2.81, 3.13)",
        "3  (−3.78, −3.28)",
        "4  (3.58, −1.85)",
    }
    assert sum(said.values()) == pytest.approx(100, abs=0.3)


def test_the_map_follows_the_learning_rate(teacher: Teacher) -> None:
    look_at_basins(teacher)
    before = shares(teacher)
    teacher.enter_eta("0.0225")
    wait_for_map(teacher)
    said = shares(teacher)
    assert said != before
    assert said["still moving"] > 20
    assert said["diverged"] > 1


def test_another_start_leaves_the_map_as_it_is(teacher: Teacher) -> None:
    look_at_basins(teacher)
    picture = shown_map(teacher)
    teacher.enter_start("2", "2")
    teacher.rest(100)
    assert shown_map(teacher) is picture
    assert not is_computing(teacher)


def test_a_click_descends_from_there(teacher: Teacher) -> None:
    look_at_basins(teacher)
    contour = teacher.window.landscape.contour
    teacher.click(contour.paper, teacher.pixel(contour, -3.0, 2.0))
    teacher.wait_until(lambda: teacher.start() != [0.5, -0.5])
    teacher.settle()
    assert teacher.start() == pytest.approx([-3.0, 2.0], abs=0.05)
    teacher.wait_until(teacher.is_playing)
    teacher.wait_until(lambda: teacher.row() > 1)
    teacher.press("End")
    teacher.wait_for_end()
    assert teacher.trace().theta()[-1] == pytest.approx([-2.805118, 3.131313], abs=1e-3)


def test_without_basins_a_click_moves_nothing(teacher: Teacher) -> None:
    look_at_basins(teacher)
    teacher.click(segment(teacher, "Contour"))
    contour = teacher.window.landscape.contour
    teacher.click(contour.paper, teacher.pixel(contour, -3.0, 2.0))
    teacher.rest(50)
    assert teacher.start() == [0.5, -0.5]
    colour_bar = contour.findChild(ColourBar)
    assert isinstance(colour_bar, ColourBar)
    assert colour_bar.isVisible()


def test_while_a_guess_is_awaited_a_click_is_the_guess(teacher: Teacher) -> None:
    look_at_basins(teacher)
    teacher.press("P")
    contour = teacher.window.landscape.contour
    teacher.click(contour.paper, teacher.pixel(contour, -3.0, 2.0))
    teacher.wait_for_row(1)
    assert teacher.start() == [0.5, -0.5]


def test_a_map_can_be_cancelled_and_continued(
    teacher: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(basins, "MOST_STEPS", 1_000_000)
    creep(teacher)
    teacher.click(segment(teacher, "Basins"))
    legend = teacher.window.landscape.legend
    contour = teacher.window.landscape.contour

    def is_under_way() -> bool:
        """The legend's first entries make the plot smaller, for which another map is computed."""
        teacher.look()
        return bool(legend.texts()) and is_computing(teacher) and contour.is_settled

    teacher.wait_until(is_under_way)
    teacher.click(legend.button)
    assert not legend.progress.isVisible()
    cancelled = legend.texts()
    assert cancelled[0].startswith("still moving  ")
    teacher.rest(150)
    assert not legend.progress.isVisible()
    assert legend.texts() == cancelled
    assert legend.button.text() == "Go on"
    teacher.click(legend.button)
    teacher.wait_until(legend.progress.isVisible)


def test_the_map_does_not_make_the_window_grow(teacher: Teacher) -> None:
    teacher.window.resize(1346, 730)
    teacher.settle()
    before = teacher.window.size()
    look_at_basins(teacher)
    assert teacher.window.size() == before


def test_the_window_can_be_closed_while_a_map_is_computed(
    open_window: Callable[[], Teacher], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fixture ``open_window`` checks that no thread is left running."""
    teacher = open_window()
    monkeypatch.setattr(basins, "MOST_STEPS", 1_000_000)
    creep(teacher)
    teacher.click(segment(teacher, "Basins"))
    legend = teacher.window.landscape.legend
    teacher.wait_until(lambda: bool(legend.texts()))
    assert is_computing(teacher)


def test_another_function_has_other_basins(teacher: Teacher) -> None:
    look_at_basins(teacher)
    teacher.choose_function("Two Gaussian pits")
    wait_for_map(teacher)
    assert set(shares(teacher)) == {"1  (1.428, 0.952)", "2  (−1.361, −0.454)"}
    teacher.click(segment(teacher, "Contour"))
    assert not teacher.window.landscape.legend.isVisible()
    teacher.choose_function("Himmelblau")
    assert teacher.window.landscape.contour.shown_basins() is None
    assert not is_computing(teacher)


def test_one_parameter_has_a_strip_of_starts(teacher: Teacher) -> None:
    teacher.choose_function("Double well")
    look_at_basins(teacher)
    assert set(shares(teacher)) == {"1  (−1.047)", "2  (0.946)"}
    curve = teacher.window.landscape.curve
    note = teacher.window.landscape.legend.note()
    assert note.startswith("Each pixel of the strip is a start")
    (x0, x1), (y0, y1) = curve.visible_range()
    spot = teacher.pixel(curve, 0.7 * x1, y0 + 0.8 * (y1 - y0))
    teacher.click(curve.paper, spot)
    teacher.wait_until(teacher.is_playing)
    teacher.press("End")
    teacher.wait_for_end()
    assert teacher.start() == pytest.approx([0.7 * x1], abs=0.01 * (x1 - x0))
    assert teacher.trace().theta()[-1] == pytest.approx([0.9456], abs=1e-3)
    teacher.choose_function("Himmelblau")
    wait_for_map(teacher)
    assert len(shares(teacher)) == 4


def end_from(teacher: Teacher, x: float, y: float) -> tuple[float, ...] | None:
    """The point at which the map lets a descent from this pixel end; None where it has not yet."""
    picture = shown_map(teacher)
    rows, columns = picture.labels.shape
    (x0, x1), (y0, y1) = picture.ranges
    row, column = int((y - y0) / (y1 - y0) * rows), int((x - x0) / (x1 - x0) * columns)
    label = picture.labels[row, column]
    return picture.found_points[label].at if label >= 0 else None


def test_the_map_of_a_slice_has_the_starts_in_that_slice(teacher: Teacher) -> None:
    teacher.enter_formula("(x^2 - 1)^2 + y^2 + (z - x)^2")
    teacher.enter_start("0.5", "0.25", "1.5")
    look_at_basins(teacher)
    legend = teacher.window.landscape.legend
    assert {text.split("  ")[1] for text in shares(teacher)} >= {"(1, 0, 1)", "(−1, 0, −1)"}
    assert "The other parameters have their values at the start." in legend.note()
    contour = teacher.window.landscape.contour
    teacher.click(contour.paper, teacher.pixel(contour, -2.0, 1.0))
    teacher.wait_until(teacher.is_playing)
    assert teacher.start() == pytest.approx([-2.0, 1.0, 1.5], abs=0.05)
    teacher.press("Space")
    right, left = (pytest.approx((side, 0, side), abs=0.01) for side in (1, -1))
    teacher.wait_until(lambda: end_from(teacher, 0.2, -1.8) == right)
    teacher.choose(teacher.window.landscape.slice.y_choice, "z")
    assert contour.shown_plane().axes == (0, 2)
    # Along x and z this pixel is another start, from which z draws x to the other minimum.
    teacher.wait_until(lambda: end_from(teacher, 0.2, -1.8) == left)


def test_the_minima_of_a_typed_formula_are_found(teacher: Teacher) -> None:
    teacher.enter_formula("(x^2 - 1)^2 + y^2")
    look_at_basins(teacher)
    assert {text.split("  ")[1] for text in shares(teacher)} >= {"(1, 0)", "(−1, 0)"}


def test_the_legend_survives_a_change_of_language(teacher: Teacher) -> None:
    look_at_basins(teacher)
    teacher.window.languages["zh"].trigger()
    teacher.look()
    assert "1  (3, 2)" in shares(teacher)
    teacher.window.languages["en"].trigger()
    teacher.look()
    assert "1  (3, 2)" in shares(teacher)


def test_zooming_in_computes_another_map(teacher: Teacher) -> None:
    look_at_basins(teacher)
    before = shown_map(teacher)
    contour = teacher.window.landscape.contour
    teacher.turn_wheel(contour, teacher.pixel(contour, 0.0, 0.0), 8)
    teacher.wait_until(lambda: shown_map(teacher) is not before)
    wait_for_map(teacher)
    (x0, x1), _ = shown_map(teacher).ranges
    assert x1 - x0 < 8
