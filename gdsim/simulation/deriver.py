"""Second derivatives worked out away from the window, once for each function."""

from __future__ import annotations

import threading
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal, Slot

from gdsim.core.loss.many_rows import studied
from gdsim.core.loss.objective import Objective
from gdsim.core.problem import Problem
from gdsim.core.run.experiment import Experiment

if TYPE_CHECKING:
    from gdsim.core.taylor.derivatives import SecondForm


class Deriver(QObject):
    """Has the Hessian of a function, as soon as it has been worked out.

    It is wanted beside the picture, never for it, and can take a second. SymPy cannot be
    interrupted, so the thread is a daemon: closing the window does not wait for it.
    """

    derived = Signal()  # the function asked for last has an answer now
    failed = Signal(object)  # the text of a bug

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: WeakKeyDictionary[Objective, SecondForm | Problem] = WeakKeyDictionary()
        self._waiting: Objective | None = None
        self._working: Objective | None = None
        self._done.connect(self._on_done)

    def second_form(self, experiment: Experiment) -> SecondForm | Problem | None:
        """uᵀHv of the function, or why there is none; None: not yet, ``derived`` will follow.

        Of a mean over very many rows it is that of some of them.
        """
        objective = studied(experiment.objective())
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
        from gdsim.core.taylor.derivatives import second_form

        answer: object
        try:
            answer = second_form(objective)
        except Problem as problem:
            answer = problem
        except Exception:  # a bug must reach the person
            answer = traceback.format_exc()
        with suppress(RuntimeError):  # the window was closed meanwhile
            self._done.emit(objective, answer)

    @Slot(object, object)
    def _on_done(self, objective: Objective, answer: SecondForm | Problem | str) -> None:
        self._working = None
        if isinstance(answer, str):
            self.failed.emit(answer)
            answer = Problem("this formula has no derivative that can be computed in the reals")
        self._known[objective] = answer
        self._begin()
        self.derived.emit()
