"""The groups of tabs: which tabs are shown, which is current, and how the user changes it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from gdsim.views.theme import Theme
from gdsim.views.window.tab_panel import TabPanel


class Page(QLabel):
    def tab_title(self) -> str:
        return self.text()

    def set_theme(self, theme: Theme) -> None:
        pass


@pytest.fixture
def panel(qtbot: QtBot) -> TabPanel:
    panel = TabPanel()
    qtbot.addWidget(panel)
    for key, group in (("a", "step"), ("b", "step"), ("c", "run"), ("d", "run"), ("e", "compare")):
        panel.add_tab(key, Page(key), group)
    panel.resize(500, 300)
    panel.show()
    return panel


def row(panel: TabPanel) -> list[str]:
    bar = panel.findChild(QTabBar)
    assert isinstance(bar, QTabBar)
    return [bar.tabText(index) for index in range(bar.count()) if bar.isTabVisible(index)]


def press(panel: TabPanel, qtbot: QtBot, name: str) -> None:
    (button,) = [button for button in panel.findChildren(QPushButton) if button.text() == name]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def in_front(panel: TabPanel) -> str:
    (page,) = [page for page in panel.findChildren(Page) if page.isVisible()]
    assert page.text() == panel.current
    return page.text()


def test_a_group_shows_its_own_tabs(panel: TabPanel, qtbot: QtBot) -> None:
    assert (row(panel), in_front(panel)) == (["a", "b"], "a")
    press(panel, qtbot, "Run")
    assert (row(panel), in_front(panel)) == (["c", "d"], "c")
    press(panel, qtbot, "Compare")
    assert (row(panel), in_front(panel)) == (["e"], "e")


def test_a_group_remembers_its_tab(panel: TabPanel, qtbot: QtBot) -> None:
    panel.show_tab("d")
    press(panel, qtbot, "Step")
    press(panel, qtbot, "Run")
    assert in_front(panel) == "d"


def test_a_tab_of_another_group_is_shown_with_its_group(panel: TabPanel) -> None:
    changes: list[str] = []
    panel.tab_changed.connect(changes.append)
    panel.show_tab("d")
    assert (row(panel), in_front(panel), changes) == (["c", "d"], "d", ["d"])


def test_control_tab_goes_through_all_groups(panel: TabPanel, qtbot: QtBot) -> None:
    seen = []
    for _ in range(5):
        seen.append(in_front(panel))
        qtbot.keyClick(panel, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert seen == ["a", "b", "c", "d", "e"]
    assert in_front(panel) == "a"


def test_a_group_without_tabs_has_no_button(qtbot: QtBot) -> None:
    panel = TabPanel()
    qtbot.addWidget(panel)
    panel.add_tab("a", Page("a"), "step")
    panel.show()
    shown = [button.text() for button in panel.findChildren(QPushButton) if button.isVisible()]
    assert shown == ["Step"]


def test_the_first_tab_of_a_group_is_at_the_left(qtbot: QtBot) -> None:
    panel = TabPanel()
    qtbot.addWidget(panel)
    panel.resize(490, 300)
    for number in range(9):
        name = f"Title {number}"
        panel.add_tab(name, Page(name), ("step", "run", "compare")[number // 3])
    panel.show()
    bar = panel.findChild(QTabBar)
    assert isinstance(bar, QTabBar)
    for shown in (8, 0, 7, 3, 6, 2, 5):
        panel.show_tab(f"Title {shown}")
        qtbot.wait(1)
        assert bar.tabRect(shown // 3 * 3).x() == 0
