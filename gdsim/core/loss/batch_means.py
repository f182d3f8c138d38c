"""Means over the batch of an update, for the compiled loops."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdsim.core.arrays import Floats
from gdsim.core.data.batches import Batches, GatheredBatches
from gdsim.core.formula.forward_hessian import ForwardHessian
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.optimizer.rule import Rule


class BatchMeans:
    """L, ∇L and, where the rule reads ``newton``, H row after row, over the rows of an update."""

    def __init__(self, objective: RowObjective, rule: Rule, batches: Batches) -> None:
        nodes = [objective.root, *objective.gradient_nodes]
        self._hessian: ForwardHessian | None = None
        if rule.uses_newton and objective.writes_hessian:
            nodes += [node for row in objective.hessian_nodes for node in row]
        elif rule.uses_newton:
            self._hessian = ForwardHessian(
                objective.root, objective.parameters, objective.data.names
            )
        self._formulas = objective.row_formulas(objective.parameters, nodes)
        self._gathered = GatheredBatches(objective.data, batches)

    def at_point(self, t: int, *theta: float) -> list[float]:
        """At one θ, over the rows of update ``t`` → ``t + 1``."""
        columns = self._gathered.of(t)
        means = self._formulas.means(theta, columns)
        if self._hessian is not None:
            means += self._hessian.over(columns).at_point(theta).tolist()
        return means

    def at_points(self, update: float, theta: Sequence[Floats]) -> Floats:
        """At n points, over the rows of the update that a rule would call t = ``update``: (k, n).

        Parameters
        ----------
        theta : (n,) for each parameter.
        """
        points, columns = np.array(theta), self._gathered.of(int(update) - 1)
        means = self._formulas.means_at(points, columns)
        if self._hessian is not None:
            means = np.concatenate([means, self._hessian.over(columns).at_points(points)])
        return means
