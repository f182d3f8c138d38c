"""In Python formulas are read as on the command line, for whatever the data are given as."""

from __future__ import annotations

from pathlib import Path

import pytest

from gdsim.core.data.dataset import Dataset
from gdsim.core.problem import Problem
from gdsim.core.run.descend import descend

ROWS = {"x": [1.0, 2.0, 4.0], "y": [2.0, 3.0, 5.0]}


def test_a_product_may_be_typed_without_signs() -> None:
    typed = descend("x² + 2xy + 3y^{2}", start=[1, 1], eta="1/2t", max_steps=5)
    exact = descend("x^2 + 2*x*y + 3*y^2", start=[1, 1], eta="1/2*t", max_steps=5)
    assert typed.parameters == ("x", "y")
    assert typed.theta().tobytes() == exact.theta().tobytes()


def test_names_that_are_given_stay_whole() -> None:
    trace = descend("ab^2 + kl*ab", start=1.0, parameters=["ab"], constants={"kl": 2.0})
    assert trace.parameters == ("ab",)


@pytest.mark.parametrize("kind", ["columns", "data set", "file"])
def test_formulas_over_data_are_read_as_typed(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("x,y\n1,2\n2,3\n4,5\n", encoding="utf-8")
    data = {"columns": ROWS, "data set": Dataset("rows", ROWS), "file": file}[kind]
    typed = descend("(ŷ - y)²", data=data, prediction="y = ax + b", eta=0.05, max_steps=4)
    exact = descend("(prediction - y)^2", data=ROWS, prediction="a*x + b", eta=0.05, max_steps=4)
    assert typed.parameters == ("a", "b")
    assert typed.theta().tobytes() == exact.theta().tobytes()


def test_a_rule_is_never_read_that_way() -> None:
    with pytest.raises(Problem, match="no number"):
        descend("x^2", rule="v = bg; theta = theta - eta*v")
