"""Many starts in the window: where they end, their paths, the best of them, the chance."""

from __future__ import annotations

import re

import numpy as np
import pytest
from heavy_work import wait_for
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from teacher import Teacher

from gdsim.app.tabs.starts.starts_presenter import StartsPresenter
from gdsim.core.explore.starts import DRAWN
from gdsim.views.overlays.many_paths_layer import ManyPaths
from gdsim.views.tabs.starts.starts_view import StartsView


def open_starts(teacher: Teacher) -> StartsView:
    teacher.window.tabs.show_tab("starts")
    wait_for_starts(teacher)
    return teacher.view(StartsView)


def wait_for_starts(teacher: Teacher) -> None:
    wait_for(teacher, teacher.view(StartsView))


def said(view: StartsView) -> str:
    return view.text()


def counts(view: StartsView) -> list[int]:
    return [int(count.split(" · ")[0].replace("\u2009", "")) for _, _, count in view.ends.texts()]


def many_paths(teacher: Teacher) -> ManyPaths | None:
    panel = teacher.window.landscape
    return (panel.curve if panel.is_curve else panel.contour).shown_many_paths()


def test_two_hundred_starts_on_himmelblau(teacher: Teacher) -> None:
    view = open_starts(teacher)
    places = [place for place, _, _ in view.ends.texts()]
    assert sorted(places) == [
        "1  (3, 2)",
        "2  (−2.81, 3.13)",
        "3  (−3.78, −3.28)",
        "4  (3.58, −1.85)",
    ]
    assert sum(counts(view)) == 200
    assert said(view).startswith(
        "Global minimum L = 0: p = 100.0 %, 95 % interval 98.1 % to 100.0 %."
    )
    drawn = many_paths(teacher)
    assert drawn is not None
    assert drawn.x.shape[1] == 200
    assert np.abs(drawn.x[0]).max() <= 5


def test_the_chance_on_a_function_with_a_lowest_pit(teacher: Teacher) -> None:
    teacher.choose_function("Styblinski–Tang")
    view = open_starts(teacher)
    found = re.search(r"p = ([\d.]+) %, 95 % interval ([\d.]+) % to ([\d.]+) %", said(view))
    assert found
    share, low, high = map(float, found.groups())
    assert low < share < high
    assert counts(view)[0] == round(share * 2)
    needed = re.search(r"With (\d+) starts it is 95 % sure", said(view))
    assert needed
    n = int(needed[1])
    assert 1 - (1 - share / 100) ** n >= 0.95 > 1 - (1 - share / 100) ** (n - 1)
    curve = view.chance.layer.curve
    assert curve is not None
    place = np.flatnonzero(curve.starts == 2)[0]
    assert curve.chance[place] == pytest.approx(100 * (1 - (1 - share / 100) ** 2))
    assert (curve.low <= curve.chance).all()
    assert (curve.chance <= curve.high).all()


def test_other_starts_are_others_and_as_many(teacher: Teacher) -> None:
    view = open_starts(teacher)
    before, first = counts(view), many_paths(teacher)
    teacher.click(view.others)
    wait_for_starts(teacher)
    assert sum(counts(view)) == 200
    assert counts(view) != before
    assert many_paths(teacher) is not first


def test_the_number_of_starts_can_be_chosen(teacher: Teacher) -> None:
    view = open_starts(teacher)
    teacher.type_into(view.count, "1000")
    wait_for_starts(teacher)
    assert sum(counts(view)) == 1000
    assert "Only the first 300 are drawn." in said(view)
    drawn = many_paths(teacher)
    assert drawn is not None
    assert drawn.x.shape[1] == DRAWN
    teacher.type_into(view.count, "7")
    assert "at least 8" in teacher.sentence_at(view.count)
    teacher.type_into(view.count, "2001")
    assert "at most 2000" in teacher.sentence_at(view.count)


def test_the_best_start_descends_to_the_lowest_point(teacher: Teacher) -> None:
    teacher.choose_function("Styblinski–Tang")
    view = open_starts(teacher)
    assert re.fullmatch(r"Best: L = −78\.332, from \(.+, .+\)", view.best.toolTip())
    teacher.click(view.best)
    teacher.settle()
    start = view.best.toolTip().split("from (")[1].rstrip(")").replace("−", "-")
    assert teacher.start() == [float(part) for part in start.split(", ")]
    teacher.press("End")
    teacher.wait_for_end()
    assert teacher.trace().theta()[-1] == pytest.approx([-2.9035, -2.9035], abs=1e-3)


def test_enter_on_a_row_descends_to_its_point(teacher: Teacher) -> None:
    view = open_starts(teacher)
    row = [place for place, _, _ in view.ends.texts()].index("3  (−3.78, −3.28)")
    view.ends.setFocus()
    view.ends.setCurrentCell(row, 0)
    QTest.keyClick(view.ends, Qt.Key.Key_Return)
    teacher.settle()
    teacher.press("End")
    teacher.wait_for_end()
    assert teacher.trace().theta()[-1] == pytest.approx([-3.779, -3.283], abs=1e-2)


def test_enter_presses_a_button_of_the_tab(teacher: Teacher) -> None:
    view = open_starts(teacher)
    seed = teacher.session.controller.tab(StartsPresenter).state()["seed"]
    view.others.setFocus()
    QTest.keyClick(view.others, Qt.Key.Key_Return)
    assert teacher.session.controller.tab(StartsPresenter).state()["seed"] == seed + 1


@pytest.mark.parametrize("function", ["Sine", "Three-parameter bowl"])
def test_any_number_of_parameters_will_do(teacher: Teacher, function: str) -> None:
    teacher.choose_function(function)
    view = open_starts(teacher)
    assert sum(counts(view)) == 200
    drawn = many_paths(teacher)
    assert drawn is not None
    assert np.isfinite(drawn.y).all()


def test_where_nothing_comes_to_rest_the_lowest_loss_is_said(teacher: Teacher) -> None:
    teacher.choose_function("XOR")
    teacher.type_into(teacher.panel.stop.max_steps, "20")
    teacher.settle()
    view = open_starts(teacher)
    ((place, loss, _),) = view.ends.texts()
    assert place == "still moving"
    assert loss.startswith("≥ 0.")
    assert "No start has stopped at a minimum." in said(view)
    assert view.best.isEnabled()


def test_the_paths_leave_with_the_tab_and_come_back(teacher: Teacher) -> None:
    open_starts(teacher)
    teacher.window.tabs.show_tab("step")
    teacher.look()
    assert many_paths(teacher) is None
    teacher.window.tabs.show_tab("starts")
    teacher.look()
    assert many_paths(teacher) is not None
    teacher.choose_function("Sine")
    wait_for_starts(teacher)
    assert teacher.window.landscape.contour.shown_many_paths() is None
    assert many_paths(teacher) is not None


def test_the_surface_has_the_same_paths(teacher: Teacher) -> None:
    open_starts(teacher)
    panel = teacher.window.landscape
    panel.set_mode("surface")
    teacher.look()
    assert many_paths(teacher) is not None
    assert panel.surface.canvas.shown_many_paths() is many_paths(teacher)
    with_paths = panel.surface.canvas.grab().toImage()
    teacher.window.tabs.show_tab("step")
    teacher.look()
    assert panel.surface.canvas.shown_many_paths() is None
    assert panel.surface.canvas.grab().toImage() != with_paths


def test_colours_are_those_of_the_basin_map(teacher: Teacher) -> None:
    teacher.enter_formula("(x^2 - 1)^2 + y^2 + 0.2*x")
    view = open_starts(teacher)
    starts = {place.split("  ")[0]: place for place, _, _ in view.ends.texts()}
    teacher.window.landscape.set_mode("basins")
    legend = teacher.window.landscape.legend

    def basins() -> list[list[str]]:
        """Number, place and share of each; what has not come to rest has no number."""
        return [parts for text in legend.texts() if len(parts := text.split("  ")) == 3]

    teacher.wait_until(lambda: {number for number, _, _ in basins()} >= {"1", "2"})
    compared = [starts[number] == f"{number}  {place}" for number, place, _ in basins()]
    assert compared == [True, True]


def test_it_speaks_the_language_of_now(teacher: Teacher) -> None:
    view = open_starts(teacher)
    teacher.window.languages["zh"].trigger()
    teacher.look()
    assert said(view).startswith("全局最小值 L = 0：p = 100.0 %，95 % 置信区间 98.1 % 至 100.0 %。")
    teacher.window.languages["en"].trigger()
    teacher.look()
    assert said(view).startswith("Global minimum")
