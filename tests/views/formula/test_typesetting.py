"""Typesetting runs on a thread of its own: the window responds, however long a formula takes."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.loss.objective import Objective
from gdsim.views.formula import typesetting
from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.formula.formula_lines import pieces
from gdsim.views.formula.latex_drawing import LONGEST_PIECE, Drawing, draw
from gdsim.views.formula.size_estimate import estimated_drawing
from gdsim.views.formula.typesetting import Typesetter


class BlockingDraw:
    """A replacement for ``draw`` that blocks until the test lets it continue."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.go = threading.Event()
        self.threads: set[threading.Thread] = set()

    def draw(self, latex: str) -> Drawing | None:
        self.asked.append(latex)
        self.threads.add(threading.current_thread())
        assert self.go.wait(60)
        return draw(latex)


@pytest.fixture
def blocking_draw(monkeypatch: pytest.MonkeyPatch) -> Iterator[BlockingDraw]:
    blocking_draw = BlockingDraw()
    monkeypatch.setattr(typesetting, "draw", blocking_draw.draw)
    yield blocking_draw
    blocking_draw.go.set()
    Typesetter.instance().finish()


def shown(qtbot: QtBot, latex: str, plain: str, lines: int = 1) -> FormulaLabel:
    label = FormulaLabel(most_lines=lines)
    qtbot.addWidget(label)
    label.set_latex(latex, plain)
    label.resize(240, 60)
    label.show()
    return label


def test_the_window_stays_responsive_while_a_formula_is_typeset(
    qtbot: QtBot, blocking_draw: BlockingDraw
) -> None:
    label = shown(qtbot, r"q_{101} + \frac{1}{q}", "q + 1/q")
    qtbot.waitUntil(lambda: bool(blocking_draw.asked))
    # While a piece is blocked, clicks, timers and paint events are still handled.
    qtbot.wait(30)
    assert not label.is_typeset
    assert label.grab().toImage() is not None
    blocking_draw.go.set()
    qtbot.waitUntil(lambda: label.is_typeset)
    assert threading.main_thread() not in blocking_draw.threads


def test_a_replaced_formula_is_never_typeset(qtbot: QtBot, blocking_draw: BlockingDraw) -> None:
    label = shown(qtbot, "q_{102}", "q")
    qtbot.waitUntil(lambda: blocking_draw.asked == ["q_{102}"])
    for number in range(103, 110):
        label.set_latex(f"q_{{{number}}}", f"q{number}")
        qtbot.wait(2)
    assert not label.is_typeset
    blocking_draw.go.set()
    qtbot.waitUntil(lambda: label.is_typeset)
    assert blocking_draw.asked == ["q_{102}", "q_{109}"]
    assert label.plain == "q109"


def test_a_late_result_is_not_shown_for_another_formula(
    qtbot: QtBot, blocking_draw: BlockingDraw
) -> None:
    label = shown(qtbot, "q_{110}", "q")
    qtbot.waitUntil(lambda: bool(blocking_draw.asked))
    label.set_latex("x" * (LONGEST_PIECE + 1), "too long")
    blocking_draw.go.set()
    qtbot.waitUntil(lambda: len(blocking_draw.asked) == 2)
    qtbot.wait(20)
    assert not label.is_typeset


def test_a_hidden_or_deleted_formula_is_never_typeset(
    qtbot: QtBot, blocking_draw: BlockingDraw
) -> None:
    first = shown(qtbot, "q_{111}", "q")
    hidden = shown(qtbot, "q_{112}", "q")
    gone = FormulaLabel()
    gone.set_latex("q_{113}", "q")
    gone.show()
    last = shown(qtbot, "q_{114}", "q")
    qtbot.waitUntil(lambda: bool(blocking_draw.asked))
    qtbot.wait(20)
    hidden.hide()
    gone.close()
    gone.deleteLater()
    del gone
    blocking_draw.go.set()
    qtbot.waitUntil(lambda: first.is_typeset and last.is_typeset)
    assert blocking_draw.asked == ["q_{111}", "q_{114}"]
    hidden.show()
    qtbot.waitUntil(lambda: hidden.is_typeset)


def test_ending_the_program_while_typesetting_leaves_no_thread(
    qtbot: QtBot, blocking_draw: BlockingDraw
) -> None:
    latex = " + ".join(f"q_{{{number}}}" for number in range(115, 130))
    label = shown(qtbot, latex, "sum", lines=3)
    qtbot.waitUntil(lambda: bool(blocking_draw.asked))
    blocking_draw.go.set()
    Typesetter.instance().finish()
    assert not any(thread.is_alive() for thread in blocking_draw.threads)
    assert len(blocking_draw.asked) == 1
    assert not label.is_typeset


def test_only_the_beginning_of_a_very_long_formula_is_typeset(qtbot: QtBot) -> None:
    plain = " + ".join(f"x{number}" for number in range(1000, 2500))
    latex = " + ".join(f"x_{{{number}}}" for number in range(1000, 2500))
    label = shown(qtbot, latex, plain, lines=4)
    assert sum(map(len, label.latex_pieces)) < 2500
    qtbot.waitUntil(lambda: label.is_typeset)
    assert label.toolTip() == plain
    assert label.heightForWidth(240) < 5 * label.fontMetrics().height() * 1.5


@pytest.mark.parametrize(
    "key", ["cliff", "booth", "himmelblau", "ackley", "griewank", "two-gaussian-pits", "hills"]
)
def test_the_estimated_size_is_about_right(key: str) -> None:
    entry = catalogue.function(key)
    objective = Objective(entry.loss, entry.parameters)
    for latex in (f"L = {objective.latex()}", *objective.gradient_latex()):
        drawn = [drawing for piece in pieces(latex)[0] if (drawing := draw(piece))]
        likely = [estimated_drawing(piece) for piece in pieces(latex)[0]]
        assert len(drawn) == len(likely)
        width = sum(one.width for one in likely) / sum(one.width for one in drawn)
        height = max(one.height for one in likely) / max(one.height for one in drawn)
        assert 0.8 < width < 1.25
        assert 0.7 < height < 1.45
