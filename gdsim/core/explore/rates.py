"""A learning-rate sweep: descents from one start with many learning rates η."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from gdsim.core.arrays import Floats, Labels, Range
from gdsim.core.ensemble.array_program import ETA0
from gdsim.core.ensemble.ensemble import MOST_AT_ONCE, SLICE_SECONDS, Ends, Ensemble
from gdsim.core.explore.attribution import FoundPoint, Kind, attribute
from gdsim.core.explore.picture_pace import Pace
from gdsim.core.landscape.landscape import Curve, Landscape, sample_curve, sample_plane
from gdsim.core.landscape.plane import Plane
from gdsim.core.problem import Problem
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import Experiment

FEWEST, MOST = 8, 200
"""How many learning rates a sweep may have."""

FRAMES = 8
"""For how many of them the first steps are shown."""

FIRST_STEPS = 40
"""How many updates are shown as the first steps."""

MOST_STEPS = 20_000
"""No rate is followed farther: a single slow one would delay all the others."""

_PICTURE_SECONDS = 0.12  # between two pictures
_GROUND = 72  # samples along each side of a small landscape
_COARSEST_GROUND = 8  # where every sample is a mean over very many rows
_GROUND_CURVE = 160
_A_DECADE = 20
_DIGITS = 2  # of a rate, beyond those that tell it from the next


@dataclass(frozen=True, slots=True, eq=False)
class SweepPicture:
    """How things stand with every learning rate.

    ``rates`` (n,), ascending. ``ends``: a column each. ``labels`` (n,): an index of
    ``found_points``, or a label of :mod:`gdsim.core.explore.labels`. ``path`` (rows, d, n): the
    points of the first steps, NaN past the end of a column. ``first_loss``: L at the start.
    ``ground``: the loss over the first two parameters, or over the one, through the start.
    """

    rates: Floats
    ends: Ends
    labels: Labels
    found_points: tuple[FoundPoint, ...]
    path: Floats
    first_loss: float
    ground: Landscape | Curve

    def bands(self) -> list[Range]:
        """Where η diverges: from the middle to the neighbour on its left to that on its right."""
        diverged = self.ends.are(Outcome.DIVERGED)
        logs = np.log(self.rates)
        middles = np.exp((logs[:-1] + logs[1:]) / 2)
        edges = np.concatenate((self.rates[:1], middles, self.rates[-1:]))
        turns = np.flatnonzero(np.diff(np.concatenate(([False], diverged, [False]))))
        return [
            (float(edges[first]), float(edges[last]))
            for first, last in turns.reshape(-1, 2).tolist()
        ]

    @property
    def fastest(self) -> int | None:
        """The column that converged in the fewest steps."""
        converged = np.flatnonzero(self.ends.are(Outcome.STOP_RULE))
        if not converged.size:
            return None
        return int(converged[np.argmin(self.ends.steps[converged])])

    def frames(self) -> list[int]:
        """The columns whose first steps are shown: evenly spread, the first and last among them."""
        return [round(column) for column in np.linspace(0, self.rates.size - 1, FRAMES).tolist()]

    def reached(self) -> tuple[tuple[float, ...], bool] | None:
        """The point whose curvature limits η, and whether it is a minimum.

        It is the minimum that most rates reach; where none reaches one, the lowest point of all;
        None where all diverge.
        """
        minima = [
            label
            for label in self.labels.tolist()
            if label >= 0 and self.found_points[label].kind is Kind.MINIMUM
        ]
        if minima:
            most = max(sorted(set(minima)), key=minima.count)
            return self.found_points[most].at, True
        sound = np.flatnonzero(~self.ends.have_failed & np.isfinite(self.ends.loss))
        if not sound.size:
            return None
        lowest = sound[np.argmin(self.ends.loss[sound])]
        return tuple(self.ends.theta[:, lowest].tolist()), False


@dataclass(frozen=True, slots=True)
class RateSweep:
    """A sweep to be computed.

    ``rates``: every η₀. ``home``: the range of each parameter that the home view shows.
    ``found_points``: the points known so far; they say nothing about which sweep it is.
    """

    experiment: Experiment
    rates: tuple[float, ...]
    home: tuple[Range, ...]
    found_points: tuple[FoundPoint, ...] = field(default=(), compare=False)

    @staticmethod
    def of(
        experiment: Experiment,
        rates: Floats,
        home: tuple[Range, ...],
        found_points: tuple[FoundPoint, ...] = (),
    ) -> RateSweep:
        """The sweep for these settings. Their own η₀ is not used, nor is the seed without batches.

        Raises
        ------
        Problem : the schedule has no η₀ to replace.
        """
        schedule = experiment.schedule
        if ETA0 not in schedule.constants:
            raise Problem("the schedule has no η₀ that could be varied: write eta0 in its formula")
        constants = {**schedule.constants, ETA0: 1.0}
        settings = experiment.model_copy(
            update={
                "schedule": schedule.model_copy(update={"constants": constants}),
                "seed": 0 if experiment.batch is None else experiment.seed,
                "max_steps": min(experiment.max_steps, MOST_STEPS),
            }
        )
        return RateSweep(settings, tuple(rates.tolist()), home, found_points)

    def stages(self) -> Iterator[tuple[float, SweepPicture | None]]:
        """Compute it in slices of about a hundredth of a second, all rates at once.

        Yields
        ------
        how much is done, from 0 to 1; and a picture every now and then, the last one finished.
        """
        rates = np.array(self.rates)
        ground = self._ground()
        ensemble = Ensemble(self.experiment, self.experiment.start, eta0=rates, record=FIRST_STEPS)
        pace = Pace(_PICTURE_SECONDS)
        while True:
            ensemble.advance_for(SLICE_SECONDS)
            if ensemble.is_done or pace.is_due:
                with pace.picture():
                    yield ensemble.done, self._picture(rates, ensemble, ground)
            else:
                yield ensemble.done, None
            if ensemble.is_done:
                return

    def _picture(
        self, rates: Floats, ensemble: Ensemble, ground: Landscape | Curve
    ) -> SweepPicture:
        ends, objective = ensemble.ends(), self.experiment.objective()
        scale = [high - low for low, high in self.home]
        found = attribute(ends, objective, scale, self.found_points)
        return SweepPicture(
            rates=rates,
            ends=ends,
            labels=found.labels,
            found_points=found.found_points,
            path=ensemble.path.copy(),
            first_loss=float(objective.value(self.experiment.start)),
            ground=ground,
        )

    def _ground(self) -> Landscape | Curve:
        objective, start = self.experiment.objective(), np.array(self.experiment.start)
        rows = 1 if self.experiment.data is None else self.experiment.data.rows
        most = max(_COARSEST_GROUND**2, MOST_AT_ONCE // rows)
        if len(start) == 1:
            fine = min(_GROUND_CURVE, most)
            return sample_curve(objective, start, x_range=self.home[0], resolution=fine)
        plane, (x_range, y_range, *_) = Plane.of_parameters(start), self.home
        fine = min(_GROUND, math.isqrt(most))
        return sample_plane(objective, plane, x_range=x_range, y_range=y_range, resolution=fine)


def spread_rates(low: float, high: float, count: int) -> Floats:
    """``count`` rates from low to high in equal ratios, (n,), with as few digits as possible.

    Raises
    ------
    ValueError : they would not be positive and ascending.
    """
    if not (0 < low < high < math.inf and count >= 2):
        raise ValueError(f"no {count} rates from {low} to {high}")
    spread = (math.log(high) - math.log(low)) / (count - 1)
    growth = math.expm1(min(max(spread, sys.float_info.epsilon), 1.0))
    digits = max(_DIGITS, _DIGITS - math.floor(math.log10(growth)))
    rates: Floats = np.geomspace(low, high, count)
    inner = [float(f"{rate:.{digits - 1}e}") for rate in rates[1:-1].tolist()]
    return np.array([low, *inner, high])


def rates_around(eta: float) -> tuple[float, float, int]:
    """The range of a sweep around η, which is one of its rates.

    Returns
    -------
    the lowest and the highest rate, two decades below η and one above it, and the number of rates.
    """
    low, high = max(eta / 100, math.ulp(0.0)), min(eta * 10, sys.float_info.max)
    return float(f"{low:.12g}"), float(f"{high:.12g}"), 3 * _A_DECADE + 1
