"""What the Taylor tab says, in the current language."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from gdsim.core.number_text import shown
from gdsim.core.taylor.directions import StepCircle
from gdsim.core.taylor.local_model import Comparison, StepPrediction
from gdsim.core.taylor.taylor_text import Term

# A share beyond this says no more than the numbers do.
_LARGEST_SHARE = 100.0


def name(term: Term, order: int = 0) -> str:
    """What a line of the table is called; ``order`` is the polynomial's."""
    return {
        Term.FIRST: QCoreApplication.translate("Taylor", "First order"),
        Term.SECOND: QCoreApplication.translate("Taylor", "Second order"),
        Term.HIGHER: QCoreApplication.translate("Taylor", "Order {n}").format(n=order),
        Term.ACTUAL: QCoreApplication.translate("Taylor", "Actual"),
    }[term]


def share(relative: float) -> str:
    """0.4123 as ``41 %``; empty where a share says nothing."""
    if not relative < _LARGEST_SHARE:
        return ""
    percent = 100 * relative
    if percent < 0.1:
        return "< 0.1 %"
    return f"{percent:.1f} %" if percent < 9.95 else f"{percent:.0f} %"


def error(forecast: StepPrediction, difference: float) -> str:
    """How far off a forecast is, ``−11.6 (41 %)``; ≈ 0 where it is within rounding error."""
    if math.isnan(difference):
        return "NaN"
    if not forecast.is_resolved(difference):
        return "≈ 0"
    part = share(forecast.relative(difference))
    sign = "+" if difference > 0 else ""
    return f"{sign}{shown(difference, 3)}" + (f" ({part})" if part else "")


def verdict(forecast: StepPrediction) -> str:
    """What the table shows, in one sentence."""
    match forecast.comparison:
        case Comparison.NOT_FINITE:
            return QCoreApplication.translate(
                "Taylor",
                "The step leads to where the loss or a derivative is not a finite number.",
            )
        case Comparison.BELOW_ROUNDING:
            return QCoreApplication.translate(
                "Taylor", "The loss changes by less than the rounding error."
            )
        case Comparison.UPHILL:
            return QCoreApplication.translate(
                "Taylor", "This step does not point downhill: ∇L·Δ > 0."
            )
        case Comparison.OVERSHOT:
            return QCoreApplication.translate(
                "Taylor",
                "The slope predicts a decrease, but the curvature outweighs it and the loss"
                " rises: the step is too long.",
            )
        case Comparison.UNPREDICTED_RISE:
            return QCoreApplication.translate(
                "Taylor",
                "Slope and curvature predict a decrease, yet the loss rises: the step leaves"
                " the region that they describe.",
            )
        case Comparison.RIGHT:
            return QCoreApplication.translate(
                "Taylor",
                "The slope alone is right to within 1 %: over so short a step the landscape is"
                " nearly a plane.",
            )
        case Comparison.CURVED:
            return _curved(forecast)
        case Comparison.ROUGHLY_RIGHT:
            return QCoreApplication.translate(
                "Taylor",
                "The predictions by slope and by curvature are both somewhat off: terms of"
                " higher order matter here.",
            )
        case Comparison.WRONG:
            return QCoreApplication.translate(
                "Taylor",
                "Neither slope nor curvature predicts this step: it is too long for a local model.",
            )


def _curved(forecast: StepPrediction) -> str:
    first = share(forecast.relative(forecast.first_error))
    second = share(forecast.relative(forecast.second_error))
    if not first:
        return QCoreApplication.translate(
            "Taylor", "The slope alone is far off; the curvature explains most of the difference."
        )
    if not second or not forecast.is_resolved(forecast.second_error):
        return QCoreApplication.translate(
            "Taylor",
            "The slope alone is off by {first}; with the curvature the prediction is right.",
        ).format(first=first)
    return QCoreApplication.translate(
        "Taylor", "The slope alone is off by {first}, slope and curvature together by {second}."
    ).format(first=first, second=second)


def ended() -> str:
    """What is said at the last row of a run."""
    return QCoreApplication.translate(
        "Taylor", "The run has ended here: Δ is the step that was not made."
    )


def deriving() -> str:
    """What is said until the second derivatives are computed."""
    return QCoreApplication.translate("Taylor", "Computing the second derivatives …")


def over_all_rows(step: str) -> str:
    """The title of a step that uses a batch."""
    return QCoreApplication.translate("Taylor", "{step}, the loss over all rows").format(step=step)


def hidden() -> str:
    """What is said while a step is still to be predicted or shown line by line."""
    return QCoreApplication.translate("Taylor", "This step is not revealed yet.")


def plane(circle: StepCircle, titles: tuple[str, str]) -> str:
    """The plane in which the direction is turned, or the reason why there is no β."""
    if not math.isfinite(circle.steepness):
        return QCoreApplication.translate(
            "Taylor", "∇L is not finite here, so no angle can be measured to it."
        )
    if circle.steepness == 0:
        return QCoreApplication.translate(
            "Taylor",
            "∇L = 0 here: the slope predicts no change in any direction; β counts from the"
            " horizontal axis.",
        )
    if circle.plane.dimension == 2:
        return ""
    return QCoreApplication.translate(
        "Taylor",
        "In the plane of {x} and {y} through θₜ; β counts from the part of ∇L that lies in it.",
    ).format(x=titles[0], y=titles[1])


def order_note(order: int, reached: int, *, is_finite: bool) -> str:
    """The reason why the polynomial is shorter than asked for, or missing."""
    if not is_finite:
        return QCoreApplication.translate(
            "Taylor", "Here a derivative is not a finite number: there is no such polynomial."
        )
    if reached < order:
        return QCoreApplication.translate(
            "Taylor",
            "The polynomial ends at order {n}: the next derivative of this formula is too long"
            " to write down.",
        ).format(n=reached)
    return ""
