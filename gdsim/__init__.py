"""gdsim, a gradient-descent simulator for the classroom.

>>> import gdsim
>>> trace = gdsim.descend("(theta - 3)^2", start=[0.0], eta=0.1)
>>> trace.theta(0, 3).ravel().tolist()
[0.0, 0.6000000000000001, 1.08]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gdsim.core.problem import Problem as Problem
    from gdsim.core.run.descend import descend as descend
    from gdsim.core.run.experiment import Experiment as Experiment
    from gdsim.core.run.trace import Trace as Trace
    from gdsim.core.verdict.report import report_end as report_end

__all__ = ["Experiment", "Problem", "Trace", "descend", "report_end"]

_HOME = {
    "descend": "gdsim.core.run.descend",
    "Experiment": "gdsim.core.run.experiment",
    "Problem": "gdsim.core.problem",
    "Trace": "gdsim.core.run.trace",
    "report_end": "gdsim.core.verdict.report",
}


def __getattr__(name: str) -> Any:
    """Import the mathematics only when it is first used, so that ``import gdsim`` is fast."""
    if name in _HOME:
        import importlib

        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'gdsim' has no attribute {name!r}")
