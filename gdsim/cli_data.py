"""The options of ``gdsim run`` about data: which file, how it is written, what was read."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from typing import TYPE_CHECKING

from gdsim.core.formula.tokens import shortened
from gdsim.core.plain_text import quoted
from gdsim.core.problem import Problem

if TYPE_CHECKING:
    from gdsim.core.arrays import Floats
    from gdsim.core.data.csv_dialect import DialectChoices
    from gdsim.core.data.csv_reader import Table
    from gdsim.core.run.experiment import Experiment
    from gdsim.core.typed.problem_reading import ProblemReading

_DELIMITERS = {"tab": "\t", "\\t": "\t", "blank": " ", "space": " "}


def add_data_options(run: argparse.ArgumentParser) -> None:
    """Add the options to the command."""
    run.add_argument(
        "--data",
        metavar="FILE",
        help="a CSV file or spreadsheet; LOSS is then that of one row; - is standard input",
    )
    run.add_argument(
        "--delimiter", metavar="SIGN", help="the sign between the cells of the data; tab, blank"
    )
    run.add_argument("--decimal", metavar="SIGN", help="the sign before decimals in the data: . ,")
    run.add_argument("--encoding", metavar="NAME", help="the encoding of the data, such as utf-8")
    run.add_argument(
        "--prediction", metavar="FORMULA", help="the model, over columns and parameters"
    )
    run.add_argument(
        "--standardise",
        action="store_true",
        help="give the columns mean 0 and standard deviation 1 before learning",
    )
    run.add_argument("--batch", metavar="N", help="rows used in an update; by default all")


def read_options(
    options: argparse.Namespace, constants: Collection[str]
) -> tuple[Table | None, ProblemReading]:
    """The data to learn from, None without the option; and how the typed formulas are read.

    Parameters
    ----------
    constants : the names in the formulas that are constants.

    Raises
    ------
    Problem : if the data or a formula cannot be read, or the formulas do not read the data.
    """
    from gdsim.core.catalogue.typed_choice import read_choice

    choices = _choices(options)
    if options.data is None:
        return None, read_choice(options.loss, options.prediction, None, constants)
    from gdsim.core.data.cell_numbers import AmbiguousNumber
    from gdsim.core.data.csv_preview import preview_csv
    from gdsim.core.data.table_files import source_of
    from gdsim.core.run.dataset_source import check_is_formula, table_from

    check_is_formula(options.loss)
    try:
        preview = preview_csv(source_of(options.data, may_wait=True), choices)
        names = [column.name for column in preview.columns]
        reading = read_choice(options.loss, options.prediction, names, constants)
        return table_from(preview, *reading.texts, constants), reading
    except AmbiguousNumber as problem:
        raise Problem("{sentence}, by --decimal . or --decimal ,", sentence=problem) from None


def _choices(options: argparse.Namespace) -> DialectChoices:
    """How the data are written, as far as the options say."""
    from gdsim.core.data.csv_dialect import DialectChoices

    for name in ("delimiter", "decimal", "encoding"):
        if getattr(options, name) is not None and options.data is None:
            raise Problem("--{name} says how data are written; there is no --data", name=name)
    delimiter = options.delimiter
    if delimiter is not None:
        delimiter = _DELIMITERS.get(delimiter, delimiter)
        if len(delimiter) != 1 or delimiter in '"\r\n':
            shown = shortened(delimiter)
            raise Problem("--delimiter: {text} is not one sign", text=shown)
    if options.decimal not in (None, ".", ","):
        shown = shortened(options.decimal)
        raise Problem("--decimal: {text} is neither a point nor a comma", text=shown)
    return DialectChoices(encoding=options.encoding, delimiter=delimiter, decimal=options.decimal)


def notes(table: Table, experiment: Experiment) -> list[str]:
    """Sentences about rows left out, classes, percentages and columns that are not used."""
    sentences = []
    cell = table.first_left_out
    if cell is not None:
        said = f" says {quoted(cell.text)}" if cell.text.strip() else ""
        sentences.append(
            f"rows left out for a missing number: {table.left_out},"
            f" the first in line {cell.line}{said}"
        )
    for column in table.columns:
        if column.classes is not None:
            low, high = column.classes
            sentences.append(f"column {column.spelled}: 0 is {low}, 1 is {high}")
        elif (share := table.preview.share_in(column)) is not None:
            sentences.append(f"column {column.spelled}: {share[0]} is read as {share[1]}")
    used = {column.place for column in table.columns}
    preview = table.preview
    unused = [
        column.spelled for column in preview.columns[: preview.width] if column.place not in used
    ]
    if unused:
        parameters = ", ".join(experiment.parameters)
        sentences.append(f"unused columns: {', '.join(unused)}; parameters: {parameters}")
    return sentences


def in_units_of_the_file(before: Experiment, after: Experiment, theta: Floats) -> list[str]:
    """The parameters learnt from standardised columns for the columns as they are in the file.

    Parameters
    ----------
    before, after : the experiment before and after its columns were standardised.
    theta : (d,), the parameters that were learnt.

    Returns
    -------
    One line for each parameter; none where the model has no such parameters.
    """
    from gdsim.core.data.standardise import standardised_for_learning
    from gdsim.core.learning.original_units import unit_change
    from gdsim.core.loss.row_objective import RowObjective

    function, original = after.objective(), before.data
    if not isinstance(function, RowObjective) or original is None:
        return []
    scales = standardised_for_learning(original, function.target)[1]
    change = unit_change(function, original, scales)
    if change is None:
        return []
    values = change.of(theta).tolist()
    return [
        f"{name} in the units of the file = {value!r}"
        for name, value in zip(after.parameters, values, strict=True)
    ]
