"""Projector mode: a light theme, text of at least 18 points, thick lines; F5 turns it on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTabBar, QWidget
from teacher import Teacher

from gdsim.app.language.languages import LANGUAGES
from gdsim.app.settings import Settings
from gdsim.views.theme import DARK, LIGHT, PROJECTOR, SMALL, font, loss_pen

WRITTEN = (QLabel, QAbstractButton, QComboBox, QLineEdit, QTabBar)


def ground(teacher: Teacher) -> str:
    """The colour at the very edge of the window."""
    image = teacher.window.grab().toImage()
    return image.pixelColor(3, image.height() - 3).name()


def sizes(root: QWidget) -> dict[str, float]:
    """The size of the text of each visible widget, in points."""
    return {
        f"{type(widget).__name__} {widget.accessibleName()}": QFontInfo(widget.font()).pointSizeF()
        for widget in root.findChildren(QWidget)
        if isinstance(widget, WRITTEN) and widget.isVisible()
    }


def test_f5_enlarges_all_text_and_a_second_f5_restores_it(teacher: Teacher) -> None:
    teacher.wait_for_derivatives()
    usual = sizes(teacher.window)
    assert max(usual.values()) < 12
    teacher.press("F5")
    small = {what: size for what, size in sizes(teacher.window).items() if size < 18}
    assert not small
    assert ground(teacher) == PROJECTOR.window
    teacher.press("F5")
    assert sizes(teacher.window) == usual
    assert ground(teacher) == LIGHT.window


def test_it_replaces_a_dark_theme_until_one_is_chosen_again(teacher: Teacher) -> None:
    window = teacher.window
    window.themes["dark"].trigger()
    teacher.press("F5")
    assert ground(teacher) == PROJECTOR.window
    teacher.press("F5")
    assert ground(teacher) == DARK.window
    teacher.press("F5")
    window.themes["dark"].trigger()
    teacher.look()
    assert ground(teacher) == DARK.window
    assert not window.projector.isChecked()


def test_it_is_remembered_until_the_settings_are_reset(open_window: Callable[[], Teacher]) -> None:
    first = open_window()
    first.press("F5")
    first.window.close()
    second = open_window()
    assert second.window.projector.isChecked()
    assert min(sizes(second.window).values()) >= 18
    second.window.close()
    Settings().forget()
    assert not open_window().window.projector.isChecked()


def test_lines_are_thicker() -> None:
    assert loss_pen(PROJECTOR).widthF() >= 1.5 * loss_pen(LIGHT).widthF()


def test_small_text_of_the_plots_has_at_least_18_points() -> None:
    assert font(PROJECTOR, SMALL).pointSizeF() >= 18
    assert font(LIGHT, SMALL).pointSizeF() < LIGHT.text_size


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_window_fits_on_a_small_screen(teacher: Teacher, language: str) -> None:
    """The screen has 1280×800 pixels, of which the window's frame takes some."""
    window = teacher.window
    window.languages[language].trigger()
    teacher.press("F5")
    assert window.minimumSizeHint().width() <= 1260
    assert window.minimumSizeHint().height() <= 760
    # Side by side they would be too wide: the setup and the cards take turns.
    assert window.setup_or_step.isEnabled()
    seen = window.panel.isVisible(), window.loss.isVisible()
    teacher.press("S")
    assert (window.panel.isVisible(), window.loss.isVisible()) == seen[::-1]
    assert window.landscape.isVisible()
