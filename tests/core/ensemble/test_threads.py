"""Work on several threads: every item once, no thread left, and errors are not lost."""

from __future__ import annotations

import threading

import pytest

from gdsim.core.ensemble.threads import cores, in_parallel


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_every_item_is_worked_on_once(threads: int) -> None:
    done: list[tuple[int, int]] = []
    before = threading.active_count()
    in_parallel(lambda item, buffer: done.append((item, buffer)), range(50), range(threads))
    assert sorted(item for item, _ in done) == list(range(50))
    assert {buffer for _, buffer in done} <= set(range(threads))
    assert threading.active_count() == before


def test_the_threads_work_at_the_same_time() -> None:
    meeting = threading.Barrier(3, timeout=30)
    in_parallel(lambda _item, _buffer: meeting.wait(), range(3), range(3))
    assert not meeting.broken


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_buffers_are_used_by_one_thread_at_a_time(threads: int) -> None:
    def work(_item: int, buffer: threading.Lock) -> None:
        assert buffer.acquire(blocking=False)
        buffer.release()

    in_parallel(work, range(200), [threading.Lock() for _ in range(threads)])


def test_no_item_is_no_work() -> None:
    in_parallel(lambda _item, _buffer: pytest.fail("there is nothing to do"), (), ())


@pytest.mark.parametrize("failing", [0, 1])
def test_an_error_in_any_thread_is_raised_when_all_have_ended(failing: int) -> None:
    meeting = threading.Barrier(2, timeout=30)
    before = threading.active_count()

    def work(item: int, _buffer: int) -> None:
        meeting.wait()
        if item == failing:
            raise ZeroDivisionError("a bug")

    with pytest.raises(ZeroDivisionError, match="a bug"):
        in_parallel(work, range(2), range(2))
    assert threading.active_count() == before


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1
