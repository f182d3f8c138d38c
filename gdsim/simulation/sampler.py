"""Samples the loss for the landscape plots, on a thread of its own; the newest request wins."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QThread, Signal, Slot

from gdsim.core.arrays import Floats, Range
from gdsim.core.landscape.landscape import sample_curve, sample_plane
from gdsim.core.landscape.plane import Plane
from gdsim.core.loss.many_rows import fast_loss
from gdsim.core.loss.many_rows import resolution as sides
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.row_objective import RowObjective
from gdsim.simulation.threads import end_thread

COARSE = 120
FINE_PLANE = 400
FINE_CURVE = 1_500
# The seconds that sampling may take at each resolution. A mean over many rows of data is sampled
# more coarsely, because nothing else can be sampled in the meantime.
_SECONDS = {COARSE: 0.06, FINE_PLANE: 0.4}
_PROBE = 16  # points along each side at which the time of one value is measured


@dataclass(frozen=True, slots=True)
class LandscapePart:
    """The part of a landscape that is to be sampled.

    ``ranges`` are those of the two coordinates of ``plane``; without a plane, there is one range,
    of the only parameter. ``rows``: which rows of data the loss is a mean over, as the bytes of an
    int64 array of indices; None for all rows.
    """

    objective: Objective
    plane: Plane | None
    ranges: tuple[Range, ...]
    rows: bytes | None = None


class _SamplingWorker(QObject):
    sampled = Signal(
        object, object, object, object
    )  # generation, LandscapePart, resolution, picture
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.newest = 0  # generation; written by the window's thread, only read here

    @Slot(object, object, object)
    def sample(self, generation: int, part: LandscapePart, resolution: int) -> None:
        """Sample the part, unless a newer request is already waiting."""
        if generation != self.newest:
            return
        try:
            picture = _sample(part, resolution)
        except Exception:  # a bug must be shown to the user, not vanish in Qt's event loop
            self.failed.emit(traceback.format_exc())
            return
        self.sampled.emit(generation, part, resolution, picture)


def _sample(part: LandscapePart, resolution: int) -> object:
    loss = fast_loss(_over_rows(part))
    if part.plane is None:
        return sample_curve(loss, np.zeros(1), x_range=part.ranges[0], resolution=resolution)
    return sample_plane(
        loss,
        part.plane,
        x_range=part.ranges[0],
        y_range=part.ranges[1],
        resolution=sides(loss, _probe(part), resolution, _SECONDS[resolution]),
    )


def _probe(part: LandscapePart) -> Floats:
    """Some points of the plane, (d, m)."""
    assert part.plane is not None
    x, y = (np.linspace(*side, _PROBE) for side in part.ranges)
    points = part.plane.lift(x, y[:, None])
    return np.ascontiguousarray(points.reshape(len(points), -1))


def _over_rows(part: LandscapePart) -> Objective:
    whole = part.objective
    if part.rows is None or not isinstance(whole, RowObjective):
        return whole
    return whole.over(np.frombuffer(part.rows, dtype=np.int64))


class Sampler(QObject):
    """Samples parts of landscapes: of a plane a coarse picture first, then a fine one."""

    sampled = Signal(object, object)  # LandscapePart, Landscape or Curve
    failed = Signal(object)

    _sample = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.newest: tuple[LandscapePart, object] | None = None
        """The last part that was sampled, and its Landscape or Curve."""
        self._is_coarse = True
        self._asked: LandscapePart | None = None
        self._coarse_will_do = False
        self._generation = 0
        self._oldest = 0  # answers to requests before this generation are ignored
        self._thread = QThread(self)
        self._thread.setObjectName("gdsim landscape")
        self._worker = _SamplingWorker()
        self._worker.moveToThread(self._thread)
        self._sample.connect(self._worker.sample)
        self._worker.sampled.connect(self._on_sampled)
        self._worker.failed.connect(self.failed)
        self._thread.start()

    @property
    def is_fine(self) -> bool:
        """Whether the newest picture is as fine as it will be."""
        return self._coarse_will_do or not self._is_coarse

    def request(self, part: LandscapePart) -> None:
        """Sample this part; requests that are still waiting are dropped.

        If the newest picture is a fine one of this part, it is emitted again without sampling.
        """
        self._asked = part
        if self.newest is not None and self.is_fine and self.newest[0] == part:
            self._forget()
            self._oldest = self._generation
            self.sampled.emit(*self.newest)
            return
        self._ask(part, FINE_CURVE if part.plane is None else COARSE)

    def set_coarse(self, coarse_will_do: bool) -> None:
        """Set whether a coarse picture of a plane is enough, because little of it is visible."""
        was_coarse, self._coarse_will_do = self._coarse_will_do, coarse_will_do
        if was_coarse and not coarse_will_do and self._asked is not None:
            self.request(self._asked)

    def shut_down(self) -> None:
        """Stop the thread; afterwards the sampler cannot be used."""
        self._forget()
        end_thread(self._thread)

    def _forget(self) -> None:
        self._generation += 1
        self._worker.newest = self._generation

    def _ask(self, part: LandscapePart, resolution: int) -> None:
        self._forget()
        self._sample.emit(self._generation, part, resolution)

    @Slot(object, object, object, object)
    def _on_sampled(
        self, generation: int, part: LandscapePart, resolution: int, picture: object
    ) -> None:
        if generation < self._oldest:
            return
        # The picture of an older request is still better than none for a moment: the receiver can
        # tell from the part whether it is of the loss that is shown.
        self.newest = (part, picture)
        self._is_coarse = resolution == COARSE
        self.sampled.emit(part, picture)
        is_the_newest = generation == self._generation
        if is_the_newest and resolution == COARSE and not self._coarse_will_do:
            self._ask(part, FINE_PLANE)
