"""Parameters learnt from standardised columns, in the units that the columns had before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.standardise import Scale
from gdsim.core.loss.row_objective import RowObjective

_ROWS = 200  # that the two models are compared on
_SAME = 1e-7  # relative difference that is rounding

Link = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class UnitChange:
    """The parameters in the original units: ``matrix`` (d, d) · θ + ``offset`` (d,)."""

    matrix: Floats
    offset: Floats

    def of(self, theta: Floats) -> Floats:
        """The parameters (d,) with which the model says the same of the original columns."""
        return self.matrix @ theta + self.offset


def unit_change(
    function: RowObjective, original: Dataset, scales: Sequence[Scale]
) -> UnitChange | None:
    """How parameters are carried over from standardised columns to the original ones.

    The model with parameters θ, read with (x − mean)/deviation for x, is the model with other
    parameters, read with x, if it is linear in its parameters (a line, a polynomial) or the
    logistic function of such a model. Whether there are such parameters is tried on the rows.

    Parameters
    ----------
    function : of the standardised data.
    original : the data as they were; ``scales``: what was done to their columns.

    Returns
    -------
    UnitChange: None if there is none, or more than one, as for a small network.
    """
    if function.target is None:
        return None
    rows = np.unique(np.linspace(0, function.rows - 1, _ROWS).astype(np.int64))
    before = {name: original.columns[name][rows] for name in function.inputs}
    after = {name: function.data.columns[name][rows] for name in function.inputs}
    scale = next((scale for scale in scales if scale.column == function.target), None)
    mean, deviation = (0.0, 1.0) if scale is None else (scale.mean, scale.deviation or 1.0)
    links: tuple[Link, ...] = (np.asarray,) if scale is not None else (np.asarray, _logit)
    for link in links:
        known, wanted = _linear(function, before, link), _linear(function, after, link)
        if known is not None and wanted is not None:
            break
    else:
        return None
    base, slopes = known
    norms = np.linalg.norm(slopes, axis=0)
    if not norms.all():
        return None
    goals = np.column_stack((deviation * wanted[1], deviation * wanted[0] + mean - base))
    found, _, rank, _ = np.linalg.lstsq(slopes / norms, goals, rcond=1e-10)
    if rank < len(norms):
        return None
    missed = np.abs(slopes / norms @ found - goals).max(axis=0)
    if (missed > _SAME * np.maximum(np.abs(goals).max(axis=0), 1e-300)).any():
        return None
    found = found / norms[:, np.newaxis]
    return UnitChange(found[:, :-1], found[:, -1])


def _logit(share: Floats) -> Floats:
    return np.asarray(np.log(share) - np.log1p(-share))


def _linear(
    function: RowObjective, columns: Mapping[str, Floats], link: Link
) -> tuple[Floats, Floats] | None:
    """The model as base (n,) + slopes (n, d) · θ behind the link; None if it is not linear."""
    dimension = len(function.parameters)
    count = len(next(iter(columns.values()))) if columns else 1

    def read(theta: Floats) -> Floats:
        return link(np.broadcast_to(function.predict(theta, columns), (count,)))

    with np.errstate(all="ignore"):
        base = read(np.zeros(dimension))
        slopes, steps = np.empty((count, dimension)), np.ones(dimension)
        for place, unit in enumerate(np.eye(dimension)):
            # A logistic function is sure of itself, and says little, far from the boundary.
            while not np.abs(change := read(steps[place] * unit) - base).max() <= 2:
                steps[place] /= 8
                if steps[place] < 1e-30:
                    return None
            slopes[:, place] = change / steps[place]
        trial = steps * np.linspace(-0.7, 0.9, dimension)
        error = np.abs(read(trial) - (base + slopes @ trial)).max()
    if not np.isfinite(base).all() or not error <= _SAME * (1 + np.abs(base).max()):
        return None
    return base, slopes
