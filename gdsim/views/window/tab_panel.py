"""The card with the tabs, below the loss, in groups: about the step, the run, or many runs."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from gdsim.views.theme import SPACING, Theme
from gdsim.views.widgets.card import Card
from gdsim.views.widgets.flow_layout import FlowLayout
from gdsim.views.widgets.segmented_buttons import SegmentedButtons

GROUPS = ("step", "run", "compare")
"""The groups of tabs; the tabs of one group are shown at a time."""


class Tab(Protocol):
    """The methods of a tab's widget."""

    def tab_title(self) -> str:
        """The title of the tab in the current language."""

    def set_theme(self, theme: Theme) -> None:
        """Restyle everything in it."""


class TabPanel(Card):
    """Groups of tabs above a stack of their widgets; emits when another tab is shown."""

    tab_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QTabBar()
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(False)
        self._groups = SegmentedButtons(GROUPS)
        for group in GROUPS:
            self._groups.button(group).hide()  # until it has a tab
        self._stack = QStackedWidget()
        self._keys: list[str] = []
        self._tabs: list[Tab] = []
        self._theme: Theme | None = None
        self._outdated: set[int] = set()  # the hidden tabs that do not have this theme yet
        self._group_of: list[str] = []
        self._last_in_group: dict[str, int] = {}
        row = FlowLayout(spacing=SPACING, pushed=(self._groups,))
        row.addWidget(self._bar)
        row.addWidget(self._groups)
        self.body.addLayout(row)
        self.body.addWidget(self._stack, 1)
        self._bar.currentChanged.connect(self._on_changed)
        self._groups.chosen.connect(self._on_group_chosen)
        # The arrow keys, which usually change tabs, step through the descent here.
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self._step_tab, step))

    def add_tab(self, key: str, tab: Tab, group: str) -> None:
        """Add a tab at the end of a group, one of GROUPS."""
        assert isinstance(tab, QWidget)
        index = len(self._keys)
        self._keys.append(key)
        self._tabs.append(tab)
        self._group_of.append(group)
        self._last_in_group.setdefault(group, index)
        self._stack.addWidget(tab)
        self._bar.addTab(tab.tab_title())
        self._bar.setTabVisible(index, group == self._groups.key)
        self._groups.button(group).show()
        self._retranslate()

    @property
    def current(self) -> str:
        """The key of the current tab."""
        return self._keys[self._bar.currentIndex()]

    def titles(self) -> list[str]:
        """The titles of the tabs that are in the row."""
        bar = self._bar
        return [bar.tabText(place) for place in range(bar.count()) if bar.isTabVisible(place)]

    def show_tab(self, key: str) -> None:
        """Show a tab and its group."""
        self._show(self._keys.index(key))

    @property
    def views(self) -> list[QWidget]:
        """The widgets of all tabs."""
        return [tab for tab in self._tabs if isinstance(tab, QWidget)]

    def set_theme(self, theme: Theme) -> None:
        """Restyle the current tab; each other tab follows when it is shown."""
        self._theme = theme
        self._outdated = set(range(len(self._tabs)))
        self._update_theme(self._stack.currentIndex())

    def _update_theme(self, index: int) -> None:
        if self._theme is not None and index in self._outdated:
            self._outdated.discard(index)
            self._tabs[index].set_theme(self._theme)

    def _show(self, index: int) -> None:
        group = self._group_of[index]
        self._groups.set_key(group)
        before = self._bar.currentIndex()
        with QSignalBlocker(self._bar):
            # A hidden tab cannot be made current, and the current tab must not be hidden before.
            self._bar.setTabVisible(index, True)
            self._bar.setCurrentIndex(index)
            for other, its_group in enumerate(self._group_of):
                self._bar.setTabVisible(other, its_group == group)
            # The tab bar may be scrolled past tabs that are hidden now. Going to its end, to its
            # beginning and back scrolls it correctly.
            end = max(other_index for other_index, its in enumerate(self._group_of) if its == group)
            for target in (end, self._group_of.index(group), index):
                self._bar.setCurrentIndex(target)
        self._bar.updateGeometry()  # other tabs have another width
        if index != before:
            self._on_changed(index)

    def _on_group_chosen(self, group: str) -> None:
        """Show the tab of this group that was shown last."""
        self._show(self._last_in_group[group])

    def _step_tab(self, step: int) -> None:
        """Show the next or previous tab; after the last comes the first."""
        if self._keys:
            self._show((self._bar.currentIndex() + step) % len(self._keys))

    def _on_changed(self, index: int) -> None:
        self._update_theme(index)
        self._stack.setCurrentIndex(index)
        if index < len(self._keys):
            self._last_in_group[self._group_of[index]] = index
            self.tab_changed.emit(self._keys[index])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        for index, tab in enumerate(self._tabs):
            self._bar.setTabText(index, tab.tab_title())
        self._bar.setAccessibleName(self.tr("Ways of looking at what is shown"))
        self._groups.setAccessibleName(self.tr("What the tabs are about"))
        self._groups.describe("step", self.tr("Step"), self.tr("About the shown step"))
        self._groups.describe("run", self.tr("Run"), self.tr("About the whole run"))
        self._groups.describe("compare", self.tr("Compare"), self.tr("About many runs at once"))
