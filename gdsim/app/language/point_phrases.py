"""The points that many descents come to, in the current language."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gdsim.core.explore.attribution import FoundPoint, Kind
from gdsim.core.number_text import shown
from gdsim.core.run.ending import Outcome

HIGHEST, LOWEST = "λₘₐₓ", "λₘᵢₙ"
"""The largest and the smallest eigenvalue of the Hessian."""


def point_text(point: Sequence[float], scale: Sequence[float]) -> str:
    """``3, 2``: the coordinates, to about a thousandth of the view."""
    decimals = (2 - math.floor(math.log10(width)) + 1 for width in scale)
    return ", ".join(
        shown(round(value, places)) for value, places in zip(point, decimals, strict=True)
    )


def point_name(point: FoundPoint, scale: Sequence[float]) -> str:
    """The point, and what it is where it is no minimum."""
    return {
        Kind.MINIMUM: QCoreApplication.translate("Basins", "({point})"),
        Kind.SADDLE: QCoreApplication.translate("Basins", "saddle ({point})"),
        Kind.MAXIMUM: QCoreApplication.translate("Basins", "maximum ({point})"),
    }[point.kind].format(point=point_text(point.at, scale))


def outcome_name(outcome: Outcome) -> str:
    """What is said of descents that reached no point in common with others."""
    return {
        Outcome.STEP_LIMIT: QCoreApplication.translate("Basins", "still moving"),
        Outcome.STOP_RULE: QCoreApplication.translate("Basins", "stopped elsewhere"),
        Outcome.DIVERGED: QCoreApplication.translate("Basins", "diverged"),
        Outcome.UNDEFINED: QCoreApplication.translate("Basins", "undefined"),
    }[outcome]
