"""Formulas typed into the panel: read as mathematics, with a note of how they were read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gdsim.core.problem import Problem
from gdsim.core.run.experiment import Experiment
from gdsim.core.typed.problem_reading import ProblemReading, read_problem
from gdsim.core.typed.reading import as_it_stands
from gdsim.views.formula.formula_field import FormulaField

Report = Callable[[Problem | None], None]


def enter_typed(
    before: Experiment,
    enter: Callable[..., bool],
    field: FormulaField,
    say: Report,
    **typed: Any,
) -> None:
    """Propose an experiment with a formula as it was typed.

    Parameters
    ----------
    before : the experiment that is changed.
    enter : proposes changes of an experiment and returns whether they are accepted.
    field : where the formula was typed.
    typed : ``loss`` or ``prediction`` as typed, and other changes of the experiment.
    """
    try:
        reading = _read(before, typed)
    except Problem as problem:
        say(problem)
        return
    loss, prediction = reading.texts
    changes = {**typed, "loss": loss}
    if "prediction" in typed:
        changes["prediction"] = prediction
    own = reading.prediction if typed.get("prediction") is not None else reading.loss
    assert own is not None

    def located(problem: Problem | None) -> None:
        say(None if problem is None else own.located(problem))

    if enter(located, **changes) and not own.is_literal:
        field.set_reading((own.typed.strip(), own.text))


def _read(before: Experiment, typed: dict[str, Any]) -> ProblemReading:
    """The readings; the formula that was not typed now stays as it is."""
    data = typed.get("data", before.data)
    loss = typed.get("loss", as_it_stands(before.loss))
    prediction = typed.get("prediction")
    if prediction is None and data is not None and before.prediction is not None:
        prediction = as_it_stands(before.prediction)
    return read_problem(
        loss,
        prediction,
        None if data is None else data.names,
        parameters=before.parameters,
    )
