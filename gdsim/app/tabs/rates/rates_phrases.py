"""What the window says about a learning-rate sweep, in the current language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gdsim.app.language.point_phrases import HIGHEST, point_name, point_text
from gdsim.core.explore.attribution import Kind
from gdsim.core.explore.rates import MOST_STEPS, SweepPicture
from gdsim.core.number_text import grouped, shown
from gdsim.core.run.ending import Outcome
from gdsim.core.verdict.kind import PointKind
from gdsim.views.widgets.status_line import Activity, RunState

_RATE_DIGITS = 4
_LOSS_DIGITS = 4


def rate_text(rate: float) -> str:
    """A rate of the sweep, as a rule with all its digits."""
    return shown(rate, _RATE_DIGITS)


def state(picture: SweepPicture, column: int) -> RunState:
    """The state shown on the picture of a rate."""
    outcome = picture.ends.outcome(column)
    if outcome is Outcome.STOP_RULE and _is_at_minimum(picture, column):
        return PointKind.MINIMUM
    return outcome or Activity.MOVING


def _is_at_minimum(picture: SweepPicture, column: int) -> bool:
    label = int(picture.labels[column])
    return label >= 0 and picture.found_points[label].kind is Kind.MINIMUM


def loss_text(picture: SweepPicture, column: int) -> str:
    """The final loss with a rate; a dash where the run failed."""
    if not _has_loss(picture, column):
        return "–"
    return shown(float(picture.ends.loss[column]), _LOSS_DIGITS)


def _has_loss(picture: SweepPicture, column: int) -> bool:
    outcome = picture.ends.outcome(column)
    return outcome is not None and not outcome.is_failure


def steps_text(picture: SweepPicture, column: int) -> str:
    """The number of updates."""
    return grouped(int(picture.ends.steps[column]))


def ending(picture: SweepPicture, column: int, scale: Sequence[float]) -> str:
    """How the run with a rate ended, and at which point."""
    translate = QCoreApplication.translate
    outcome = picture.ends.outcome(column)
    label = int(picture.labels[column])
    if outcome is Outcome.STOP_RULE and label >= 0:
        place = point_name(picture.found_points[label], scale)
        if _is_at_minimum(picture, column):
            return translate("Rates", "converged at {place}").format(place=place)
        return translate("Rates", "stopped at {place}").format(place=place)
    return {
        Outcome.STOP_RULE: translate("Rates", "stopped elsewhere"),
        Outcome.STEP_LIMIT: translate("Rates", "step limit"),
        Outcome.DIVERGED: translate("Rates", "diverged"),
        Outcome.UNDEFINED: translate("Rates", "undefined"),
        None: translate("Rates", "still running"),
    }[outcome]


def point_note(picture: SweepPicture, column: int, scale: Sequence[float]) -> str:
    """The description of one rate."""
    translate = QCoreApplication.translate
    rate, steps = rate_text(float(picture.rates[column])), steps_text(picture, column)
    how = ending(picture, column, scale)
    if not _has_loss(picture, column):
        sentence = translate("Rates", "η = {rate}: {how}, t = {steps}")
        return sentence.format(rate=rate, how=how, steps=steps)
    return translate("Rates", "η = {rate}: {how}, t = {steps}, L = {loss}").format(
        rate=rate, how=how, steps=steps, loss=loss_text(picture, column)
    )


def frame_note(picture: SweepPicture, column: int, scale: Sequence[float]) -> str:
    """The description of one picture."""
    note = point_note(picture, column, scale)
    return QCoreApplication.translate("Rates", "{note}. Click to use this η").format(note=note)


def mark_label(multiple: int, rate: float) -> str:
    """``1/λₘₐₓ = 0.0122``."""
    return f"{multiple}/{HIGHEST} = {shown(rate, 3)}"


def limit_label(rate: float) -> str:
    """The limit of a rule that is not plain gradient descent."""
    return QCoreApplication.translate("Rates", "limit of this rule = {rate}").format(
        rate=shown(rate, 3)
    )


def summary(picture: SweepPicture) -> str:
    """The rate that needs the fewest steps."""
    translate = QCoreApplication.translate
    fastest = picture.fastest
    if fastest is not None:
        return translate("Rates", "Fewest steps: {steps} at η = {rate}.").format(
            steps=steps_text(picture, fastest), rate=rate_text(float(picture.rates[fastest]))
        )
    if picture.ends.are(Outcome.DIVERGED).all():
        return translate("Rates", "Every η of this range diverges.")
    if picture.ends.are(None).any():
        return translate("Rates", "No η of this range has met the stop rule yet.")
    return translate("Rates", "No η of this range meets the stop rule within the step limit.")


def curvature_sentence(
    at: Sequence[float], scale: Sequence[float], *, is_minimum: bool, is_plain: bool
) -> str:
    """Where λₘₐₓ was taken: at a minimum, or at the lowest point if no rate reached a minimum."""
    translate = QCoreApplication.translate
    if is_minimum:
        sentence = translate("Rates", "{highest} at the minimum ({point}).")
    else:
        sentence = translate("Rates", "{highest} at the lowest point reached, ({point}).")
    said = sentence.format(highest=HIGHEST, point=point_text(at, scale))
    if is_plain:
        return said
    plain = translate(
        "Rates", "1/{highest} and 2/{highest} are for plain gradient descent, not for this rule."
    )
    return f"{said} {plain.format(highest=HIGHEST)}"


def signs(picture: SweepPicture) -> list[str]:
    """What the special marks on the plots mean, where there are any."""
    translate = QCoreApplication.translate
    found = []
    if picture.ends.are(Outcome.STEP_LIMIT).any():
        found.append(translate("Rates", "○ step limit."))
    if len({label for label in picture.labels.tolist() if label >= 0}) > 1:
        found.append(translate("Rates", "Colour: the point reached."))
    return found


def capped() -> str:
    """The note that the sweep ends before the step limit of the settings."""
    return QCoreApplication.translate("Rates", "At most {most} steps for each η.").format(
        most=grouped(MOST_STEPS)
    )


def no_range() -> str:
    """What is wrong with the range."""
    return QCoreApplication.translate("Rates", "The largest η must exceed the smallest.")
