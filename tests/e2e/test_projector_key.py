"""F5 in a real window: larger text, and the same picture again after a second F5."""

from __future__ import annotations

from desktop import Program, pixels, wait_until


def test_f5_twice_gives_the_same_picture_back(gdsim: Program) -> None:
    before, size = pixels(gdsim.still_picture()), gdsim.size()
    gdsim.press("F5")
    wait_until(lambda: (pixels(gdsim.still_picture()) != before).mean() > 0.05, "larger text")
    gdsim.press("F5")
    wait_until(lambda: (pixels(gdsim.still_picture()) == before).all(), "the same picture again")
    assert gdsim.size() == size
    assert not gdsim.messages()
