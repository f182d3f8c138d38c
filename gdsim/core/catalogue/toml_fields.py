"""Reads the files of named entries in resources/catalogue, and checks each field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from gdsim import resources

ENGLISH = "en"
"""The language in which every text stands, and that is shown for one which another lacks."""

_LANGUAGE = re.compile(r"[a-z]{2,3}")  # an ISO 639 code


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """The fields of every entry: its key, its name, and a note of one sentence.

    ``name`` and ``note`` map each language ("en", "zh") to text.
    """

    key: str
    name: Mapping[str, str]
    note: Mapping[str, str]


Entry = TypeVar("Entry", bound=NamedEntry)


def load(file: str, build: Callable[[Fields], Entry]) -> Mapping[str, Entry]:
    """The entries of a file by key, in its order.

    Raises
    ------
    ValueError : the file is malformed; the sentence names the entry and what is wrong in it.
    """
    entries: dict[str, Entry] = {}
    try:
        tables = tomllib.loads(resources.text("catalogue", file))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file}: {error}") from None
    for key, table in tables.items():
        if not isinstance(table, dict):
            raise ValueError(f"{file}, [{key}]: expected a table of fields")
        fields = Fields(file, key, table)
        entries[key] = build(fields)
        fields.refuse_unknown()
    return MappingProxyType(entries)


class Fields:
    """The fields of one entry, read one by one.

    Each method removes a field and returns its value; it raises ValueError where the field is
    missing or not of the expected form.

    Parameters
    ----------
    file, key : the position of the entry, for error messages.
    table : the entry as it was read from TOML.
    """

    def __init__(self, file: str, key: str, table: Mapping[str, Any]) -> None:
        self._key = key
        self._where = f"{file}, [{key}]"
        self._left = dict(table)

    def error(self, field: str, expected: str) -> ValueError:
        """The error that says what was expected of a field; the caller raises it."""
        return ValueError(f"{self._where}, {field}: expected {expected}")

    def named(self) -> dict[str, Any]:
        """The fields of :class:`NamedEntry`."""
        return {
            "key": self._key,
            "name": self.languages("name"),
            "note": self.languages("note"),
        }

    def take(self, field: str) -> object:
        """The value in the file, unchecked."""
        if field not in self._left:
            raise ValueError(f"{self._where}: {field} is missing")
        return self._left.pop(field)

    def refuse_unknown(self) -> None:
        """Raise ValueError where fields are left that no method has read: they are mistyped."""
        if self._left:
            raise ValueError(f"{self._where}: unknown {', '.join(self._left)}")

    def text(self, field: str) -> str:
        value = self.take(field)
        if not isinstance(value, str) or not value:
            raise self.error(field, "text")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        value = self.take(field)
        if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
            raise self.error(field, "a list of texts")
        return tuple(value)

    def table(self, field: str) -> Mapping[str, Any]:
        value = self.take(field)
        if not isinstance(value, dict):
            raise self.error(field, "a table")
        return value

    def languages(self, field: str) -> Mapping[str, str]:
        """Text by language; English is required."""
        value = self.table(field)
        if ENGLISH not in value or not all(
            _LANGUAGE.fullmatch(language) and isinstance(text, str) and text
            for language, text in value.items()
        ):
            raise self.error(field, 'text by language, as in en = "…", with English among them')
        return MappingProxyType(dict(value))

    def number(self, field: str) -> float:
        (value,) = self.point(field, [self.take(field)], 1)
        return value

    def optional_number(self, field: str) -> float | None:
        return self.number(field) if field in self._left else None

    def flag(self, field: str) -> bool:
        """A Boolean; false where the field is omitted."""
        value = self._left.pop(field, False)
        if not isinstance(value, bool):
            raise self.error(field, "true or false")
        return value

    def numbers(self, field: str) -> Mapping[str, float]:
        value = self.table(field)
        values = self.point(field, list(value.values()), len(value))
        return MappingProxyType(dict(zip(value, values, strict=True)))

    def optional_numbers(self, field: str) -> Mapping[str, float]:
        """Named numbers, none where the field is left out."""
        return self.numbers(field) if field in self._left else MappingProxyType({})

    def items(self, field: str) -> list[Any]:
        """A list; empty where the field is omitted."""
        value = self._left.pop(field, [])
        if not isinstance(value, list):
            raise self.error(field, "a list")
        return value

    def point(self, field: str, value: object, dimension: int) -> tuple[float, ...]:
        """``value`` as ``dimension`` numbers: TOML floats or integers, but not Booleans."""
        if (
            not isinstance(value, list)
            or len(value) != dimension
            or not all(type(v) in (int, float) for v in value)
        ):
            raise self.error(field, f"{dimension} number" + ("" if dimension == 1 else "s"))
        return tuple(float(v) for v in value)
