"""What made the steps short where a descent stopped although the loss still falls."""

from __future__ import annotations

import math
from collections.abc import Mapping

from gdsim.core.catalogue.entries import GRADIENT_DESCENT
from gdsim.core.optimizer.rule import Rule
from gdsim.core.run.descent import given_values
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.run.trace import Trace
from gdsim.core.verdict.kind import Cause
from gdsim.core.verdict.point import PointVerdict

SMALL_RATE = 0.01
"""Gradient descent with η·λ_max below this closes less than 1 % of the way in a step."""

_LONGER = 10.0  # what made a step short is what makes it so many times longer when it is taken away
_FAR = 100.0  # in steps; a nearer minimum is one that a smaller ε would reach
_WEIGHT_DECAYS = ("weight_decay", "decay", "lambda", "wd")


def cause_of_stop(trace: Trace, verdict: PointVerdict) -> Cause | None:
    """What made the stop rule fire at the last row; None where no single cause is known.

    It is η for gradient descent with η·λ_max < 0.01. Otherwise schedule, weight decay and memory
    are taken away in turn: the one without which the step would be at least ε, and ten times as
    long, is the cause. ε is the cause where a few more steps of this length would arrive.
    """
    step = trace.step(len(trace) - 1)
    experiment = trace.experiment
    named = experiment.rule.named()
    curvature = verdict.highest_curvature
    is_plain = named is not None and named.key == GRADIENT_DESCENT
    has_schedule = not experiment.schedule.read().is_constant
    if experiment.stop.is_of_the_point:
        return Cause.EPSILON
    if experiment.epoch is not None:
        return _cause_over_epoch(trace, verdict, experiment.epoch, is_plain=is_plain)
    if is_plain and not has_schedule and not step.eta * curvature >= SMALL_RATE:
        return Cause.RATE
    length = math.hypot(*step.delta.tolist())
    wanted = max(_LONGER * length, experiment.epsilon)
    first_eta = experiment.schedule.read().at(1)
    if has_schedule and _length(trace, {"eta": first_eta}) >= wanted:
        return Cause.SCHEDULE
    decays = [name for name in experiment.rule.hyperparameters if name in _WEIGHT_DECAYS]
    if decays and _length(trace, {}, without=decays) >= wanted:
        return Cause.WEIGHT_DECAY
    fresh = {**experiment.rule.state, "t": 1.0}
    if experiment.rule.state and _length(trace, fresh) >= wanted:
        return Cause.MEMORY
    if verdict.distance is not None and verdict.distance <= _FAR * length:
        return Cause.EPSILON
    return None


def _cause_over_epoch(
    trace: Trace, verdict: PointVerdict, epoch: int, *, is_plain: bool
) -> Cause | None:
    """The same where a whole epoch moved less than ε: of single steps nothing follows."""
    eta, ending = trace.step(len(trace) - 1).eta, trace.ending
    is_small = not epoch * eta * verdict.highest_curvature >= SMALL_RATE
    if is_small and is_plain and trace.experiment.schedule.read().is_constant:
        return Cause.RATE
    moved = ending.value if ending is not None and ending.stop is StopRule.STEP else 0.0
    if verdict.distance is not None and verdict.distance <= _FAR * moved:
        return Cause.EPSILON
    return None


def _length(trace: Trace, instead: Mapping[str, float], without: list[str] | None = None) -> float:
    """‖Δ‖ of the last row with some given values replaced, and hyperparameters set to 0."""
    step = trace.step(len(trace) - 1)
    rule = _rule(trace.experiment, without or [])
    updates = [rule.update({**given, **instead}) for given in given_values(trace, step)]
    length = math.hypot(*updates)
    return length if math.isfinite(length) else 0.0


def _rule(experiment: Experiment, without: list[str]) -> Rule:
    text = experiment.rule
    if not without:
        return text.read()
    kept = {**text.hyperparameters, **dict.fromkeys(without, 0.0)}
    return Rule(text.lines, text.state, kept)
