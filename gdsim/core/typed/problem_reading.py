"""The loss and the model as they were typed, read together."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gdsim.core.formula.expression import (
    Call,
    Name,
    Negate,
    Node,
    Power,
    Product,
    Sum,
    names_in,
)
from gdsim.core.formula.notation import parse
from gdsim.core.problem import Problem
from gdsim.core.typed.reading import Reading, read_typed


@dataclass(frozen=True, slots=True)
class ProblemReading:
    """What is to be minimised: the readings of the loss and, if there is one, of the model."""

    loss: Reading
    prediction: Reading | None

    @property
    def texts(self) -> tuple[str, str | None]:
        """Loss and model in the notation."""
        return self.loss.text, None if self.prediction is None else self.prediction.text

    @property
    def rewritten(self) -> Sequence[Reading]:
        """The readings that are not literal."""
        both = (self.loss, self.prediction)
        return [reading for reading in both if reading is not None and not reading.is_literal]


def read_problem(
    loss: str | Reading,
    prediction: str | Reading | None,
    columns: Collection[str] | None,
    *,
    constants: Collection[str] = (),
    parameters: Collection[str] = (),
) -> ProblemReading:
    """The readings of a typed loss and model; one that has been read before stays as it is.

    Parameters
    ----------
    columns : the names of the data's columns; None without data.
    constants : the names of constants.
    parameters : the parameters before this, whose names stay whole too.

    Raises
    ------
    Problem : as :func:`gdsim.core.typed.reading.read_typed`, and where a name that only the loss of
        a row reads could be learned without end.
    """
    names = {*(columns or ()), *constants, *parameters}
    if isinstance(prediction, str):
        prediction = read_typed(prediction, names)
    if isinstance(loss, str) and columns is None:
        loss = read_typed(loss, names)
    elif isinstance(loss, str):
        targets = () if prediction is None else columns or ()
        names.add("prediction")
        loss = read_typed(loss, names, targets=targets, is_loss_of_row=True)
    found = ProblemReading(loss, prediction)
    if columns is not None:
        _refuse_endless(found, {*(columns or ()), *constants, "prediction"})
    return found


def _refuse_endless(reading: ProblemReading, known: Collection[str]) -> None:
    """Refuse the weight of a penalty that would be learned, as λ in (prediction − y)² + λb²."""
    if reading.prediction is None:
        return
    try:
        loss = parse(reading.loss.text, extra_functions=("crossentropy",)).root
        learned = parse(reading.prediction.text).names
    except Problem:
        return  # said where the formulas are put together
    for name in sorted(names_in(loss).difference(known, learned)):
        if _degree(loss, name) == 1:
            raise Problem(
                "{name} would be learned, and the loss falls without end along it; make it a"
                " constant, or write a number in its place",
                name=name,
            )


def _degree(node: Node, name: str) -> float:
    """The degree of a tree as a polynomial of one name; infinite where it is none."""
    if name not in names_in(node):
        return 0.0
    match node:
        case Name():
            return 1.0
        case Negate(operand):
            return _degree(operand, name)
        case Sum(terms):
            return max(_degree(term, name) for _, term in terms)
        case Product(factors):
            if any(power < 0 and name in names_in(factor) for power, factor in factors):
                return math.inf
            return sum(_degree(factor, name) for _, factor in factors)
        case Power() | Call():
            return math.inf
    raise AssertionError(node)
