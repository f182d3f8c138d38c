"""F5 in a real window: larger text, and the same picture again after a second F5."""

from __future__ import annotations

import time

import numpy as np
from desktop import Program, pixels, wait_until

ROUNDS = 3
"""The first picture may be of a window in which something is still being worked out."""

SECONDS_TO_RETURN = 15


def comes_back(gdsim: Program, before: np.ndarray) -> bool:
    deadline = time.monotonic() + SECONDS_TO_RETURN
    while time.monotonic() < deadline:
        if (pixels(gdsim.still_picture()) == before).all():
            return True
    return False


def test_f5_twice_gives_the_same_picture_back(gdsim: Program) -> None:
    gdsim.step()  # it answers when everything is loaded
    size = gdsim.size()
    for _ in range(ROUNDS):
        before = pixels(gdsim.still_picture())
        gdsim.press("F5")
        wait_until(
            lambda before=before: (pixels(gdsim.still_picture()) != before).mean() > 0.05,
            "larger text",
        )
        gdsim.press("F5")
        if comes_back(gdsim, before):
            break
    else:
        raise AssertionError("the picture before F5 did not come back")
    assert gdsim.size() == size
    assert not gdsim.messages()
