"""Second derivatives of a loss, derived in the background once for each loss."""

from __future__ import annotations

import threading
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal, Slot

from gdsim.core.loss.many_rows import row_sample
from gdsim.core.loss.objective import Objective
from gdsim.core.problem import Problem
from gdsim.core.run.experiment import Experiment

if TYPE_CHECKING:
    from gdsim.core.taylor.derivatives import HessianForm


class Deriver(QObject):
    """Derives the second derivatives of the current loss and keeps those derived before.

    Deriving can take a second, and the plots can be drawn without it. SymPy cannot be interrupted,
    so the thread is a daemon: closing the window does not wait for it.
    """

    derived = Signal()  # the loss requested last has an answer now
    failed = Signal(object)  # a traceback

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: WeakKeyDictionary[Objective, HessianForm | Problem] = WeakKeyDictionary()
        self._waiting: Objective | None = None
        self._working: Objective | None = None
        self._done.connect(self._on_done)

    def hessian_form(self, experiment: Experiment) -> HessianForm | Problem | None:
        """The function (θ, u, v) ↦ uᵀHv of the loss, as soon as it has been derived.

        Of a mean over very many rows of data, only a sample of the rows is used.

        Returns
        -------
        HessianForm, or the Problem that says why there is none; None where it has not been derived
        yet: then ``derived`` is emitted later.
        """
        objective = row_sample(experiment.objective())
        if objective not in self._known and objective is not self._working:
            self._waiting = objective
            self._begin()
        return self._known.get(objective)

    def _begin(self) -> None:
        if self._working is None and self._waiting is not None:
            self._working, self._waiting = self._waiting, None
            threading.Thread(
                target=self._derive, args=(self._working,), name="gdsim Hessian", daemon=True
            ).start()

    def _derive(self, objective: Objective) -> None:
        from gdsim.core.taylor.derivatives import hessian_form

        answer: object
        try:
            answer = hessian_form(objective)
        except Problem as problem:
            answer = problem
        except Exception:  # a bug must be shown to the user
            answer = traceback.format_exc()
        with suppress(RuntimeError):  # the window has been closed in the meantime
            self._done.emit(objective, answer)

    @Slot(object, object)
    def _on_done(self, objective: Objective, answer: HessianForm | Problem | str) -> None:
        self._working = None
        if isinstance(answer, str):
            self.failed.emit(answer)
            answer = Problem("this formula has no derivative that can be computed in the reals")
        self._known[objective] = answer
        self._begin()
        self.derived.emit()
