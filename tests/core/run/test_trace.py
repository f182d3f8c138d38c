"""What happened stays as it was: columns that only grow, shared where they can be."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import descended, experiment, rows

from gdsim.core.run.descent import Descent
from gdsim.core.run.trace import Stretch, Trace, first_difference, row_width

WIDTH = row_width(2, 2)


def empty(start: int = 0) -> Trace:
    return Trace(Stretch(start, 0, experiment("rosenbrock", "adam")))


def numbered(first: int, count: int) -> np.ndarray:
    """Rows in which every number tells its row and column."""
    return (np.arange(first, first + count)[:, None] * WIDTH + np.arange(WIDTH)).astype(float)


def test_a_row_is_laid_out_as_promised() -> None:
    assert row_width(2, 2) == 12
    assert row_width(1, 0) == 5
    trace = empty()
    trace.append(numbered(0, 1))
    step = trace.step(0)
    assert step.theta.tolist() == [0, 1]
    assert step.loss == 2
    assert step.gradient.tolist() == [3, 4]
    assert step.delta.tolist() == [5, 6]
    assert step.eta == 7
    assert {name: part.tolist() for name, part in step.state.items()} == {
        "m": [8, 9],
        "v": [10, 11],
    }


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    portions=st.lists(st.integers(0, 3000), max_size=8),
    window=st.tuples(st.integers(-5, 9000), st.one_of(st.none(), st.integers(-5, 9000))),
)
def test_columns_are_slices_of_the_rows(
    portions: list[int], window: tuple[int, int | None]
) -> None:
    trace = empty()
    total = 0
    for portion in portions:
        trace.append(numbered(total, portion))
        total += portion
        assert len(trace) == total
    everything = numbered(0, total)
    start, stop = window
    kept = everything[max(start, 0) : None if stop is None else max(stop, 0)]
    assert trace.theta(start, stop).tolist() == kept[:, 0:2].tolist()
    assert trace.loss(start, stop).tolist() == kept[:, 2].tolist()
    assert trace.gradient(start, stop).tolist() == kept[:, 3:5].tolist()
    assert trace.delta(start, stop).tolist() == kept[:, 5:7].tolist()
    assert trace.eta(start, stop).tolist() == kept[:, 7].tolist()
    for index in range(0, total, 777):
        assert trace.step(index).theta.tolist() == everything[index, 0:2].tolist()


def test_nobody_can_change_what_happened() -> None:
    trace = descended(experiment(), 600)
    for column in (trace.theta(), trace.loss(10, 20), trace.gradient(250, 300), trace.eta()):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 1.0
    step = trace.step(5)
    for part in (step.theta, step.gradient, step.delta, step.state["m"]):
        with pytest.raises(ValueError, match="read-only"):
            part[0] = 1.0
    with pytest.raises(AttributeError):
        step.loss = 0.0  # type: ignore[misc]


def test_what_was_read_stays_while_the_trace_grows() -> None:
    descent = Descent(experiment())
    descent.advance(100)
    theta, bits = descent.trace.theta(), rows(descent.trace)
    copy = theta.copy()
    descent.advance(5000)
    assert theta.tolist() == copy.tolist()
    assert rows(descent.trace, stop=101) == bits


@pytest.mark.parametrize("index", [-1, 6, 100])
def test_a_row_that_is_not_there_is_an_index_error(index: int) -> None:
    trace = descended(experiment(), 5)
    with pytest.raises(IndexError):
        trace.step(index)
    with pytest.raises(IndexError):
        trace.stretch(index)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(length=st.integers(1, 3000), cut=st.floats(0, 1), more=st.integers(0, 3000))
def test_a_fork_shares_the_past_and_goes_its_own_way(length: int, cut: float, more: int) -> None:
    old = empty()
    old.append(numbered(0, length))
    index = int(cut * length)
    stretch = Stretch(index, 0, experiment("rosenbrock", "adam"))
    new = old.fork(index, stretch)
    assert len(new) == index
    new.append(-numbered(index, more))
    old.append(numbered(length, more))
    assert len(new) == index + more
    assert old.theta().tolist() == numbered(0, length + more)[:, 0:2].tolist()
    assert new.theta(0, index).tolist() == numbered(0, index)[:, 0:2].tolist()
    assert new.theta(index).tolist() == (-numbered(index, more))[:, 0:2].tolist()
    assert new.loss().tolist() == [*old.loss(0, index), *(-numbered(index, more))[:, 2]]
    if more:
        assert new.stretch(index) is stretch
    assert first_difference(old, new) == index


def test_whole_blocks_are_shared_not_copied() -> None:
    old = descended(experiment(max_steps=10**5), 60_000)
    new = old.fork(50_000, Stretch(50_000, 0, experiment()))
    shared = np.shares_memory(old.theta(100, 200), new.theta(100, 200))
    assert shared
    assert new.nbytes <= old.nbytes
    assert old.bytes_from(0) == old.nbytes


def test_memory_of_the_past_can_be_given_back() -> None:
    trace = empty()
    total = 100_000
    trace.append(numbered(0, total))
    before = trace.nbytes
    trace.release(80_000)
    assert trace.nbytes < before / 2
    assert len(trace) == total
    assert trace.theta(80_000, 80_002).tolist() == numbered(80_000, 2)[:, 0:2].tolist()
    for read in (lambda: trace.step(0), lambda: trace.stretch(0), lambda: trace.theta(0, 5)):
        with pytest.raises(IndexError, match="row 0 was released"):
            read()
    trace.append(numbered(total, 10))
    assert trace.step(total + 9).loss == numbered(total + 9, 1)[0, 2]
    trace.release(10**9)
    assert trace.step(total + 9).loss == numbered(total + 9, 1)[0, 2]


def test_a_descent_goes_on_from_the_rows_that_are_left() -> None:
    descent = Descent(experiment(max_steps=10**6))
    for _ in range(10):
        descent.advance(4000)
        descent.trace.release(len(descent.trace) - 2)
    whole = descended(experiment(max_steps=10**6), 40_000)
    assert rows(descent.trace, 39_990) == rows(whole, 39_990)


@pytest.mark.parametrize("length", [1, 300, 5_000, 200_000])
def test_memory_follows_the_number_of_rows(length: int) -> None:
    trace = empty()
    trace.append(np.zeros((length, WIDTH)))
    most = length + min(2 * length, 1 << 14) + 256
    assert 8 * WIDTH * length <= trace.nbytes <= 8 * WIDTH * most


def test_published_rows_are_complete_for_another_thread() -> None:
    trace = empty()
    wrong: list[int] = []

    def read() -> None:
        seen = 0
        while seen < 50_000:
            length = len(trace)
            if length > seen:
                found = trace.loss(seen, length)
                if found.tolist() != numbered(seen, length - seen)[:, 2].tolist():
                    wrong.append(seen)
                if trace.step(length - 1).eta != numbered(length - 1, 1)[0, 7]:
                    wrong.append(length)
                seen = length

    reader = threading.Thread(target=read)
    reader.start()
    for first in range(0, 50_000, 100):
        trace.append(numbered(first, 100))
    reader.join()
    assert not wrong


def test_where_two_traces_part() -> None:
    chosen = experiment()
    old = descended(chosen, 20)
    assert first_difference(old, old) == 21
    branch = Descent.branch(old, 7, chosen)
    branch.advance(30)
    assert first_difference(old, branch.trace) == first_difference(branch.trace, old) == 7
    further = Descent.branch(branch.trace, 15, chosen).trace
    assert first_difference(further, branch.trace) == 15
    assert first_difference(further, old) == 7
    assert first_difference(descended(chosen, 5), old) == 0
