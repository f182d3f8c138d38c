"""The card beneath the loss: one tab for each way of looking at the shown step."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from gdsim.views.card import Card
from gdsim.views.theme import Theme


class Tab(Protocol):
    """What a tab's widget offers beside being a widget."""

    def tab_title(self) -> str:
        """The tab's title in the language of now."""

    def set_theme(self, theme: Theme) -> None:
        """Restyle everything in it."""


class StudyPanel(Card):
    """Tabs over a stack of views; says when another one comes to the front."""

    tab_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QTabBar()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(True)
        self._stack = QStackedWidget()
        self._keys: list[str] = []
        self._tabs: list[Tab] = []
        self.body.addWidget(self._bar)
        self.body.addWidget(self._stack, 1)
        self._bar.currentChanged.connect(self._on_changed)
        # The arrow keys, which usually walk along tabs, walk along the descent.
        for keys, way in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self._turn, way))

    def add_tab(self, key: str, tab: Tab) -> None:
        """Put a view at the end of the tabs."""
        assert isinstance(tab, QWidget)
        self._keys.append(key)
        self._tabs.append(tab)
        self._stack.addWidget(tab)
        self._bar.addTab(tab.tab_title())
        self._retranslate()

    @property
    def current(self) -> str:
        """The key of the tab in front."""
        return self._keys[self._bar.currentIndex()]

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        self._bar.setCurrentIndex(self._keys.index(key))

    def set_theme(self, theme: Theme) -> None:
        for tab in self._tabs:
            tab.set_theme(theme)

    def _turn(self, way: int) -> None:
        """Bring the tab beside the one in front to the front; after the last comes the first."""
        self._bar.setCurrentIndex((self._bar.currentIndex() + way) % max(1, self._bar.count()))

    def _on_changed(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        if index < len(self._keys):
            self.tab_changed.emit(self._keys[index])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        for index, tab in enumerate(self._tabs):
            self._bar.setTabText(index, tab.tab_title())
        self._bar.setAccessibleName(self.tr("Ways of looking at this step"))
