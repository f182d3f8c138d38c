"""Many descents at once, from many starts or with many learning rates, as arrays.

Every column is the descent that :class:`gdsim.core.run.descent.Descent` makes from the same start,
but for the rounding of exp, sin and their like: the same order of evaluation, the stop test before
the move, and a column that diverges keeps the last θ that is finite.
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
from gdsim.core.ensemble.threads import cores, in_parallel
from gdsim.core.ensemble.tiles import Tile, merged, taken
from gdsim.core.number_text import grouped
from gdsim.core.problem import Problem
from gdsim.core.run.ending import Outcome
from gdsim.core.run.experiment import Experiment

TILE = 32_768
"""Columns that are advanced together, at most: their arrays stay in the cache, or close to it."""

_SHORT = 8_192
"""Columns that are worth a thread of their own: an operation on fewer takes no longer than handing
Python's lock from one thread to another."""

SLICE_SECONDS = 0.01
"""How long an exploration computes before the window has its turn."""

MOST_AT_ONCE = 10_000_000
"""Columns times rows of an update: more would take longer than a hand waits for a cancel."""


RUNNING = 0
CODES = {outcome: code for code, outcome in enumerate(Outcome, start=1)}
"""The number by which an array holds an outcome; a column that still runs holds ``RUNNING``."""

_OUTCOMES: tuple[Outcome | None, ...] = (None, *Outcome)
_STOP_RULE, _STEP_LIMIT, _DIVERGED = (
    CODES[outcome] for outcome in (Outcome.STOP_RULE, Outcome.STEP_LIMIT, Outcome.DIVERGED)
)

Codes = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Where every column stands.

    Parameters
    ----------
    theta : (d, n), the last finite point, or where a column that still runs is now.
    loss : (n,), L there; NaN while the column runs.
    steps : (n,), the updates made.
    codes : (n,), a number of ``CODES`` each, or ``RUNNING``. Arithmetic on arrays does not tell
        undefined from too large: a failure is ``Outcome.DIVERGED``.
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

    def outcome(self, column: int) -> Outcome | None:
        """How a column ended; None while it runs."""
        code: int = self.codes[column].item()
        return _OUTCOMES[code]


@dataclass(slots=True, eq=False)
class _Desk:
    """What a thread writes on: the next row of a tile, and what comes in between."""

    results: list[Floats]
    temporaries: list[Floats]


class Ensemble:
    """Descents in progress, all at the same t.

    Parameters
    ----------
    experiment : the choices they share; its own start does not matter.
    starts : (d, n), one column a descent; (d,) where only η differs.
    eta0 : (n,), an η₀ for every column in place of the schedule's own.
    record : keep the points of the first so many updates in ``path``.

    Raises
    ------
    ValueError : where shapes do not fit, or the schedule has no η₀ to be replaced.
    Problem : where every update learns from too many rows for so many columns.
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
        self._clocks: dict[int, tuple[float, ...]] = {}  # of the rows that tiles go through in turn
        self._room = 0
        # Rows of data are gathered for one thread.
        self._threads = 1 if experiment.data is not None else cores()
        self._desks: list[_Desk] = []
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
        """How much of the work is done at least, from 0 to 1."""
        ahead = 1 - self.t / self.experiment.max_steps
        return 1 - ahead * self.running / max(1, len(self._ends))

    def advance(self, updates: int = 1) -> None:
        """Make up to so many updates in every column that still runs."""
        target = min(self.t + updates, self.experiment.max_steps)

        def work(tile: Tile, thread: int) -> None:
            with np.errstate(all="ignore"):
                self._advance(tile, target, self._desks[thread])

        in_parallel(work, self._tiles, len(self._desks))
        self.t = target
        self._clocks.clear()
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
                theta[place, tile.columns] = tile.views()[place]
            steps[tile.columns] = self.t
        return Ends(theta, ends.loss.copy(), steps, ends.codes.copy())

    # Inside

    def _split(self) -> None:
        """Cut what still runs into tiles of a good size; a slice may have left remnants."""
        self._tiles = [tile for tile in self._tiles if tile.columns.size]
        wanted = max(-(-self.running // TILE), min(self._threads, self.running // _SHORT))
        if wanted == len(self._tiles) and self._room:
            return
        self._tiles = list(merged(self._tiles).cut(wanted)) if wanted else []
        self._room = max((len(tile.entering[0]) for tile in self._tiles), default=0)
        dimension, states = len(self._ends.theta), len(self.experiment.rule.state)
        self._desks = [
            _Desk(
                [np.empty(self._room) for _ in range(dimension * (1 + states) + 1)],
                [np.empty(self._room) for _ in range(self._program.temporaries)],
            )
            for _ in range(min(self._threads, len(self._tiles)))
        ]

    def _advance(self, tile: Tile, target: int, desk: _Desk) -> None:
        """Up to row ``target``, which is evaluated only if it is the last."""
        for t in range(self.t, target + (target == self.experiment.max_steps)):
            if t < len(self.path):
                for place, values in enumerate(tile.views()[: self.path.shape[1]]):
                    self.path[t, place, tile.columns] = values
            self._advance_a_row(tile, t, desk)
            if not tile.columns.size:
                return

    def _advance_a_row(self, tile: Tile, t: int, desk: _Desk) -> None:
        program, size = self._program, tile.columns.size
        entering = tile.views()
        try:
            clock = self._clocks.get(t) or self._clocks.setdefault(t, program.clock(t + 1.0))
        except (ArithmeticError, ValueError):
            loss = self.experiment.objective_at(t).value(
                np.array(entering[: len(self._ends.theta)])
            )
            tile.keep(self._end(tile, t, np.full(size, _DIVERGED, np.int8), loss))
            return
        given = (*clock, tile.eta0, *entering)
        results = [place[:size] for place in desk.results]
        temporaries = [place[:size] for place in desk.temporaries]
        vector, measure, check = program.row(*given, *results, *temporaries)
        is_sound = math.isfinite(np.add.reduce(check))
        # NaN is not greater than anything.
        is_far = measure is None or np.minimum.reduce(np.atleast_1d(measure)) > program.threshold
        is_last = t == self.experiment.max_steps
        kept = None
        if not (is_sound and is_far) or is_last:
            found = np.full(size, _STEP_LIMIT if is_last else RUNNING, np.int8)
            if not is_far:
                near = np.flatnonzero(np.broadcast_to(measure <= program.threshold, size))
                met = _stops(measure, vector, self.experiment.epsilon, near)
                found[near[met]] = _STOP_RULE
            if not is_sound:
                found[np.broadcast_to(program.careful(*given), size)] = _DIVERGED
            if found.any():
                kept = self._end(tile, t, found, results[-1])
        tile.entering, desk.results = desk.results, tile.entering
        if kept is not None:
            tile.keep(kept)

    def _end(self, tile: Tile, t: int, found: Codes, loss: Any) -> Indices:
        """Write down the columns that end at row t; returns the places of the others."""
        ended = np.flatnonzero(found)
        columns = tile.columns[ended]
        for place, values in enumerate(tile.entering[: len(self._ends.theta)]):
            self._ends.theta[place, columns] = values[ended]
        self._ends.loss[columns] = taken(loss, ended)
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
    if batches is not None and batches.size * columns > MOST_AT_ONCE:
        raise Problem(
            "every update would learn from {rows} rows in {count} descents at once, more than can"
            " be waited for: choose a smaller batch, or fewer descents",
            rows=grouped(batches.size),
            count=grouped(columns),
        )


def _stops(measure: Any, vector: tuple[Any, ...], epsilon: float, near: Any) -> Any:
    """Which of the columns ``near`` the stop test meet it, exactly as a single descent decides."""
    if not vector:
        return np.broadcast_to(taken(measure, near), near.shape) < epsilon
    parts = [np.broadcast_to(taken(part, near), near.shape).tolist() for part in vector]
    return np.array([math.hypot(*column) < epsilon for column in zip(*parts, strict=True)], bool)
