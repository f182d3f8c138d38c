"""Many descents at once, from many starts or with many learning rates, as arrays.

Every column is the descent that :class:`gdsim.core.run.descent.Descent` makes from the same start,
except for the rounding of functions such as exp and sin: the order of evaluation is the same, the
stop test comes before the move, and a column that diverges keeps its last finite θ. With batches
smaller than all rows the stop test is made at the ends of epochs, over all rows.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gdsim.core.arrays import Flags, Floats, Indices, Integers
from gdsim.core.ensemble.array_program import ETA0, compile_rows
from gdsim.core.ensemble.endings import (
    diverging,
    farthest_losses,
    meets,
    meets_at_epoch,
    undefined,
)
from gdsim.core.ensemble.threads import cores, in_parallel
from gdsim.core.ensemble.tiles import Tile, merged, taken
from gdsim.core.number_text import grouped
from gdsim.core.problem import Problem
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import Experiment

TILE = 32_768
"""The most columns that are advanced together: their arrays fit into the cache, or nearly."""

_SHORT = 8_192
"""The fewest columns for which a thread of their own saves time: an operation on fewer is as fast
as handing Python's lock from one thread to another."""

SLICE_SECONDS = 0.01
"""How long an exploration computes before it lets the window respond."""

MOST_AT_ONCE = 10_000_000
"""The most columns × rows in an update: with more, cancelling would take too long."""

MOST_AT_EPOCH_ENDS = 50_000_000
"""The same at the end of an epoch, where all rows are used once."""

RUNNING = 0
CODES = {outcome: code for code, outcome in enumerate(Outcome, start=1)}
"""The number by which an array holds an outcome; a column that still runs holds ``RUNNING``."""

_OUTCOMES: tuple[Outcome | None, ...] = (None, *Outcome)
_STOP_RULE, _STEP_LIMIT = CODES[Outcome.STOP_RULE], CODES[Outcome.STEP_LIMIT]
_DIVERGED, _UNDEFINED = CODES[Outcome.DIVERGED], CODES[Outcome.UNDEFINED]

Codes = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Where every column stands.

    Parameters
    ----------
    theta : (d, n), the last finite point, or where a column that still runs is now.
    loss : (n,), L there, over all rows where there are data; NaN while the column runs.
    steps : (n,), the updates made.
    codes : (n,), a number of ``CODES`` each, or ``RUNNING``.
    """

    theta: Floats
    loss: Floats
    steps: Integers
    codes: Codes

    def __len__(self) -> int:
        return int(self.codes.size)

    def are(self, outcome: Outcome | None) -> Flags:
        """Which columns ended so, (n,); None: which still run."""
        return np.asarray(self.codes == (RUNNING if outcome is None else CODES[outcome]))

    @property
    def have_failed(self) -> Flags:
        """Which columns diverged or came to a point without a value, (n,)."""
        return self.are(Outcome.DIVERGED) | self.are(Outcome.UNDEFINED)

    def outcome(self, column: int) -> Outcome | None:
        """How a column ended; None while it runs."""
        code: int = self.codes[column].item()
        return _OUTCOMES[code]


@dataclass(slots=True, eq=False)
class _Buffers:
    """The arrays that a thread writes to: the next row of a tile, and intermediate results."""

    results: list[Floats]
    temporaries: list[Floats]


class Ensemble:
    """Descents in progress, all at the same t.

    Parameters
    ----------
    experiment : the settings they share; its start is not used.
    starts : (d, n), one column a descent; (d,) where only η differs.
    eta0 : (n,), an η₀ for every column instead of the schedule's own.
    record : of how many first updates the points are kept in ``path``.

    Raises
    ------
    ValueError : the shapes do not match, or the schedule has no η₀ to replace.
    Problem : every update would learn from too many rows for this number of columns.
    """

    def __init__(
        self,
        experiment: Experiment,
        starts: npt.ArrayLike,
        *,
        eta0: npt.ArrayLike | None = None,
        record: int = 0,
    ) -> None:
        rates = None if eta0 is None else np.array(eta0, dtype=np.float64)
        theta = np.array(starts, dtype=np.float64)
        if rates is not None and theta.ndim == 1:
            theta = np.repeat(theta[:, np.newaxis], rates.size, axis=1)
        _check_shapes(experiment, theta, rates)
        _check_work(experiment, theta.shape[1])
        self.experiment = experiment
        self.t = 0
        self._program = compile_rows(experiment, eta_differs=rates is not None)
        self._epoch = experiment.epoch
        count = theta.shape[1]
        self._ends = Ends(
            theta,
            np.full(count, np.nan),
            np.zeros(count, dtype=np.int64),
            np.zeros(count, dtype=np.int8),
        )
        self.path: Floats = np.full((record + 1 if record else 0, *theta.shape), np.nan)
        """(record + 1, d, n): θ_t of the first rows, NaN past the end of a column."""
        state = [value for value in experiment.rule.state.values() for _ in experiment.parameters]
        entering = [*theta.copy(), *(np.full(count, value) for value in (*state, math.nan))]
        self._shared: dict[int, tuple[float, ...]] = {}  # of the rows that tiles go through in turn
        self._room = 0
        # Rows of data are gathered for one thread.
        self._threads = 1 if experiment.data is not None else cores()
        self._buffers: list[_Buffers] = []
        self._tiles = [Tile(np.arange(count), entering, rates)]
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
        """A lower bound of the share of work that is done, from 0 to 1."""
        ahead = 1 - self.t / self.experiment.max_steps
        return 1 - ahead * self.running / max(1, len(self._ends))

    def advance(self, updates: int = 1) -> None:
        """Make up to ``updates`` updates in every column that still runs."""
        target = min(self.t + updates, self.experiment.max_steps)

        def work(tile: Tile, buffers: _Buffers) -> None:
            with np.errstate(all="ignore"):
                self._advance(tile, target, buffers)

        in_parallel(work, self._tiles, self._buffers)
        self.t = target
        self._shared.clear()
        self._split()

    def advance_for(self, seconds: float) -> None:
        """Advance for about this time, and by at least one update."""
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
        """Where the columns stand; later updates do not change the result."""
        ends = self._ends
        theta, steps = ends.theta.copy(), ends.steps.copy()
        for tile in self._tiles:
            for index in range(len(theta)):
                theta[index, tile.columns] = tile.views()[index]
            steps[tile.columns] = self.t
        return Ends(theta, ends.loss.copy(), steps, ends.codes.copy())

    # Inside

    def _split(self) -> None:
        """Divide the columns that still run into tiles of a good size."""
        self._tiles = [tile for tile in self._tiles if tile.columns.size]
        wanted = max(-(-self.running // TILE), min(self._threads, self.running // _SHORT))
        if wanted == len(self._tiles) and self._room:
            return
        self._tiles = list(merged(self._tiles).cut(wanted)) if wanted else []
        self._room = max((len(tile.entering[0]) for tile in self._tiles), default=0)
        dimension, states = len(self._ends.theta), len(self.experiment.rule.state)
        self._buffers = [
            _Buffers(
                [np.empty(self._room) for _ in range(dimension * (1 + states) + 1)],
                [np.empty(self._room) for _ in range(self._program.temporaries)],
            )
            for _ in range(min(self._threads, len(self._tiles)))
        ]

    def _advance(self, tile: Tile, target: int, buffers: _Buffers) -> None:
        """Advance to row ``target``, which is evaluated only if it is the step limit."""
        for t in range(self.t, target + (target == self.experiment.max_steps)):
            if t < len(self.path):
                for index, values in enumerate(tile.views()[: self.path.shape[1]]):
                    self.path[t, index, tile.columns] = values
            self._advance_a_row(tile, t, buffers)
            if not tile.columns.size:
                return

    def _advance_a_row(self, tile: Tile, t: int, buffers: _Buffers) -> None:
        program, size = self._program, tile.columns.size
        entering = tile.views()
        try:
            shared = self._shared.get(t) or self._shared.setdefault(t, program.shared(t + 1.0))
        except (ArithmeticError, ValueError):
            tile.keep(self._end(tile, t, np.full(size, _DIVERGED, np.int8), None))
            return
        given = (*shared, tile.eta0, *entering)
        results = [values[:size] for values in buffers.results]
        temporaries = [values[:size] for values in buffers.temporaries]
        vector, measure, check = program.row(*given, *results, *temporaries)
        loss = results[-1]
        if t == 0:
            self._begin(tile, loss)
        # NaN is not greater than anything, nor between anything.
        is_near = measure is not None and not (
            np.minimum.reduce(np.atleast_1d(measure)) > program.threshold
        )
        is_far = self._epoch is None and not (
            -tile.nearest <= np.minimum.reduce(loss) <= np.maximum.reduce(loss) <= tile.nearest
        )
        is_epoch_end = self._epoch is not None and t > 0 and t % self._epoch == 0
        is_sound = math.isfinite(np.add.reduce(check))
        is_last = t == self.experiment.max_steps
        kept = None
        if is_near or is_far or is_epoch_end or is_last or not is_sound:
            found = np.full(size, _STEP_LIMIT if is_last else RUNNING, np.int8)
            if is_near:
                near = np.flatnonzero(np.broadcast_to(measure <= program.threshold, size))
                met = meets(measure, vector, self.experiment.epsilon, near)
                found[near[met]] = _STOP_RULE
            if is_far and tile.farthest is not None:
                found[diverging(loss, entering[-1], tile.farthest)] = _DIVERGED
            over_all_rows: Floats | None = loss
            if self._epoch is not None:
                over_all_rows = self._test_epoch(tile, found) if is_epoch_end else None
            if not is_sound:
                failing = np.broadcast_to(program.failures(*given), size)
                self._find_failures(tile, t, failing, found)
            if found.any():
                kept = self._end(tile, t, found, over_all_rows)
        tile.entering, buffers.results = buffers.results, tile.entering
        if kept is not None:
            tile.keep(kept)

    def _begin(self, tile: Tile, loss: Floats) -> None:
        """Keep what the tests of further rows need, at row 0 with its loss."""
        if self._epoch is not None:
            theta = np.array(tile.views()[: len(self._ends.theta)])
            loss = np.asarray(self.experiment.objective().value(theta))
            tile.epoch = [*theta, loss]
        tile.bound(farthest_losses(loss))

    def _test_epoch(self, tile: Tile, found: Codes) -> Floats:
        """Find the columns that end at the end of an epoch; returns L over all rows."""
        experiment, objective = self.experiment, self.experiment.objective()
        theta = np.array(tile.views()[: len(self._ends.theta)])
        loss, gradient = np.asarray(objective.value(theta)), objective.gradient(theta)
        *begin, before = tile.epoch
        assert tile.farthest is not None
        with np.errstate(all="ignore"):
            delta = theta - np.array(begin)
        met = meets_at_epoch(experiment.stop, experiment.epsilon, delta, gradient, loss, before)
        found[met] = _STOP_RULE
        found[diverging(loss, before, tile.farthest)] = _DIVERGED
        tile.epoch = [*theta, loss]
        return loss

    def _find_failures(self, tile: Tile, t: int, failing: Flags, found: Codes) -> None:
        """Tell the columns that have no value at row t from those that are too large."""
        columns = np.flatnonzero(failing)
        theta = np.array([values[columns] for values in tile.entering[: len(self._ends.theta)]])
        uses_newton = self.experiment.rule.read().uses_newton
        is_undefined = undefined(self.experiment.objective_at(t), theta, uses_newton=uses_newton)
        found[columns] = np.where(is_undefined, _UNDEFINED, _DIVERGED)

    def _end(self, tile: Tile, t: int, found: Codes, loss: Any) -> Indices:
        """Record the columns that end at row t; returns the indices of the others.

        Parameters
        ----------
        loss : (m,) or a number, over all rows; None where it is still to be computed.
        """
        ended = np.flatnonzero(found)
        columns = tile.columns[ended]
        theta = np.array([values[ended] for values in tile.entering[: len(self._ends.theta)]])
        self._ends.theta[:, columns] = theta
        self._ends.loss[columns] = (
            self.experiment.objective().value(theta) if loss is None else taken(loss, ended)
        )
        self._ends.steps[columns] = t
        self._ends.codes[columns] = found[ended]
        return np.flatnonzero(found == RUNNING)


def _check_shapes(experiment: Experiment, theta: Floats, rates: Floats | None) -> None:
    if theta.ndim != 2 or len(theta) != len(experiment.parameters):
        raise ValueError(f"expected starts of shape ({len(experiment.parameters)}, n)")
    if rates is None:
        return
    if rates.shape != theta.shape[1:]:
        raise ValueError(f"{rates.size} learning rates for {theta.shape[1]} starts")
    if ETA0 not in experiment.schedule.constants:
        raise ValueError("the schedule has no η₀ that could differ")


def _check_work(experiment: Experiment, columns: int) -> None:
    batches = experiment.batches()
    if batches is None:
        return
    if not batches.is_whole and batches.rows * columns > MOST_AT_EPOCH_ENDS:
        raise Problem(
            "each epoch would end with {rows} rows in each of {count} descents, which takes too"
            " long: choose fewer descents",
            rows=grouped(batches.rows),
            count=grouped(columns),
        )
    if batches.size * columns > MOST_AT_ONCE:
        raise Problem(
            "each update would use {rows} rows in each of {count} descents, which takes too"
            " long: choose a smaller batch, or fewer descents",
            rows=grouped(batches.size),
            count=grouped(columns),
        )
