"""Another language in an open window: every word changes, and changes back."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from teacher import Teacher

TS = Path(__file__).parents[3] / "resources" / "i18n" / "gdsim_zh.ts"
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


def test_a_chinese_window_has_no_english_and_an_english_one_no_chinese(teacher: Teacher) -> None:
    teacher.wait_for_derivatives()
    english = speak(teacher, "en")
    assert [text for text in english if CHINESE.search(text)] == ["简体中文"] * 2
    chinese = speak(teacher, "zh")
    sources = {source.text for source in ET.parse(TS).getroot().iter("source")}
    translations = {text.text for text in ET.parse(TS).getroot().iter("translation")}
    assert set(chinese) & sources - translations == set()
    # Nothing accumulates and nothing is forgotten.
    assert speak(teacher, "en") == english
    assert speak(teacher, "zh") == chinese


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
