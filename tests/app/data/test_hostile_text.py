"""A file with markup and control characters for titles is shown as it is, everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from teacher import Teacher

from gdsim.app.tabs.registry import TABS
from gdsim.core.plain_text import plain_text
from gdsim.views.widgets.literal_text import literal

TAG = "<img src=/dev/zero>"
HOSTILE = f"a{TAG}\x1b[2J\u202e"
FILE = f"""{HOSTILE},b{TAG},{TAG} label
1,2,no{TAG}
3,{TAG},yes{TAG}
2,5,no{TAG}
4,1,yes{TAG}
"""


def texts_that_are_guessed_at(root: QWidget) -> Iterator[str]:
    """All texts beneath a widget that Qt takes for markup where they look like it."""
    for widget in [root, *root.findChildren(QWidget)]:
        yield widget.toolTip()
        yield widget.whatsThis()
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            yield widget.text()
        if isinstance(widget, QAbstractItemView | QComboBox):
            yield from item_tips(widget.model())
    for action in root.findChildren(QAction):
        yield action.toolTip()


def columns_of(model: QAbstractItemModel) -> int:
    # A list has one column, and its count of them is private.
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())


def item_tips(model: QAbstractItemModel) -> Iterator[str]:
    role = Qt.ItemDataRole.ToolTipRole
    for column in range(columns_of(model)):
        yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
        for row in range(min(model.rowCount(QModelIndex()), 50)):
            yield str(model.index(row, column, QModelIndex()).data(role) or "")


def is_loaded(text: str) -> bool:
    """Whether showing the text as a tool tip would follow the address in the tag."""
    document = QTextDocument()
    document.setHtml(text)
    return TAG not in document.toPlainText() and TAG in text


def check(root: QWidget) -> int:
    """Every text that is guessed at shows its tags; answers how many held one."""
    seen = 0
    for text in texts_that_are_guessed_at(root):
        assert not is_loaded(text), text
        seen += "/dev/zero" in text
    return seen


def all_texts(root: QWidget) -> Iterator[str]:
    for widget in [root, *root.findChildren(QWidget)]:
        yield widget.windowTitle()
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        for reading in ("text", "toPlainText", "currentText"):
            if hasattr(widget, reading):
                yield getattr(widget, reading)()
        if isinstance(widget, QAbstractItemView):
            model = widget.model()
            for column in range(columns_of(model)):
                yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
                for row in range(min(model.rowCount(QModelIndex()), 50)):
                    yield str(model.index(row, column, QModelIndex()).data() or "")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "a\u202e\x1b[2J<b>.csv"
    place.write_text(FILE, encoding="utf-8")
    return place


def test_the_test_would_see_a_tag() -> None:
    assert is_loaded(TAG)
    assert is_loaded(f"x\n{TAG}")
    assert not is_loaded(literal(TAG))
    assert not is_loaded("plain")


def test_a_hostile_file_is_shown_letter_by_letter(
    teacher: Teacher, file: Path, qtbot: QtBot
) -> None:
    opening = teacher.session.controller.opening
    opening.look_at(str(file))
    dialog = opening.dialog
    qtbot.waitUntil(dialog.open_button.isEnabled)
    assert check(dialog) >= 3  # the titles, at least
    shown = [text for text in all_texts(dialog) if TAG in text]
    assert len(shown) > 8
    for text in all_texts(dialog):
        assert "\x1b" not in text
        assert "\u202e" not in text
    dialog.open_button.click()
    teacher.settle()
    data = teacher.trace().experiment.data
    assert data is not None
    assert data.name == plain_text(file.stem)
    for tab in TABS:
        teacher.window.tabs.show_tab(tab.key)
        teacher.settle()
        check(teacher.window)
    for text in all_texts(teacher.window):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert any(TAG in entry for entry in teacher.data_legend())


@pytest.mark.parametrize("typed", [TAG, f"x + {TAG}", f"x^2 {HOSTILE}"])
def test_a_hostile_formula_is_quoted_letter_by_letter(teacher: Teacher, typed: str) -> None:
    panel = teacher.panel.function
    teacher.type_into(panel.formula, typed)
    QApplication.processEvents()
    check(teacher.window)
    for widget in teacher.window.findChildren(QLabel):
        assert "\x1b" not in widget.text()
        assert "\u202e" not in widget.text()
