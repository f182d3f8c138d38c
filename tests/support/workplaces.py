"""A workplace without a window, for the test of a single presenter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pytestqt.qtbot import QtBot

from gdsim.app.language.translation import Translation
from gdsim.app.moment import Moment
from gdsim.app.workplace import Workplace
from gdsim.core.run.trace import Trace
from gdsim.views.setup.control_panel import ControlPanel
from gdsim.views.window.landscape_panel import LandscapePanel


@contextmanager
def workplace(qtbot: QtBot) -> Iterator[tuple[Workplace, ControlPanel]]:
    """A workplace and its setup panel; at the end everything that has joined it is shut down."""
    panel, landscape = ControlPanel(), LandscapePanel()
    for widget in (panel, landscape):
        qtbot.addWidget(widget)
    made = Workplace(panel, landscape, Translation())
    yield made, panel
    made.shut_down()
    made.deleteLater()


def moment(trace: Trace, row: int) -> Moment:
    """A row of a run, all of which may be seen."""
    return Moment(
        trace, trace.step(row), is_last=trace.ending is not None and row == len(trace) - 1
    )
