"""Another language in an open window: every word changes, and changes back."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from teacher import Teacher

from gdsim import resources
from gdsim.app.language.languages import ENGLISH, LANGUAGES, Language, system_language
from gdsim.app.settings import Settings
from gdsim.core.catalogue import entries as catalogue

QUESTIONS = (
    *("text", "currentText", "title", "windowTitle", "toolTip", "placeholderText"),
    *("accessibleName", "accessibleDescription"),
)
WORD = re.compile(r"[^\W\d_]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def seen(teacher: Teacher) -> list[str]:
    """Every text, tip and accessible name in the window, whether it shows now or not."""
    objects: list[QObject] = [teacher.window, *teacher.window.findChildren(QObject)]
    answers = []
    for item in objects:
        if isinstance(item, (QWidget, QAction)):
            asks = [getattr(item, question, None) for question in QUESTIONS]
            answers += [str(ask()) for ask in asks if callable(ask)]
    return answers


def speak(teacher: Teacher, language: str) -> list[str]:
    """What is seen after this language has been chosen."""
    teacher.window.languages[language].trigger()
    teacher.settle()
    return seen(teacher)


def ts_file(language: str) -> Path:
    return resources.path("i18n", LANGUAGES[language].file).with_suffix(".ts")


def texts(ts: Path, tag: str) -> set[str]:
    """All that stands in a tag of a .ts file, such as ``source``."""
    return {element.text or "" for element in ET.parse(ts).getroot().iter(tag)}


@pytest.mark.parametrize("language", [key for key in LANGUAGES if key != ENGLISH])
def test_a_window_in_another_language_has_no_english(teacher: Teacher, language: str) -> None:
    teacher.wait_for_derivatives()
    english = speak(teacher, ENGLISH)
    other = speak(teacher, language)
    ts = ts_file(language)
    assert set(other) & texts(ts, "source") - texts(ts, "translation") == set()
    # Nothing accumulates and nothing is forgotten.
    assert speak(teacher, ENGLISH) == english
    assert speak(teacher, language) == other


def test_an_english_window_has_no_chinese_but_in_the_menu_of_languages(teacher: Teacher) -> None:
    english = speak(teacher, ENGLISH)
    assert [text for text in english if CHINESE.search(text)] == [LANGUAGES["zh"].own_name] * 2


def test_chinese_is_drawn_in_chinese_letters(teacher: Teacher) -> None:
    """Japanese letters, which systems may put first, differ in many characters."""
    speak(teacher, "zh")
    for widget in teacher.window.findChildren(QWidget):
        ask = getattr(widget, "text", None)
        if callable(ask) and CHINESE.search(str(ask())):
            assert "Noto Sans CJK SC" in widget.font().families(), ask()


def test_qt_speaks_chinese_too(teacher: Teacher) -> None:
    """The menus of text fields and the dialogs of files come from Qt."""
    speak(teacher, "zh")
    assert CHINESE.search(QCoreApplication.translate("QWidgetTextControl", "Select All"))
    speak(teacher, "en")
    assert QCoreApplication.translate("QWidgetTextControl", "Select All") == "Select All"


@pytest.fixture
def esperanto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """One more language: an entry of the table, and a .ts file. Gives its translations.

    The catalogue has no text in it, and Qt has no words of its own.
    """
    language = Language("eo", "Esperanto", ("Font of Esperanto",))
    ts = ET.parse(ts_file("zh"))
    ts.getroot().set("language", language.key)
    for message in ts.getroot().iter("message"):
        source, translation = message.find("source"), message.find("translation")
        assert source is not None
        assert translation is not None
        if translation.text != source.text:  # else a symbol or a key
            translation.text = f"{source.text} ĉ"
    file = tmp_path / language.file
    ts.write(file.with_suffix(".ts"), encoding="utf-8", xml_declaration=True)
    lrelease = Path(PySide6.__file__).parent / "lrelease"
    subprocess.run([lrelease, "-silent", file.with_suffix(".ts")], check=True, timeout=60)
    known = resources.path

    def path(*parts: str) -> Path:
        return file if parts == ("i18n", language.file) else known(*parts)

    monkeypatch.setattr(resources, "path", path)
    monkeypatch.setitem(LANGUAGES, language.key, language)
    return texts(file.with_suffix(".ts"), "translation")


def test_a_further_language_is_one_entry_and_one_file(
    esperanto: set[str], open_window: Callable[[], Teacher]
) -> None:
    teacher = open_window()
    teacher.wait_for_derivatives()
    english = speak(teacher, ENGLISH)
    assert teacher.window.languages["eo"].text() == "Esperanto"
    other = speak(teacher, "eo")
    assert len(esperanto & set(other)) > 100
    assert set(other) & texts(ts_file("zh"), "source") - esperanto == set()
    first = catalogue.optimizer("gradient-descent")
    for text in (first.name[ENGLISH], first.note[ENGLISH]):
        assert text in other, "the catalogue falls back to English"
    assert speak(teacher, ENGLISH) == english


def test_a_further_language_is_remembered(
    esperanto: set[str], open_window: Callable[[], Teacher]
) -> None:
    first = open_window()
    speak(first, "eo")
    title = first.window.windowTitle()
    assert title in esperanto
    first.window.close()
    assert Settings().language == "eo"
    second = open_window()
    assert second.window.windowTitle() == title
    assert second.window.languages["eo"].isChecked()


@pytest.mark.usefixtures("esperanto")
def test_the_fonts_of_a_further_language_come_before_those_of_the_others(
    open_window: Callable[[], Teacher],
) -> None:
    teacher = open_window()
    for language, first, second in (
        ("eo", "Font of Esperanto", "Noto Sans CJK SC"),
        ("zh", "Noto Sans CJK SC", "Font of Esperanto"),
    ):
        speak(teacher, language)
        families = teacher.window.font().families()
        assert families.index(first) < families.index(second)


@pytest.mark.usefixtures("esperanto")
def test_the_window_follows_a_desktop_whose_language_it_speaks(
    open_window: Callable[[], Teacher], monkeypatch: pytest.MonkeyPatch
) -> None:
    for desktop, spoken in (("eo", "eo"), ("zh_CN", "zh"), ("zh_TW", "zh"), ("C", ENGLISH)):
        locale = QLocale(desktop)
        monkeypatch.setattr(QLocale, "system", lambda locale=locale: locale)
        assert system_language() == spoken
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("eo"))
    teacher = open_window()
    teacher.wait_for_derivatives()
    as_the_desktop = seen(teacher)
    assert teacher.window.languages["system"].isChecked()
    assert speak(teacher, "eo") == as_the_desktop
