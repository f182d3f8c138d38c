"""The loop of a descent as one compiled function, made from the texts of an experiment.

Formula, derivatives, rule, schedule and stop test become Python code over floats without calls
between them, in which each repeated part is computed once. Calling a function for each step and
looking up each number would take several times as long as the arithmetic itself.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

import numpy as np

from gdsim.core.data.batches import Batches
from gdsim.core.formula.expression import Name, Node, replace_names
from gdsim.core.formula.python_source import Writer, compile_source, scalar_functions
from gdsim.core.loss.batch_means import BatchMeans
from gdsim.core.loss.kept import kept_with_objective
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.optimizer.rule import Rule, per_parameter
from gdsim.core.optimizer.schedule import Schedule
from gdsim.core.run.stop_rules import FUNCTIONS, StopRule

Run = Callable[..., tuple[Any, ...]]
"""``run(t, target, rule_start, out, farthest, epoch_end, ends_at, previous, *theta, *state)``,
which returns ``(code, t, previous, *theta, *state)``.

It evaluates row t, gives the row to ``out``, tests, moves, and so on to row ``target``; what comes
back is the state that enters the last row evaluated. A loss beyond ``farthest`` that goes on so
has diverged. With batches smaller than all rows, ``ends_at(t, *theta)`` is the test at row
``epoch_end`` and after every further epoch, and no other row is tested.
"""


class Code(IntEnum):
    """Why the compiled loop came back."""

    TARGET = 0
    NOT_FINITE = 1
    STOP_TEST = 2
    ARITHMETIC = 3
    FAR = 4
    EPOCH_END = 5


def newton_direction(gradient: tuple[float, ...], hessian: tuple[float, ...]) -> Any:
    """H⁻¹∇L, (d,).

    Parameters
    ----------
    gradient : (d,). hessian : (d·d,), row after row.

    Raises
    ------
    ZeroDivisionError, numpy.linalg.LinAlgError : where H is singular.
    """
    if len(gradient) == 1:
        return (gradient[0] / hessian[0],)
    matrix = np.array(hessian).reshape(len(gradient), len(gradient))
    return tuple(np.linalg.solve(matrix, np.array(gradient)).tolist())


def compile_run(experiment: Any) -> Run:
    """The compiled loop of an experiment; the newest ones are kept."""
    rule = experiment.rule
    batches = experiment.batches()
    return _compiled(
        experiment.objective(),
        rule.read(),
        experiment.schedule.formula,
        tuple(experiment.schedule.constants.items()),
        experiment.stop,
        experiment.epsilon,
        None if batches is None else (batches.rows, batches.size, batches.seed),
    )


@kept_with_objective(most=32)
def _compiled(
    objective: Objective,
    rule: Rule,
    formula: str,
    constants: tuple[tuple[str, float], ...],
    stop: StopRule,
    epsilon: float,
    batches: tuple[int, int, int] | None,
) -> Run:
    schedule = Schedule(formula, dict(constants))
    rows = None if batches is None else Batches(*batches)
    in_parts = rows is not None and not rows.is_whole
    source = _Source(
        objective,
        rule,
        schedule,
        StopRule.NONE if in_parts else stop,
        epsilon,
        rows.in_epoch if rows is not None and in_parts else None,
    ).text()
    functions = {
        **scalar_functions(),
        **FUNCTIONS,
        "newton_": newton_direction,
        "failures_": (ArithmeticError, ValueError),
    }
    if isinstance(objective, RowObjective) and rows is not None:
        functions["rows_"] = BatchMeans(objective, rule, rows).at_point
    elif rule.uses_newton and not objective.writes_hessian:
        functions["hessian_"] = objective.hessian_entries()
    run: Run = compile_source(source, "run", functions)
    return run


class _Source:
    def __init__(
        self,
        objective: Objective,
        rule: Rule,
        schedule: Schedule,
        stop: StopRule,
        epsilon: float,
        epoch: int | None,
    ) -> None:
        self._epoch = epoch
        self._dimension = objective.dimension
        self._rule = rule
        self._stop = stop
        self._epsilon = epsilon
        self._has_rows = isinstance(objective, RowObjective)
        indices = range(self._dimension)
        thetas = {
            name: Name(per_parameter("theta", index))
            for index, name in enumerate(objective.parameters)
        }
        self._loss = replace_names(objective.root, thetas)
        self._gradient = [replace_names(node, thetas) for node in objective.gradient_nodes]
        self._entries = [f"h{index}" for index in range(self._dimension**2 * rule.uses_newton)]
        self._hessian: list[Node] = (
            [replace_names(node, thetas) for row in objective.hessian_nodes for node in row]
            if rule.uses_newton and objective.writes_hessian and not self._has_rows
            else []
        )
        # The schedule counts the rows of the whole run, a rule the updates of its own stretch.
        self._eta = replace_names(schedule.root, {"t": Name("row")})
        self._unrolled = [rule.unrolled(index) for index in indices]
        self._writer = Writer(self._roots(), self._variables())

    def _roots(self) -> list[Node]:
        roots = [self._eta]
        if not self._has_rows:
            roots += [self._loss, *self._gradient, *self._hessian]
        for assignments, _, delta in self._unrolled:
            roots += [node for _, node in assignments]
            roots.append(delta)
        return roots

    def _variables(self) -> dict[str, str]:
        variables = {"t": "n", "row": "r", "eta": "eta"}
        for index in range(self._dimension):
            variables[per_parameter("theta", index)] = f"p{index}"
            variables[per_parameter("g", index)] = f"g{index}"
            variables[per_parameter("newton", index)] = f"w{index}"
            for number, name in enumerate(self._rule.state):
                variables[per_parameter(name, index)] = f"s{number}_{index}"
        return variables

    def _each(self, pattern: str) -> list[str]:
        return [pattern.format(index) for index in range(self._dimension)]

    def _states(self) -> list[str]:
        return [
            f"s{number}_{index}"
            for number in range(len(self._rule.state))
            for index in range(self._dimension)
        ]

    def text(self) -> str:
        arguments = [*self._each("p{}"), *self._states()]
        entering = ", ".join(arguments)
        evaluation = "".join(f"            {line}\n" for line in self._evaluation())
        moves = "".join(
            f"            {old} = {new}\n" for old, new in [*self._steps(), *self._memories()]
        )
        # A memory that has overflowed would make Δ vanish and look like convergence.
        remembered = [new for _, new in self._memories()]
        finite = " + ".join(
            f"{part}*0.0" for part in [*self._each("g{}"), *self._each("q{}"), *remembered]
        )
        given = "t, target, rule_start, out, farthest, epoch_end, ends_at, previous"
        return (
            f"def run({given}, {entering}):\n"
            "    lowest = -farthest\n"
            "    try:\n"
            "        while True:\n"
            "            n = t - rule_start + 1.0\n"
            "            r = t + 1.0\n"
            f"{evaluation}"
            # x*0 is 0 for every finite x and NaN otherwise. One test for two conditions: a loss
            # that is not finite is not between the bounds either.
            f"            if not (lowest <= L <= farthest and {finite} == 0.0):\n"
            f"                if not L*0.0 + {finite} == 0.0:\n"
            f"                    return 1, t, previous, {entering}\n"
            "                if previous < L if L > 0.0 else L < previous:\n"
            f"                    return 4, t, previous, {entering}\n"
            f"{self._test(entering)}"
            "            if t >= target:\n"
            f"                return 0, t, previous, {entering}\n"
            f"{moves}"
            "            previous = L\n"
            "            t += 1\n"
            "    except failures_:\n"
            f"        return 3, t, previous, {entering}\n"
        )

    def _evaluation(self) -> list[str]:
        writer = self._writer
        evaluated = {"L": self._loss}
        evaluated |= {f"g{index}": node for index, node in enumerate(self._gradient)}
        evaluated |= dict(zip(self._entries, self._hessian, strict=False))
        thetas = ", ".join(self._each("p{}"))
        if self._has_rows:
            names = ", ".join([*evaluated, *self._entries])
            writer.lines.append(f"{names} = rows_(t, {thetas})")
        else:
            for variable, node in evaluated.items():
                writer.assign(variable, node)
            if self._entries and not self._hessian:
                writer.lines.append(f"{', '.join(self._entries)}, = hessian_(({thetas},))")
        writer.assign("eta", self._eta)
        if self._entries:
            entries = "".join(f"{name}, " for name in self._entries)
            slopes = "".join(f"{name}, " for name in self._each("g{}"))
            target = "".join(f"{name}, " for name in self._each("w{}"))
            writer.lines.append(f"{target}= newton_(({slopes}), ({entries}))")
        for index, (assignments, _, delta) in enumerate(self._unrolled):
            for number, (name, node) in enumerate(assignments):
                writer.assign(f"a{number}_{index}", node)
                writer.bind(name, f"a{number}_{index}")
            writer.assign(f"d{index}", delta)
        writer.lines += [f"q{index} = p{index} + d{index}" for index in range(self._dimension)]
        row = [
            *self._each("p{}"),
            "L",
            *self._each("g{}"),
            *self._each("d{}"),
            "eta",
            *self._states(),
        ]
        writer.lines.append(f"out(({', '.join(row)}))")
        return writer.lines

    def _test(self, entering: str) -> str:
        if self._epoch is not None:
            return (
                "            if t == epoch_end:\n"
                f"                epoch_end += {self._epoch}\n"
                f"                if ends_at(t, {', '.join(self._each('p{}'))}):\n"
                f"                    return 5, t, previous, {entering}\n"
            )
        if not self._stop.compares:
            return ""
        quantity = self._stop.source(self._each("d{}"), self._each("g{}"))
        return (
            f"            if {quantity} < {self._epsilon!r}:\n"
            f"                return 2, t, previous, {entering}\n"
        )

    def _steps(self) -> list[tuple[str, str]]:
        """(variable of θᵢ, variable of its next value)."""
        return [(f"p{index}", f"q{index}") for index in range(self._dimension)]

    def _memories(self) -> list[tuple[str, str]]:
        """(variable of a state, variable of its next value), where the rule assigns it."""
        memories = []
        for number, state in enumerate(self._rule.state):
            for index, (assignments, new_state, _) in enumerate(self._unrolled):
                names = [name for name, _ in assignments]
                if new_state[state] in names:
                    line = names.index(new_state[state])
                    memories.append((f"s{number}_{index}", f"a{line}_{index}"))
        return memories
