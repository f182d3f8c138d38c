"""Moving back and forth in a run: every step repeats to the last bit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from teacher import Teacher

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.run.descend import descend


def test_stepping_back_shows_the_same_steps_again(teacher: Teacher) -> None:
    seen = []
    for row in range(6):
        seen.append((teacher.step(), teacher.texts(teacher.window.loss)))
        teacher.press("PgDown")
        teacher.wait_for_row(row + 1)
    for row in reversed(range(6)):
        teacher.press("PgUp")
        assert teacher.row() == row
        assert (teacher.step(), teacher.texts(teacher.window.loss)) == seen[row]
    teacher.press("Left")
    assert teacher.row() == 0


def test_going_on_from_an_earlier_step_repeats_the_same_bits(teacher: Teacher) -> None:
    for entry in catalogue.optimizers().values():
        # Another function, so that no old future is left to be drawn.
        teacher.choose_function("Himmelblau" if teacher.start() != [0.5, -0.5] else "Booth")
        teacher.choose_optimizer(entry.name["en"])
        eta = teacher.panel.rate.eta.line.text()
        teacher.wait_for_derivatives()  # where the loss rises, the step says why
        walk(teacher, 5)
        there, recorded = teacher.step(), teacher.recorded(0, 6)
        for _ in range(3):
            teacher.press("Left")
        # Another future, given up again: η is changed and changed back, here and at the start.
        for row in (2, 0):
            if row == 0:
                teacher.press("Home")
            teacher.enter_eta("0.0123")
            teacher.press("Right")
            teacher.wait_for_row(row + 1)
            teacher.press("Left")
            teacher.enter_eta(eta)
        walk(teacher, 5)
        assert teacher.step() == there, entry.key
        assert teacher.recorded(0, 6) == recorded, entry.key


def walk(teacher: Teacher, last: int) -> None:
    """Step from the start to this row."""
    for row in range(last):
        teacher.press("Right")
        teacher.wait_for_row(row + 1)


def test_stepping_playing_and_descend_give_the_same_bits(teacher: Teacher) -> None:
    teacher.choose_optimizer("Adam")
    for row in range(40):
        teacher.press("Right")
        teacher.wait_for_row(row + 1)
    stepped = teacher.recorded(0, 41)
    for pace in ("100 steps/s", "max"):
        teacher.choose_optimizer("Gradient descent")
        teacher.press("Home")
        teacher.choose_optimizer("Adam")
        assert len(teacher.trace()) == 1
        teacher.choose_speed(pace)
        teacher.press("Space")
        teacher.wait_until(lambda: teacher.row() >= 40)
        teacher.press("Space")
        assert teacher.recorded(0, 41) == stepped
    called = descend("himmelblau", optimizer="adam", eta=teacher.eta(), max_steps=40)
    columns = (called.theta, called.loss, called.gradient, called.delta, called.eta)
    assert b"".join(column(0, 41).tobytes() for column in columns) == stepped


def test_clicking_the_timeline_goes_there(teacher: Teacher) -> None:
    teacher.press("End")
    teacher.wait_until(lambda: "converged" in teacher.status())
    last = teacher.row()
    timeline = teacher.timeline()
    for share in (0.5, 0.0, 0.8, 1.0):
        x = round(share * (timeline.width() - 2)) + (1 if share == 0 else 0)
        teacher.click(timeline, QPoint(x, timeline.height() // 2))
        assert abs(teacher.row() - share * last) <= 0.06 * last + 1
        assert teacher.count().startswith(f"t = {teacher.row()} of {last}")


def test_dragging_the_timeline_shows_the_rows_on_the_way(teacher: Teacher) -> None:
    teacher.press("End")
    teacher.wait_until(lambda: "converged" in teacher.status())
    timeline, seen = teacher.timeline(), []
    middle = timeline.height() // 2
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=QPoint(timeline.width() - 3, middle))
    for share in (9, 7, 5, 3, 1):
        QTest.mouseMove(timeline, QPoint(timeline.width() * share // 10, middle))
        teacher.look()
        seen.append(teacher.row())
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(5, middle))
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == len(seen)


def test_clicking_the_loss_plot_goes_there(teacher: Teacher) -> None:
    teacher.press("End")
    teacher.wait_until(lambda: "converged" in teacher.status())
    last = teacher.row()
    loss = teacher.window.loss
    middle = sum(loss.visible_range()[1]) / 2
    for row in (last // 2, 3, last // 4):
        teacher.click(loss.paper, teacher.pixel(loss, row, middle))
        teacher.wait_until(lambda row=row: abs(teacher.row() - row) <= max(2, last // 100))


def test_jumping_while_it_plays_pauses_there(teacher: Teacher) -> None:
    teacher.go_on_without_end()
    teacher.choose_speed("1000 steps/s")
    teacher.press("Space")
    teacher.wait_until(lambda: teacher.row() > 200)
    timeline = teacher.timeline()
    teacher.click(timeline, QPoint(timeline.width() // 4, timeline.height() // 2))
    assert not teacher.is_playing()
    held = teacher.row()
    teacher.rest(100)
    assert teacher.row() == held
    teacher.press("Right")
    teacher.wait_for_row(held + 1)


def test_playing_on_from_the_middle_shows_each_step_again(teacher: Teacher) -> None:
    teacher.press("End")
    teacher.wait_until(lambda: "converged" in teacher.status())
    last, recorded = teacher.row(), teacher.recorded()
    teacher.press("Home", "Right", "Right")
    assert teacher.row() == 2
    teacher.choose_speed("50 steps/s")  # at which no row is left out, however late its turn comes
    teacher.press("Space")
    teacher.wait_until(lambda: 5 < teacher.row() < last)
    teacher.press("Space")
    assert teacher.row() < last
    teacher.press("End")
    teacher.wait_for_row(last)
    assert teacher.recorded() == recorded
