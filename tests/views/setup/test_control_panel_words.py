"""The setup panel in other languages, also in one with longer texts, and in both themes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot
from setup_panel import shown_panel, type_into

from gdsim.views.setup.control_panel import ControlPanel
from gdsim.views.theme import DARK, LIGHT, apply_theme


@pytest.fixture
def panel(qtbot: QtBot) -> ControlPanel:
    return shown_panel(qtbot)


class HalfAgainAsLong(QTranslator):
    """A language in which every text is half as long again."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return source + " " + source[: len(source) // 2]


@pytest.fixture
def long_language(qtbot: QtBot) -> Iterator[None]:
    translator = HalfAgainAsLong()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.mark.usefixtures("long_language")
@pytest.mark.parametrize("learns", [False, True])
def test_longer_texts_are_not_clipped(panel: ControlPanel, learns: bool) -> None:
    if learns:
        panel.function.set_has_data(True, own_loss=True)
        panel.function.data.set_batch(7)
        panel.function.data.set_standardised(True)
    panel.resize(panel.minimumSizeHint().width(), 1200)
    QApplication.processEvents()
    assert panel.stop.rule.accessibleName().startswith("Stop rule Stop")
    for widget in panel.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not panel:
            continue
        if isinstance(widget, QAbstractButton):
            assert widget.width() >= widget.sizeHint().width(), widget.text()
        if isinstance(widget, QLabel):
            needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else 0
            assert widget.height() >= needed, widget.text()
            assert widget.wordWrap() or widget.width() >= widget.sizeHint().width(), widget.text()
        right = widget.mapTo(panel, QPoint(widget.width(), 0)).x()
        assert right <= panel.width(), widget


def test_the_language_changes_in_place(qtbot: QtBot, panel: ControlPanel) -> None:
    type_into(qtbot, panel.rate.eta.line, "abc")
    translator = HalfAgainAsLong()
    QCoreApplication.installTranslator(translator)
    try:
        qtbot.waitUntil(lambda: panel.optimizer.edit_button.accessibleName() != "Edit the rule…")
        assert panel.stop.rule.accessibleName().startswith("Stop rule Stop")
        assert panel.function.choice.currentText() == "Saddle"
        assert panel.rate.eta.error_label.text() != "“abc” is not a number."
        assert panel.rate.eta.line.text() == "abc"
    finally:
        QCoreApplication.removeTranslator(translator)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_it_is_painted_in_both_themes(
    qtbot: QtBot, own_look: QApplication, panel: ControlPanel, theme: object
) -> None:
    chosen = LIGHT if theme is LIGHT else DARK
    apply_theme(own_look, chosen)
    panel.set_theme(chosen)
    qtbot.waitUntil(lambda: panel.function.loss.is_typeset)
    ground = panel.grab().toImage().pixelColor(panel.width() // 2, panel.height() - 4)
    assert ground.name() == chosen.card
