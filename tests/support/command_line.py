"""For tests of the command line: runs the command and reads the table that it writes."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from gdsim.cli import main
from gdsim.core.run.trace import Trace

Captured = pytest.CaptureFixture[str]


def run(capsys: Captured, *words: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    try:
        status = main(["run", *words])
    except SystemExit as end:
        status = int(end.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


def table(text: str) -> tuple[list[str], np.ndarray]:
    header, *rows = csv.reader(io.StringIO(text))
    return header, np.array([[float(cell) for cell in row] for row in rows])


def columns(trace: Trace) -> np.ndarray:
    t = np.arange(len(trace), dtype=float)
    return np.column_stack([t, trace.theta(), trace.loss(), trace.gradient(), trace.delta()])
