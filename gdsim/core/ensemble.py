"""Many descents at once, from many starts or with many learning rates, as arrays.

Every column is the descent that :class:`gdsim.core.descent.Descent` makes from the same start, but
for the rounding of exp, sin and their like: the same order of evaluation, the stop test before the
move, and a column that diverges keeps the last θ that is finite.
"""

from __future__ import annotations

import math
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from gdsim.core.array_program import ETA0, compile_rows
from gdsim.core.experiment import Experiment
from gdsim.core.tiles import Tile, merged, taken

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

TILE = 4_096
"""Columns that are advanced together: few enough that all their arrays stay in the cache."""

_LEAST_TILE = 2_048  # with fewer columns a second thread gains nothing


class End(IntEnum):
    """How a column ended."""

    RUNNING = 0
    CONVERGED = 1
    STEP_LIMIT = 2
    DIVERGED = 3


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Where every column stands.

    ``theta`` (d, n): the last finite point, or where a column that still runs is now.
    ``loss`` (n,): L there; NaN while it runs.
    ``steps`` (n,): the updates made. ``outcome`` (n,): an :class:`End` each.
    """

    theta: Array
    loss: Array
    steps: Integers
    outcome: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return int(self.outcome.size)

    def are(self, end: End) -> npt.NDArray[np.bool_]:
        """Which columns ended so, (n,)."""
        return np.asarray(self.outcome == end)


class Ensemble:
    """Descents in progress, all at the same t.

    Parameters
    ----------
    experiment : the choices they share; its own start does not matter.
    starts : (d, n), one column a descent; (d,) where only η differs.
    eta0 : (n,), an η₀ for every column in place of the schedule's own.
    record : keep the points of the first so many updates in ``path``.
    threads : how many threads advance it; as many as there are processors by default.

    Raises
    ------
    ValueError : where shapes do not fit, or the schedule has no η₀ to be replaced.
    """

    def __init__(
        self,
        experiment: Experiment,
        starts: npt.ArrayLike,
        *,
        eta0: npt.ArrayLike | None = None,
        record: int = 0,
        threads: int | None = None,
    ) -> None:
        rates = None if eta0 is None else np.array(eta0, dtype=np.float64)
        theta = np.array(starts, dtype=np.float64)
        if rates is not None and theta.ndim == 1:
            theta = np.repeat(theta[:, np.newaxis], rates.size, axis=1)
        _check_shapes(experiment, theta, rates)
        self.experiment = experiment
        self.t = 0
        self._threads = threads or os.cpu_count() or 1
        self._program = compile_rows(experiment, eta_differs=rates is not None)
        count = theta.shape[1]
        self._ends = Ends(
            theta,
            np.full(count, np.nan),
            np.zeros(count, dtype=np.int64),
            np.zeros(count, dtype=np.int8),
        )
        self.path: Array = np.full((record + 1 if record else 0, *theta.shape), np.nan)
        """(record + 1, d, n): θ_t of the first rows, NaN past the end of a column."""
        state = [
            np.full(count, value)
            for value in experiment.rule.state.values()
            for _ in experiment.parameters
        ]
        whole = Tile(np.arange(count), [*theta.copy(), *state], math.nan, rates)
        self._tiles = [whole]
        self._split()

    @property
    def running(self) -> int:
        """The number of columns that have not ended."""
        return sum(tile.columns.size for tile in self._tiles)

    @property
    def is_done(self) -> bool:
        """Whether every column has ended."""
        return not self._tiles

    @property
    def done(self) -> float:
        """How much of the work is done at least, from 0 to 1."""
        ahead = 1 - self.t / self.experiment.max_steps
        return 1 - ahead * self.running / max(1, len(self._ends))

    def advance(self, updates: int = 1) -> None:
        """Make up to so many updates in every column that still runs."""
        target = min(self.t + updates, self.experiment.max_steps)

        def advance(tile: Tile) -> None:
            self._advance(tile, target)

        with ThreadPoolExecutor(self._threads) if len(self._tiles) > 1 else _Here() as pool:
            for _ in pool.map(advance, self._tiles):
                pass
        self.t = target
        self._split()

    def advance_for(self, seconds: float) -> None:
        """Advance for about so long, and by one update at least."""
        end = time.perf_counter() + seconds
        updates = 1
        while not self.is_done:
            begun = time.perf_counter()
            self.advance(updates)
            now = time.perf_counter()
            if now >= end:
                return
            pace = min(4.0, 0.5 * (end - now) / max(now - begun, 1e-6))
            updates = max(1, int(updates * pace))

    def finish(self) -> Ends:
        """Advance to the end of every column."""
        while not self.is_done:
            self.advance(64)
        return self.ends()

    def ends(self) -> Ends:
        """A picture of how things stand; later updates do not change it."""
        ends = self._ends
        theta, steps = ends.theta.copy(), ends.steps.copy()
        for tile in self._tiles:
            for place in range(len(theta)):
                theta[place, tile.columns] = tile.entering[place]
            steps[tile.columns] = self.t
        return Ends(theta, ends.loss.copy(), steps, ends.outcome.copy())

    # Inside

    def _split(self) -> None:
        """Cut what still runs into tiles of a good size; a slice may have left remnants."""
        self._tiles = [tile for tile in self._tiles if tile.columns.size]
        running = self.running
        wanted = max(-(-running // TILE), min(self._threads, running // _LEAST_TILE), 1)
        if self._tiles and wanted != len(self._tiles):
            self._tiles = list(merged(self._tiles).cut(wanted))

    def _advance(self, tile: Tile, target: int) -> None:
        with np.errstate(all="ignore"):
            for t in range(self.t, target + (target == self.experiment.max_steps)):
                if t < len(self.path):
                    for place in range(self.path.shape[1]):
                        self.path[t, place, tile.columns] = tile.entering[place]
                self._advance_a_row(tile, t)
                if not tile.columns.size:
                    return

    def _advance_a_row(self, tile: Tile, t: int) -> None:
        program = self._program
        try:
            clock = program.clock(t + 1.0)
        except (ArithmeticError, ValueError):
            found = np.full(tile.columns.size, End.DIVERGED, np.int8)
            theta = np.array(tile.entering[: len(self._ends.theta)])
            self._end(tile, t, found, self.experiment.objective().value(theta))
            return
        given = (*clock, tile.eta0, tile.previous, *tile.entering)
        loss, vector, measure, check, following = program.row(*given)
        sound = math.isfinite(np.add.reduce(check))
        # NaN is not greater than anything.
        far = measure is None or np.minimum.reduce(np.atleast_1d(measure)) > program.threshold
        last = t == self.experiment.max_steps
        if not (sound and far) or last:
            found = np.full(tile.columns.size, End.STEP_LIMIT if last else End.RUNNING, np.int8)
            if not far:
                near = np.flatnonzero(np.broadcast_to(measure <= program.threshold, found.shape))
                met = _stops(measure, vector, self.experiment.epsilon, near)
                found[near[met]] = End.CONVERGED
            if not sound:
                failing = program.careful(*given)[3]
                found[np.broadcast_to(failing, found.shape)] = End.DIVERGED
            if found.any():
                kept = self._end(tile, t, found, loss)
                following = [taken(part, kept) for part in following]
                loss = taken(loss, kept)
        tile.entering, tile.previous = following, loss

    def _end(
        self, tile: Tile, t: int, found: npt.NDArray[np.int8], loss: Any
    ) -> npt.NDArray[np.intp]:
        """Write down the columns that end at row t; returns the places of the others."""
        ended = np.flatnonzero(found)
        columns = tile.columns[ended]
        for place in range(len(self._ends.theta)):
            self._ends.theta[place, columns] = taken(tile.entering[place], ended)
        self._ends.loss[columns] = taken(loss, ended)
        self._ends.steps[columns] = t
        self._ends.outcome[columns] = found[ended]
        kept = np.flatnonzero(found == End.RUNNING)
        tile.columns = tile.columns[kept]
        if tile.eta0 is not None:
            tile.eta0 = tile.eta0[kept]
        return kept


class _Here:
    """Stands in for a pool where there is nothing to share out."""

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    map = staticmethod(map)


def _check_shapes(experiment: Experiment, theta: Array, rates: Array | None) -> None:
    if theta.ndim != 2 or len(theta) != len(experiment.parameters):
        raise ValueError(f"expected starts of shape ({len(experiment.parameters)}, n)")
    if rates is None:
        return
    if rates.shape != theta.shape[1:]:
        raise ValueError(f"{rates.size} learning rates for {theta.shape[1]} starts")
    if ETA0 not in experiment.schedule.constants:
        raise ValueError("the schedule has no η₀ that could differ")


def _stops(measure: Any, vector: tuple[Any, ...], epsilon: float, near: Any) -> Any:
    """Which of the columns ``near`` the stop test meet it, exactly as a single descent decides."""
    if not vector:
        return np.broadcast_to(taken(measure, near), near.shape) < epsilon
    columns = zip(*(np.broadcast_to(taken(part, near), near.shape) for part in vector), strict=True)
    return np.array([math.hypot(*column) < epsilon for column in columns], dtype=bool)
