"""What the window says of the stop rules, whichever there are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gdsim.core.run.stop_rules import StopRule


def condition(stop: StopRule) -> str:
    """``‖Δθ‖ < ε``; a dash where nothing is compared."""
    return f"{stop.sign} < ε" if stop.compares else "–"


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
