"""How a race stands: what each run has cost so far, and which reached ε first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace


def evaluations_a_row(experiment: Experiment) -> int:
    """Gradients that one row of a run costs.

    One; a rule that names ``newton`` needs the Hessian too, which counts as d further gradients:
    each of its d columns is the derivative of ∇L along one parameter, and so costs about as much as
    a gradient.

    References
    ----------
    Nocedal & Wright, *Numerical Optimization*, 2nd ed., 2006, section 8.1.
    """
    return 1 + len(experiment.parameters) * experiment.rule.read().uses_newton


def gradient_evaluations(trace: Trace, row: int) -> int:
    """Gradients that were evaluated for rows 0 … ``row``, Hessians counted as such."""
    total = 0
    ends = [segment.start for segment in trace.segments[1:]] + [row + 1]
    for segment, end in zip(trace.segments, ends, strict=True):
        rows = max(0, min(end, row + 1) - segment.start)
        total += rows * evaluations_a_row(segment.experiment)
    return total


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where a run met its stop rule, and what it had cost by then."""

    t: int
    evaluations: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A race at one t.

    ``arrivals`` has an entry a run, None where it has not met its stop rule by then. The firsts are
    places in the list, more than one where they are level. By evaluations nobody is first while a
    run that still moves may get there with as few.
    """

    arrivals: tuple[Arrival | None, ...]
    first_by_steps: tuple[int, ...]
    first_by_evaluations: tuple[int, ...]


def standing(traces: Sequence[Trace], row: int) -> Standing:
    """How the runs of a race stand when row ``row`` is shown."""
    arrivals = tuple(_arrival(trace, row) for trace in traces)
    steps = [arrival.t for arrival in arrivals if arrival is not None]
    costs = [arrival.evaluations for arrival in arrivals if arrival is not None]
    if not steps:
        return Standing(arrivals, (), ())
    fewest = min(costs)
    is_open = any(
        gradient_evaluations(trace, row) + evaluations_a_row(trace.experiment) <= fewest
        for trace in traces
        if trace.ending is None or trace.ending.t > row
    )
    return Standing(
        arrivals,
        tuple(place for place, one in enumerate(arrivals) if one and one.t == min(steps)),
        ()
        if is_open
        else tuple(
            place for place, one in enumerate(arrivals) if one and one.evaluations == fewest
        ),
    )


def _arrival(trace: Trace, row: int) -> Arrival | None:
    ending = trace.ending
    if ending is None or ending.outcome is not Outcome.STOP_RULE or ending.t > row:
        return None
    return Arrival(ending.t, gradient_evaluations(trace, ending.t))
