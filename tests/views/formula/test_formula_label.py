"""Formulas are typeset in the background and broken where a line may end; errors never escape."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFontMetrics, QImage, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.loss.objective import Objective
from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.formula.formula_lines import pieces
from gdsim.views.theme import DARK, LIGHT


def show(qtbot: QtBot, latex: str, plain: str, width: int = 300, lines: int = 1) -> FormulaLabel:
    label = FormulaLabel(most_lines=lines)
    qtbot.addWidget(label)
    label.set_latex(latex, plain)
    label.resize(width, 100)
    label.show()
    return label


def lightest_and_darkest(label: FormulaLabel) -> tuple[int, int]:
    """The lightness of the darkest and the lightest pixel on a grey background."""
    image = QImage(label.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    label.render(image, QPoint(), QRegion(), QWidget.RenderFlag(0))
    lights = [
        QColor(image.pixel(x, y)).lightness()
        for x in range(image.width())
        for y in range(image.height())
    ]
    return max(lights), min(lights)


def test_plain_text_is_shown_until_the_formula_is_typeset(qtbot: QtBot) -> None:
    label = show(qtbot, r"\frac{a_{1}}{b_{7}}", "a/b")
    assert label.accessibleName() == "a/b"
    qtbot.waitUntil(lambda: label.is_typeset)
    assert label.heightForWidth(300) > label.fontMetrics().height()


def test_hidden_formulas_are_not_typeset(qtbot: QtBot) -> None:
    label = FormulaLabel()
    qtbot.addWidget(label)
    label.set_latex(r"\frac{a_{2}}{b_{8}}", "a/b")
    qtbot.wait(30)
    assert not label.is_typeset


@pytest.mark.parametrize("latex", ["", r"\frac{", "{", r"\nosuch", "x" * 5000])
def test_a_formula_that_cannot_be_typeset_stays_plain_text(qtbot: QtBot, latex: str) -> None:
    label = show(qtbot, latex, "plain")
    qtbot.wait(50)
    label.grab()
    assert label.plain == "plain"


def test_the_colour_of_the_formula_follows_the_theme(qtbot: QtBot) -> None:
    label = show(qtbot, "x+y", "x+y")
    label.set_theme(LIGHT)
    qtbot.waitUntil(lambda: label.is_typeset)
    assert lightest_and_darkest(label)[1] < 80
    label.set_theme(DARK)
    assert lightest_and_darkest(label)[0] > 180


@pytest.mark.parametrize("key", list(catalogue.functions()))
def test_pieces_cut_no_bracket_and_lose_nothing(key: str) -> None:
    entry = catalogue.function(key)
    objective = Objective(entry.loss, entry.parameters)
    for latex in (objective.latex(), *objective.gradient_latex()):
        parts, is_all = pieces(latex)
        assert is_all
        for part in parts:
            assert part.count(r"\left") == part.count(r"\right")
            assert part.count("{") == part.count("}")
        whole = "".join(part.removeprefix("{}") if i else part for i, part in enumerate(parts))
        assert whole.replace(" ", "") == latex.replace(" ", "")


@pytest.mark.parametrize("key", ["goldstein-price", "hills", "wood"])
def test_the_beginning_of_a_formula_is_made_of_whole_pieces(key: str) -> None:
    entry = catalogue.function(key)
    latex = Objective(entry.loss, entry.parameters).latex()
    every, _ = pieces(latex)
    for longest in range(1, len(latex), 7):
        first, is_all = pieces(latex, longest)
        assert first == every[: len(first)]
        assert first
        assert is_all == (first == every)


def test_a_sign_stays_with_its_number() -> None:
    assert pieces("L = -20 x - 3")[0] == ["L = -20 x", "{}- 3"]
    assert pieces(r"\theta \leftarrow \theta - \eta g")[0] == [
        r"\theta \leftarrow \theta",
        r"{}- \eta g",
    ]


def test_a_long_formula_is_broken_before_it_shrinks(qtbot: QtBot) -> None:
    terms = " + ".join(rf"\left(x_{{{i}}} - {i}\right)^{{2}}" for i in range(1, 6))
    label = show(qtbot, terms, "long", width=200, lines=4)
    qtbot.waitUntil(lambda: label.is_typeset)
    assert label.heightForWidth(200) > 2 * label.heightForWidth(4000)
    assert label.toolTip() == ""


def test_the_tool_tip_holds_a_formula_that_does_not_fit(qtbot: QtBot) -> None:
    terms = " + ".join(rf"\left(x_{{{i}}} - {i}\right)^{{2}}" for i in range(1, 30))
    label = show(qtbot, terms, "the whole sum", width=120, lines=2)
    qtbot.waitUntil(lambda: label.is_typeset)
    assert label.toolTip() == "the whole sum"


@pytest.mark.parametrize("size", [(120, 18), (200, 40), (260, 60), (400, 24)])
def test_plain_text_fits_into_the_space_of_the_typeset_formula(
    qtbot: QtBot, size: tuple[int, int]
) -> None:
    label = FormulaLabel(most_lines=3)
    qtbot.addWidget(label)
    label.set_latex(r"\begin{pmatrix} a \\ b \end{pmatrix}", "∇L = (2·x + 20·y, 20·x + 200·y)")
    label.resize(*size)
    font, lines = label.fitting_plain_lines()
    metrics = QFontMetrics(font)
    assert metrics.lineSpacing() * len(lines) <= max(size[1], metrics.lineSpacing())
    assert all(metrics.horizontalAdvance(line) <= size[0] for line in lines)
    is_whole = not lines[-1].endswith("…")
    assert is_whole or font.pointSizeF() < label.font().pointSizeF()
