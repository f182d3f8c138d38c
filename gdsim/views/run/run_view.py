"""One run as plots show it: its trace, the shown step, and its style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gdsim.core.run.trace import Trace


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as the landscape and the loss plot draw it.

    ``shown`` is the row of the shown step; later rows are drawn as the future, or not at all
    without ``future``.
    ``colour`` is ``#rrggbb``, or empty for the theme's own path and loss colours; ``dash`` is in
    line widths, empty for a solid line; ``marker`` is a pyqtgraph symbol: see ``theme.RUN_STYLES``.
    ``is_companion``: a run of a race that is not the selected one. Steps at which its loss rises
    are not marked, and a marker shows its current point, because the step with its arrows belongs
    to the selected run.
    ``marks``: (row, label) at steps where a setting was changed, such as (12, "η = 0.2").
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
