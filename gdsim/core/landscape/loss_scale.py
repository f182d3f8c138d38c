"""The colour scale of a landscape: positions of losses on the colour bar, levels and ticks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from math import ceil, floor, isfinite, log10

import numpy as np

from gdsim.core.arrays import Floats, quantiles

# Where (highest − lowest) is more than this many times (median − lowest), linearly spaced levels
# would leave most of the plane without iso-lines.
_WIDE = 3.5
_LEVELS = 20
# The mantissas of the levels in a decade, by their number.
_MANTISSAS: dict[int, tuple[float, ...]] = {
    1: (1.0,),
    2: (1.0, 3.0),
    3: (1.0, 2.0, 5.0),
    5: (1.0, 1.5, 2.5, 4.0, 6.0),
    10: (1.0, 1.25, 1.6, 2.0, 2.5, 3.2, 4.0, 5.0, 6.3, 8.0),
}


class Spacing(Enum):
    """How colours and levels are spaced."""

    LINEAR = auto()
    """Evenly in the loss."""
    LOG = auto()
    """Evenly in the logarithm of the height above the minimum."""
    FLAT = auto()
    """Not at all: all values are equal, or there are none."""


@dataclass(frozen=True, slots=True)
class LossScale:
    """A loss as a position between 0 (lowest colour) and 1 (highest colour).

    Linear: (L − low) / (high − low).
    Logarithmic: log((L − low) / first) / log((high − low) / first), where ``first`` is the height
    above ``low`` up to which everything has the lowest colour.
    """

    spacing: Spacing
    low: float
    high: float
    first: float = 0.0

    def position(self, loss: Floats) -> Floats:
        """The positions of losses on the scale, in [0, 1]; NaN where the loss is NaN."""
        if self.spacing is Spacing.FLAT:
            flat: Floats = np.where(np.isnan(loss), np.nan, 0.5)
            return flat
        with np.errstate(all="ignore"):
            height = (loss - self.low) / (self.high - self.low)
            if self.spacing is Spacing.LINEAR:
                return np.clip(height, 0.0, 1.0)
            # A loss below the lowest sample has no logarithm; it gets the lowest colour.
            decades = np.log10((self.high - self.low) / self.first)
            position: Floats = 1.0 + np.log10(np.maximum(height, 1e-300)) / decades
            return np.clip(position, 0.0, 1.0)

    def loss_at(self, position: float) -> float:
        """The loss at a position in [0, 1]: the inverse of :meth:`position`."""
        if self.spacing is Spacing.LOG:
            ratio = (self.high - self.low) / self.first
            return float(self.low + self.first * ratio**position)
        return self.low + position * (self.high - self.low)


def loss_scale(z: Floats) -> LossScale:
    """A scale for these values: linear, or logarithmic where a few values are very large."""
    values = z[np.isfinite(z)]
    if not values.size:
        return LossScale(Spacing.FLAT, float("nan"), float("nan"))
    low, high = float(values.min()), float(values.max())
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        return LossScale(Spacing.FLAT, low, high)
    sample = values[:: max(1, values.size // 20_000)]
    median, least = (float(value) for value in quantiles(sample, (0.5, 0.002)))
    if high - low <= _WIDE * (median - low):
        return LossScale(Spacing.LINEAR, low, high)
    return _log_scale(low, high, least)


def with_spacing(scale: LossScale, z: Floats, spacing: Spacing) -> LossScale:
    """The scale of the same values ``z`` with another spacing; a flat scale stays as it is."""
    if Spacing.FLAT in (scale.spacing, spacing) or scale.spacing is spacing:
        return scale
    if spacing is Spacing.LINEAR:
        return LossScale(Spacing.LINEAR, scale.low, scale.high)
    values = z[np.isfinite(z)]
    sample = values[:: max(1, values.size // 20_000)]
    return _log_scale(scale.low, scale.high, float(quantiles(sample, 0.002)))


def _log_scale(low: float, high: float, least: float) -> LossScale:
    """A logarithmic scale from a round base; all but a few values lie above ``least``."""
    # The first level surrounds a small region around the minimum, not only one sample of it.
    first = max(least - low, (high - low) * 1e-9)
    unit = 10.0 ** floor(log10(first))
    # With a round base the levels do not change while the view is moved.
    bases = (floor(low / step) * step for step in (10 * unit, unit))
    base = next((base for base in bases if low - base <= first / 2), low)
    # Just below a power of ten the logarithm may be rounded up to an integer: hence the max.
    return LossScale(Spacing.LOG, base, high, unit * max(1, floor(first / unit)))


def loss_levels(scale: LossScale) -> tuple[float, ...]:
    """About 20 round losses for iso-lines, strictly inside the scale."""
    if scale.spacing is Spacing.FLAT:
        return ()
    if scale.spacing is Spacing.LINEAR:
        step = _nice_step((scale.high - scale.low) / _LEVELS)
        first = floor(scale.low / step) + 1
        count = ceil(scale.high / step) - first
        return tuple((first + index) * step for index in range(count))
    begin, end = log10(scale.first), log10(scale.high - scale.low)
    decades = end - begin
    density = min(_MANTISSAS, key=lambda per_decade: abs(per_decade * decades - _LEVELS))
    # Beyond 30 decades one level for each decade would be too many.
    stride = max(1, round(decades / _LEVELS)) if density == 1 else 1
    heights = (
        mantissa * 10.0**exponent
        for exponent in range(floor(begin), ceil(end) + 1, stride)
        for mantissa in _MANTISSAS[density]
    )
    top = scale.high - scale.low
    return tuple(scale.low + height for height in heights if scale.first <= height < top)


def loss_ticks(scale: LossScale) -> tuple[tuple[float, float], ...]:
    """Round losses spread over the colour bar, as (position in [0, 1], loss)."""
    if scale.spacing is Spacing.FLAT:
        return ((0.5, scale.low),) if isfinite(scale.low) else ()
    if scale.spacing is Spacing.LINEAR:
        step = _nice_step((scale.high - scale.low) / 5)
        first, last = ceil(scale.low / step), floor(scale.high / step)
        values = [index * step for index in range(first, last + 1)]
    else:
        targets = np.linspace(0.0, 1.0, 7)
        values = [value for target in targets if (value := _shortest(scale, target)) is not None]
    unique = sorted(set(values))
    positions = scale.position(np.array(unique))
    return tuple((float(p), v) for p, v in zip(positions, unique, strict=True))


def _shortest(scale: LossScale, target: float) -> float | None:
    """The loss with the fewest digits near a position on the scale; None where there is none."""
    exact = scale.loss_at(target)
    for digits in range(1, 12):
        if digits > 2 and target in (0.0, 1.0):
            return None
        value = float(f"{exact:.{digits - 1}e}")
        inside = scale.low + scale.first <= value <= scale.high
        if inside and abs(float(scale.position(np.array(value))) - target) < 0.05:
            return value
    return None


def _nice_step(step: float) -> float:
    """The nearest of 1, 2, 2.5, 5 times a power of ten."""
    power = 10.0 ** floor(log10(step))
    candidates = (factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0))
    return min(candidates, key=lambda candidate: abs(log10(candidate / step)))
