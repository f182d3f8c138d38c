"""Only the tab that can be seen is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, Slot

from gdsim.app.moment import Moment
from gdsim.app.tab_presenter import TabPresenter
from gdsim.app.workplace import Workplace
from gdsim.views.window.tab_panel import TabPanel


class TabSwitch(QObject):
    """Hands each moment to the tab in front."""

    def __init__(
        self, panel: TabPanel, tabs: Iterable[TabPresenter[Any]], workplace: Workplace
    ) -> None:
        super().__init__(workplace)
        self._workplace = workplace
        self._tabs = {tab.key: tab for tab in tabs}
        self._front = self._tabs[panel.current]
        panel.tab_changed.connect(self._on_tab_changed)

    def draw(self, moment: Moment) -> None:
        """Bring the tab in front to this moment."""
        if moment.is_hidden and not self._front.shown_in_predictions:
            self._front.clear()
        else:
            self._front.draw(moment)

    @Slot(str)
    def _on_tab_changed(self, key: str) -> None:
        self._front.clear()
        self._front = self._tabs[key]
        self._workplace.redraw()
