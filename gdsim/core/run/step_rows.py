"""A run as a table: what its columns are, their numbers row by row, and rows as text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gdsim.core.formula.names import plain_name
from gdsim.core.run.trace import Trace

Row = tuple[float | None, ...]
"""One number a column; None where the optimizer of that row has no such state."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers.

    ``quantity`` tells what is in it: theta, loss, gradient, delta, norm, eta or ``state:NAME``;
    several columns share one, a parameter each. ``key`` is unique.
    """

    quantity: str
    key: str
    symbol: str  # of the quantity: θ, L, ∇L …
    title: str  # of the column: x, L, ∂L/∂x …


def columns(trace: Trace) -> tuple[Column, ...]:
    """θ, L, ∇L, Δ, ‖Δθ‖, η, and every state that an optimizer of this run has."""
    names = trace.parameters
    found = [
        *_each(names, "theta", "θ", "{}"),
        Column("loss", "loss", "L", "L"),
        *_each(names, "gradient", "∇L", "∂L/∂{}"),
        *_each(names, "delta", "Δ", "Δ{}"),
        Column("norm", "norm", "‖Δθ‖", "‖Δθ‖"),
        Column("eta", "eta", "η", "η"),
    ]
    for state in _states(trace):
        symbol = plain_name(state)
        found += _each(names, f"state:{state}", symbol, symbol + "_{}")
    return tuple(found)


def _each(names: Sequence[str], quantity: str, symbol: str, title: str) -> list[Column]:
    return [
        Column(quantity, f"{quantity} {name}", symbol, title.format(plain_name(name)))
        for name in names
    ]


def _states(trace: Trace) -> tuple[str, ...]:
    """The states of all stretches, each once, in the order in which they come up."""
    found: dict[str, None] = {}
    for stretch in trace.stretches:
        found.update(dict.fromkeys(stretch.experiment.rule.state))
    return tuple(found)


def read_rows(trace: Trace, start: int, stop: int) -> list[Row]:
    """Rows start … stop − 1, each with a number for every one of ``columns(trace)``."""
    stop = min(stop, len(trace))
    if start >= stop:
        return []
    deltas = trace.delta(start, stop)
    table = np.column_stack(
        (
            trace.theta(start, stop),
            trace.loss(start, stop),
            trace.gradient(start, stop),
            deltas,
            [math.hypot(*delta) for delta in deltas.tolist()],
            trace.eta(start, stop),
        )
    ).tolist()
    states = _states(trace)
    if not states:
        return [tuple(row) for row in table]
    nothing = (None,) * len(trace.parameters)
    rows: list[Row] = []
    for index, row in enumerate(table, start):
        known = trace.step(index).state
        entries = (known[name].tolist() if name in known else nothing for name in states)
        rows.append((*row, *(value for part in entries for value in part)))
    return rows


def tab_separated(trace: Trace, keys: Sequence[str], spans: Iterable[tuple[int, int]]) -> str:
    """Rows as text for a spreadsheet, with a line of titles; the numbers read back exactly.

    Parameters
    ----------
    keys : the columns that are wanted; ``t`` always comes first.
    spans : rows first … last, both included.
    """
    wanted = [(index, column) for index, column in enumerate(columns(trace)) if column.key in keys]
    lines = ["\t".join(["t", *(column.title for _, column in wanted)])]
    for first, last in spans:
        for t, row in enumerate(read_rows(trace, first, last + 1), first):
            numbers = (row[index] for index, _ in wanted)
            lines.append("\t".join([str(t), *("" if n is None else repr(n) for n in numbers)]))
    return "\n".join(lines) + "\n"
