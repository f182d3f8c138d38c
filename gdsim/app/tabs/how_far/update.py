"""The settings that the update of one row uses."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.app.moment import Moment
from gdsim.core.formula.expression import names_in
from gdsim.core.how_far.stability import Curvature, largest_stable_rate
from gdsim.core.optimizer.linear_rule import linear_rule
from gdsim.core.optimizer.rule import Rule
from gdsim.core.run.experiment import Experiment


@dataclass(frozen=True, slots=True)
class Update:
    """The settings of an update, η, and the optimizer's own count t."""

    experiment: Experiment
    rule: Rule
    t: float
    eta: float

    @classmethod
    def of(cls, moment: Moment) -> Update:
        """The update of the shown row."""
        step = moment.step
        stretch = moment.trace.stretch(step.index)
        experiment = stretch.experiment
        t = float(step.index - stretch.rule_start + 1)
        return cls(experiment, experiment.rule.read(), t, step.eta)

    @property
    def is_plain(self) -> bool:
        """Whether it is θ ← θ − ηg and nothing else."""
        linear = linear_rule(self.rule, self.eta, self.t)
        return linear is not None and linear.is_plain(self.eta)

    @property
    def varies(self) -> bool:
        """Whether η, or what the rule makes of it, changes from update to update."""
        counts = any("t" in names_in(line.root) for line in self.rule.lines)
        return counts or not self.experiment.schedule.read().is_constant

    def limit(self, curved: Curvature) -> float | None:
        """The η up to which the rule is stable, None where there is none or it is not linear."""
        return largest_stable_rate(self.rule, self.t, curved)
