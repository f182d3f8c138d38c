"""The points that many descents come to, in the language of now."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gdsim.core.explore.attribution import Kind, Place
from gdsim.core.explore.unsettled import Fate
from gdsim.core.number_text import shown

HIGHEST, LOWEST = "λₘₐₓ", "λₘᵢₙ"
"""The largest and the smallest eigenvalue of the Hessian."""


def point_text(point: Sequence[float], scale: Sequence[float]) -> str:
    """``3, 2``: the coordinates, to about a thousandth of the view."""
    decimals = (2 - math.floor(math.log10(width)) + 1 for width in scale)
    return ", ".join(
        shown(round(value, places)) for value, places in zip(point, decimals, strict=True)
    )


def place_name(place: Place, scale: Sequence[float]) -> str:
    """The point, and what it is where it is no minimum."""
    return {
        Kind.MINIMUM: QCoreApplication.translate("Basins", "({point})"),
        Kind.SADDLE: QCoreApplication.translate("Basins", "saddle ({point})"),
        Kind.MAXIMUM: QCoreApplication.translate("Basins", "maximum ({point})"),
    }[place.kind].format(point=point_text(place.at, scale))


def fate_name(fate: Fate) -> str:
    """What became of descents that came to no single point."""
    return {
        Fate.MOVING: QCoreApplication.translate("Basins", "not at rest"),
        Fate.STREWN: QCoreApplication.translate("Basins", "at rest elsewhere"),
        Fate.DIVERGED: QCoreApplication.translate("Basins", "diverged"),
    }[fate]
