"""The loop: evaluate, propose, test, move. Play, Step and ``gdsim run`` all come through here."""

from __future__ import annotations

import math
import sys

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.formula.expression import Node, evaluate
from gdsim.core.formula.undefined import Undefined, first_undefined
from gdsim.core.loss.objective import Objective
from gdsim.core.run.ending import Ending, NotFinite, Outcome
from gdsim.core.run.epochs import EpochTest, farthest_loss, first_end
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.program import Code, compile_run, newton_direction
from gdsim.core.run.stop_series import loss_before, quantity_at
from gdsim.core.run.trace import Step, Stretch, Trace, row_width

MEMORY_LIMIT = 1_000_000_000
"""Bytes that a trace may take before the descent refuses to go on."""

_CHUNK = 4_096


class Descent:
    """A descent in progress, with row 0 evaluated from the start.

    Parameters
    ----------
    experiment : the settings.

    Notes
    -----
    At row t the order is: L and ∇L at θ_t; η from the schedule; the rule's lines give the new
    state and Δ; the stop test, before moving; θ_{t+1} = θ_t + Δ. With batches smaller than all
    rows the stop test is made at the ends of epochs only, and over all rows.
    """

    def __init__(self, experiment: Experiment) -> None:
        self.reserved = 0  # bytes that other traces take of the memory limit
        stretch = Stretch(0, 0, experiment)
        state = [value for value in experiment.rule.state.values() for _ in experiment.parameters]
        self._begin(Trace(stretch), [*experiment.start, *state], math.nan)

    @classmethod
    def branch(cls, trace: Trace, index: int, experiment: Experiment) -> Descent:
        """A descent that continues from row ``index`` of a trace with another experiment.

        An unchanged rule keeps its state and its count. A rule that is changed, or one of whose
        hyperparameters is changed, starts again with its initial state.
        """
        old = trace.stretch(index)
        step = trace.step(index)
        same_rule = old.experiment.rule == experiment.rule
        rule_start = old.rule_start if same_rule else index
        if same_rule:
            names = experiment.rule.state  # in this rule's order, which equality does not compare
            state = [float(value) for name in names for value in step.state[name]]
        else:
            state = [
                value for value in experiment.rule.state.values() for _ in experiment.parameters
            ]
        previous = loss_before(trace, index)
        descent = cls.__new__(cls)
        descent.reserved = 0
        forked = trace.fork(index, Stretch(index, rule_start, experiment))
        descent._begin(forked, [*step.theta.tolist(), *state], previous)
        return descent

    @classmethod
    def resume(cls, trace: Trace) -> Descent:
        """The descent that continues this trace at its last row."""
        last = len(trace) - 1
        step = trace.step(last)
        state = [float(value) for vector in step.state.values() for value in vector]
        descent = cls.__new__(cls)
        descent.reserved = 0
        descent._prepare(trace, [*step.theta.tolist(), *state], loss_before(trace, last))
        descent._t = last
        descent._evaluated = True
        return descent

    def _begin(self, trace: Trace, entering: list[float], previous: float) -> None:
        self._prepare(trace, entering, previous)
        self._advance_to(self._t)

    def _prepare(self, trace: Trace, entering: list[float], previous: float) -> None:
        self.trace = trace
        self.experiment = trace.experiment
        self._rule_start = trace.stretches[-1].rule_start
        self._run = compile_run(self.experiment)
        self._t = len(trace)
        self._entering = entering  # θ and state that enter the newest row
        self._previous = previous
        self._evaluated = False
        dimension = len(self.experiment.parameters)
        self._width = row_width(dimension, len(self.experiment.rule.state))
        self._epoch = self.experiment.epoch
        self._epoch_test: EpochTest | None = None
        self._farthest: float | None = None

    @property
    def ending(self) -> Ending | None:
        """How the descent ended, or None while it can continue."""
        return self.trace.ending

    @property
    def last(self) -> int:
        """The newest row."""
        return self._t

    @property
    def is_full(self) -> bool:
        """Whether the trace has reached the memory it may take."""
        return self.trace.nbytes + self.reserved >= MEMORY_LIMIT

    def advance(self, updates: int = 1) -> int:
        """Make up to ``updates`` updates, fewer where the descent ends or the memory is full.

        Returns
        -------
        int : the updates made.
        """
        first = self._t
        goal = self._t + updates
        while self.ending is None and self._t < goal and not self.is_full:
            self._advance_to(min(goal, self._t + _CHUNK))
        self.trace.is_full = self.is_full
        return self._t - first

    def stop(self) -> None:
        """End the descent where it is, because the user stops it."""
        if self.ending is None:
            self.trace.ending = Ending(Outcome.STOPPED, self._t)

    def _advance_to(self, target: int) -> None:
        rows: list[tuple[float, ...]] = []
        target = min(target, self.experiment.max_steps)
        epoch_end = -1
        if self._epoch is not None:
            epoch_end = first_end(self._t + self._evaluated, self._epoch)
            if self._epoch_test is None:
                self._epoch_test = self._make_epoch_test(epoch_end)
        test = self._epoch_test
        code, self._t, self._previous, *self._entering = self._run(
            self._t,
            target,
            self._rule_start,
            rows.append,
            self._farthest_loss(),
            epoch_end,
            None if test is None else test.ends_at,
            self._previous,
            *self._entering,
        )
        if self._evaluated:
            del rows[:1]  # the newest row is evaluated again to go on from it
        self._evaluated = True
        if code == Code.ARITHMETIC:
            rows.append(self._failing_row())
        if rows:
            self.trace.append(np.array(rows, dtype=np.float64).reshape(len(rows), self._width))
        self.trace.ending = self._ending(Code(code))

    def _farthest_loss(self) -> float:
        """How large the loss of a row may become; with batches only that of all rows counts."""
        if self._epoch is not None or not len(self.trace):
            return sys.float_info.max
        if self._farthest is None:
            self._farthest = farthest_loss(self.trace.first_loss())
        return self._farthest

    def _make_epoch_test(self, epoch_end: int) -> EpochTest | None:
        """The test for all further ends of epochs; None at row 0, which must be there before."""
        assert self._epoch is not None
        begin, experiment = epoch_end - self._epoch, self.experiment
        if begin >= len(self.trace):
            return None
        return EpochTest(
            self.trace.epochs,
            experiment.objective(),
            experiment.stop,
            experiment.epsilon,
            self.trace.theta(begin, begin + 1)[0].copy(),
            self.trace.epochs.loss(begin),
            self.trace.first_loss,
        )

    def _failing_row(self) -> tuple[float, ...]:
        """The row at which the arithmetic failed, NaN or infinite where it is undefined."""
        experiment = self.experiment
        dimension = len(experiment.parameters)
        theta = np.array(self._entering[:dimension])
        loss, gradient = _failing_slope(experiment.objective_at(self._t), theta)
        eta = experiment.schedule.read().at(self._t + 1)
        state = {
            name: np.array(self._entering[dimension * (index + 1) : dimension * (index + 2)])
            for index, name in enumerate(experiment.rule.state)
        }
        partial = Step(self._t, theta, loss, gradient, gradient, eta, state)
        rule = experiment.rule.read()
        delta = [rule.update(given) for given in given_values(self.trace, partial)]
        if np.isfinite([loss, *gradient, *delta]).all():
            delta = [math.nan] * dimension  # η or a line that Δ does not depend on has failed
        return (
            *theta.tolist(),
            loss,
            *gradient.tolist(),
            *delta,
            eta,
            *self._entering[dimension:],
        )

    def _ending(self, code: Code) -> Ending | None:
        t, experiment = self._t, self.experiment
        if code in (Code.NOT_FINITE, Code.ARITHMETIC):
            return self._failure()
        test = self._epoch_test
        if code == Code.FAR or (test is not None and test.has_diverged):
            loss = self.trace.step(t).loss if test is None else test.loss
            first = self.trace.first_loss()
            return Ending(Outcome.DIVERGED, t, loss, epoch=self._epoch, first_loss=first)
        if code in (Code.STOP_TEST, Code.EPOCH_END):
            stop, epsilon = experiment.stop, experiment.epsilon
            value = quantity_at(self.trace, t, stop)
            return Ending(Outcome.STOP_RULE, t, value, epsilon, stop, epoch=self._epoch)
        if t >= experiment.max_steps:
            return Ending(Outcome.STEP_LIMIT, t)
        return None

    def _failure(self) -> Ending:
        step = self.trace.step(self._t)
        with np.errstate(over="ignore", invalid="ignore"):
            following = step.theta + step.delta
        if not math.isfinite(step.loss):
            part = NotFinite.LOSS
        elif not np.isfinite(step.gradient).all():
            part = NotFinite.GRADIENT
        elif not np.isfinite(step.delta).all():
            part = NotFinite.UPDATE
        elif not np.isfinite(following).all():
            part = NotFinite.NEXT_POINT
        else:
            part = NotFinite.STATE
        objective = self.experiment.objective_at(self._t)
        is_singular = (
            part is NotFinite.UPDATE
            and self.experiment.rule.read().uses_newton
            and not np.isfinite(newton_at(self.experiment, step)).all()
        )
        is_undefined = is_singular or undefined_at(objective, step.theta) is not None
        outcome = Outcome.UNDEFINED if is_undefined else Outcome.DIVERGED
        # One NaN for all, so that equal endings are equal.
        value = math.nan if math.isnan(step.loss) else step.loss
        return Ending(outcome, self._t, value, not_finite=part)


def undefined_at(objective: Objective, theta: Floats) -> Undefined | None:
    """The operation of the loss, or of its gradient, that has no value at θ (d,).

    None where everything has a value or is too large for one, and for a mean over rows.
    """
    if objective.data is not None:
        return None
    values = dict(zip(objective.parameters, theta.tolist(), strict=True))
    for root in (objective.root, *objective.gradient_nodes):
        found = first_undefined(root, values)
        if found is not None:
            return None if found.is_too_large else found
    return None


def _failing_slope(objective: Objective, theta: Floats) -> tuple[float, Floats]:
    """L and ∇L where the arithmetic of a row has failed.

    A mean over rows is computed in IEEE arithmetic, in which nothing fails.
    """
    loss, gradient = float(objective.value(theta)), objective.gradient(theta)
    if objective.data is None:
        values = dict(zip(objective.parameters, theta.tolist(), strict=True))
        loss = _failed(objective.root, values, loss)
        pairs = zip(objective.gradient_nodes, gradient.tolist(), strict=True)
        gradient = np.array([_failed(node, values, slope) for node, slope in pairs])
    return loss, gradient


def _failed(node: Node, values: dict[str, float], extended: float) -> float:
    """``extended``, or NaN where that is finite though the arithmetic on the way to it fails."""
    try:
        evaluate(node, values)
    except (ArithmeticError, ValueError):
        return math.nan if math.isfinite(extended) else extended
    return extended


def given_values(trace: Trace, step: Step) -> list[dict[str, float]]:
    """What the rule may read at this row, for each parameter."""
    stretch = trace.stretches[-1]
    if step.index < len(trace):
        stretch = trace.stretch(step.index)
    vectors = {"theta": step.theta, "g": step.gradient, **step.state}
    if stretch.experiment.rule.read().uses_newton:
        vectors["newton"] = newton_at(stretch.experiment, step)
    same = {"t": float(step.index - stretch.rule_start + 1), "eta": step.eta}
    return [
        {**same, **{name: float(vector[index]) for name, vector in vectors.items()}}
        for index in range(len(step.theta))
    ]


def newton_at(experiment: Experiment, step: Step) -> Floats:
    """H⁻¹∇L at this row, (d,); NaN where the Hessian is singular."""
    hessian = experiment.objective_at(step.index).hessian(step.theta)
    try:
        return np.array(
            newton_direction(tuple(step.gradient.tolist()), tuple(hessian.ravel().tolist()))
        )
    except (ArithmeticError, ValueError):
        return np.full(len(step.theta), math.nan)
