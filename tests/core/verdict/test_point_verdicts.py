"""The verdict on the last point: of every catalogue function with every optimizer, and of points
that are hard to judge."""

from __future__ import annotations

import numpy as np
import pytest

from gdsim.core.catalogue import entries as catalogue
from gdsim.core.run.descend import descend
from gdsim.core.run.ending import Outcome
from gdsim.core.run.trace import Trace
from gdsim.core.verdict.cause import Cause, cause_of_stop
from gdsim.core.verdict.judge import judge_end
from gdsim.core.verdict.kind import PointKind
from gdsim.core.verdict.point import Reach, judge_point
from gdsim.core.verdict.report import report_end

RUNS = [
    (function, optimizer)
    for function in catalogue.functions()
    for optimizer in catalogue.optimizers()
]

# Judged one by one: where Newton's method finds level ground that is no minimum, and where a short
# step is made short by what the optimizer remembers, or by its weight decay.
NO_MINIMA = {
    ("sine", "newton"): PointKind.MAXIMUM,
    ("himmelblau", "newton"): PointKind.MAXIMUM,
    ("six-hump-camel", "newton"): PointKind.MAXIMUM,
    ("ackley", "newton"): PointKind.MAXIMUM,
    ("rastrigin", "newton"): PointKind.MAXIMUM,
    ("griewank", "newton"): PointKind.MAXIMUM,
    ("hills", "newton"): PointKind.MAXIMUM,
    ("saddle", "newton"): PointKind.SADDLE,
    ("monkey-saddle", "newton"): PointKind.SADDLE,
    ("mccormick", "newton"): PointKind.SADDLE,
    ("styblinski-tang", "newton"): PointKind.SADDLE,
    ("levy-13", "newton"): PointKind.SADDLE,
    ("two-gaussian-pits", "newton"): PointKind.SADDLE,
    ("easom", "newton"): PointKind.SADDLE,
    ("saddle", "adamw"): PointKind.NOT_STATIONARY,
    ("goldstein-price", "adagrad"): PointKind.NOT_STATIONARY,
    ("goldstein-price", "adadelta"): PointKind.NOT_STATIONARY,
}

# Judged one by one: η that suits another optimizer, a loss without a lowest value, and a Hessian
# that has no inverse at the start or on the plateau. All others meet their rule or the step limit.
FAILURES = {
    ("elongated-bowl", "nesterov"): Outcome.DIVERGED,
    ("saddle", "gradient-descent"): Outcome.DIVERGED,
    ("saddle", "momentum"): Outcome.DIVERGED,
    ("saddle", "nesterov"): Outcome.DIVERGED,
    ("saddle", "adadelta"): Outcome.DIVERGED,
    ("monkey-saddle", "gradient-descent"): Outcome.DIVERGED,
    ("monkey-saddle", "momentum"): Outcome.DIVERGED,
    ("monkey-saddle", "nesterov"): Outcome.DIVERGED,
    ("monkey-saddle", "adadelta"): Outcome.DIVERGED,
    ("beale", "momentum"): Outcome.DIVERGED,
    ("beale", "nesterov"): Outcome.DIVERGED,
    ("powell-singular", "momentum"): Outcome.DIVERGED,
    ("powell-singular", "nesterov"): Outcome.DIVERGED,
    ("absolute-value", "newton"): Outcome.UNDEFINED,
    ("plateau", "newton"): Outcome.UNDEFINED,
}


def is_lowest_nearby(trace: Trace, distance: float) -> bool:
    """Whether the loss is higher on a sphere around the last point, wider than what is left."""
    theta, objective = trace.theta()[-1], trace.experiment.objective()
    radius = max(20 * distance, 1e-3)
    directions = np.random.default_rng(0).normal(size=(len(theta), 200))
    directions /= np.linalg.norm(directions, axis=0)
    around = objective.value(theta[:, np.newaxis] + radius * directions)
    return bool((around > float(objective.value(theta))).all())


@pytest.mark.parametrize(("function", "optimizer"), RUNS, ids=map(":".join, RUNS))
def test_every_run_of_the_catalogue_has_the_verdict_that_was_judged_right(
    function: str, optimizer: str
) -> None:
    trace = descend(function, optimizer=optimizer)
    verdict = judge_end(trace)
    assert trace.ending is not None
    if trace.ending.outcome is not Outcome.STOP_RULE:
        expected = FAILURES.get((function, optimizer), Outcome.STEP_LIMIT)
        assert trace.ending.outcome is expected
        assert (function, optimizer) not in NO_MINIMA
        return
    assert (function, optimizer) not in FAILURES
    assert verdict.kind is NO_MINIMA.get((function, optimizer), PointKind.MINIMUM)
    if verdict.kind is PointKind.MINIMUM and not verdict.is_one_of_many:
        assert is_lowest_nearby(trace, verdict.distance or 0.0)


HARD = [
    # A kink, reached exactly and jumped over.
    ("abs(x)", [1.0], 0.25, PointKind.MINIMUM),
    ("abs(x)", [1.0], 0.3, PointKind.NOT_STATIONARY),
    # The curvature vanishes at the point itself.
    ("x^4", [1.0], 0.1, PointKind.MINIMUM),
    ("x^3", [1.0], 0.1, PointKind.SADDLE),
    ("x^2 + y^3", [1.0, 0.0], 0.1, PointKind.SADDLE),
    ("x^2 + y^4", [1.0, 0.0], 0.1, PointKind.MINIMUM),
    ("-x^4", [0.0], 0.1, PointKind.MAXIMUM),
    # Flat ground, and flat valleys.
    ("0*x + 1", [1.0], 0.1, PointKind.FLAT),
    ("max(x, 0)", [-1.0], 0.1, PointKind.FLAT),
    ("(x + y)^2", [1.0, 2.0], 0.1, PointKind.MINIMUM),
    ("x^2*y^2", [1.0, 2.0], 0.1, PointKind.MINIMUM),
    # A start on a stationary point.
    ("x^2", [0.0], 0.1, PointKind.MINIMUM),
    ("cos(x)", [0.0], 0.1, PointKind.MAXIMUM),
    ("x^2 - y^2", [0.0, 0.0], 0.1, PointKind.SADDLE),
    # Short steps because η is small.
    ("(x - 3)^2", [0.0], 1e-7, PointKind.NOT_STATIONARY),
    ("x + y", [1.0, 1.0], 1e-7, PointKind.NOT_STATIONARY),
    # The loss falls for ever.
    ("exp(-x)", [0.0], 0.1, PointKind.NOT_STATIONARY),
]


@pytest.mark.parametrize(("loss", "start", "eta", "kind"), HARD)
def test_points_that_are_hard_to_judge(
    loss: str, start: list[float], eta: float, kind: PointKind
) -> None:
    assert judge_end(descend(loss, start=start, eta=eta)).kind is kind


@pytest.mark.parametrize("optimizer", catalogue.optimizers())
@pytest.mark.parametrize("function", catalogue.functions())
def test_a_start_on_a_minimum_is_never_taken_for_anything_worse(
    function: str, optimizer: str
) -> None:
    for minimum in catalogue.function(function).minima:
        trace = descend(function, optimizer=optimizer, start=list(minimum), max_steps=3)
        assert trace.ending is not None
        if function == "ackley":  # a kink: √(x² + y²) has no slope at 0
            assert trace.ending.outcome is Outcome.UNDEFINED
        elif trace.ending.outcome is Outcome.STOP_RULE:
            assert judge_end(trace).kind is PointKind.MINIMUM
        elif optimizer == "newton":  # a Hessian without an inverse
            assert trace.ending.outcome is Outcome.UNDEFINED
        else:  # rules whose step does not shrink with the slope, and weight decay
            assert optimizer in ("lion", "adamw", "adagrad")


OSCILLATING = [
    # Lion moves by η along every parameter, whatever the slope: it never meets ‖Δθ‖ < ε.
    ("quadratic", "lion", "step", Outcome.STEP_LIMIT),
    ("absolute-value", "lion", "step", Outcome.STEP_LIMIT),
    ("powell-singular", "lion", "gradient", Outcome.STEP_LIMIT),
    ("powell-singular", "adam", "step", None),
    ("plateau", "adam", "step", None),
]


@pytest.mark.parametrize(("function", "optimizer", "stop", "outcome"), OSCILLATING)
def test_what_swings_or_creeps_is_said_to_have_converged_only_at_a_minimum(
    function: str, optimizer: str, stop: str, outcome: Outcome | None
) -> None:
    trace = descend(function, optimizer=optimizer, stop=stop)
    report = report_end(trace)
    assert outcome is None or report.ending.outcome is outcome
    converged = "converged" in report.sentence
    assert converged == (
        report.ending.outcome is Outcome.STOP_RULE and report.verdict.kind is PointKind.MINIMUM
    )


def test_one_of_many_minima_is_told_from_a_single_one() -> None:
    assert judge_end(descend("(x + y)^2", start=[1.0, 2.0])).is_one_of_many
    assert not judge_end(descend("x^2 + y^4", start=[1.0, 0.0])).is_one_of_many


def test_the_distance_is_that_to_the_lowest_point_of_the_parabola() -> None:
    assert judge_end(descend("(x - 3)^2", eta=1e-7)).distance == pytest.approx(3.0)
    assert judge_end(descend("x^2 - y^2", start=[1.0, 1e-3], max_steps=3)).distance is None
    assert judge_end(descend("x + y", start=[1.0, 1.0], max_steps=3)).distance is None


def test_a_saddle_says_where_the_loss_falls() -> None:
    downhill = judge_end(descend("saddle", start=[1.0, 0.0])).downhill
    assert downhill is not None
    assert np.abs(downhill) == pytest.approx([0.0, 1.0])


def test_far_outside_its_view_nothing_is_claimed_of_a_function() -> None:
    trace = descend("beale", optimizer="newton")
    assert np.abs(trace.theta()[-1]).max() > 1e4
    assert judge_end(trace).kind is PointKind.UNKNOWN


def test_many_rows_and_parameters_are_past_what_is_affordable() -> None:
    count = 40_000
    rows = {f"x{place}": np.linspace(0, 1, count) for place in range(50)}
    prediction = " + ".join(f"w{place}*x{place}" for place in range(50))
    trace = descend(
        "(prediction - y)^2",
        data={**rows, "y": np.zeros(count)},
        prediction=prediction,
        max_steps=1,
        eta=1e-3,
    )
    assert judge_end(trace).kind is PointKind.UNKNOWN


CAUSES = [
    ({"loss": "(x - 3)^2", "eta": 1e-7}, Cause.RATE),
    ({"loss": "quadratic", "epsilon": 0.1}, Cause.EPSILON),
    ({"loss": "quadratic", "eta": "0.1*0.5^t"}, Cause.SCHEDULE),
    ({"loss": "quadratic", "stop": "gradient", "epsilon": 1.0}, Cause.EPSILON),
    ({"loss": "saddle", "optimizer": "adamw"}, Cause.WEIGHT_DECAY),
    ({"loss": "goldstein-price", "optimizer": "adagrad"}, Cause.MEMORY),
    ({"loss": "goldstein-price", "optimizer": "adadelta"}, None),
]


@pytest.mark.parametrize(("choices", "cause"), CAUSES)
def test_what_made_the_steps_short_is_named_where_it_is_one_thing(
    choices: dict[str, str | float], cause: Cause | None
) -> None:
    trace = descend(**choices)  # type: ignore[arg-type]
    verdict = judge_end(trace)
    assert verdict.kind is PointKind.NOT_STATIONARY
    assert cause_of_stop(trace, verdict) is cause


def test_the_radius_is_the_largest_distance_from_the_start_whatever_was_released() -> None:
    whole = descend("rosenbrock", optimizer="momentum", max_steps=9_000)
    theta = whole.theta()
    farthest = float(np.linalg.norm(theta - theta[0], axis=1).max())
    released = descend("rosenbrock", optimizer="momentum", max_steps=9_000)
    released.release(8_000)
    assert whole.radius() == released.radius() == pytest.approx(farthest, rel=1e-15)


@pytest.mark.parametrize("start", [1e160, 1e300])
def test_a_point_too_far_away_for_the_arithmetic_is_unknown(start: float) -> None:
    trace = descend("x^2*1e-300", start=[start], eta=1e-3, max_steps=1)
    reach = Reach(radius=start, first_loss=1.0)
    verdict = judge_point(trace.experiment.objective(), np.array([start]), reach)
    assert verdict.kind is PointKind.UNKNOWN
