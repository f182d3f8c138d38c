"""The standings of a race: what each run has cost so far, and which one reached ε first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace


def gradients_per_row(experiment: Experiment) -> int:
    """The number of gradients that one row of a run costs.

    It is one. A rule that names ``newton`` needs the Hessian too, which counts as d more: each of
    its columns is the derivative of ∇L along one parameter and costs about as much as a gradient.

    References
    ----------
    Nocedal & Wright, *Numerical Optimization*, 2nd ed., 2006, section 8.1.
    """
    return 1 + len(experiment.parameters) * experiment.rule.read().uses_newton


def gradient_evaluations(trace: Trace, row: int) -> int:
    """The number of gradients evaluated for rows 0 … ``row``; a Hessian counts as d of them."""
    total = 0
    ends = [stretch.start for stretch in trace.stretches[1:]] + [row + 1]
    for stretch, end in zip(trace.stretches, ends, strict=True):
        rows = max(0, min(end, row + 1) - stretch.start)
        total += rows * gradients_per_row(stretch.experiment)
    return total


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where a run converged, and how many gradients that took."""

    t: int
    evaluations: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A race at one t.

    ``arrivals`` has an entry for each run, None where it has not converged by then. The
    firsts are indices of runs, several where they are equal. By evaluations no run is first while
    another one that still moves could arrive with as few.
    """

    arrivals: tuple[Arrival | None, ...]
    first_by_steps: tuple[int, ...]
    first_by_evaluations: tuple[int, ...]


def standing(traces: Sequence[Trace], row: int, converged: Sequence[bool]) -> Standing:
    """The standings of a race when row ``row`` is shown.

    Parameters
    ----------
    converged : for each run, whether it has met its stop rule at a minimum; others are not ranked.
    """
    arrivals = tuple(
        _arrival(trace, row) if arrived else None
        for trace, arrived in zip(traces, converged, strict=True)
    )
    steps = [arrival.t for arrival in arrivals if arrival is not None]
    costs = [arrival.evaluations for arrival in arrivals if arrival is not None]
    if not steps:
        return Standing(arrivals, (), ())
    fewest = min(costs)
    is_open = any(
        gradient_evaluations(trace, row) + gradients_per_row(trace.experiment) <= fewest
        for trace in traces
        if trace.ending is None or trace.ending.t > row
    )
    return Standing(
        arrivals,
        tuple(index for index, one in enumerate(arrivals) if one and one.t == min(steps)),
        ()
        if is_open
        else tuple(
            index for index, one in enumerate(arrivals) if one and one.evaluations == fewest
        ),
    )


def _arrival(trace: Trace, row: int) -> Arrival | None:
    ending = trace.ending
    if ending is None or ending.t > row:
        return None
    return Arrival(ending.t, gradient_evaluations(trace, ending.t))
