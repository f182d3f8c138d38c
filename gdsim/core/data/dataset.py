"""A data set: named columns of numbers, read-only, compared by content."""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gdsim.core.arrays import Floats
from gdsim.core.formula.notation import canonical_name
from gdsim.core.formula.tokens import is_name
from gdsim.core.number_text import grouped
from gdsim.core.problem import Problem

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


MAX_ROWS = 1_000_000
MAX_COLUMNS = 64

PREDICTION = "prediction"
"""The name of the model's output in the loss of a row."""


class Dataset:
    """n rows in named columns of float64.

    Parameters
    ----------
    name : shown to the user, such as the name of the file.
    columns : name → (n,) finite numbers; each name in canonical spelling (``x1``, ``theta2``).
    classes : name → what 0 and 1 stand for, for columns that were text.

    Raises
    ------
    Problem : if a name cannot be used in a formula, or the columns do not all hold the same
        number n ≥ 1 of finite numbers.
    """

    def __init__(
        self,
        name: str,
        columns: Mapping[str, npt.ArrayLike],
        classes: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        if not columns:
            raise Problem("the data have no column")
        if len(columns) > MAX_COLUMNS:
            raise Problem("the data have more than {most} columns", most=MAX_COLUMNS)
        self.name = name
        self.columns: Mapping[str, Floats] = MappingProxyType(
            {column: _checked(column, values) for column, values in columns.items()}
        )
        self.classes: Mapping[str, tuple[str, str]] = MappingProxyType(dict(classes or {}))
        lengths = {len(values) for values in self.columns.values()}
        if len(lengths) > 1:
            raise Problem("the columns of the data differ in length")
        (self.rows,) = lengths
        if not self.rows:
            raise Problem("the data have no row")
        if self.rows > MAX_ROWS:
            raise Problem("the data have more than {most} rows", most=grouped(MAX_ROWS))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self.columns)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset):
            return NotImplemented
        return self is other or self._digest == other._digest

    def __hash__(self) -> int:
        return hash(self._digest)

    def __repr__(self) -> str:
        return f"Dataset({self.name!r}, {self.rows} rows of {', '.join(self.columns)})"

    @cached_property
    def _digest(self) -> bytes:
        """A digest of the names, of what classes stand for and of all bits of the numbers."""
        import hashlib  # it takes 5 ms, and the first function has no data

        digest = hashlib.blake2b(digest_size=16)
        classes = [text for name in sorted(self.classes) for text in (name, *self.classes[name])]
        for text in (self.name, *self.columns, *classes):
            encoded = text.encode("utf-8", "surrogatepass")
            digest.update(struct.pack("<q", len(encoded)) + encoded)
        for values in self.columns.values():
            digest.update(values.astype("<f8", copy=False).tobytes())
        return digest.digest()

    def as_values(self) -> dict[str, Any]:
        """The data set as plain texts and numbers, for a document."""
        columns = {column: values.tolist() for column, values in self.columns.items()}
        values: dict[str, Any] = {"name": self.name, "columns": columns}
        if self.classes:
            values["classes"] = {column: list(names) for column, names in self.classes.items()}
        return values

    @classmethod
    def from_values(cls, values: Any) -> Dataset:
        """The data set that :meth:`as_values` wrote.

        Raises
        ------
        Problem : if the values do not have that form.
        """
        match values:
            case {"name": str(name), "columns": dict(columns), **rest} if not rest:
                return cls(name, columns)
            case {
                "name": str(name),
                "columns": dict(columns),
                "classes": dict(classes),
                **rest,
            } if not rest and _are_classes(classes, columns):
                return cls(name, columns, {key: tuple(pair) for key, pair in classes.items()})
        raise Problem("a data set has a name and columns of numbers")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        def read(given: Any) -> Dataset:
            return given if isinstance(given, Dataset) else cls.from_values(given)

        return core_schema.no_info_plain_validator_function(
            read,
            serialization=core_schema.plain_serializer_function_ser_schema(cls.as_values),
        )


def _are_classes(classes: dict[Any, Any], columns: dict[Any, Any]) -> bool:
    return all(
        name in columns
        and isinstance(pair, list | tuple)
        and len(pair) == 2
        and all(isinstance(text, str) for text in pair)
        for name, pair in classes.items()
    )


def _checked(column: str, values: npt.ArrayLike) -> Floats:
    """The column as a read-only copy."""
    if not is_name(column) or canonical_name(column) != column or column == PREDICTION:
        raise Problem("{text} cannot be the name of a column", text=column)
    try:
        numbers = np.array(values, dtype=np.float64, order="C")
    except (TypeError, ValueError, OverflowError):
        numbers = np.array([math.nan])
    if numbers.ndim != 1 or not np.isfinite(numbers).all():
        raise Problem("column {name} holds a value that is not a finite number", name=column)
    numbers.flags.writeable = False
    return numbers


def is_two_classes(target: Floats) -> bool:
    """Whether a column holds class labels: 0 and 1, or −1 and 1."""
    if not len(target):
        return False
    low, high = float(target.min()), float(target.max())
    if (low, high) not in ((0.0, 1.0), (-1.0, 1.0)):
        return False
    return bool(((target == low) | (target == high)).all())
