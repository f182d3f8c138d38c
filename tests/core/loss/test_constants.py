"""A name of a formula can be a constant: it has a value and is not learned."""

from __future__ import annotations

import math

import numpy as np
import pytest

import gdsim
from gdsim.core.catalogue import entries as catalogue
from gdsim.core.ensemble.ensemble import Ensemble
from gdsim.core.formula import symbolic
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.objectives import constants_read, objective
from gdsim.core.problem import Problem
from gdsim.core.run.choices import choose
from gdsim.core.run.descent import Descent
from gdsim.core.step.explain import explain

BOWL = "(x^2 + kappa*y^2)/2"
ROWS = {"x": [1.0, 2.0, 3.0], "y": [2.0, 3.0, 5.0]}


@pytest.mark.parametrize("kappa", [0.5, 10.0, 1000.0])
def test_a_constant_is_its_number(kappa: float) -> None:
    with_name = Objective(BOWL, None, {"kappa": kappa})
    with_number = Objective(f"(x^2 + {kappa!r}*y^2)/2")
    assert with_name.parameters == with_number.parameters == ("x", "y")
    for point in ([0.3, -1.7], [2.0, 1e-3]):
        assert with_name.value(point) == with_number.value(point)
        assert with_name.gradient(point).tolist() == with_number.gradient(point).tolist()
        assert with_name.hessian(point).tolist() == with_number.hessian(point).tolist()
    points = np.random.default_rng(0).normal(size=(2, 7))
    assert with_name.value(points).tolist() == with_number.value(points).tolist()


def test_a_constant_is_shown_by_its_name() -> None:
    bowl = Objective(BOWL, None, {"kappa": 10.0})
    assert r"\kappa" in bowl.latex()
    assert bowl.gradient_plain() == ("x", "κ·y")
    assert r"\kappa" in bowl.gradient_latex()[1]
    trace = gdsim.descend(BOWL, constants={"kappa": 10}, start=[1, 2], eta=0.1, max_steps=1)
    slope = explain(trace, 0)[1]
    assert "κ·y" in slope.plain
    assert slope.numbers == (("y", "10·2 = 20"),)


def test_other_values_share_the_derivatives(monkeypatch: pytest.MonkeyPatch) -> None:
    first = objective("exp(-a*x)*sin(b*x)", constants={"a": 1.0, "b": 2.0})
    first.gradient([0.3])
    first.hessian([0.3])

    def again(*_: object, **__: object) -> None:
        raise AssertionError("differentiated again")

    monkeypatch.setattr(symbolic, "gradient", again)
    monkeypatch.setattr(symbolic, "hessian", again)
    for a in np.linspace(0.1, 2, 40):
        other = objective("exp(-a*x)*sin(b*x)", constants={"b": 2.0, "a": float(a)})
        slope = math.exp(-a * 0.3) * (2 * math.cos(0.6) - a * math.sin(0.6))
        assert other.gradient([0.3])[0] == pytest.approx(slope, rel=1e-13)
        bend = math.exp(-a * 0.3) * ((a * a - 4) * math.sin(0.6) - 4 * a * math.cos(0.6))
        assert other.hessian([0.3])[0, 0] == pytest.approx(bend, rel=1e-12)
    assert first.constants == {"a": 1.0, "b": 2.0}


def test_a_penalty_with_a_constant_weight_over_rows() -> None:
    loss = objective("(prediction - y)^2 + lambda*b^2", None, _rows(), "a + b*x", {"lambda": 0.5})
    assert loss.parameters == ("a", "b")
    residuals = [0.5 + 2 * x - y for x, y in zip(*ROWS.values(), strict=True)]
    mean = sum(r * r for r in residuals) / 3
    assert loss.value([0.5, 2.0]) == pytest.approx(mean + 0.5 * 4)
    slope = sum(2 * r * x for r, x in zip(residuals, ROWS["x"], strict=True)) / 3
    assert loss.gradient([0.5, 2.0])[1] == pytest.approx(slope + 2 * 0.5 * 2)
    assert loss.over(np.array([0])).value([0.5, 2.0]) == pytest.approx(0.25 + 2)


def test_a_constant_of_the_model_reaches_its_predictions() -> None:
    loss = objective("(prediction - y)^2", None, _rows(), "a*exp(k*x)", {"k": 0.5})
    assert loss.parameters == ("a",)
    predicted = loss.predict([2.0], {"x": np.array([1.0, 2.0])})  # type: ignore[attr-defined]
    np.testing.assert_allclose(predicted, [2 * math.exp(0.5), 2 * math.e], rtol=1e-15)


def _rows() -> gdsim.core.data.dataset.Dataset:
    from gdsim.core.data.dataset import Dataset

    return Dataset("rows", ROWS)


@pytest.mark.parametrize("optimizer", ["gradient-descent", "adam", "newton"])
def test_all_code_descends_with_the_constant(optimizer: str) -> None:
    Descent(choose(BOWL, constants={"kappa": 3.0}, optimizer=optimizer, start=[1, 2]))
    chosen = choose(
        BOWL, constants={"kappa": 7.0}, start=[1, 2], eta=0.1, optimizer=optimizer, max_steps=20
    )
    same = choose("(x^2 + 7*y^2)/2", start=[1, 2], eta=0.1, optimizer=optimizer, max_steps=20)
    descents = [Descent(chosen), Descent(same)]
    for descent in descents:
        descent.advance(20)
    ours, theirs = (descent.trace.theta() for descent in descents)
    assert ours.tolist() == theirs.tolist()
    ends = Ensemble(chosen, np.array([[1.0, 1.0], [2.0, 2.0]])).finish()
    np.testing.assert_allclose(ends.theta[:, 0], ours[-1], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(
    ("constants", "parameters", "sentence"),
    [
        ({"mu": 1.0}, None, "mu is given as a constant, but no formula uses it"),
        ({"x": 1.0, "y": 2.0, "kappa": 3.0}, None, "the formula has no parameter"),
        ({"kappa": math.nan}, None, "kappa must be a finite number"),
        ({"kappa": 1.0}, ("x", "y", "kappa"), "kappa cannot be both a parameter and a constant"),
        ({"κ": 1.0}, None, "κ is not a name"),
    ],
)
def test_a_wrong_constant_is_refused(
    constants: dict[str, float], parameters: tuple[str, ...] | None, sentence: str
) -> None:
    with pytest.raises(Problem, match=sentence):
        Objective(BOWL, parameters, constants)


def test_a_constant_without_which_nothing_has_a_value_is_named() -> None:
    with pytest.raises(Problem, match="the formula has no value with κ = 0"):
        Objective("x^2/kappa", None, {"kappa": 0.0})
    bowl = objective("x^2/kappa", constants={"kappa": 1.0})
    with pytest.raises(Problem, match="the formula has no value with κ = 0"):
        bowl.with_constants({"kappa": 0.0})


def test_a_column_is_no_constant() -> None:
    with pytest.raises(Problem, match="x cannot be both a constant and a column"):
        objective("(prediction - y)^2", None, _rows(), "a*x", {"x": 1.0})


def test_constants_are_part_of_an_experiment() -> None:
    chosen = choose(BOWL, constants={"κ": 3}, start=[1, 1])
    assert chosen.constants == {"kappa": 3.0}
    assert chosen.replace(constants={"kappa": 4.0}).objective().value([0.0, 1.0]) == 2.0
    assert chosen != chosen.replace(constants={"kappa": 4.0})
    assert type(chosen).model_validate(chosen.model_dump()) == chosen


def test_the_constants_that_formulas_read_are_found() -> None:
    given = {"k": 1.0, "m": 2.0, "n": 3.0}
    assert constants_read(given, "(prediction - k)^2", "a*m") == {"k": 1.0, "m": 2.0}


@pytest.mark.parametrize(
    ("key", "kappa", "eta"),
    [
        ("elongated-bowl", 100.0, 0.0195),
        ("elongated-bowl-10", 10.0, 0.18),
        ("elongated-bowl-100", 100.0, 0.0195),
        ("elongated-bowl-1000", 1000.0, 0.0019),
    ],
)
def test_one_bowl_has_four_keys(key: str, kappa: float, eta: float) -> None:
    chosen = choose(key)
    assert chosen.constants == {"kappa": kappa}
    assert chosen.schedule.constants == {"eta0": eta}
    entry = chosen.function()
    assert entry is not None
    assert (entry.key, entry.eta, dict(entry.constants)) == (
        "elongated-bowl",
        eta,
        {"kappa": kappa},
    )
    assert key == "elongated-bowl" or key not in catalogue.functions()


def test_a_value_of_ones_own_leaves_the_function_what_it_is() -> None:
    chosen = choose("elongated-bowl", constants={"kappa": 42})
    entry = chosen.function()
    assert entry is not None
    assert dict(entry.constants) == {"kappa": 42.0}


@pytest.mark.parametrize("key", [key for key, f in catalogue.functions().items() if f.constants])
def test_the_minima_are_the_same_for_all_values(key: str) -> None:
    entry = catalogue.functions()[key]
    for factor in (0.1, 1.0, 10.0):
        values = {name: value * factor for name, value in entry.constants.items()}
        loss = Objective(entry.loss, entry.parameters, values)
        for point in entry.minima:
            assert loss.value(point) == pytest.approx(entry.minimum, abs=1e-12)
            np.testing.assert_allclose(loss.gradient(point), 0.0, atol=1e-9)
