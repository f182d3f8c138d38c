"""What the columns of a file hold: numbers, two classes, several kinds of text, or other text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gdsim.core.data.cell_numbers import Cell, number
from gdsim.core.data.column_names import column_names, spelled_name
from gdsim.core.data.csv_dialect import Row
from gdsim.core.formula.names import plain_name
from gdsim.core.plain_text import plain_text

MOST_KINDS = 12
"""Kinds of text in a column for which each can be told from the others."""

_MISSING = frozenset(("", "na", "n/a", "nan", "null", "?"))
# Of two texts the one that means yes becomes class 1.
_YES = frozenset(
    "1 + y yes t true on positive pos j ja wahr o oui vrai s si sí sì да 是 对 真 有".split()
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file, or a class that is made from one.

    Attributes
    ----------
    name, title : as formulas read it; as the file calls it, empty without titles.
    place : which cell of a row it is read from.
    is_numeric : whether it holds more numbers than anything else, as far as has been looked.
    classes : the texts that become 0 and 1; None for numbers and for text of other kinds.
    kinds : the different texts of a column with three or more of them, in alphabetical order.
    kind : for a class made from such a column: the text that becomes 1, all others becoming 0.
    odd_cell : the first cell that is neither empty nor a number; None for a class.
    """

    name: str
    title: str
    place: int
    is_numeric: bool
    classes: tuple[str, str] | None = None
    kinds: tuple[str, ...] = ()
    kind: str | None = None
    odd_cell: Cell | None = None

    @property
    def is_usable(self) -> bool:
        """Whether each cell can become a number."""
        return self.is_numeric or self.classes is not None

    @property
    def spelled(self) -> str:
        """The name as a person types it into a formula."""
        return spelled_name(self.name, self.title)

    @property
    def shown(self) -> str:
        """The name as a person reads it: ``Test_1``, ``θ₁``."""
        return plain_name(self.name) if self.spelled == self.name else self.spelled

    def value(self, cell: str, decimal: str) -> float | None:
        """The number that a cell becomes; None if there is none."""
        if self.classes is None:
            return number(cell, decimal)
        key = _key(cell)
        if self.kind is not None:
            return None if key in _MISSING else float(key == _key(self.kind))
        low, high = map(_key, self.classes)
        return {low: 0.0, high: 1.0}.get(key)


def columns_of(
    titles: Sequence[str], rows: Sequence[Row], decimal: str
) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The columns of a file with these titles and rows, and the classes of its columns of text.

    A column of two texts is a class itself. With three or more, of which some come again, each
    makes a class: ``kind_setosa`` is 1 where ``kind`` is setosa and 0 elsewhere.
    """
    names = column_names(titles)
    columns = []
    for place, (name, title) in enumerate(zip(names, titles, strict=True)):
        cells = [Cell(row.cells[place], row.line) for row in rows if place < len(row.cells)]
        columns.append(_column(name, title, place, cells, decimal))
    made = [(column, kind) for column in columns for kind in column.kinds if not column.is_usable]
    titles_of_kinds = [f"{column.title or column.name} = {kind}" for column, kind in made]
    more = column_names([*names, *(f"{column.name} {kind}" for column, kind in made)])
    classes = tuple(
        Column(
            name,
            title,
            column.place,
            False,
            (_others(column, kind), kind),
            (),
            kind,
        )
        for (column, kind), name, title in zip(
            made, more[len(names) :], titles_of_kinds, strict=True
        )
    )
    return tuple(columns), classes


def _others(column: Column, kind: str) -> str:
    return " / ".join(other for other in column.kinds if other != kind)


def _column(name: str, title: str, place: int, cells: Sequence[Cell], decimal: str) -> Column:
    filled = [cell for cell in cells if cell.text.strip()]
    odd = [cell for cell in filled if number(cell.text, decimal) is None]
    if 2 * len(odd) < len(filled):
        return Column(name, title, place, True, odd_cell=odd[0] if odd else None)
    kinds: dict[str, str] = {}
    count = 0
    for cell in filled:
        key = _key(cell.text)
        if key not in _MISSING:
            count += 1
            kinds.setdefault(key, plain_text(cell.text.strip()))
    first = odd[0] if odd else None
    if len(kinds) == 2:
        low, high = sorted(kinds, key=lambda key: (key in _YES, key))
        return Column(name, title, place, False, (kinds[low], kinds[high]))
    if 2 < len(kinds) <= min(MOST_KINDS, count - 1):
        ordered = tuple(kinds[key] for key in sorted(kinds))
        return Column(name, title, place, False, kinds=ordered, odd_cell=first)
    return Column(name, title, place, False, odd_cell=first)


def _key(text: str) -> str:
    """What two spellings of one kind have in common: Yes and yes."""
    return plain_text(text).strip().casefold()
