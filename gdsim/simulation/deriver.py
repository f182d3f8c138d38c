"""Second derivatives of a loss, derived in the background once for each loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gdsim.core.loss.many_rows import row_sample
from gdsim.core.loss.objective import Objective
from gdsim.core.problem import Problem
from gdsim.core.run.experiment import Experiment
from gdsim.simulation.background import Background

if TYPE_CHECKING:
    from gdsim.core.taylor.derivatives import HessianForm


class Deriver(Background[Objective, "HessianForm | Problem"]):
    """Derives the second derivatives of the current loss and keeps those derived before.

    Deriving can take a second, and the plots can be drawn without it. Of losses that wait, only the
    newest is derived: the window has gone on from the others.
    """

    def hessian_form(self, experiment: Experiment) -> HessianForm | Problem | None:
        """The function (θ, u, v) ↦ uᵀHv of the loss, as soon as it has been derived.

        Of a mean over very many rows of data, only a sample of the rows is used.

        Returns
        -------
        HessianForm, or the Problem that says why there is none; None where it has not been derived
        yet: then ``answered`` is emitted later.
        """
        return self.answer(row_sample(experiment.objective()))

    def find(self, question: Objective) -> HessianForm | Problem:
        from gdsim.core.taylor.derivatives import hessian_form

        try:
            return hessian_form(question)
        except Problem as problem:
            return problem

    def fallback(self, question: Objective) -> HessianForm | Problem:
        return Problem("this formula has no derivative that can be computed in the reals")
