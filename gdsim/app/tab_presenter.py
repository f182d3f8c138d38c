"""What a tab consists of beside its view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar

from gdsim.app.workplace import Presenter, Workplace
from gdsim.views.window.tab_panel import Tab

View = TypeVar("View", bound=Tab)


class TabPresenter(Presenter, Generic[View]):
    """Fills one tab, and whatever it draws on the landscape, from the shown moment.

    A subclass with one line in ``gdsim.app.tabs.registry.TABS`` is a tab: its view is built after
    the first picture, it is drawn while it is in front, cleared when it goes to the back,
    retranslated, and shut down.
    """

    key: ClassVar[str]
    """The tab's name in the program and in files."""

    group: ClassVar[str]
    """One of ``gdsim.views.window.tab_panel.GROUPS``: the tabs that stand beside it."""

    shown_in_predictions: ClassVar[bool] = False
    """Whether the tab stays in sight while a step is still to be predicted.

    It then has to keep that step secret, as ``moment.known`` and ``moment.is_hidden`` say. A tab
    that does not promise this is empty meanwhile.
    """

    def __init__(self, view: View, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.view = view

    @classmethod
    def make_view(cls) -> View:
        """Build the widget that ``__init__`` will be given."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:
        """What the user has chosen in this tab, in the types of JSON."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up what ``state`` gave; what is missing stays as it is."""
