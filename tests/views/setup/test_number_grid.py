"""Named numbers in columns: every name is shown whole, whatever its length."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.formula.names import latex_name, plain_name
from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.setup.number_grid import NumberGrid

WIDTHS = (230, 268, 360)
NAMES = {key: tuple(catalogue.optimizer(key).hyperparameters) for key in catalogue.optimizers()}


def grid_of(qtbot: QtBot, names: tuple[str, ...], width: int, columns: int = 3) -> NumberGrid:
    grid = NumberGrid(columns)
    qtbot.addWidget(grid)
    symbols = [(latex_name(name), plain_name(name)) for name in names]
    grid.set_numbers(symbols, [0.999] * len(names))
    grid.resize(width, 400)
    grid.show()
    qtbot.waitUntil(lambda: all(label.is_typeset for label in labels(grid)))
    for _ in range(3):
        QApplication.processEvents()
    return grid


def labels(grid: NumberGrid) -> list[FormulaLabel]:
    return [label for label in grid.findChildren(FormulaLabel) if label.isVisible()]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("key", [key for key, names in NAMES.items() if names])
def test_no_name_of_any_optimizer_is_cut(qtbot: QtBot, key: str, width: int) -> None:
    grid = grid_of(qtbot, NAMES[key], width)
    for label, field in zip(labels(grid), grid.fields, strict=True):
        assert label.width() >= label.sizeHint().width(), label.plain
        assert label.toolTip() == ""
        assert field.width() >= 40


def test_a_long_name_has_the_columns_that_it_needs(qtbot: QtBot) -> None:
    grid = grid_of(qtbot, ("a", "b", "c", "momentum_decay", "d"), 268)
    widths = [field.parentWidget().width() for field in grid.fields]
    assert widths[3] > 2 * widths[4]
    tops = [field.mapTo(grid, field.rect().topLeft()).y() for field in grid.fields]
    assert [later > before for before, later in pairwise(tops)] == [False, False, True, False]


def test_the_tool_tip_holds_a_name_wider_than_the_grid(qtbot: QtBot) -> None:
    name = "a_name_that_is_by_far_too_long_for_one_line_of_the_panel"
    grid = grid_of(qtbot, (name,), 200)
    assert labels(grid)[0].toolTip() == labels(grid)[0].plain
    assert grid.fields[0].width() >= 40


def test_more_width_puts_names_in_one_row_again(qtbot: QtBot) -> None:
    grid = grid_of(qtbot, ("decay", "floor"), 200)
    tall = grid.sizeHint().height()
    grid.resize(600, 400)
    QApplication.processEvents()
    assert grid.sizeHint().height() < tall
