"""One run as the plots see it: its trace, the step shown, and how it is told from others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gdsim.core.run.trace import Trace


@dataclass(frozen=True, slots=True)
class RunView:
    """A run, ready to be drawn on the landscape and on the loss plot.

    ``shown`` is the row of the shown step; later rows are drawn as the future.
    ``colour`` is ``#rrggbb``, or empty for the theme's own path and loss colours; ``dash`` is in
    line widths, empty for a solid line; ``marker`` is a pyqtgraph symbol: see ``theme.RUN_STYLES``.
    Without ``future`` the rows after the shown one are not drawn at all.
    ``is_companion``: another run of a race than the selected one. Its rises are not marked, and its
    path shows where it is, because the step that is drawn is the selected run's.
    ``marks``: (row, label) where a setting was changed in mid-run, such as (12, "η = 0.2").
    """

    trace: Trace
    shown: int
    colour: str = ""
    dash: tuple[float, ...] = ()
    marker: str = "o"
    visible: bool = True
    marks: tuple[tuple[int, str], ...] = ()
    future: bool = True
    is_companion: bool = False
