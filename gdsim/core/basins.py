"""The basin map: every pixel a start, its colour the point that the descent from it reaches."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from gdsim.core.attribution import Place, attribute
from gdsim.core.ensemble import Array, Ensemble
from gdsim.core.experiment import Experiment
from gdsim.core.fate import Fate
from gdsim.core.landscape import Range

MOST_STEPS = 2_000
"""No pixel is followed farther: one that creeps would hold up all the others."""

RESOLUTIONS = (16, 64, 256, 512)
"""Pixels along each side, from coarse to fine."""

_SLICE_SECONDS = 0.03
_FIRST_SECONDS = 0.05  # then even the coarsest picture is shown, finished or not
_FINE_ENOUGH = 256
_MOST_SECONDS = 20.0  # a picture finer than that is made only where it takes less
_ANCHOR_RESOLUTION = 64
_MOST_ANCHORS = 12
_MOST_OF_IT = 0.6
_NAMED = 0.005


@dataclass(frozen=True, slots=True, eq=False)
class BasinPicture:
    """A finished map.

    ``labels`` (ny, nx), y upwards: an index of ``places``, or a :class:`Fate`.
    ``shade`` (ny, nx) in [0, 1]: how many steps it took, on a log scale; 0 where it took none.
    ``shares``: label → its part of all pixels.
    ``anchors``: a leading label → a point well inside its largest region, for its number.
    """

    ranges: tuple[Range, Range]
    labels: npt.NDArray[np.int16]
    shade: Array
    places: tuple[Place, ...]
    shares: dict[int, float]
    anchors: dict[int, tuple[float, float]] = field(default_factory=dict)

    def leading(self, most: int) -> list[int]:
        """The places with the largest shares worth naming, the largest first."""
        places = [label for label, share in self.shares.items() if label >= 0 and share >= _NAMED]
        return sorted(places, key=lambda label: (-self.shares[label], label))[:most]

    def within(self, ranges: tuple[Range, Range]) -> BasinPicture:
        """The pixels of a part of the map, with shares of their own; all where none lies there."""
        columns, rows = (
            slice(*np.searchsorted(_middles(own, size), part))
            for own, size, part in zip(self.ranges, self.labels.shape[::-1], ranges, strict=True)
        )
        labels = self.labels[rows, columns]
        if not labels.size:
            return self
        return replace(self, labels=labels, shade=self.shade[rows, columns], shares=_shares(labels))

    @property
    def pixel(self) -> float:
        """The area of a pixel in the plane; a finer picture has a smaller one."""
        return _area(self.ranges) / self.labels.size


@dataclass(frozen=True, slots=True)
class BasinMap:
    """A map to be made, for two parameters.

    ``scale``: how wide the home view is along each. ``places``: the points known so far; they say
    nothing about which map it is.
    """

    experiment: Experiment
    ranges: tuple[Range, Range]
    scale: tuple[float, float]
    places: tuple[Place, ...] = field(default=(), compare=False)
    resolutions: tuple[int, ...] = RESOLUTIONS

    def covers(self, other: BasinMap) -> bool:
        """Whether the other is this map, or not much less of it: a part that shows no more."""
        same = (self.experiment, self.scale) == (other.experiment, other.scale)
        inside = all(
            low <= below and above <= high
            for (low, high), (below, above) in zip(self.ranges, other.ranges, strict=True)
        )
        return same and inside and _area(other.ranges) >= _MOST_OF_IT * _area(self.ranges)

    @staticmethod
    def of(
        experiment: Experiment,
        ranges: tuple[Range, Range],
        scale: tuple[float, float],
        places: tuple[Place, ...] = (),
    ) -> BasinMap:
        """The map for these settings: the start makes no difference to it, nor without batches
        does the seed."""
        settings = experiment.model_copy(
            update={
                "start": (0.0, 0.0),
                "seed": 0 if experiment.batch is None else experiment.seed,
                "max_steps": min(experiment.max_steps, MOST_STEPS),
            }
        )
        return BasinMap(settings, ranges, scale, places, RESOLUTIONS)

    def stages(self) -> Iterator[tuple[float, BasinPicture | None]]:
        """Make it in slices of some hundredths of a second.

        Yields
        ------
        how much is done, from 0 to 1; and a picture whenever a finer one is ready.
        """
        places = self.places
        whole = sum(resolution**2 for resolution in self.resolutions)
        before, spent, coarser = 0, 0.0, 0
        for resolution in self.resolutions:
            if coarser >= _FINE_ENOUGH and spent * (resolution / coarser) ** 2 > _MOST_SECONDS:
                return
            begun = time.perf_counter()
            ensemble = Ensemble(self.experiment, self._starts(resolution))
            is_shown = coarser > 0
            while not ensemble.is_done:
                ensemble.advance_for(_SLICE_SECONDS)
                done = (before + resolution**2 * ensemble.done) / whole
                if is_shown or time.perf_counter() - begun < _FIRST_SECONDS:
                    yield done, None
                else:
                    is_shown = True
                    yield done, self._picture(ensemble, places)
            picture = self._picture(ensemble, places)
            places = picture.places
            before += resolution**2
            spent, coarser = time.perf_counter() - begun, resolution
            yield before / whole, picture

    def _starts(self, resolution: int) -> Array:
        """(2, n): the middles of the pixels, row after row from below."""
        axes = [_middles(along, resolution) for along in self.ranges]
        return np.stack(np.meshgrid(*axes)).reshape(2, -1)

    def _picture(self, ensemble: Ensemble, places: tuple[Place, ...]) -> BasinPicture:
        """How things stand; what still runs is not at rest."""
        ends = ensemble.ends()
        found = attribute(ends, self.experiment.objective(), self.scale, places)
        size = math.isqrt(len(ends))
        labels = found.labels.reshape(size, size)
        picture = BasinPicture(
            ranges=self.ranges,
            labels=labels,
            shade=_shade(labels, ends.steps.reshape(size, size)),
            places=found.places,
            shares=_shares(labels),
        )
        return replace(picture, anchors=dict(self._anchors(picture)))

    def _anchors(self, picture: BasinPicture) -> Iterator[tuple[int, tuple[float, float]]]:
        stride = max(1, len(picture.labels) // _ANCHOR_RESOLUTION)
        coarse = picture.labels[stride // 2 :: stride, stride // 2 :: stride]
        x, y = (_middles(along, len(coarse)) for along in self.ranges)
        for label in picture.leading(_MOST_ANCHORS):
            spot = _innermost(coarse == label)
            if spot is not None:
                yield label, (float(x[spot[1]]), float(y[spot[0]]))


def _area(ranges: tuple[Range, Range]) -> float:
    return math.prod(high - low for low, high in ranges)


def _middles(along: Range, count: int) -> Array:
    low, high = along
    return np.asarray(low + (np.arange(count) + 0.5) * ((high - low) / count), dtype=np.float64)


def _shares(labels: npt.NDArray[np.int16]) -> dict[int, float]:
    found, counts = np.unique(labels, return_counts=True)
    return dict(zip(found.tolist(), (counts / labels.size).tolist(), strict=True))


def _shade(labels: npt.NDArray[np.int16], steps: npt.NDArray[np.int64]) -> Array:
    """Few steps to many steps as 0 to 1, of those that came to rest and of those that diverged."""
    shade = np.zeros(labels.shape)
    logs = np.log1p(steps)
    moving = labels == Fate.MOVING
    diverged = labels == Fate.DIVERGED
    for group in (diverged, ~(moving | diverged)):
        if group.any():
            low, high = np.quantile(logs[group], (0.02, 0.98))
            if high > low:
                shade[group] = np.clip((logs[group] - low) / (high - low), 0, 1)
    return shade


def _innermost(region: npt.NDArray[np.bool_]) -> tuple[int, int] | None:
    """A pixel of the region that is as far from its edge as any; None for a mere thread."""
    left = np.pad(region, 1)
    spot = None
    while True:
        core = left.copy()
        for axis in (0, 1):
            for step in (-1, 1):
                core &= np.roll(left, step, axis)
        places = np.argwhere(core)
        if not len(places):
            return spot
        nearest = places[np.argmin(((places - places.mean(axis=0)) ** 2).sum(axis=1))]
        spot = (int(nearest[0]) - 1, int(nearest[1]) - 1)
        left = core
