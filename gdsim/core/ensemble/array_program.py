"""One row of many descents at once, as a compiled function over arrays.

It is written by hand because no library for arrays keeps the order of evaluation of the typed rule,
and so the bits of :mod:`gdsim.core.run.program`, at this speed. It computes the same in the same
order, for one column a descent. Where the scalar code raises, a sum over everything is not finite;
only then a second function, made from the same trees, finds the columns in which it would raise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdsim.core.data.batches import Batches
from gdsim.core.ensemble.array_functions import failed, solve, unsound
from gdsim.core.ensemble.guarded_lines import GuardedLines, propagating_parts
from gdsim.core.ensemble.hoisting import SharedParts
from gdsim.core.ensemble.in_place import UFUNCS, StraightLine, rewrite
from gdsim.core.formula.expression import Name, Negate, Node, Number, replace_names
from gdsim.core.formula.python_source import Writer, array_functions, compile_source
from gdsim.core.loss.batch_means import BatchMeans
from gdsim.core.loss.kept import kept_with_objective
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.optimizer.rule import Rule, per_parameter
from gdsim.core.optimizer.schedule import Schedule
from gdsim.core.run.stop_rules import StopRule
from gdsim.core.run.stop_rules import array_functions as stop_functions

ETA0 = "eta0"
"""The constant of a schedule that may differ from column to column."""

_TINY = 1e-140  # the square of a shorter length may be lost in the underflow
_SLACK = 1 + 1e-9  # a sum of squares is rounded otherwise than the length itself


@dataclass(frozen=True, slots=True)
class ArrayProgram:
    """The compiled row.

    ``shared(t)`` gives what depends on the number of the update alone, as a tuple of floats; it
    raises ArithmeticError or ValueError where that is undefined.
    ``row(*shared, eta0, *entering, *results, *temporaries)``, where θ, the state and L of the row
    before enter, writes the same of the next row into the ``results``, and gives
    ``(vector, measure, check)``: Δ or ∇L where the stop test is of its length; an array that is at
    most ``threshold`` wherever the test may be met, None where there is no test; an array whose
    sum is finite only if all that must be finite is.
    ``failures(*shared, eta0, *entering)`` gives, column by column, where the arithmetic fails.
    """

    shared: Callable[[float], tuple[float, ...]]
    row: Callable[..., tuple[Any, ...]]
    failures: Callable[..., Any]
    threshold: float
    temporaries: int


def compile_rows(experiment: Any, *, eta_differs: bool) -> ArrayProgram:
    """The compiled row of an experiment; the newest ones are kept.

    Parameters
    ----------
    eta_differs : whether every column has an η₀ of its own in place of the schedule's.
    """
    batches = experiment.batches()
    # With batches smaller than all rows no row is tested, only the ends of epochs.
    stop = StopRule.NONE if experiment.learns_in_parts else experiment.stop
    return _compiled(
        experiment.objective(),
        experiment.rule.read(),
        experiment.schedule.formula,
        tuple(experiment.schedule.constants.items()),
        stop,
        experiment.epsilon,
        eta_differs,
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
    eta_differs: bool,
    batches: tuple[int, int, int] | None,
) -> ArrayProgram:
    schedule = Schedule(formula, dict(constants))
    eta = schedule.root
    if eta_differs:
        others = {name: Number(value) for name, value in constants if name != ETA0}
        eta = replace_names(schedule.shown, others)
    source = _Source(objective, rule, eta, stop, epsilon)
    row, straight = source.row(eta_differs=eta_differs)
    functions = {
        **array_functions(),
        **stop_functions(),
        "solve_": solve,
        "float_": np.float64,
        **UFUNCS,
    }
    if isinstance(objective, RowObjective) and batches is not None:
        functions["rows_"] = BatchMeans(objective, rule, Batches(*batches)).at_points
    elif rule.uses_newton and not objective.writes_hessian:
        functions["hessian_"] = objective.hessian_entries()
    checking = {**functions, "failed_": failed, "unsound_": unsound}
    return ArrayProgram(
        source.shared.compile(),
        compile_source(row, "row", functions | straight.constants),
        compile_source(source.failures(), "row", checking),
        source.threshold,
        straight.temporaries,
    )


class _Source:
    """The texts of the row: first every tree is made ready, then each text is written."""

    def __init__(
        self, objective: Objective, rule: Rule, eta: Node, stop: StopRule, epsilon: float
    ) -> None:
        self._dimension = objective.dimension
        self._rule = rule
        self._stop = stop
        self._by_squares = epsilon > _TINY
        self.shared = SharedParts()
        thetas = {
            name: Name(per_parameter("theta", index))
            for index, name in enumerate(objective.parameters)
        }

        def prepared(node: Node) -> Node:
            if isinstance(objective, RowObjective):
                return node  # of a row, and computed elsewhere
            return self.shared.hoisted(replace_names(node, thetas))

        self._loss = prepared(objective.root)
        self._gradient = [prepared(node) for node in objective.gradient_nodes]
        self._has_rows = isinstance(objective, RowObjective)
        self._entries = [f"h{index}" for index in range(self._dimension**2 * rule.uses_newton)]
        is_written = rule.uses_newton and objective.writes_hessian and not self._has_rows
        rows = objective.hessian_nodes if is_written else ()
        self._hessian = [prepared(node) for row in rows for node in row]
        # In order: name, variable, tree. What depends on t alone is shared.
        self._lines: list[tuple[str, str, Node]] = []
        self._add_line("eta", "eta", eta)
        # Δ as (sign, tree): θ − x has the bits of θ + (−x); the stop test does not see the sign.
        self._deltas: list[tuple[int, Node]] = []
        self._new_states: list[dict[str, str]] = []
        for index in range(self._dimension):
            assignments, new_state, delta = rule.unrolled(index)
            for number, (name, node) in enumerate(assignments):
                self._add_line(name, f"a{number}_{index}", node)
            self._deltas.append(_signed(self.shared.hoisted(delta)))
            self._new_states.append(new_state)
        roots = [*([] if self._has_rows else self._slopes().values()), *self._moves()]
        self._propagating = self._propagating_to(roots)
        self.threshold = self._threshold(epsilon)

    def _add_line(self, name: str, variable: str, node: Node) -> None:
        if not self.shared.binds(name, node):
            self._lines.append((name, variable, self.shared.hoisted(node)))

    def _moves(self) -> list[Node]:
        return [node for _, node in self._deltas]

    def _propagating_to(self, roots: Iterable[Node]) -> set[Node]:
        """The parts, of lines too, that make a root infinite or NaN whenever they are."""
        return propagating_parts(roots, {name: node for name, _, node in self._lines})

    def _slopes(self, *, hessian: bool = False) -> dict[str, Node]:
        """Variable and tree of L and ∇L, and of the entries of H."""
        slopes = {"L": self._loss}
        slopes |= {f"g{index}": node for index, node in enumerate(self._gradient)}
        if hessian:
            slopes |= dict(zip(self._entries, self._hessian, strict=False))
        return slopes

    def _variables(self) -> dict[str, str]:
        variables = {**self.shared.variables, ETA0: "eta0"}
        for index in range(self._dimension):
            variables[per_parameter("theta", index)] = f"p{index}"
            variables[per_parameter("g", index)] = f"g{index}"
            variables[per_parameter("newton", index)] = f"w{index}"
            for number, name in enumerate(self._rule.state):
                variables[per_parameter(name, index)] = f"s{number}_{index}"
        return variables | {name: variable for name, variable, _ in self._lines}

    def _each(self, pattern: str) -> list[str]:
        return [pattern.format(index) for index in range(self._dimension)]

    def row(self, *, eta_differs: bool) -> tuple[str, StraightLine]:
        """The source of the row, and what it needs."""
        page = self._page(by_column=False)
        self._measure(page.lines)
        propagating = self._propagating_to([*self._moves(), *page.checked_parts])
        memory = [held for name, held in self._remembered() if Name(name) not in propagating]
        slopes = [
            name
            for index, name in enumerate(self._each("g{}"))
            if Name(per_parameter("g", index)) not in propagating
        ]
        page.finish(["L", *slopes, *self._each("q{}"), *memory])
        given = [*self._entering(), "previous", *(["eta0"] if eta_differs else [])]
        results = [*self._each("q{}"), *self._following(), "L"]
        kept = [*self._vector(), *(["m"] if self._stop.compares else []), "check"]
        straight = rewrite(page.lines, given, self.shared.results, kept, results)
        arrays = [f"o{number}" for number in range(len(results))]
        arrays += [f"t{number}" for number in range(straight.temporaries)]
        *vector, check = straight.kept
        measure = vector.pop() if self._stop.compares else "None"
        outcome = f"({''.join(f'{name}, ' for name in vector)}), {measure}, {check}"
        return self._function([*self._arguments(), *arrays], straight.lines, outcome), straight

    def failures(self) -> str:
        """The source of the row that finds the columns in which the arithmetic fails."""
        page = self._page(by_column=True)
        page.finish([*self._required(), *(held for _, held in self._remembered())])
        return self._function(self._arguments(), page.lines, "check")

    def _page(self, *, by_column: bool) -> GuardedLines:
        roots = [] if self._has_rows else list(self._slopes(hessian=True).values())
        roots += self._moves()
        roots += [node for _, _, node in self._lines]
        page = GuardedLines(Writer(roots, self._variables()), self._propagating, by_column)
        self._write(page)
        return page

    def _function(self, arguments: list[str], lines: list[str], outcome: str) -> str:
        body = "".join(f"    {line}\n" for line in lines)
        return f"def row({', '.join(arguments)}):\n{body}    return {outcome}\n"

    def _required(self) -> list[str]:
        """What must be finite beside the memory."""
        return ["L", *self._each("g{}"), *self._each("q{}")]

    def _entering(self) -> list[str]:
        states = range(len(self._rule.state))
        return [*self._each("p{}"), *(name for n in states for name in self._each(f"s{n}_{{}}"))]

    def _arguments(self) -> list[str]:
        return [*self.shared.results, "eta0", *self._entering(), "previous"]

    def _write(self, page: GuardedLines) -> None:
        slopes = self._slopes(hessian=True)
        thetas = "".join(f"{name}, " for name in self._each("p{}"))
        if self._has_rows:
            names = ", ".join([*slopes, *self._entries])
            page.lines.append(f"{names} = rows_(b0, ({thetas}))")
        else:
            for variable, node in slopes.items():
                page.assign(variable, node)
            # A plain float would raise where an array gives infinity.
            page.lines += [
                f"{variable} = float_({variable})"
                for variable, node in slopes.items()
                if self.shared.keeps(node)
            ]
        if self._entries:
            if not self._hessian and not self._has_rows:
                page.lines.append(f"{', '.join(self._entries)}, = hessian_(({thetas}))")
            page.solve(self._each("w{}"), self._each("g{}"), self._entries)
        for _, variable, node in self._lines:
            page.assign(variable, node)
        for index, node in enumerate(self._moves()):
            page.assign(f"d{index}", node)
        page.lines += [
            f"q{index} = p{index} {'+' if sign > 0 else '-'} d{index}"
            for index, (sign, _) in enumerate(self._deltas)
        ]

    def _held(self) -> dict[str, str]:
        """The variable of every name that a line assigns."""
        return {**self.shared.variables, **{name: variable for name, variable, _ in self._lines}}

    def _following(self) -> Iterator[str]:
        """The variables that hold the new state."""
        held = self._held()
        for number, state in enumerate(self._rule.state):
            for index, new_state in enumerate(self._new_states):
                yield held.get(new_state[state], f"s{number}_{index}")

    def _remembered(self) -> Iterator[tuple[str, str]]:
        """Name and variable of every state that a line assigns.

        A memory that has overflowed would make Δ vanish and look like convergence.
        """
        held = self._held()
        for new_state in self._new_states:
            for name in new_state.values():
                if name in held:
                    yield name, held[name]

    # The stop test

    def _vector(self) -> list[str]:
        """The variables of the vector whose length is compared, where it has several components."""
        letter = {"delta": "d", "gradient": "g"}.get(self._stop.length_of or "")
        return self._each(letter + "{}") if letter and self._dimension > 1 else []

    def _measure(self, lines: list[str]) -> None:
        if not self._stop.compares:
            return
        vector = self._vector()
        if not vector:
            lines.append(self._quantity())
            return
        first, *others = vector
        pattern = "m += {0}*{0}" if self._by_squares else "m = hypot_(m, {0})"
        lines.append(f"m = {first}*{first}" if self._by_squares else f"m = abs_({first})")
        lines += [pattern.format(name) for name in others]

    def _quantity(self) -> str:
        if self._stop.length_of is not None:  # of a single component
            return "m = abs_(d0)" if self._stop.length_of == "delta" else "m = abs_(g0)"
        quantity = self._stop.source(self._each("d{}"), self._each("g{}"))
        called = re.findall(r"(\w+)\(", quantity)
        # Only a function of NumPy's own can write its result to a given array.
        return f"m = {quantity}" if {*called} <= {*UFUNCS} else f"m, = ({quantity},)"

    def _threshold(self, epsilon: float) -> float:
        if not self._vector():
            return epsilon
        return (epsilon * epsilon if self._by_squares else epsilon) * _SLACK


def _signed(node: Node) -> tuple[int, Node]:
    return (-1, node.operand) if isinstance(node, Negate) else (1, node)
