"""Colour maps: for the loss, and for the probability of a class."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from gdsim.views.theme.colours import Theme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@cache
def loss_colormap() -> NDArray[np.uint8]:
    """Viridis from low to high loss, (256, 4) RGBA.

    Its brightness grows evenly, and colour-blind people can read it.
    """
    import pyqtgraph as pg

    table: NDArray[np.uint8] = pg.colormap.get("viridis").getLookupTable(nPts=256, alpha=True)
    table.setflags(write=False)
    return table


@cache
def class_colormap(theme: Theme) -> NDArray[np.uint8]:
    """From one class to the other, (256, 3) RGB: palest where both are equally likely."""
    import numpy as np

    pale, *ends = (_rgb(name) for name in (theme.card, theme.class_low, theme.class_high))
    share = 0.6 * np.abs(np.linspace(-1.0, 1.0, 256))[:, None]
    ink = np.repeat(ends, 128, axis=0)
    table: NDArray[np.uint8] = np.round(np.array(pale) * (1 - share) + ink * share).astype(np.uint8)
    table.setflags(write=False)
    return table


def _rgb(name: str) -> tuple[int, int, int]:
    colour = QColor(name)
    return (colour.red(), colour.green(), colour.blue())
