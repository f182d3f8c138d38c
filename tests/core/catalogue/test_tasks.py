"""What is true of every learning task and every per-row loss of the catalogue."""

from __future__ import annotations

import math

import numpy as np
import pytest
from runs import descended

from gdsim import resources
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import (
    dataset,
    find_loss,
    find_task,
    find_unscaled_task,
    losses,
    tasks,
)
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.standardise import Scale, columns_to_scale, standardised
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.run.choices import choose
from gdsim.core.taylor.derivatives import hessian_form

each_task = pytest.mark.parametrize("key", tasks())


def loss_of_task(key: str) -> RowObjective:
    found = choose(key).objective()
    assert isinstance(found, RowObjective)
    return found


def test_the_tasks_and_losses_are_the_documented_ones() -> None:
    assert {"mean-squared", "absolute", "huber", "cross-entropy"} <= set(losses())
    promised = "three-points noisy-line cubic flats two-classes two-moons xor spirals wave"
    assert set(promised.split()) <= set(tasks())
    assert not set(tasks()) & set(catalogue.functions())
    files = sorted(path.stem for path in resources.path("datasets").glob("*.csv"))
    assert files == sorted({entry.dataset for entry in tasks().values()})


@each_task
def test_a_task_fits_its_data(key: str) -> None:
    entry, loss = tasks()[key], loss_of_task(key)
    assert (loss.target, set(loss.inputs)) == (entry.target, {*entry.data.names} - {entry.target})
    named = choose(entry.formula, data=entry.data, prediction=entry.prediction).parameters
    assert set(named) == set(entry.parameters)
    for name, (low, high) in entry.view.items():
        assert low < entry.start[entry.parameters.index(name)] < high
    assert entry.optimizer in catalogue.optimizers()


@each_task
def test_the_data_of_a_task_can_be_recreated_from_the_head_of_its_file(key: str) -> None:
    lines = resources.text("datasets", f"{key}.csv").splitlines()
    recipe = "\n".join(line[2:] for line in lines if line.startswith("# "))
    made: dict[str, object] = {"np": np}
    exec(recipe, made)
    for name, column in tasks()[key].data.columns.items():
        assert column.tolist() == np.asarray(made[name], dtype=np.float64).tolist()


@each_task
def test_the_derivatives_of_a_task_are_those_of_its_loss(key: str) -> None:
    loss, start = loss_of_task(key), np.array(tasks()[key].start)
    theta = start + np.random.default_rng(0).normal(size=len(start)) / 10
    gradient = loss.gradient(theta)
    for axis, step in enumerate(np.eye(len(theta)) * 1e-5):
        slope = (loss.value(theta + step) - loss.value(theta - step)) / 2e-5
        assert math.isclose(gradient[axis], slope, rel_tol=1e-6, abs_tol=1e-8)
    u, v = np.random.default_rng(1).normal(size=(2, len(theta))) * 1e-5
    bend = (loss.gradient(theta + u) - loss.gradient(theta - u)) / 2
    form = hessian_form(loss)(theta, u, v)
    assert math.isclose(form, float(bend @ v), rel_tol=1e-4, abs_tol=1e-14)
    assert math.isclose(form, float(u @ loss.hessian(theta) @ v), rel_tol=1e-9)


@each_task
def test_a_task_learns(key: str) -> None:
    chosen = choose(key, stop="none", seed=1)
    trace, loss = descended(chosen, 600), chosen.objective()
    assert trace.ending is None
    first, *others = (loss.value(trace.theta()[t]) for t in (0, 100, 300, 600))
    assert max(others) < 0.8 * first


@pytest.mark.parametrize("key", ["two-moons", "xor", "spirals"])
def test_a_network_separates_classes_that_no_line_separates(key: str) -> None:
    loss, entry = loss_of_task(key), tasks()[key]
    theta = descended(choose(key, optimizer="adam", eta=0.05, stop="none"), 2_000).theta()[-1]
    said = loss.predict(theta, {name: entry.data.columns[name] for name in loss.inputs})
    assert np.mean((said > 0.5) == entry.data.columns["y"]) > 0.97


def test_logistic_regression_ends_where_an_independent_solver_does() -> None:
    """Iteratively reweighted least squares, written with NumPy alone."""
    data = dataset("two-classes")
    matrix = np.stack([data.columns["x1"], data.columns["x2"], np.ones(data.rows)], axis=1)
    solution = np.zeros(3)
    for _ in range(30):
        p = 1 / (1 + np.exp(-matrix @ solution))
        weighted = matrix * (p * (1 - p))[:, None]
        solution += np.linalg.solve(matrix.T @ weighted, matrix.T @ (data.columns["y"] - p))
    trace = descended(choose("two-classes", eta=2.0, epsilon=1e-10), 10_000)
    assert trace.ending is not None
    np.testing.assert_allclose(trace.theta()[-1], solution, rtol=1e-7)
    newton = descended(choose("two-classes", optimizer="newton", eta=1.0, epsilon=1e-12), 40)
    np.testing.assert_allclose(newton.theta()[-1], solution, rtol=1e-9)


@pytest.mark.parametrize("key", ["two-moons", "spirals"])
def test_newton_computes_the_hessian_of_a_large_network_without_deriving_it(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deriving the 561 second derivatives of 33 parameters would take ten seconds."""

    def written(*_: object) -> None:
        raise AssertionError("the Hessian is written down")

    monkeypatch.setattr("gdsim.core.formula.symbolic.hessian", written)
    chosen = choose(key, optimizer="newton", eta=0.1, batch=16, seed=2, stop="none")
    trace = descended(chosen, 3)
    for t in range(3):
        loss, theta = chosen.objective_at(t), trace.theta(t, t + 1)[0]
        steps = np.eye(len(theta)) * 1e-5
        bends = [(loss.gradient(theta + h) - loss.gradient(theta - h)) / 2e-5 for h in steps]
        np.testing.assert_allclose(loss.hessian(theta), bends, rtol=1e-4, atol=1e-7)
        # H times the step is the gradient.
        pulled = -loss.hessian(theta) @ trace.delta(t, t + 1)[0] / 0.1
        np.testing.assert_allclose(pulled, trace.gradient(t, t + 1)[0], rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("key", ["noisy-line", "cubic", "flats"])
def test_linear_models_end_at_the_least_squares_solution(key: str) -> None:
    entry, columns = tasks()[key], tasks()[key].data.columns
    matrix = {
        "noisy-line": lambda: np.vander(columns["x"], 2, increasing=True),
        "cubic": lambda: np.vander(columns["x"], 4, increasing=True),
        "flats": lambda: np.stack([columns["area"], columns["rooms"]], axis=1),
    }[key]()
    solution = np.linalg.lstsq(matrix, columns[entry.target], rcond=None)[0]
    trace = descended(choose(key, max_steps=100_000, epsilon=1e-9), 100_000)
    np.testing.assert_allclose(trace.theta()[-1], solution, rtol=1e-4)


@pytest.mark.parametrize("key", losses())
def test_a_loss_is_found_by_its_formula(key: str) -> None:
    entry = losses()[key]
    assert find_loss(entry.of("price"), "price") is entry
    assert find_loss(entry.of("price"), "y") is None


@each_task
def test_a_task_is_found_by_its_formulas_and_data(key: str) -> None:
    chosen = choose(key)
    assert find_task(chosen.loss, chosen.prediction, chosen.data) is tasks()[key]
    assert find_task(chosen.loss, chosen.prediction, None) is None


def test_settings_of_a_task_can_be_overridden() -> None:
    own = choose("three-points", prediction="a*x", eta=0.02, batch=1)
    assert (own.parameters, own.start, own.batch) == (("a",), (0.0,), 1)
    assert own.data == dataset("three-points")
    assert choose("spirals").batch == 32
    assert choose("spirals").rule != choose("spirals", optimizer="momentum").rule


def test_standardised_columns_have_mean_0_and_deviation_1() -> None:
    data, scales = standardised(dataset("flats"))
    for column in data.columns.values():
        assert (np.mean(column), np.std(column)) == (pytest.approx(0, abs=1e-14), pytest.approx(1))
    for scale in scales:
        original = dataset("flats").columns[scale.column]
        np.testing.assert_allclose(
            data.columns[scale.column] * scale.deviation + scale.mean, original, rtol=1e-12
        )


def test_only_the_chosen_columns_are_standardised_and_a_constant_one_becomes_zeros() -> None:
    data, scales = standardised(Dataset("d", {"x": [0.1] * 7, "y": range(7)}), ["x"])
    assert data.columns["x"].tolist() == [0.0] * 7
    assert data.columns["y"].tolist() == [*range(7)]
    assert scales == (Scale("x", 0.1, 0.0),)


@each_task
def test_a_task_is_found_by_its_standardised_data(key: str) -> None:
    """No state is needed for it."""
    entry = tasks()[key]
    scaled, _ = standardised(entry.data, columns_to_scale(entry.data, entry.target))
    found = find_unscaled_task(entry.formula, entry.prediction, scaled)
    assert found is (entry if entry.scales_differ else None)
    assert find_unscaled_task(entry.formula, entry.prediction, entry.data) is None
    assert find_unscaled_task("abs(prediction)", entry.prediction, scaled) is None


def test_a_class_is_not_standardised() -> None:
    assert columns_to_scale(dataset("two-classes"), "y") == ("x1", "x2")
    assert columns_to_scale(dataset("flats"), "price") == ("area", "rooms", "price")


def test_standardising_reduces_the_condition_number() -> None:
    entry = tasks()["flats"]
    raw = choose("flats").objective().hessian([0.0, 0.0])
    data, _ = standardised(entry.data)
    even = choose(entry.formula, data=data, prediction=entry.prediction).objective()
    assert np.linalg.cond(raw) > 300
    assert np.linalg.cond(even.hessian([0.0, 0.0])) < 5
