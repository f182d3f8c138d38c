"""The first lesson: open, choose, step, play, and read the numbers that the book has."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest
from teacher import Teacher

from gdsim.simulation import player
from gdsim.views.window.transport_bar import SPEEDS

BOOK = [0.6, 1.08, 1.464, 1.7712, 2.01696]


def test_it_opens_paused_with_something_to_see(teacher: Teacher) -> None:
    assert not teacher.is_playing()
    assert teacher.status() == "paused"
    assert teacher.count() == "t = 0 of 0"
    teacher.rest(150)
    assert teacher.row() == 0
    here, after = teacher.start(), teacher.results()
    view = teacher.window.landscape.contour.visible_range()
    width = max(high - low for low, high in view)
    assert math.dist(here, after) > width / 100, "the first step can hardly be seen"


def test_the_textbook_example_reads_as_in_the_book(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    read = []
    for row in range(5):
        assert teacher.row() == row
        read += teacher.results()
        teacher.press("Right")
        teacher.wait_for_row(row + 1)
    assert read == BOOK


def test_the_textbook_example_by_the_buttons(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    read = []
    for row in range(5):
        read += teacher.results()
        teacher.press_button("One step")
        teacher.wait_for_row(row + 1)
    assert read == BOOK
    teacher.press_button("One step back")
    assert teacher.row() == 4
    teacher.press_button("Back to the start")
    assert teacher.row() == 0
    teacher.press_button("Run to the end")
    teacher.wait_until(lambda: "converged" in teacher.status())
    assert not teacher.button("One step").isEnabled()
    assert not teacher.button("Run to the end").isEnabled()


def test_every_line_says_its_numbers(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.press("Right")
    teacher.wait_for_row(1)
    assert "t = 1 → 2" in teacher.step()
    assert "θ: 2·0.6 − 6 = −4.8" in teacher.step()
    assert "θ: 0.6 − 0.1·(−4.8) = 1.08" in teacher.step()
    assert "‖Δθ‖ = 0.48 ≥ ε = 1e−6 → move on" in teacher.step()


def test_the_end_has_its_sentence(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.press("End")
    teacher.wait_until(lambda: "converged" in teacher.status())
    sentence = teacher.status()
    assert "‖Δθ‖" in sentence
    assert "1e-06" in sentence or "1e-6" in sentence or "1e−6" in sentence
    assert sentence in teacher.step()
    assert "→" not in teacher.step().splitlines()[0], "there is no next step"


def test_space_plays_and_pauses(teacher: Teacher) -> None:
    teacher.choose_speed("20 steps/s")
    teacher.press("Space")
    assert teacher.is_playing()
    teacher.wait_until(lambda: teacher.row() >= 3)
    assert teacher.status() == "moving"
    teacher.press("Space")
    assert not teacher.is_playing()
    held = teacher.row()
    teacher.rest(100)
    assert teacher.row() == held
    assert teacher.status() == "paused"


def test_it_plays_as_fast_as_it_says(teacher: Teacher, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock and the timer are the test's: what is due by them is shown, and no row more."""
    clock = SimpleNamespace(perf_counter=lambda: 0.0)
    monkeypatch.setattr(player, "time", clock)
    # No view can be asked for the timer, and waiting for the real one would take half a minute.
    timer = teacher.session.controller.runner._timer
    monkeypatch.setattr(timer, "start", timer.setInterval)
    teacher.go_on_without_end()
    for speed in SPEEDS[:-1]:
        said = "1 step in 2 s" if speed < 1 else "1 step/s" if speed == 1 else f"{speed:g} steps/s"
        teacher.choose_speed(said)
        teacher.press("Home", "Space")
        begun = clock.perf_counter()
        for tick in range(1, 5):
            now = begun + tick / 8
            clock.perf_counter = lambda now=now: now
            timer.timeout.emit()
            # Where rows can be told apart the timer itself keeps the pace.
            teacher.wait_for_row(int(speed * tick / 8) if speed > 60 else tick)
        assert timer.interval() == (17 if speed > 60 else round(1000 / speed))
        held = teacher.row()
        teacher.press("Space")
        assert teacher.row() == held


def test_playing_ends_by_itself(teacher: Teacher) -> None:
    teacher.choose_function("Quadratic")
    teacher.choose_speed("max")
    teacher.press("Space")
    teacher.wait_until(lambda: "converged" in teacher.status())
    assert not teacher.is_playing()
    teacher.press("Space")
    assert not teacher.is_playing(), "there is nothing left to play"


def test_the_pace_changes_while_it_plays(teacher: Teacher) -> None:
    teacher.go_on_without_end()
    teacher.choose_speed("1 step in 2 s")
    teacher.press("Space")
    teacher.rest(100)
    assert teacher.row() <= 1
    teacher.choose_speed("500 steps/s")
    teacher.wait_until(lambda: teacher.row() > 50)
    teacher.choose_speed("max")
    teacher.wait_until(lambda: teacher.row() > 2_000)
    teacher.choose_speed("1 step in 2 s")
    held = teacher.row()
    teacher.rest(200)
    assert teacher.row() <= held + 1
    assert teacher.is_playing()
