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
from gdsim.core.verdict.cause import Cause, cause_of_stop
from gdsim.core.verdict.judge import judge_end
from gdsim.core.verdict.point import PointKind, PointVerdict

_DIGITS = 4
_FARTHEST = 1e6  # a parabola that has its lowest point farther away says nothing of the loss there


@dataclass(frozen=True, slots=True)
class EndReport:
    """What there is to say of the end of a descent.

    Parameters
    ----------
    verdict : of the last point, over all rows where there are data.
    """

    ending: Ending
    experiment: Experiment
    theta: Floats
    verdict: PointVerdict
    sentence: str

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
    sentence = _sentence(trace, ending, verdict)
    return EndReport(ending, experiment, step.theta, verdict, sentence)


def _with_numbers(verdict: PointVerdict, experiment: Experiment, theta: Floats) -> PointVerdict:
    """The same verdict with L and ‖∇L‖ over all rows, where these can be computed."""
    objective = experiment.objective()
    loss = float(objective.value(theta))
    norm = math.hypot(*objective.gradient(theta).tolist())
    return PointVerdict(verdict.kind, verdict.distance, norm, loss)


def _sentence(trace: Trace, ending: Ending, verdict: PointVerdict) -> str:
    if ending.outcome is Outcome.UNDEFINED:
        return f"undefined at t = {ending.t}: {_what_is_undefined(trace)}"
    if ending.outcome is Outcome.STEP_LIMIT:
        return f"{ending}; {_state_at_limit(verdict)}"
    if ending.outcome is not Outcome.STOP_RULE or verdict.kind is PointKind.MINIMUM:
        return str(ending)
    test = "{quantity} = {value} < ε = {epsilon}".format(**ending.fields)
    where = {
        PointKind.SADDLE: f"on a saddle: {test}; the loss falls along {_direction(trace, verdict)}",
        PointKind.MAXIMUM: f"on a maximum: {test}; the loss falls in every direction",
        PointKind.FLAT: f"on flat ground: {test}; there is no slope to follow",
        PointKind.UNKNOWN: f"on a point of unknown kind: {test}",
    }.get(verdict.kind)
    if where is None:
        where = f"but not at a minimum: {test}{_reason(trace, verdict)}; {_what_is_left(verdict)}"
    return f"stopped at t = {ending.t}, {where}".replace(", on", " on")


def _what_is_undefined(trace: Trace) -> str:
    theta = trace.step(len(trace) - 1).theta
    undefined = undefined_at(trace.experiment.objective(), theta)
    if undefined is None:
        return _flat_direction(trace)
    numbers = zip(trace.parameters, theta.tolist(), strict=True)
    point = ", ".join(f"{plain_name(name)} = {shown(value, _DIGITS)}" for name, value in numbers)
    return f"{_operation(undefined)}, at {point}"


def _operation(undefined: Undefined) -> str:
    """The operation and what it was applied to: ``log has no value for x − 1 = −2``."""
    texts = [
        text if text == number else f"{text} = {number}"
        for text, number in zip(
            undefined.texts, (shown(value, _DIGITS) for value in undefined.arguments), strict=True
        )
    ]
    if undefined.operation == DIVISION:
        return f"division by {texts[0]}"
    if undefined.operation == POWER:
        return f"{texts[0]} to the power {texts[1]} has no value"
    return f"{undefined.operation} has no value for {' and '.join(texts)}"


def _reason(trace: Trace, verdict: PointVerdict) -> str:
    """Why the tested quantity was small, where that is one thing."""
    reasons = {
        Cause.RATE: " because η is small",
        Cause.EPSILON: ", which ε allows",
        Cause.SCHEDULE: " because the schedule has made η small",
        Cause.WEIGHT_DECAY: " because the weight decay cancels the step",
        Cause.MEMORY: " because of what the optimizer remembers",
    }
    cause = cause_of_stop(trace, verdict)
    return "" if cause is None else reasons[cause]


def _what_is_left(verdict: PointVerdict) -> str:
    if verdict.distance is None or verdict.distance > _FARTHEST:
        return f"the loss still falls: ‖∇L‖ = {shown(verdict.gradient_norm, _DIGITS)}"
    return f"the minimum of the local parabola is {shown(verdict.distance, 3)} away"


def _state_at_limit(verdict: PointVerdict) -> str:
    match verdict.kind:
        case PointKind.MINIMUM if verdict.distance is not None:
            return f"the point is {shown(verdict.distance, 3)} from a minimum"
        case PointKind.MINIMUM:
            return "the point is a minimum"
        case PointKind.NOT_STATIONARY:
            return _what_is_left(verdict)
        case PointKind.UNKNOWN:
            return "what kind of point this is, is unknown"
        case kind:
            return f"the point is {_ARTICLES[kind]}"


_ARTICLES = {
    PointKind.SADDLE: "a saddle",
    PointKind.MAXIMUM: "a maximum",
    PointKind.FLAT: "flat ground",
}


def _direction(trace: Trace, verdict: PointVerdict) -> str:
    """A unit vector by its components: ``(0, 1)`` for (x, y)."""
    return _vector(trace, verdict.downhill or ())


def _vector(trace: Trace, components: tuple[float, ...]) -> str:
    names = ", ".join(plain_name(name) for name in trace.parameters)
    numbers = ", ".join(shown(round(value, 3) + 0.0, 3) for value in components)
    return f"({names}) = ({numbers})"


def _flat_direction(trace: Trace) -> str:
    """That H has no inverse, and along which direction nothing curves."""
    hessian = trace.experiment.objective().hessian(trace.step(len(trace) - 1).theta)
    if not np.isfinite(hessian).all():
        return "the Hessian has no value here"
    curvatures, directions = np.linalg.eigh(hessian)
    flattest = directions[:, int(np.argmin(np.abs(curvatures)))]
    leading = flattest[int(np.argmax(np.abs(flattest)))]
    along = tuple((flattest * np.sign(leading)).tolist())
    return (
        "the Hessian has no inverse here, because the loss does not curve along"
        f" {_vector(trace, along)}"
    )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
