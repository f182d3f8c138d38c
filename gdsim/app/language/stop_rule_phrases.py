"""What the window says of the stop rules, whichever there are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gdsim.app.language.translation import translated
from gdsim.core.run.ending import tested_quantity
from gdsim.core.run.stop_rules import StopRule


def quantity(stop: StopRule, epoch: int | None) -> str:
    """``‖Δθ‖``; with words where it is that of an epoch, or of all rows at its end.

    Parameters
    ----------
    epoch : the updates in an epoch, where the rule is tested at the ends of epochs.
    """
    return stop.sign if epoch is None else translated(tested_quantity(stop, epoch))


def condition(stop: StopRule, epoch: int | None = None) -> str:
    """``‖Δθ‖ < ε``; a dash where nothing is compared."""
    return f"{quantity(stop, epoch)} < ε" if stop.compares else "–"


def named_quantity(stop: StopRule, epoch: int | None) -> str:
    """The quantity in signs and in words."""
    if epoch is not None:
        return quantity(stop, epoch)
    return f"{stop.sign}  –  {title(stop)}"


def title(stop: StopRule) -> str:
    """The quantity in words."""
    return QCoreApplication.translate("Core", stop.title)


def choices() -> list[tuple[str, str, str]]:
    """Every rule as a list offers it: its key, what it does, and what is true where it is met."""
    return [
        (stop.value, _choice(stop), QCoreApplication.translate("Core", stop.meaning))
        for stop in StopRule
    ]


def _choice(stop: StopRule) -> str:
    if not stop.compares:
        return title(stop)
    return QCoreApplication.translate("StopRules", "stop when {condition}").format(
        condition=condition(stop)
    )
