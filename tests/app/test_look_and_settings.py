"""The light and the dark theme, and which settings are remembered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QSplitter
from teacher import Teacher

from gdsim.app.language.languages import LANGUAGES
from gdsim.app.settings import Settings
from gdsim.app.tabs.registry import TABS
from gdsim.views.theme import DARK, LIGHT


def ground(teacher: Teacher) -> str:
    """The colour at the very edge of the window."""
    image = teacher.window.grab().toImage()
    return image.pixelColor(3, image.height() - 3).name()


def test_light_and_dark_change_the_open_window(teacher: Teacher) -> None:
    teacher.press("Right", "Right")
    teacher.wait_for_row(2)
    for name, theme in (("dark", DARK), ("light", LIGHT), ("dark", DARK)):
        teacher.window.themes[name].trigger()
        teacher.look()
        assert ground(teacher) == theme.window
        image = teacher.window.loss.grab().toImage()
        assert image.pixelColor(2, 2).name() == theme.card
    assert teacher.row() == 2, "nothing else has changed"


def test_the_system_theme_follows_the_desktop(teacher: Teacher) -> None:
    hints = QApplication.styleHints()
    teacher.window.themes["system"].trigger()
    try:
        for scheme, theme in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
            hints.setColorScheme(scheme)
            teacher.look()
            if hints.colorScheme() == scheme:
                assert ground(teacher) == theme.window
    finally:
        hints.unsetColorScheme()


def test_language_theme_and_size_are_remembered(open_window: Callable[[], Teacher]) -> None:
    first = open_window()
    first.window.languages["zh"].trigger()
    first.window.themes["dark"].trigger()
    first.window.resize(1300, 820)
    first.look()
    title = first.window.windowTitle()
    first.window.close()
    second = open_window()
    assert second.window.windowTitle() == title
    assert ground(second) == DARK.window
    assert second.window.languages["zh"].isChecked()
    assert second.window.themes["dark"].isChecked()


def cards(teacher: Teacher) -> QSplitter:
    """The splitter between the card of the loss and the tabs."""
    splitter = teacher.window.loss_card.parentWidget()
    assert isinstance(splitter, QSplitter)
    return splitter


def test_the_columns_are_remembered(open_window: Callable[[], Teacher]) -> None:
    first = open_window()
    cards(first).setSizes([200, 560])
    first.look()
    sizes = cards(first).sizes()
    first.window.close()
    settings = Settings()
    assert not settings.splitter("right").isEmpty()
    second = open_window()
    again = cards(second).sizes()
    assert abs(again[0] / sum(again) - sizes[0] / sum(sizes)) < 0.1


def test_forgetting_restores_the_defaults(open_window: Callable[[], Teacher]) -> None:
    first = open_window()
    first.window.languages["zh"].trigger()
    first.window.themes["dark"].trigger()
    first.window.close()
    settings = Settings()
    assert (settings.language, settings.theme) == ("zh", "dark")
    settings.forget()
    assert (settings.language, settings.theme) == ("system", "system")
    assert settings.geometry.isEmpty()
    second = open_window()
    assert second.window.languages["system"].isChecked()
    assert second.window.themes["system"].isChecked()


def test_settings_that_make_no_sense_are_ignored(open_window: Callable[[], Teacher]) -> None:
    stored = QSettings("gdsim", "gdsim")
    stored.setValue("language", "klingon")
    stored.setValue("theme", 7)
    stored.setValue("geometry", "not a geometry")
    stored.setValue("splitter/columns", ["a", "b"])
    teacher = open_window()
    assert teacher.window.languages["system"].isChecked()
    assert teacher.row() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_window_fits_on_a_screen_of_1024_pixels(teacher: Teacher, language: str) -> None:
    teacher.window.languages[language].trigger()
    for tab in TABS:
        teacher.window.tabs.show_tab(tab.key)
        teacher.settle()
        assert teacher.window.minimumSizeHint().width() <= 1024, tab.key
