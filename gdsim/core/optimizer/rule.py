"""The lines of an optimizer.

A rule is applied to each parameter with its own gradient and its own state. Its last line assigns
``theta``; from that line the update Δ = θ_new − θ is formed symbolically, so that Δ is exactly
what the rule subtracts and not a difference of two rounded numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gdsim.core.formula.expression import (
    Name,
    Negate,
    Node,
    Number,
    Sum,
    count_nodes,
    names_in,
    replace_names,
    value_or_nan,
    walk,
)
from gdsim.core.formula.latex import latex, number_text
from gdsim.core.formula.names import latex_name
from gdsim.core.formula.notation import canonical_name, parse
from gdsim.core.formula.parser import MAX_NODES
from gdsim.core.formula.tokens import is_name
from gdsim.core.optimizer.constants import split_assignment
from gdsim.core.problem import Problem

GIVEN = ("theta", "g", "t", "eta", "newton")
"""What a rule may read without assigning it: θᵢ, ∂L/∂θᵢ, the number of this update counted from
1, the learning rate of this update, and the i-th entry of H⁻¹∇L."""

MAX_LINES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One assignment: ``target = root``."""

    target: str
    root: Node
    text: str

    def latex(self) -> str:
        """The assignment typeset, with ← for =."""
        return f"{latex_name(self.target)} \\leftarrow {latex(self.root)}"


class Rule:
    """An optimizer, read from its lines.

    Parameters
    ----------
    lines : assignments such as ``"m = beta1*m + (1 - beta1)*g"``; the last assigns ``theta``.
    state : what the optimizer remembers, with its value before the first update.
    hyperparameters : named constants.

    Raises
    ------
    Problem : with the line and the column of what cannot be read.
    """

    def __init__(
        self,
        lines: Sequence[str],
        state: Mapping[str, float],
        hyperparameters: Mapping[str, float],
    ) -> None:
        _check_names(state, hyperparameters)
        self.state = dict(state)
        self.hyperparameters = dict(hyperparameters)
        self.lines = _read_lines(lines, state, hyperparameters)
        self.uses_newton = any("newton" in names_in(line.root) for line in self.lines)
        self.delta = self._delta()

    def _delta(self) -> Node:
        """Δ = θ_new − θ as a tree in which a whole θ has cancelled."""
        last = self.lines[-1].root
        plain = _without_theta(last)
        if plain is not None:
            return plain
        from gdsim.core.formula.derivative_size import check_size
        from gdsim.core.formula.symbolic import change

        try:
            hidden = self._with_theta_shown(last)
            check_size(hidden)
            return change(hidden, "theta")
        except RecursionError:
            raise Problem("the formula is nested too deep to be differentiated") from None

    def _with_theta_shown(self, root: Node) -> Node:
        """The tree with every earlier line that leads to theta put in place of its name.

        What else it names is the value that the name had on that line: ``a`` may be assigned again
        before the last one.
        """
        standing: dict[str, Node] = {name: Name(_value_after(0, name)) for name in self.state}
        for number, line in enumerate(self.lines[:-1], start=1):
            whole = _replaced(line.root, standing)
            carries = "theta" in names_in(whole)
            standing[line.target] = whole if carries else Name(_value_after(number, line.target))
        return _replaced(root, standing)

    def unrolled(self, index: int) -> tuple[list[tuple[str, Node]], dict[str, str], Node]:
        """The rule for parameter ``index`` with a fresh name for every assignment.

        Returns
        -------
        assignments : (name, tree) in order, the last line left out;
        new_state : state → the name that holds its new value;
        delta : the tree of Δ for this parameter.
        """
        current: dict[str, Node] = {
            name: Number(value, number_text(value)) for name, value in self.hyperparameters.items()
        }
        for name in ("theta", "g", "newton", *self.state):
            current[name] = current[_value_after(0, name)] = Name(per_parameter(name, index))
        assignments: list[tuple[str, Node]] = []
        new_state = {name: per_parameter(name, index) for name in self.state}
        for number, line in enumerate(self.lines[:-1], start=1):
            fresh = f"{per_parameter(line.target, index)}#{number}"
            assignments.append((fresh, replace_names(line.root, current)))
            current[line.target] = current[_value_after(number, line.target)] = Name(fresh)
            if line.target in self.state:
                new_state[line.target] = fresh
        return assignments, new_state, replace_names(self.delta, current)

    def values(self, given: Mapping[str, float]) -> list[float]:
        """The value of every line for one parameter, NaN from the first undefined one on.

        Parameters
        ----------
        given : values of the given names and of the state, for this parameter.

        Returns
        -------
        list of float: one a line; the last is θ + Δ, the parameter after the update.
        """
        results, delta = self._computed(given)
        return [*results, given["theta"] + delta]

    def update(self, given: Mapping[str, float]) -> float:
        """Δ for one parameter; NaN where it is undefined."""
        return self._computed(given)[1]

    def _computed(self, given: Mapping[str, float]) -> tuple[list[float], float]:
        """The value of every line but the last, and Δ."""
        known = {**self.hyperparameters, **given}
        known |= {_value_after(0, name): given[name] for name in self.state}
        results: list[float] = []
        for number, line in enumerate(self.lines[:-1], start=1):
            value = value_or_nan(line.root, known)
            results.append(value)
            known[line.target] = known[_value_after(number, line.target)] = value
        return results, value_or_nan(self.delta, known)


def per_parameter(name: str, index: int) -> str:
    """A name that no typed text can spell: this name for this parameter."""
    return f"{name}#{index}"


def _value_after(number: int, name: str) -> str:
    """A name that no typed text can spell: the value of ``name`` after this line, 0 before all."""
    return f"{name}@{number}"


def _replaced(root: Node, standing: Mapping[str, Node]) -> Node:
    """:func:`replace_names`, refused where the tree would grow out of hand."""
    used = (part.name for part in walk(root) if isinstance(part, Name))
    grown = sum(count_nodes(standing[name]) for name in used if name in standing)
    if grown > MAX_NODES:
        raise Problem("the formula has more than {most} operations", most=MAX_NODES)
    return replace_names(root, standing)


def _check_names(state: Mapping[str, float], hyperparameters: Mapping[str, float]) -> None:
    for name in (*state, *hyperparameters):
        if not is_name(name):
            raise Problem("{text} is not a name", text=name)
        if name in GIVEN:
            raise Problem("{name} already has a fixed meaning in every rule", name=name)
        if name in state and name in hyperparameters:
            raise Problem("{name} cannot be both state and hyperparameter", name=name)


def _read_lines(
    texts: Sequence[str], state: Mapping[str, float], hyperparameters: Mapping[str, float]
) -> tuple[Line, ...]:
    numbered = [(number, text) for number, text in enumerate(texts, start=1) if text.strip()]
    if not numbered:
        raise Problem("the rule has no line")
    if len(numbered) > MAX_LINES:
        raise Problem("the rule has more than {most} lines", most=MAX_LINES)
    known = {*GIVEN, *state, *hyperparameters}
    lines: list[Line] = []
    for number, text in numbered:
        is_last = number == numbered[-1][0]
        try:
            line = _read_line(text, known, hyperparameters, is_last)
        except Problem as problem:
            raise problem.at_line(number) from None
        known.add(line.target)
        lines.append(line)
    return tuple(lines)


def _read_line(
    text: str, known: set[str], hyperparameters: Mapping[str, float], is_last: bool
) -> Line:
    left, separator, right = split_assignment(text)
    if not separator or not left.strip():
        raise Problem("a line of a rule has the form name = formula")
    target = canonical_name(left)
    column = len(left) - len(left.lstrip()) + 1
    if target == "theta":
        if not is_last:
            raise Problem("only the last line may assign theta")
    elif is_last:
        raise Problem("the last line must assign theta, not {name}", name=target)
    elif target in GIVEN:
        raise Problem(
            "{name} at column {column} is given and cannot be assigned", name=target, column=column
        )
    elif target in hyperparameters:
        raise Problem(
            "{name} at column {column} is a hyperparameter and cannot be assigned",
            name=target,
            column=column,
        )
    # Blanks in place of the left side keep the columns those of the typed line.
    padded = " " * (len(left) + len(separator)) + right
    if not right.strip():
        raise Problem("a line of a rule has the form name = formula")
    return Line(target, parse(padded, known).root, text.strip())


def _without_theta(root: Node) -> Node | None:
    """The sum without its one plain term ``theta``, or None where there is no such term."""
    terms: tuple[tuple[int, Node], ...] = root.terms if isinstance(root, Sum) else ((1, root),)
    rest = [term for term in terms if term != (1, Name("theta"))]
    if len(rest) != len(terms) - 1:
        return None
    if not rest:
        return Number(0.0, "0")
    if len(rest) == 1:
        sign, term = rest[0]
        return term if sign > 0 else Negate(term)
    return Sum(tuple(rest))
