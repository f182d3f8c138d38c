"""Many random starts: where they end, and the chance that one of them finds the minimum."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from gdsim.core.arrays import Floats, Labels, Range
from gdsim.core.ensemble.ensemble import SLICE_SECONDS, Ends, Ensemble
from gdsim.core.explore.attribution import FoundPoint, Kind, attribute
from gdsim.core.explore.labels import LABELS
from gdsim.core.explore.picture_pace import Pace
from gdsim.core.run.experiment import Experiment

FEWEST, MOST = 8, 2_000
"""How many starts there may be."""

DRAWN = 300
"""For how many of them the paths are kept."""

MOST_STEPS = 20_000
"""No start is followed farther: a single slow one would delay all the others."""

SURE = 0.95
"""The confidence level of an interval, and the probability that counts as sure."""

_SURE_DEVIATIONS = 1.959963984540054  # standard deviations around the mean that hold a share SURE
_PICTURE_SECONDS = 0.15  # between two pictures
_AT_ONCE = 16  # updates
_DIGITS = 5  # of a start, in its range
_EVERY_ROW = 16  # so many first points of a path are kept, then ever fewer
_SPARSER = 1.12
_SAME_VALUE = 1e-6


@dataclass(frozen=True, slots=True)
class Chance:
    """``hits`` of ``count`` independent starts found the minimum."""

    hits: int
    count: int

    @property
    def share(self) -> float:
        """p̂ = hits / count."""
        return self.hits / self.count

    @property
    def interval(self) -> Range:
        """Wilson's interval: the p for which p̂ lies within z standard deviations.

        The roots of (p̂ − p)² = z² p (1 − p) / n.

        References
        ----------
        Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
        the American Statistical Association 22, 1927.
        """
        n, p, z = self.count, self.share, _SURE_DEVIATIONS
        middle = p + z**2 / (2 * n)
        reach = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
        whole = 1 + z**2 / n
        low = 0.0 if self.hits == 0 else (middle - reach) / whole
        high = 1.0 if self.hits == n else (middle + reach) / whole
        return low, high

    @property
    def needed(self) -> int | None:
        """The fewest starts that find it with probability SURE; None if none has found it."""
        if self.hits == 0:
            return None
        if self.hits == self.count:
            return 1
        return max(1, math.ceil(math.log(1 - SURE) / math.log1p(-self.share) - 1e-9))


def chance_of_finding(share: float, starts: Floats) -> Floats:
    """The probability 1 − (1 − p)^N that at least one of N starts finds it, for every N."""
    return np.asarray(1.0 - (1.0 - share) ** starts)


@dataclass(frozen=True, slots=True, eq=False)
class StartsPicture:
    """How things stand with every start.

    ``starts`` (d, n). ``ends``: a column each. ``labels`` (n,): an index of ``found_points``, or a
    label of :mod:`gdsim.core.explore.labels`. ``paths`` (rows, d, m): points of the first m,
    thinned.
    """

    starts: Floats
    ends: Ends
    labels: Labels
    found_points: tuple[FoundPoint, ...]
    paths: Floats

    def count(self, label: int) -> int:
        """The number of starts with this label."""
        return int(np.count_nonzero(self.labels == label))

    def order(self) -> list[int]:
        """The labels that occur: the points by their loss, the lowest first, then the others."""
        found = set(self.labels.tolist())
        labels = [label for label in found if label >= 0]
        labels.sort(key=lambda label: (self.found_points[label].value, label))
        return labels + [label for label in LABELS.values() if label in found]

    def best(self, label: int | None = None) -> int | None:
        """The start with the lowest loss, of all or of those with a label, except failed ones."""
        sound = ~self.ends.have_failed & np.isfinite(self.ends.loss)
        if label is not None:
            sound &= self.labels == label
        columns = np.flatnonzero(sound)
        return int(columns[np.argmin(self.ends.loss[columns])]) if columns.size else None

    def lowest(self) -> float | None:
        """The loss at the global minimum: the function's own entry, else the lowest one found."""
        known = [point.value for point in self.found_points if point.known]
        if known:
            return min(known)
        reached = set(self.labels.tolist())
        found = [
            point.value
            for label, point in enumerate(self.found_points)
            if point.kind is Kind.MINIMUM and label in reached
        ]
        return min(found, default=None)

    def chance(self) -> Chance | None:
        """How many starts stopped at a global minimum; None where none is known."""
        lowest = self.lowest()
        if lowest is None:
            return None
        reach = lowest + _SAME_VALUE * max(1.0, abs(lowest))
        goals = [label for label, point in enumerate(self.found_points) if point.value <= reach]
        return Chance(int(np.isin(self.labels, goals).sum()), self.labels.size)


@dataclass(frozen=True, slots=True)
class ManyStarts:
    """Descents to be made from random points of the home view.

    ``home``: the range of each parameter. ``seed``: the same one gives the same starts, and of
    more starts the first are the same. ``found_points``: those known so far; they say nothing
    about which descents these are.
    """

    experiment: Experiment
    home: tuple[Range, ...]
    count: int
    seed: int
    found_points: tuple[FoundPoint, ...] = field(default=(), compare=False)

    @staticmethod
    def of(
        experiment: Experiment,
        home: tuple[Range, ...],
        count: int,
        seed: int,
        found_points: tuple[FoundPoint, ...] = (),
    ) -> ManyStarts:
        """For these settings. Their own start is not used, nor is their seed without batches."""
        settings = experiment.model_copy(
            update={
                "start": (0.0,) * len(experiment.parameters),
                "seed": 0 if experiment.batch is None else experiment.seed,
                "max_steps": min(experiment.max_steps, MOST_STEPS),
            }
        )
        return ManyStarts(settings, home, count, seed, found_points)

    def starts(self) -> Floats:
        """(d, n), rounded to a few digits, so that a person can read and type them."""
        drawn = np.random.default_rng(self.seed).random((self.count, len(self.home)))
        rows = [
            np.round(low + (high - low) * part, _DIGITS - 1 - math.floor(math.log10(high - low)))
            for part, (low, high) in zip(drawn.T, self.home, strict=True)
        ]
        return np.array(rows)

    def stages(self) -> Iterator[tuple[float, StartsPicture | None]]:
        """Compute them in slices of about a hundredth of a second, all at once.

        Yields
        ------
        how much is done, from 0 to 1; and a picture every now and then, the last one finished.
        """
        starts = self.starts()
        ensemble = Ensemble(self.experiment, starts)
        kept = [starts[:, :DRAWN]]
        wanted, pace = 1, Pace(_PICTURE_SECONDS)
        while True:
            end = time.perf_counter() + SLICE_SECONDS
            while not ensemble.is_done and time.perf_counter() < end:
                ensemble.advance(min(_AT_ONCE, wanted - ensemble.t))
                if ensemble.t >= wanted:
                    kept.append(ensemble.ends().theta[:, :DRAWN])
                    wanted += 1 if wanted < _EVERY_ROW else math.ceil((_SPARSER - 1) * wanted)
            if ensemble.is_done or pace.is_due:
                with pace.picture():
                    yield ensemble.done, self._picture(starts, ensemble, kept)
            else:
                yield ensemble.done, None
            if ensemble.is_done:
                return

    def _picture(self, starts: Floats, ensemble: Ensemble, kept: list[Floats]) -> StartsPicture:
        ends = ensemble.ends()
        scale = [high - low for low, high in self.home]
        found = attribute(ends, self.experiment.objective(), scale, self.found_points)
        paths = np.array([*kept, ends.theta[:, :DRAWN]])
        return StartsPicture(starts, ends, found.labels, found.found_points, paths)
