"""The speed of one run with everything recorded, and the memory of a recorded step.

Speeds are compared within one run of the benchmark: absolute times depend on the machine.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment

STEPS = 100_000
TORCH_STEPS = 1_000
START = (-1.5, 2.0)
ETA, BETA1, BETA2, DELTA = 0.001, 0.9, 0.999, 1e-8


def adam_on_rosenbrock() -> Experiment:
    return choose(
        "rosenbrock", optimizer="adam", eta=ETA, start=START, stop="none", max_steps=10**7
    )


def recorded(steps: int) -> np.ndarray:
    descent = Descent(adam_on_rosenbrock())
    descent.advance(steps)
    return descent.trace.theta()


def by_hand(steps: int) -> np.ndarray:
    """Adam as one writes it in Python for this function alone, recording every step."""
    x, y = START
    mx = my = vx = vy = 0.0
    rows = []
    for t in range(1, steps + 1):
        gx = -2 * (1 - x) - 400 * x * (y - x * x)
        gy = 200 * (y - x * x)
        loss = (1 - x) ** 2 + 100 * (y - x * x) ** 2
        mx = BETA1 * mx + (1 - BETA1) * gx
        my = BETA1 * my + (1 - BETA1) * gy
        vx = BETA2 * vx + (1 - BETA2) * gx * gx
        vy = BETA2 * vy + (1 - BETA2) * gy * gy
        first, second = 1 - BETA1**t, 1 - BETA2**t
        dx = -ETA * (mx / first) / (math.sqrt(vx / second) + DELTA)
        dy = -ETA * (my / first) / (math.sqrt(vy / second) + DELTA)
        rows.append((x, y, loss, gx, gy, dx, dy, ETA, mx, my, vx, vy))
        x, y = x + dx, y + dy
    rows.append((x, y, math.nan, *[math.nan] * 9))
    return np.array(rows)[:, :2]


def with_torch(steps: int) -> np.ndarray:
    """The same descent as a loop around torch.optim.Adam, recording the points."""
    torch = pytest.importorskip("torch")
    theta = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([theta], lr=ETA, betas=(BETA1, BETA2), eps=DELTA)
    points = [theta.detach().clone()]
    for _ in range(steps):
        optimizer.zero_grad()
        loss = (1 - theta[0]) ** 2 + 100 * (theta[1] - theta[0] ** 2) ** 2
        loss.backward()
        optimizer.step()
        points.append(theta.detach().clone())
    return torch.stack(points).numpy()


def best_rate(run: Callable[[int], np.ndarray], steps: int, rounds: int = 3) -> float:
    """Steps a second in the best of some rounds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        run(steps)
        times.append(time.perf_counter() - began)
    return steps / min(times)


def test_steps_a_second(benchmark: BenchmarkFixture) -> None:
    recorded(10)  # the formulas are compiled once
    benchmark.pedantic(recorded, (STEPS,), rounds=5)
    if benchmark.stats is not None:
        benchmark.extra_info["steps a second"] = round(STEPS / benchmark.stats.stats.min)


def test_no_slower_than_a_loop_written_by_hand(benchmark: BenchmarkFixture) -> None:
    np.testing.assert_allclose(recorded(500), by_hand(500), rtol=1e-9)
    ours, theirs = best_rate(recorded, STEPS), best_rate(by_hand, STEPS)
    benchmark.extra_info["times a loop by hand"] = round(ours / theirs, 2)
    benchmark.pedantic(by_hand, (STEPS,), rounds=3)
    assert ours > 0.8 * theirs


def test_fifty_times_a_torch_loop(benchmark: BenchmarkFixture) -> None:
    np.testing.assert_allclose(recorded(200), with_torch(200), rtol=1e-9)
    ours, theirs = best_rate(recorded, STEPS), best_rate(with_torch, TORCH_STEPS)
    benchmark.extra_info["times a torch loop"] = round(ours / theirs, 1)
    benchmark.pedantic(with_torch, (TORCH_STEPS,), rounds=3)
    assert ours > 50 * theirs


def test_a_step_button_answers_at_once(benchmark: BenchmarkFixture) -> None:
    descent = Descent(adam_on_rosenbrock())
    descent.advance(STEPS)
    benchmark(descent.advance, 1)
    assert len(descent.trace) > STEPS


@pytest.mark.parametrize("steps", [10_000, 1_000_000])
def test_memory_of_a_recorded_step(benchmark: BenchmarkFixture, steps: int) -> None:
    descent = Descent(adam_on_rosenbrock())
    benchmark.pedantic(descent.advance, (steps,), rounds=1)
    each = descent.trace.nbytes / len(descent.trace)
    benchmark.extra_info["bytes a step"] = round(each, 1)
    assert each <= (100 if steps >= 1_000_000 else 256)
