"""A trace as comma-separated text that reads back to the same numbers."""

from __future__ import annotations

from typing import Protocol

from gdsim.core.run.trace import Trace


class Writable(Protocol):
    """Whatever text can be written to."""

    def write(self, text: str, /) -> object:
        """Take the text."""


def write_header(trace: Trace, file: Writable) -> None:
    """``t``, each parameter, ``loss``, ``grad_NAME`` …, ``step_NAME`` …"""
    names = trace.parameters
    columns = ["t", *names, "loss"]
    columns += [f"grad_{name}" for name in names] + [f"step_{name}" for name in names]
    file.write(",".join(columns) + "\n")


def write_rows(trace: Trace, file: Writable, start: int, stop: int) -> None:
    """Rows start … stop − 1; row t is the state before update t + 1."""
    columns = (
        trace.theta(start, stop).tolist(),
        trace.loss(start, stop).tolist(),
        trace.gradient(start, stop).tolist(),
        trace.delta(start, stop).tolist(),
    )
    for row, (theta, loss, gradient, delta) in enumerate(zip(*columns, strict=True), start):
        numbers = map(repr, (*theta, loss, *gradient, *delta))
        file.write(f"{row},{','.join(numbers)}\n")
