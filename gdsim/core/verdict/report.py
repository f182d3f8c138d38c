"""How a descent ended, with the verdict on the point, as one sentence and as JSON."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.formula.names import plain_name
from gdsim.core.formula.undefined import DIVISION, POWER, Undefined
from gdsim.core.number_text import shown
from gdsim.core.run.descent import undefined_at
from gdsim.core.run.ending import Ending, Outcome
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace
from gdsim.core.sentence import Sentence
from gdsim.core.verdict.cause import cause_of_stop
from gdsim.core.verdict.end_sentences import (
    AND,
    AT_LIMIT,
    AWAY,
    BY_ZERO,
    NEAR_MINIMUM,
    NO_HESSIAN,
    NO_INVERSE,
    NO_POWER,
    NO_VALUE,
    NO_VALUE_OF_TWO,
    NOT_STATIONARY,
    POINTS,
    STILL_FALLS,
    STOPPED,
    UNDEFINED,
)
from gdsim.core.verdict.judge import judge_end
from gdsim.core.verdict.kind import PointKind
from gdsim.core.verdict.overshoot import Overshoot, overshoot
from gdsim.core.verdict.point import PointVerdict

_DIGITS = 4
_FARTHEST = 1e6  # a parabola that has its lowest point farther away says nothing of the loss there


@dataclass(frozen=True, slots=True)
class EndReport:
    """What there is to say of the end of a descent.

    Parameters
    ----------
    verdict : of the last point, over all rows where there are data.
    said : the report as a sentence that can be translated.
    overshoot : that the loss kept rising because η is too large, where it did.
    """

    ending: Ending
    experiment: Experiment
    theta: Floats
    verdict: PointVerdict
    said: Sentence
    overshoot: Overshoot | None = None

    @property
    def said_with_reason(self) -> Sentence:
        """The report, and why the loss kept rising where it did."""
        if self.overshoot is None:
            return self.said
        return Sentence(AND, {"end": self.said, "more": self.overshoot.said})

    @property
    def sentence(self) -> str:
        """The whole report in one English sentence."""
        return str(self.said)

    def as_json(self) -> dict[str, object]:
        """The report in the types of JSON; a number that is not finite is None."""
        ending, names = self.ending, self.experiment.parameters
        return {
            "ending": ending.outcome.value,
            "t": ending.t,
            "quantity": None if ending.stop is None else ending.stop.value,
            "value": None if ending.stop is None else _finite(ending.value),
            "epsilon": self.experiment.epsilon,
            "point": self.verdict.kind.value,
            "distance": None if self.verdict.distance is None else _finite(self.verdict.distance),
            "theta": {
                name: _finite(value) for name, value in zip(names, self.theta.tolist(), strict=True)
            },
            "loss": _finite(self.verdict.loss),
            "gradient_norm": _finite(self.verdict.gradient_norm),
            "sentence": self.sentence,
        }


def report_end(trace: Trace) -> EndReport:
    """The report on a trace that has ended."""
    ending = trace.ending
    if ending is None:
        raise ValueError("the descent goes on")
    step = trace.step(len(trace) - 1)
    experiment = trace.experiment
    is_failure = ending.outcome.is_failure
    verdict = PointVerdict(PointKind.UNKNOWN) if is_failure else judge_end(trace)
    if math.isnan(verdict.loss):
        verdict = _with_numbers(verdict, experiment, step.theta)
    said = _sentence(trace, ending, verdict)
    return EndReport(ending, experiment, step.theta, verdict, said, overshoot(trace))


def report_without_verdict(trace: Trace) -> EndReport:
    """The report on a trace that has ended, which says no more than how."""
    if trace.ending is None:
        raise ValueError("the descent goes on")
    return EndReport(
        trace.ending,
        trace.experiment,
        trace.step(len(trace) - 1).theta,
        PointVerdict(PointKind.UNKNOWN),
        trace.ending.said,
    )


def _with_numbers(verdict: PointVerdict, experiment: Experiment, theta: Floats) -> PointVerdict:
    """The same verdict with L and ‖∇L‖ over all rows, where these can be computed."""
    objective = experiment.objective()
    loss = float(objective.value(theta))
    norm = math.hypot(*objective.gradient(theta).tolist())
    return PointVerdict(verdict.kind, verdict.distance, norm, loss)


def _sentence(trace: Trace, ending: Ending, verdict: PointVerdict) -> Sentence:
    if ending.outcome is Outcome.UNDEFINED:
        return Sentence(UNDEFINED, {"t": str(ending.t), "what": _what_is_undefined(trace)})
    if ending.outcome is Outcome.STEP_LIMIT:
        return Sentence(AT_LIMIT, {"t": str(ending.t), "point": _state_at_limit(verdict)})
    if ending.outcome is not Outcome.STOP_RULE:
        return ending.said
    fields: dict[str, str | Sentence] = {**ending.fields}
    if verdict.kind is PointKind.SADDLE:
        fields["direction"] = _vector(trace, verdict.downhill or ())
    elif verdict.kind is PointKind.NOT_STATIONARY:
        fields["left"] = _what_is_left(verdict)
        cause = cause_of_stop(trace, verdict)
        return Sentence(NOT_STATIONARY[cause], fields)
    return Sentence(STOPPED[verdict.kind], fields)


def _what_is_undefined(trace: Trace) -> Sentence:
    theta = trace.step(len(trace) - 1).theta
    undefined = undefined_at(trace.experiment.objective(), theta)
    if undefined is None:
        return _flat_direction(trace)
    numbers = zip(trace.parameters, theta.tolist(), strict=True)
    point = ", ".join(f"{plain_name(name)} = {shown(value, _DIGITS)}" for name, value in numbers)
    return _operation(undefined, point)


def _operation(undefined: Undefined, point: str) -> Sentence:
    """The operation and what it was applied to: ``log has no value for x − 1 = −2``."""
    texts = [
        text if text == number else f"{text} = {number}"
        for text, number in zip(
            undefined.texts, (shown(value, _DIGITS) for value in undefined.arguments), strict=True
        )
    ]
    fields = {"operation": undefined.operation, "first": texts[0], "point": point}
    if undefined.operation == DIVISION:
        return Sentence(BY_ZERO, fields)
    if len(texts) == 1:
        return Sentence(NO_VALUE, fields)
    template = NO_POWER if undefined.operation == POWER else NO_VALUE_OF_TWO
    return Sentence(template, {**fields, "second": texts[1]})


def _what_is_left(verdict: PointVerdict) -> Sentence:
    if verdict.distance is None or verdict.distance > _FARTHEST:
        return Sentence(STILL_FALLS, {"slope": shown(verdict.gradient_norm, _DIGITS)})
    return Sentence(AWAY, {"distance": shown(verdict.distance, 3)})


def _state_at_limit(verdict: PointVerdict) -> Sentence:
    if verdict.kind is PointKind.NOT_STATIONARY:
        return _what_is_left(verdict)
    if verdict.kind is PointKind.MINIMUM and verdict.distance is not None:
        return Sentence(NEAR_MINIMUM, {"distance": shown(verdict.distance, 3)})
    return Sentence(POINTS[verdict.kind])


def _vector(trace: Trace, components: tuple[float, ...]) -> str:
    names = ", ".join(plain_name(name) for name in trace.parameters)
    numbers = ", ".join(shown(round(value, 3) + 0.0, 3) for value in components)
    return f"({names}) = ({numbers})"


def _flat_direction(trace: Trace) -> Sentence:
    """That H has no inverse, and along which direction nothing curves."""
    hessian = trace.experiment.objective().hessian(trace.step(len(trace) - 1).theta)
    if not np.isfinite(hessian).all():
        return Sentence(NO_HESSIAN)
    curvatures, directions = np.linalg.eigh(hessian)
    flattest = directions[:, int(np.argmin(np.abs(curvatures)))]
    leading = flattest[int(np.argmax(np.abs(flattest)))]
    along = tuple((flattest * np.sign(leading)).tolist())
    return Sentence(NO_INVERSE, {"direction": _vector(trace, along)})


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
