"""The basin map: each pixel is a start, and its colour the point that its descent reaches."""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from gdsim.core.arrays import Flags, Floats, Integers, Labels, Range
from gdsim.core.ensemble.ensemble import SLICE_SECONDS, Ensemble
from gdsim.core.explore.attribution import MOST_FOUND, FoundPoint, attributing
from gdsim.core.explore.labels import LABELS, LOWEST_LABEL
from gdsim.core.landscape.plane import Plane
from gdsim.core.problem import Problem
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import Experiment

MOST_STEPS = 2_000
"""No pixel is followed farther: a single slow one would delay all the others."""

RESOLUTIONS = (16, 64, 256, 512)
"""Pixels along each side, from coarse to fine."""

STRIP = (128, 1024)
"""Pixels along a single parameter, from coarse to fine."""

_FIRST_SECONDS = 0.04  # after these the coarsest picture is shown, finished or not
_FINE_ENOUGH = 256
_MOST_SECONDS = 20.0  # a picture finer than that is made only where it takes less
_AT_FIRST = 24  # new points on the coarsest picture, which is to be there at once
_ANCHOR_RESOLUTION = 64
_MOST_ANCHORS = 12
_MOST_OF_IT = 0.6
_NAMED = 0.005
_LEAST_RUN = 3  # pixels of a strip that a number stands over


@dataclass(frozen=True, slots=True, eq=False)
class BasinPicture:
    """A map, finished or in progress.

    ``ranges``: of x and y; along a single parameter of x alone, and there is one row of pixels.
    ``labels`` (ny, nx), y upwards: an index of ``found_points``, or a label of an outcome.
    ``shade`` (ny, nx) in [0, 1]: how many steps it took, on a log scale; 0 where it took none.
    ``shares``: label → its part of all pixels.
    ``anchors``: a leading label → a point well inside its largest region, for its number.
    """

    ranges: tuple[Range, ...]
    labels: Labels
    shade: Floats
    found_points: tuple[FoundPoint, ...]
    shares: dict[int, float]
    anchors: dict[int, tuple[float, float]] = field(default_factory=dict)

    def leading(self, most: int) -> list[int]:
        """The labels of the points with the largest shares worth naming, the largest first."""
        labels = [label for label, share in self.shares.items() if label >= 0 and share >= _NAMED]
        return sorted(labels, key=lambda label: (-self.shares[label], label))[:most]

    def within(self, ranges: tuple[Range, ...]) -> BasinPicture:
        """The pixels of a part of the map, with shares of their own; all where none lies there."""
        sizes = self.labels.shape[::-1][: len(ranges)]
        parts = [
            slice(*np.searchsorted(_middles(own, size), part))
            for own, size, part in zip(self.ranges, sizes, ranges, strict=True)
        ]
        pixels = (..., *reversed(parts))
        labels = self.labels[pixels]
        if not labels.size:
            return self
        return replace(self, labels=labels, shade=self.shade[pixels], shares=_shares(labels))

    @property
    def pixel(self) -> float:
        """How much of the plane a pixel takes; a finer picture has smaller ones."""
        return _area(self.ranges) / self.labels.size


@dataclass(frozen=True, slots=True)
class BasinMap:
    """A map to be computed.

    ``ranges``: of the coordinates of ``plane``, in which the starts lie; without one, of the only
    parameter there is. ``scale`` (d,): how wide the home view is along each parameter.
    ``found_points``: those known so far; they say nothing about which map it is.
    """

    experiment: Experiment
    ranges: tuple[Range, ...]
    scale: tuple[float, ...]
    plane: Plane | None
    found_points: tuple[FoundPoint, ...] = field(default=(), compare=False)
    resolutions: tuple[int, ...] = RESOLUTIONS

    def covers(self, other: BasinMap) -> bool:
        """Whether the other is this map, or not much less of it: a part that shows no more."""
        same = (self.experiment, self.scale, self.plane) == (
            other.experiment,
            other.scale,
            other.plane,
        )
        inside = same and all(
            low <= below and above <= high
            for (low, high), (below, above) in zip(self.ranges, other.ranges, strict=True)
        )
        return inside and _area(other.ranges) >= _MOST_OF_IT * _area(self.ranges)

    @staticmethod
    def of(
        experiment: Experiment,
        ranges: tuple[Range, ...],
        scale: tuple[float, ...],
        found_points: tuple[FoundPoint, ...] = (),
        plane: Plane | None = None,
    ) -> BasinMap:
        """The map for these settings: what of their start the plane leaves free makes no difference
        to it, nor without batches does the seed.

        Parameters
        ----------
        plane : through the start; by default along the two parameters there are.
        """
        dimension = len(experiment.parameters)
        settings = experiment.model_copy(
            update={
                "start": (0.0,) * dimension,
                "seed": 0 if experiment.batch is None else experiment.seed,
                "max_steps": min(experiment.max_steps, MOST_STEPS),
            }
        )
        if dimension == 1:
            return BasinMap(settings, ranges, scale, None, found_points, STRIP)
        plane = plane or Plane.of_parameters((0.0,) * dimension)
        return BasinMap(settings, ranges, scale, plane, found_points, RESOLUTIONS)

    def stages(self) -> Iterator[tuple[float, BasinPicture | None]]:
        """Compute it in slices of about a hundredth of a second.

        Yields
        ------
        how much is done, from 0 to 1; and a picture whenever a finer one is ready.

        Raises
        ------
        Problem : even the coarsest picture would learn from too many rows.
        """
        found_points, sides = self.found_points, len(self.ranges)
        whole = sum(resolution**sides for resolution in self.resolutions)
        before, spent, coarser = 0, 0.0, 0
        for resolution in self.resolutions:
            if coarser >= _FINE_ENOUGH and spent * (resolution / coarser) ** sides > _MOST_SECONDS:
                return
            begun = time.perf_counter()
            try:
                ensemble = Ensemble(self.experiment, self._starts(resolution))
            except Problem:
                if coarser:
                    return  # it stays as coarse as it is
                raise
            is_shown, started = coarser > 0, time.perf_counter()
            while not ensemble.is_done:
                ensemble.advance_for(SLICE_SECONDS)
                done = (before + resolution**sides * ensemble.done) / whole
                if is_shown or time.perf_counter() - started < _FIRST_SECONDS:
                    yield done, None
                else:
                    is_shown = True
                    picture = yield from _sliced(
                        self._picture(ensemble, resolution, found_points), done
                    )
                    yield done, picture
            done = (before + resolution**sides) / whole
            picture = yield from _sliced(self._picture(ensemble, resolution, found_points), done)
            found_points = picture.found_points
            before += resolution**sides
            spent, coarser = time.perf_counter() - begun, resolution
            yield before / whole, picture

    def _starts(self, resolution: int) -> Floats:
        """(d, n): the middles of the pixels, row after row from below."""
        x, *others = (_middles(along, resolution) for along in self.ranges)
        if self.plane is None:
            return x[np.newaxis]
        (y,) = others
        return self.plane.lift(x, y[:, np.newaxis]).reshape(len(self.scale), -1)

    def _picture(
        self, ensemble: Ensemble, resolution: int, found_points: tuple[FoundPoint, ...]
    ) -> Generator[None, None, BasinPicture]:
        """The current picture, in small pieces of work."""
        ends, objective = ensemble.ends(), self.experiment.objective()
        is_coarsest = resolution == self.resolutions[0]
        most = len(found_points) + _AT_FIRST if is_coarsest else MOST_FOUND
        found = yield from attributing(ends, objective, self.scale, found_points, most)
        labels = found.labels.reshape(-1, resolution)
        picture = BasinPicture(
            ranges=self.ranges,
            labels=labels,
            shade=_shade(labels, ends.steps.reshape(labels.shape)),
            found_points=found.found_points,
            shares=_shares(labels),
        )
        yield
        return replace(picture, anchors=dict(self._anchors(picture)))

    def _anchors(self, picture: BasinPicture) -> Iterator[tuple[int, tuple[float, float]]]:
        if self.plane is None:
            (x,) = (_middles(along, picture.labels.size) for along in self.ranges)
            for label in picture.leading(_MOST_ANCHORS):
                middle = _middle_of_longest(picture.labels[0] == label)
                if middle is not None:
                    yield label, (float(x[middle]), 0.0)
            return
        stride = max(1, len(picture.labels) // _ANCHOR_RESOLUTION)
        coarse = picture.labels[stride // 2 :: stride, stride // 2 :: stride]
        x, y = (_middles(along, len(coarse)) for along in self.ranges)
        for label in picture.leading(_MOST_ANCHORS):
            spot = _innermost(coarse == label)
            if spot is not None:
                yield label, (float(x[spot[1]]), float(y[spot[0]]))


def _sliced(
    work: Generator[None, None, BasinPicture], done: float
) -> Generator[tuple[float, None], None, BasinPicture]:
    """Carry out small pieces of work in slices; ``done`` is said of each."""
    begun = time.perf_counter()
    while True:
        try:
            next(work)
        except StopIteration as finished:
            picture: BasinPicture = finished.value
            return picture
        if time.perf_counter() - begun > SLICE_SECONDS:
            yield done, None
            begun = time.perf_counter()


def _area(ranges: tuple[Range, ...]) -> float:
    return math.prod(high - low for low, high in ranges)


def _middles(along: Range, count: int) -> Floats:
    low, high = along
    return np.asarray(low + (np.arange(count) + 0.5) * ((high - low) / count), dtype=np.float64)


def _shares(labels: Labels) -> dict[int, float]:
    counts = np.bincount(labels.ravel() - LOWEST_LABEL)
    found = np.flatnonzero(counts)
    shares = (counts[found] / labels.size).tolist()
    return dict(zip((found + LOWEST_LABEL).tolist(), shares, strict=True))


def _shade(labels: Labels, steps: Integers) -> Floats:
    """From few to many steps as 0 to 1, separately for descents that stopped and that failed."""
    shade = np.zeros(labels.shape)
    logs = np.log1p(steps)
    moving = labels == LABELS[Outcome.STEP_LIMIT]
    failures = [labels == LABELS[outcome] for outcome in (Outcome.DIVERGED, Outcome.UNDEFINED)]
    for group in (*failures, ~np.logical_or.reduce((moving, *failures))):
        if group.any():
            low, high = np.quantile(logs[group], (0.02, 0.98))
            if high > low:
                shade[group] = np.clip((logs[group] - low) / (high - low), 0, 1)
    return shade


def _innermost(region: Flags) -> tuple[int, int] | None:
    """A pixel of the region as far from its edge as possible; None for a region of width 1."""
    left = np.pad(region, 1)
    spot = None
    while True:
        core = left.copy()
        for axis in (0, 1):
            for step in (-1, 1):
                core &= np.roll(left, step, axis)
        pixels = np.argwhere(core)
        if not len(pixels):
            return spot
        nearest = pixels[np.argmin(((pixels - pixels.mean(axis=0)) ** 2).sum(axis=1))]
        spot = (int(nearest[0]) - 1, int(nearest[1]) - 1)
        left = core


def _middle_of_longest(region: Flags) -> int | None:
    """The middle of the longest run of pixels in the region; None for single ones."""
    turns = np.flatnonzero(np.diff(np.concatenate(([False], region, [False]))))
    begins, ends = turns[::2], turns[1::2]
    if not begins.size or (ends - begins).max() < _LEAST_RUN:
        return None
    longest = int(np.argmax(ends - begins))
    return int(begins[longest] + ends[longest]) // 2
