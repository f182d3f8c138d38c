"""The time of a step on data, compared with the same step written by hand in NumPy."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from gdsim.core.data.dataset import Dataset
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment

SQUARED = "(prediction - y)^2"
LINE = "theta0 + theta1*x"
NETWORK = "sum(j, 1, 4, a_j*tanh(w_j*x + b_j)) + c"


def noisy_line(rows: int) -> Dataset:
    rng = np.random.default_rng(0)
    x = rng.random(rows)
    return Dataset("line", {"x": x, "y": 3 * x + 2 + rng.random(rows)})


def wave(rows: int) -> Dataset:
    x = np.random.default_rng(1).uniform(-1, 1, rows)
    return Dataset("wave", {"x": x, "y": np.sin(np.pi * x)})


def seconds(run: Callable[[], object], rounds: int = 5) -> float:
    """The best of some rounds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times)


def learning(data: Dataset, prediction: str = LINE, **choices: object) -> Experiment:
    fixed = {"eta": 0.01, "stop": "none", "max_steps": 10**7}
    return choose(SQUARED, data=data, prediction=prediction, **{**fixed, **choices})


def test_a_full_batch_step_on_a_million_rows() -> None:
    """Budget: 2.5 times the step by hand."""
    data = noisy_line(1_000_000)
    x, y = data.columns["x"], data.columns["y"]
    descent, steps = Descent(learning(data)), 10
    theta = np.zeros(2)

    def by_hand() -> None:
        nonlocal theta
        for _ in range(steps):
            residual = theta[0] + theta[1] * x - y
            np.mean(residual**2)
            theta = theta - 0.01 * np.array([2 * np.mean(residual), 2 * np.mean(residual * x)])

    ratio = seconds(lambda: descent.advance(steps)) / seconds(by_hand)
    print(f"\na full-batch step on 10⁶ rows takes {ratio:.2f} times the step by hand")
    assert ratio <= 2.5


def test_a_mini_batch_step_does_not_depend_on_the_number_of_rows() -> None:
    """Budget: 1.5 times from 10³ to 10⁶ rows, whole epochs with their shuffling."""
    steps = 1_000_000 // 64
    few, many = (Descent(learning(noisy_line(rows), batch=64)) for rows in (1_000, 1_000_000))
    ratio = seconds(lambda: many.advance(steps)) / seconds(lambda: few.advance(steps))
    print(f"\na step of 64 rows out of 10⁶ takes {ratio:.2f} times one out of 10³")
    assert ratio <= 1.5


def test_a_network_of_13_parameters_on_500_rows() -> None:
    """Budget: 2,000 recorded steps a second, and no more than twice the time by hand."""
    data, start = wave(500), np.random.default_rng(2).normal(size=13)
    x, y = data.columns["x"][:, None], data.columns["y"]
    descent, steps = Descent(learning(data, NETWORK, start=start.tolist())), 500

    def by_hand() -> None:
        a, b, w, c = start[:4], start[4:8], start[9:], start[8]
        for _ in range(steps):
            hidden = np.tanh(x * w + b)
            residual = hidden @ a + c - y
            np.mean(residual**2)
            back = 2 * residual[:, None] * a * (1 - hidden**2)
            slopes = (hidden.T @ residual * 2 / 500, back.mean(0), (back * x).mean(0))
            a, b, w = (old - 0.01 * slope for old, slope in zip((a, b, w), slopes, strict=True))
            c -= 0.01 * 2 * np.mean(residual)

    ours, theirs = seconds(lambda: descent.advance(steps)), seconds(by_hand)
    print(f"\nthe network makes {steps / ours:,.0f} steps/s, {ours / theirs:.2f} times by hand")
    assert steps / ours >= 2_000
    assert ours / theirs <= 2
