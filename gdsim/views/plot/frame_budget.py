"""How long the layers of a plot may work in one frame, and which have to wait for the next."""

from __future__ import annotations

from time import perf_counter

# All layers that share the budget may spend this long on new pictures in one frame, in seconds.
_SECONDS_PER_FRAME = 0.006

NEXT_FRAME_MS = 16
"""After how many milliseconds a layer that had to wait should repaint.

While runs are moving, the next frame comes by then anyway.
"""


class FrameBudget:
    """Shares out the time of a frame, so that a race of many runs paints as fast as a single run.

    A layer that has to wait shows its previous picture and asks again in the next frame. Then the
    layers that have waited longest come first, whatever the order of painting.
    """

    def __init__(self) -> None:
        self._frame = 0
        self._deadline: float | None = None
        # The frame since which each layer has been waiting: layers of the previous frame that have
        # not asked again yet, and layers of this frame.
        self._before: dict[object, int] = {}
        self._waiting: dict[object, int] = {}

    def begin(self) -> None:
        """Start the budget of a new frame."""
        self._frame += 1
        self._deadline = None
        # A layer that was removed does not ask again, so it delays the others by one frame at most.
        self._before, self._waiting = self._waiting, {}

    def deadline_for(self, layer: object) -> float:
        """Until when (on the clock of ``perf_counter``) a layer may work; 0.0: it has to wait."""
        since = self._before.pop(layer, self._frame)
        if since <= min(self._before.values(), default=since):
            now = perf_counter()
            if self._deadline is None:
                # The budget starts with the first layer that works, so there is always some time.
                self._deadline = now + _SECONDS_PER_FRAME
            if now < self._deadline:
                return self._deadline
        self._waiting[layer] = since
        return 0.0
