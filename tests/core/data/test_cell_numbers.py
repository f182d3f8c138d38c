"""A number in a cell is read as it was meant, or it is said that it has two meanings."""

from __future__ import annotations

import csv
import io
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdsim.core.data.cell_numbers import DECIMALS, AmbiguousNumber, Cell, SignEvidence, number
from gdsim.core.data.csv_dialect import DELIMITERS, DialectChoices
from gdsim.core.data.csv_preview import preview_csv
from gdsim.core.data.csv_reader import read_columns, read_csv
from gdsim.core.data.table_source import pasted

THIN, NARROW, NO_BREAK = "\u2009", "\u202f", "\u00a0"
OTHER = {".": ",", ",": "."}


@pytest.mark.parametrize(
    ("cell", "with_point", "with_comma"),
    [
        ("950", 950, 950),
        ("1.024", 1.024, 1024),
        ("1,024", 1024, 1.024),
        ("1,410,500", 1410500, None),
        ("1.410.500,25", None, 1410500.25),
        ("1,00,000", 100000, None),
        ("12,34,567.5", 1234567.5, None),
        ("1 024", 1024, 1024),
        (f"1{THIN}024{THIN}000", 1024000, 1024000),
        (f"1{NARROW}024,5", None, 1024.5),
        (f"1{NO_BREAK}024.5", 1024.5, None),
        ("1'024.50", 1024.5, None),
        ("1’024", 1024, 1024),
        ("0,950", None, 0.95),
        ("$3504", 3504, 3504),
        ("5 €", 5, 5),
        ("-$5", -5, -5),
        ("$ -5", -5, -5),
        ("($1,024.50)", -1024.5, None),
        ("R$ 1.234,56", None, 1234.56),
        ("￥100", 100, 100),
        ("Rs. 1,00,000", 100000, None),
        ("12%", 0.12, 0.12),
        ("12,5 %", None, 0.125),
        ("3‰", 0.003, 0.003),
        ("−2", -2, -2),
        ("1.5e3", 1500, None),
        ("１２", 12, 12),
    ],
)
def test_a_number_is_read_for_each_decimal_sign(
    cell: str, with_point: float | None, with_comma: float | None
) -> None:
    assert number(cell, ".") == with_point
    assert number(cell, ",") == with_comma


@pytest.mark.parametrize("decimal", DECIMALS)
@pytest.mark.parametrize(
    "cell",
    [
        *"(5) 1_0 nan inf 1e999 0x10 10² 1.2.3 1,23,4 12,345,67 5-2 -- $ % 1'2 $5€".split(),
        *["", "-", "1 2", "1 00 000", "12 km", "5 5", "2024-05-01", "12:30", "01 024"],
        "May 1 2024",
    ],
)
def test_what_is_no_number_is_none(cell: str, decimal: str) -> None:
    assert number(cell, decimal) is None


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(DECIMALS))
def test_what_python_writes_is_read_to_the_last_bit(value: float, decimal: str) -> None:
    read = number(repr(value).replace(".", decimal), decimal)
    assert read == value
    assert math.copysign(1, read) == math.copysign(1, value)


def grouped(value: float, sign: str, decimal: str) -> str:
    """A number with groups of three digits, as spreadsheets write it."""
    return f"{value:,.2f}".replace(",", "§").replace(".", decimal).replace("§", sign)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(*[st.integers(-(10**12), 10**12).map(lambda n: n / 100)] * 2),
        min_size=2,
        max_size=8,
    ),
    st.sampled_from(DELIMITERS),
    st.sampled_from(DECIMALS),
    st.sampled_from(["", " ", THIN, NARROW, NO_BREAK, "'", "’", "other"]),
    st.sampled_from(["", "$", "€", "%"]),
)
def test_a_table_with_any_thousands_sign_is_read_back(
    rows: list[tuple[float, float]], delimiter: str, decimal: str, sign: str, unit: str
) -> None:
    if delimiter == " " and (sign.isspace() or sign == ""):
        sign = "other"  # blanks cannot separate both cells and digits
    sign = OTHER[decimal] if sign == "other" else sign
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["x", "y"])
    for row in rows:
        cells = [grouped(value, sign, decimal) for value in row]
        writer.writerow([cell + unit if unit in "%" else unit + cell for cell in cells])
    table = read_csv(pasted(text.getvalue()))
    factor = 100 if unit == "%" else 1
    assert table.left_out == 0
    assert np.allclose(np.column_stack(table.values) * factor, rows, rtol=1e-15, atol=1e-300)


AMBIGUOUS = {
    "x;y\n950;3\n1.024;4\n2.048;5\n": ("1.024", 3),
    "x,y\n950,95.000\n1.024,250.000\n": ("95.000", 2),
    "x;y\n1,234;3\n2,345;4\n": ("1,234", 2),
    '"x","y"\n"3","1,234"\n': ("1,234", 2),
    "x\ty\n1.234\t1\n950\t2\n": ("1.234", 2),
    "# prices\n\nx;y\n7;8\n1.000;2.000\n": ("1.000", 5),
    # Only after thousands of rows does a sign appear.
    "x;y\n" + "7;8\n" * 30_000 + "1.024;8\n": ("1.024", 30_002),
}


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_a_number_with_two_meanings_is_asked_for_once(text: str) -> None:
    cell, line = AMBIGUOUS[text]
    with pytest.raises(AmbiguousNumber, match=f"^line {line} says “{cell}”") as caught:
        read_csv(pasted(text))
    assert caught.value.cell == Cell(cell, line)
    for decimal in DECIMALS:
        table = read_csv(pasted(text), DialectChoices(decimal=decimal))
        assert table.left_out == 0
        wanted = float(caught.value.readings[decimal])
        assert any(wanted in values for values in table.values)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        # One cell of one meaning decides for all.
        ("x;y\n1.024;3\n2.048;1,5\n", [[1024, 2048], [3, 1.5]]),
        ("x;y\n1.024;3\n2.048;1.5\n", [[1.024, 2.048], [3, 1.5]]),
        ("x;y\n1.024;3\n1.410.500;4\n", [[1024, 1410500], [3, 4]]),
        ("x;y\n1,024;3\n0,5;4\n", [[1.024, 0.5], [3, 4]]),
        ("x;y\n1.024,5;3\n2.048;4\n", [[1024.5, 2048], [3, 4]]),
        # Three decimals everywhere, where commas separate the cells.
        ("x,y\n1.234,5.678\n2.345,6.789\n", [[1.234, 2.345], [5.678, 6.789]]),
        # Even a cell that comes late.
        ("x;y\n" + "7;8\n" * 30_000 + "1.024;8\n7;0,5\n", [[7, 1024], [8, 0.5]]),
    ],
)
def test_the_cells_of_a_file_decide_together(text: str, columns: list[list[float]]) -> None:
    table = read_csv(pasted(text))
    assert table.left_out == 0
    assert [sorted(set(values.tolist())) for values in table.values] == [
        sorted(column) for column in columns
    ]


def test_a_doubt_in_a_column_that_is_not_read_is_no_doubt() -> None:
    preview = preview_csv(pasted("x;y;z\n1;2;1.024\n3;4;950\n"))
    assert preview.doubt == Cell("1.024", 2)
    assert [values.tolist() for values in read_columns(preview, (0, 1)).values] == [[1, 3], [2, 4]]


def test_the_majority_decides_between_contradictions() -> None:
    evidence = SignEvidence()
    evidence.add_column(["1.5", "2,5", "3,5", "1.024"], [1, 2, 3, 4])
    assert evidence.decimal() == ","
    assert evidence.doubt(";") is None
