"""How long the layers of a plot may work in one frame, and who has to wait for the next."""

from __future__ import annotations

from time import perf_counter

# All companions of a plot together may spend this long on new pictures in one frame, in seconds.
_TOGETHER = 0.006

NEXT_FRAME_MS = 16
"""When to ask again; while runs move, they bring a frame by then anyway."""


class FrameTime:
    """Shares the time of a frame out, so that a race of many runs paints as fast as a single run.

    Whoever has to wait shows its picture of before and asks again in the next frame. There, those
    who have waited longest come first, whatever the order of painting is.
    """

    def __init__(self) -> None:
        self._frame = 0
        self._deadline: float | None = None
        # Since which frame somebody waits: of the frame before those who have not asked again yet,
        # and those of this frame.
        self._before: dict[object, int] = {}
        self._waiting: dict[object, int] = {}

    def begin(self) -> None:
        """A frame begins."""
        self._frame += 1
        self._deadline = None
        # Who has gone does not ask again, and so holds nobody up any longer than this frame.
        self._before, self._waiting = self._waiting, {}

    def share(self, who: object) -> float:
        """Until when, on the clock of ``perf_counter``, somebody may work; 0 is: not now."""
        since = self._before.pop(who, self._frame)
        if since <= min(self._before.values(), default=since):
            now = perf_counter()
            if self._deadline is None:
                # It counts from the first who works: whatever came before, there is some time.
                self._deadline = now + _TOGETHER
            if now < self._deadline:
                return self._deadline
        self._waiting[who] = since
        return 0.0
