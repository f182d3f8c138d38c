"""Ready-made races, and what a change of one run means for the others."""

from __future__ import annotations

import math

import pytest

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import tasks
from gdsim.core.problem import Problem
from gdsim.core.race.line_ups import (
    BATCHES,
    LINE_UPS,
    RATE_FACTORS,
    followed,
    line_up,
    scaled,
)
from gdsim.core.run.choices import choose, rule_of, schedule_of
from gdsim.core.run.descent import Descent
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.run.trace import Trace

FUNCTIONS = list(catalogue.functions())
TASKS = list(tasks())


def optimizers(runs: tuple[Experiment, ...]) -> list[str | None]:
    entries = [run.rule.named() for run in runs]
    return [None if entry is None else entry.key for entry in entries]


@pytest.mark.parametrize("key", LINE_UPS)
@pytest.mark.parametrize("function", [*FUNCTIONS, *TASKS])
def test_the_runs_differ_only_in_what_is_their_own(key: str, function: str) -> None:
    base = choose(function, optimizer="rmsprop", epsilon=1e-4, max_steps=77, stop="loss")
    if key == BATCHES and base.data is None:
        with pytest.raises(Problem, match=r"^batches need data"):
            line_up(key, base)
        return
    runs = line_up(key, base)
    assert len(runs) >= 2
    for run in runs:
        own = {"rule": base.rule, "schedule": base.schedule, "batch": base.batch}
        assert run.replace(**own) == base
    assert len(set(map(repr, runs))) == len(runs)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_all_first_order_optimizers_start_with_their_own_rate(function: str) -> None:
    runs = line_up("first-order", choose(function))
    assert optimizers(runs) == [key for key in catalogue.optimizers() if key != "newton"]
    assert len(runs) >= 12
    eta = catalogue.function(function).eta
    for key, run in zip(optimizers(runs), runs, strict=True):
        assert key is not None
        assert run.schedule == schedule_of(catalogue.sensible_eta(key, eta))


@pytest.mark.parametrize(
    ("task", "sizes"), [("noisy-line", [None, 1, 32, 64]), ("three-points", [None, 1])]
)
def test_batches_race_with_all_rows(task: str, sizes: list[int | None]) -> None:
    assert [run.batch for run in line_up(BATCHES, choose(task))] == sizes


@pytest.mark.parametrize("task", TASKS)
def test_a_learning_task_has_a_rate_of_its_own_too(task: str) -> None:
    entry = tasks()[task]
    runs = line_up("first-order", choose(task))
    plain = entry.eta if entry.optimizer == "gradient-descent" else 0.01
    assert runs[0].schedule == schedule_of(plain)
    assert {run.data for run in runs} == {entry.data}


def test_on_somebodys_own_function_the_rate_in_force_is_sensible() -> None:
    runs = line_up("momentum", choose("(x - 1)^2 + 3*y^4", optimizer="momentum", eta=0.03))
    etas = [run.schedule.read().at(1) for run in runs]
    assert etas == pytest.approx([0.3, 0.03, 0.03])


def test_newton_races_against_all_the_rest() -> None:
    runs = line_up("newton", choose("himmelblau"))
    assert sorted(map(str, optimizers(runs))) == sorted(catalogue.optimizers())
    assert optimizers(runs)[0] == "newton"


def test_the_three_with_and_without_momentum() -> None:
    runs = line_up("momentum", choose("himmelblau"))
    assert optimizers(runs) == ["gradient-descent", "momentum", "nesterov"]


def test_uncorrected_adam_differs_in_the_correction_alone() -> None:
    """Its first step is Adam's without the divisions: η m/√v with m = (1 − β₁)g, v = (1 − β₂)g²."""
    corrected, uncorrected = line_up("bias", choose("himmelblau"))
    assert corrected.replace(rule=uncorrected.rule) == uncorrected
    assert optimizers((corrected, uncorrected)) == ["adam", None]
    steps = [Descent(run).trace.step(0) for run in (corrected, uncorrected)]
    eta, beta1, beta2 = 0.05, 0.9, 0.999
    assert abs(steps[0].delta[0]) == pytest.approx(eta, rel=1e-6)
    grown = (1 - beta1) / (1 - beta2) ** 0.5
    assert abs(steps[1].delta[0]) == pytest.approx(eta * grown, rel=1e-6)


@pytest.mark.parametrize("eta", [0.03, "0.1/t"])
def test_three_rates_of_the_optimizer_in_force(eta: float | str) -> None:
    base = choose("himmelblau", optimizer="adam", eta=eta)
    runs = line_up("rates", base)
    for factor, run in zip(RATE_FACTORS, runs, strict=True):
        assert run.rule == base.rule
        for t in (1, 5):
            wanted = factor * base.schedule.read().at(t)
            assert run.schedule.read().at(t) == pytest.approx(wanted, rel=1e-11)


def test_a_scaled_rate_is_written_with_the_digits_that_were_meant() -> None:
    assert scaled(schedule_of(0.1), 0.3).constants == {"eta0": 0.03}


@pytest.mark.parametrize(("eta", "factor"), [(1e308, 1e3), (5e-324, 1e-3)])
def test_a_scaled_rate_stays_a_positive_number(eta: float, factor: float) -> None:
    rate = scaled(schedule_of(eta), factor).constants["eta0"]
    assert 0 < rate < math.inf


# What follows


def race_on(function: str) -> tuple[Experiment, ...]:
    return line_up("newton", choose(function))


@pytest.mark.parametrize("function", [*FUNCTIONS, "three-points", "noisy-line"])
def test_on_another_function_every_run_has_the_rate_of_a_line_up_there(function: str) -> None:
    before = race_on("booth")
    after = race_on(function)
    for other, wanted in zip(before, after, strict=True):
        arrived = followed(other, before[1], after[1])
        assert arrived.schedule.read().at(1) == pytest.approx(wanted.schedule.read().at(1))
        assert arrived.replace(schedule=wanted.schedule) == wanted


def test_the_ratio_of_two_rates_outlives_another_function() -> None:
    slow, right, _ = line_up("rates", choose("booth"))
    there = choose("rosenbrock", stop=right.stop)
    assert followed(slow, right, there).schedule == scaled(there.schedule, RATE_FACTORS[0])


def test_a_start_is_moved_for_all_that_share_it() -> None:
    first, second = choose("himmelblau"), choose("himmelblau", optimizer="adam")
    apart = second.replace(start=(1.0, 1.0))
    moved = first.replace(start=(-2.0, 0.5))
    assert followed(second, first, moved) == second.replace(start=(-2.0, 0.5))
    assert followed(apart, first, moved) == apart
    assert followed(second, first, moved, shares_start=False) == second
    elsewhere = first.replace(loss="x^2 + y^4", start=(4.0, 5.0))
    assert followed(second, first, elsewhere, shares_start=False).start == (4.0, 5.0)


@pytest.mark.parametrize(
    ("change", "is_common"),
    [
        ({"stop": StopRule.LOSS}, True),
        ({"epsilon": 0.25}, True),
        ({"max_steps": 17}, True),
        ({"rule": rule_of("lion")}, False),
        ({"schedule": schedule_of(0.123)}, False),
        ({"seed": 5}, False),
    ],
)
def test_a_change_is_common_or_the_runs_own(change: dict[str, object], is_common: bool) -> None:
    first, second = choose("himmelblau"), choose("himmelblau", optimizer="adam")
    wanted = second.replace(**change) if is_common else second
    assert followed(second, first, first.replace(**change)) == wanted


def whole(trace: Trace) -> bytes:
    return trace.theta().tobytes() + trace.loss().tobytes() + trace.delta().tobytes()


@pytest.mark.parametrize("key", catalogue.optimizers())
def test_a_copied_trace_is_the_same_and_goes_on_alike(key: str) -> None:
    experiment = choose("himmelblau", optimizer=key, eta=1e-3, stop=StopRule.NONE)
    descent = Descent(experiment)
    descent.advance(300)
    descent = Descent.branch(descent.trace, 290, experiment.replace(epsilon=0.5))
    descent.advance(100)
    copied = descent.trace.copy()
    assert whole(copied) == whole(descent.trace)
    assert copied.stretches == descent.trace.stretches
    assert copied.ending == descent.trace.ending
    other = Descent.resume(copied)
    other.advance(600)
    assert len(descent.trace) <= 391
    descent.advance(600)
    assert whole(copied) == whole(descent.trace)
