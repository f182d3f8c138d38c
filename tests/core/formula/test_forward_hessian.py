"""The Hessian computed in numbers along the tree equals the Hessian written as formulas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from runs import descended
from trees import smooth_trees

from gdsim.core.arrays import Floats
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.catalogue.tasks import tasks
from gdsim.core.ensemble.ensemble import Ensemble
from gdsim.core.formula.expression import Node
from gdsim.core.formula.forward_hessian import ForwardHessian
from gdsim.core.formula.latex import plain
from gdsim.core.formula.symbolic import hessian
from gdsim.core.loss.objective import Objective
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import given_values
from gdsim.core.taylor.derivatives import HessianForm

FUNCTIONS = catalogue.functions()


def written(loss: Objective, points: Floats) -> Floats:
    """∇²L at points (d, n) from its formulas, (d·d, n)."""
    nodes = [node for row in hessian(loss.root, loss.parameters) for node in row]
    return loss.compiled(loss.parameters, nodes).at_points(points)


@pytest.mark.parametrize("key", FUNCTIONS)
def test_it_equals_the_formulas_for_every_function(key: str) -> None:
    entry = FUNCTIONS[key]
    loss = Objective(entry.loss, entry.parameters)
    low, high = np.array(entry.view).T
    points = np.random.default_rng(5).uniform(low, high, size=(6, loss.dimension)).T
    carried = ForwardHessian(loss.root, loss.parameters).at_points(points)
    expected = written(loss, points)
    scale = np.abs(expected).max()
    np.testing.assert_allclose(carried, expected, rtol=1e-9, atol=1e-13 * scale)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    tree=smooth_trees,
    points=arrays.arrays(np.float64, (2, 3), elements=st.floats(-1.5, 1.5, width=32)),
)
def test_it_equals_the_formulas_for_any_smooth_loss(tree: Node, points: Floats) -> None:
    loss = Objective(plain(tree), ("x", "y"))
    carried = ForwardHessian(loss.root, loss.parameters).at_points(points)
    np.testing.assert_allclose(carried, written(loss, points), rtol=1e-7, atol=1e-9)


ROUGH = "max(x, y, x*y) + min(x^2, 3y) + abs(x - 2y)^3 + huber(x*y, 0.3) + relu(x)*y"


@pytest.mark.parametrize("text", [ROUGH, "x^y + 2^(x*y) + e^x/y", "-1/x/y + sqrt(x)*log(y)"])
def test_it_equals_the_formulas_with_kinks_powers_and_quotients(text: str) -> None:
    loss = Objective(text)
    points = np.random.default_rng(2).uniform(0.1, 2.0, size=(2, 8))
    carried = ForwardHessian(loss.root, loss.parameters).at_points(points)
    np.testing.assert_allclose(carried, written(loss, points), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("key", tasks())
def test_over_rows_it_is_the_mean_over_the_rows(key: str) -> None:
    chosen = choose(key)
    loss, names = chosen.objective(), tasks()[key].data.names
    theta = np.array(chosen.start) + np.random.default_rng(0).normal(size=loss.dimension) / 3
    columns = list(tasks()[key].data.columns.values())
    carried = ForwardHessian(loss.root, loss.parameters, names, columns)
    matrix = carried.at_point(theta.tolist()).reshape(loss.dimension, loss.dimension)
    np.testing.assert_allclose(matrix, loss.hessian(theta), rtol=1e-9, atol=1e-12)
    for axis, step in enumerate(np.eye(loss.dimension) * 1e-5):
        bend = (loss.gradient(theta + step) - loss.gradient(theta - step)) / 2e-5
        np.testing.assert_allclose(matrix[axis], bend, rtol=1e-5, atol=1e-8)


LONG = "*".join(f"(1 + x{place}^2)" for place in range(20))


def test_the_hessian_of_a_long_formula_is_computed_in_numbers() -> None:
    loss = Objective(LONG)
    assert not loss.writes_hessian
    theta = np.linspace(-0.3, 0.4, 20)
    slopes = 2 * theta / (1 + theta**2)
    whole = np.outer(slopes, slopes)
    np.fill_diagonal(whole, 2 / (1 + theta**2))
    whole *= np.prod(1 + theta**2)
    np.testing.assert_allclose(loss.hessian(theta), whole, rtol=1e-11, atol=1e-14)
    u, v = np.random.default_rng(3).normal(size=(2, 20))
    form = HessianForm(loss)
    assert form(theta, u, v) == pytest.approx(u @ whole @ v, rel=1e-10)
    pairs = form(theta, np.stack([u, v], axis=1), np.stack([v, v], axis=1))
    np.testing.assert_allclose(pairs, [u @ whole @ v, v @ whole @ v], rtol=1e-10)


@pytest.mark.parametrize("text", [LONG, "*".join(f"x{place}" for place in range(30))])
def test_newton_descends_along_a_long_formula(text: str) -> None:
    chosen = choose(text, optimizer="newton", eta=1.0, max_steps=3, stop="none")
    start = np.random.default_rng(4).uniform(0.05, 0.2, size=len(chosen.parameters))
    start[:] += 1.0 if text is not LONG else 0.0
    chosen = chosen.replace(start=tuple(start.tolist()))
    trace = descended(chosen, 3)
    loss = chosen.objective()
    for row in range(3):
        step = trace.step(row)
        direction = np.linalg.solve(loss.hessian(step.theta), loss.gradient(step.theta))
        np.testing.assert_allclose(step.delta, -direction, rtol=1e-9)
        known = [given["newton"] for given in given_values(trace, step)]
        np.testing.assert_allclose(known, -step.delta, rtol=1e-9)
    ends = Ensemble(chosen, np.stack([start, start], axis=1)).finish()
    np.testing.assert_allclose(ends.theta[:, 1], trace.theta()[-1], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("batch", [None, 16])
def test_newton_learns_from_rows_with_a_long_formula(batch: int | None) -> None:
    chosen = choose("wave", optimizer="newton", eta=0.1, batch=batch, max_steps=3, stop="none")
    assert not chosen.objective().writes_hessian
    trace = descended(chosen, 3)
    for row in range(3):
        step, loss = trace.step(row), chosen.objective_at(row)
        direction = np.linalg.solve(loss.hessian(step.theta), loss.gradient(step.theta))
        np.testing.assert_allclose(step.delta, -0.1 * direction, rtol=1e-6)
    starts = np.array([chosen.start] * 2).T
    ends = Ensemble(chosen, starts).finish()
    np.testing.assert_allclose(ends.theta[:, 0], trace.theta()[-1], rtol=1e-6, atol=1e-9)


def test_an_undefined_entry_is_not_finite() -> None:
    loss = Objective("log(x) + sqrt(y)")
    carried = ForwardHessian(loss.root, loss.parameters)
    assert not np.isfinite(carried.at_point([0.0, 0.0])[[0, 3]]).any()
    assert np.isnan(carried.at_point([1.0, -1.0])[3])
