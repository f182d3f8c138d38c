"""Sentences of the window about rows and batches, in the current language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gdsim.core.loss.many_rows import sampled_rows
from gdsim.core.loss.objective import Objective
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.number_text import grouped
from gdsim.core.run.experiment import Experiment


def of_rows(number: int) -> str:
    """The number of rows, shown after the size of a batch."""
    return QCoreApplication.translate("Data", "of {rows}").format(rows=grouped(number))


def batch_position(experiment: Experiment, t: int) -> str:
    """Epoch and batch of update ``t`` → ``t + 1``, counted from 1; empty without batches."""
    batches = experiment.batches()
    if batches is None or batches.is_whole:
        return ""
    return QCoreApplication.translate("Data", "epoch {epoch}, batch {batch} of {batches}").format(
        epoch=grouped(batches.epoch_of(t) + 1),
        batch=grouped(batches.batch_of(t) + 1),
        batches=grouped(batches.in_epoch),
    )


def batch_size(experiment: Experiment) -> str:
    """The number of rows per update, for a mark at a step where it was changed."""
    batches = experiment.batches()
    if batches is None or batches.is_whole:
        return QCoreApplication.translate("Data", "all rows")
    return QCoreApplication.translate("Data", "batch {size}").format(size=grouped(batches.size))


def studied_rows(whole: Objective, row_sample: Objective) -> str:
    """Which rows a statement about the loss is based on; empty if it is all of them."""
    if row_sample is whole or not isinstance(whole, RowObjective):
        return ""
    assert isinstance(row_sample, RowObjective)
    return QCoreApplication.translate(
        "Data", "the loss of {size} of the {rows} rows, chosen at random"
    ).format(size=grouped(row_sample.rows), rows=grouped(whole.rows))


def landscape_scope(experiment: Experiment, t: int, of_batch: bool) -> str:
    """Which rows the landscape is computed from, if not from all of them.

    With one parameter the plot also shows the losses along the path, each of its own batch.
    """
    rows = _landscape_rows(experiment, t, of_batch)
    if len(experiment.parameters) > 1 or not experiment.learns_in_parts:
        return rows
    if not rows:
        return QCoreApplication.translate(
            "Data", "Curve: all rows; points: each at the loss of its own batch"
        )
    return QCoreApplication.translate(
        "Data", "{rows}; points: each at the loss of its own batch"
    ).format(rows=rows)


def _landscape_rows(experiment: Experiment, t: int, of_batch: bool) -> str:
    batches = experiment.batches()
    if batches is None:
        return ""
    if of_batch:
        return QCoreApplication.translate(
            "Data", "Only this batch: {size} of {rows} rows ({position})"
        ).format(
            size=grouped(len(batches.rows_of(t))),
            rows=grouped(batches.rows),
            position=batch_position(experiment, t),
        )
    sampled = sampled_rows(experiment.objective())
    if sampled is None:
        return ""
    return QCoreApplication.translate(
        "Data", "Landscape of {size} of the {rows} rows, chosen at random"
    ).format(size=grouped(sampled), rows=grouped(batches.rows))
