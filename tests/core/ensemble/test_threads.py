"""Work on several threads: every item once, no thread left, and errors are not lost."""

from __future__ import annotations

import threading

import pytest

from gdsim.core.ensemble.threads import cores, in_parallel


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_every_item_is_worked_on_once(threads: int) -> None:
    done: list[tuple[int, int]] = []
    before = threading.active_count()
    in_parallel(lambda item, thread: done.append((item, thread)), range(50), threads)
    assert sorted(item for item, _ in done) == list(range(50))
    assert {thread for _, thread in done} <= set(range(threads))
    assert threading.active_count() == before


def test_the_threads_work_at_the_same_time() -> None:
    meeting = threading.Barrier(3, timeout=30)
    in_parallel(lambda _item, _thread: meeting.wait(), range(3), 3)
    assert not meeting.broken


@pytest.mark.parametrize("failing", [0, 1])
def test_an_error_in_any_thread_is_raised_when_all_have_ended(failing: int) -> None:
    meeting = threading.Barrier(2, timeout=30)
    before = threading.active_count()

    def work(_item: int, thread: int) -> None:
        meeting.wait()
        if thread == failing:
            raise ZeroDivisionError("a bug")

    with pytest.raises(ZeroDivisionError, match="a bug"):
        in_parallel(work, range(2), 2)
    assert threading.active_count() == before


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1
