"""Projector mode and back gives the same window: sizes, columns, tab, focus, fonts and pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QScrollArea, QSplitter, QWidget
from teacher import Teacher

from gdsim.app.tabs.registry import TABS
from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.theme import DARK, LIGHT, PROJECTOR, Theme


def arrangement(teacher: Teacher) -> dict[str, Any]:
    """All that a person would miss if it did not come back."""
    window = teacher.window
    focus = QApplication.focusWidget()
    return {
        "geometry": window.geometry(),
        "splitters": [splitter.sizes() for splitter in window.findChildren(QSplitter)],
        "places": {
            id(widget): (widget.geometry(), widget.font().toString())
            for widget in window.findChildren(QWidget)
            if widget.isVisible()
        },
        "scrolled": [
            scroll.verticalScrollBar().value() for scroll in window.findChildren(QScrollArea)
        ],
        "tab": window.tabs.current,
        "focus": focus and (type(focus).__name__, focus.accessibleName()),
    }


def rest(teacher: Teacher) -> None:
    """Wait until everything is typeset and nothing moves any more."""
    teacher.settle()
    teacher.wait_for_derivatives()
    teacher.wait_for_picture()
    formulas = teacher.window.findChildren(FormulaLabel)
    teacher.wait_until(lambda: all(one.is_typeset for one in formulas if one.isVisible()))
    while True:
        before = arrangement(teacher)
        teacher.rest(100)
        teacher.look()
        if arrangement(teacher) == before:
            return


def largest_difference(one: QImage, other: QImage) -> int:
    """Between two pictures of the window, over all pixels and colours; at most 255."""
    assert one.size() == other.size()
    images = (image.convertToFormat(QImage.Format.Format_RGB32) for image in (one, other))
    pixels = [np.array(image.constBits()).astype(int) for image in images]
    return int(np.abs(pixels[0] - pixels[1]).max())


def check_f5_twice(teacher: Teacher) -> None:
    rest(teacher)
    before, image = arrangement(teacher), teacher.window.grab().toImage()
    for _ in range(2):
        teacher.press("F5")
        rest(teacher)
        assert arrangement(teacher) != before
        teacher.press("F5")
        rest(teacher)
        after = arrangement(teacher)
        for what, value in before.items():
            assert after[what] == value, what
        assert largest_difference(teacher.window.grab().toImage(), image) == 0


def as_it_opens(teacher: Teacher) -> None:
    """Nothing is changed."""


def own_columns(teacher: Teacher) -> None:
    """Columns and cards of one's own widths and heights, and the focus in the setup."""
    columns, cards = teacher.window.findChildren(QSplitter)
    columns.setSizes([340, 500, 580])
    cards.setSizes([240, 460])
    teacher.panel.rate.eta.line.setFocus()


def another_tab(teacher: Teacher) -> None:
    teacher.window.tabs.show_tab("stopping")
    teacher.window.loss.setFocus()


def small_window(teacher: Teacher) -> None:
    """The classroom's smallest screen, in the dark theme."""
    teacher.window.resize(1024, 720)
    teacher.window.themes["dark"].trigger()


@pytest.mark.parametrize("prepare", [as_it_opens, own_columns, another_tab, small_window])
def test_f5_twice_gives_the_same_window_back(
    teacher: Teacher, prepare: Callable[[Teacher], None]
) -> None:
    blinking = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    try:
        prepare(teacher)
        check_f5_twice(teacher)
    finally:
        QApplication.setCursorFlashTime(blinking)


@pytest.mark.parametrize("theme", [DARK, PROJECTOR, LIGHT], ids=lambda theme: theme.name)
def test_every_tab_has_the_new_theme_when_it_is_shown(teacher: Teacher, theme: Theme) -> None:
    """A tab that was hidden when the theme changed has its colours, and its size of text."""
    window = teacher.window
    for name in ("dark", theme.name):
        (window.projector if name == "projector" else window.themes[name]).trigger()
        teacher.look()
    for tab in TABS:
        window.tabs.show_tab(tab.key)
        teacher.look()
        for widget in window.tabs.findChildren(QWidget):
            if widget.isVisible():
                colour = widget.palette().color(widget.foregroundRole()).name()
                assert colour in asdict(theme).values(), f"{tab.key}: {widget}"
                assert widget.font().pointSizeF() >= theme.least_size, f"{tab.key}: {widget}"


def test_several_switches_in_a_row_are_one(
    teacher: Teacher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the last theme is ever seen; there and back again is no switch at all."""
    seen = []
    window = teacher.window
    set_theme = window.set_theme

    def set_and_note(theme: Theme) -> None:
        seen.append(theme.name)
        set_theme(theme)

    monkeypatch.setattr(window, "set_theme", set_and_note)
    for name in ("dark", "light", "dark", "light", "dark"):
        window.themes[name].trigger()
    teacher.look()
    assert seen == ["dark"]
    for _ in range(2):
        window.projector.trigger()
    teacher.look()
    assert seen == ["dark"]
