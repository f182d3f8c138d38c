"""The losses of a row that everybody knows, as formulas of the prediction and the target."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ROW_LOSSES: Mapping[str, str] = MappingProxyType(
    {
        "squared": "(prediction - {y})^2",
        "absolute": "abs(prediction - {y})",
        "huber": "huber(prediction - {y})",
        "cross-entropy": "crossentropy(prediction, {y})",
    }
)
"""Key → formula, in which ``{y}`` stands for the name of the target.

References
----------
Huber, *Robust estimation of a location parameter*, Ann. Math. Statist. 35 (1964), 73–101.
Goodfellow, Bengio, Courville, *Deep Learning*, 2016, sections 5.5 and 6.2.2.
"""


def row_loss(key: str, target: str) -> str:
    """The loss of this key for a target of this name."""
    return ROW_LOSSES[key].format(y=target)


def row_loss_of(text: str, target: str) -> str | None:
    """The key of exactly this formula, or None for somebody's own."""
    return next((key for key in ROW_LOSSES if row_loss(key, target) == text), None)
