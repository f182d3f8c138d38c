"""The list of runs: loading, changing, adding and removing them, and the thread they run on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QThread, Signal, Slot

from gdsim.core.problem import Problem
from gdsim.core.race.line_ups import followed
from gdsim.core.run.experiment import Experiment
from gdsim.core.run.trace import Trace
from gdsim.simulation.frame_watch import FrameWatch
from gdsim.simulation.player import Player
from gdsim.simulation.run_requests import BranchedRun, CopiedRun, NewRun, ResumedRun, RunRequest
from gdsim.simulation.runs import Run
from gdsim.simulation.threads import SHUTDOWN_TIMEOUT_MS
from gdsim.simulation.worker import Worker

_MAX_FUTURES = 12  # of one run; beyond, the oldest is forgotten


class Runner(Player):
    """Owns the worker's thread and requests runs from it; the base class moves through their rows.

    Every request has a number, its generation. An answer is ignored for a run that has been
    requested again since.
    """

    trace_changed = Signal(object)  # Trace: of another run, or another trace of the selected one
    runs_changed = Signal()  # the list of runs, their experiments, or which one is selected
    became_idle = Signal()  # every row that was requested has been computed
    failed = Signal(object)  # Problem or a traceback; the last good run stays
    futures_changed = Signal()  # the traces to which the user can return

    _load = Signal(object, object, bool)
    _remove = Signal(object)
    _reserve = Signal(object)
    _resume = Signal()
    _finish = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = 0
        self._row_after_load = 0
        self.is_loading = False  # runs from the start are being loaded; no rows can be shown yet
        self._select_after_load: int | None = None  # the key of a run
        # The runs and the selected one before a race, in case the race cannot be loaded.
        self._previous: tuple[tuple[Run, ...], Run | None] | None = None
        self._frames = FrameWatch(self)
        self._frames.drawn.connect(self._resume)
        self._start_thread()

    def _start_thread(self) -> None:
        self._thread = QThread(self)
        self._thread.setObjectName("gdsim descent")
        self._worker = Worker()
        self._worker.moveToThread(self._thread)
        self._load.connect(self._worker.load)
        self._remove.connect(self._worker.remove)
        self._reserve.connect(self._worker.reserve)
        self._advance_to.connect(self._worker.advance_to)
        self._resume.connect(self._worker.resume)
        self._finish.connect(self._worker.finish)
        self._worker.loaded.connect(self._on_loaded)
        self._worker.published.connect(self._on_published)
        self._worker.became_idle.connect(self._on_idle)
        self._worker.failed.connect(self._on_failed)
        self._thread.start()

    def shut_down(self) -> None:
        """Stop the thread; afterwards the runner cannot be used."""
        self._timer.stop()
        self._frames.stop()
        self.playing = False
        self._generation += 1
        self._finish.emit()
        self._thread.wait(SHUTDOWN_TIMEOUT_MS)

    # Starting all runs

    def load(self, experiment: Experiment) -> None:
        """Start the selected run from its start point, paused, and the others on the same loss."""
        if not self.runs:
            self.race((experiment,))
            return
        experiments = self._experiments_with(experiment)
        if experiments is not None:
            for run, changed in zip(self.runs, experiments, strict=True):
                run.experiment = changed
            self._load_all()

    def race(self, experiments: Sequence[Experiment]) -> None:
        """Replace all runs by these, paused at their start; the first is selected."""
        if self._previous is None:
            self._previous = (self.runs, self.selected)
        self._run_list.all = tuple(map(self._run_list.make, experiments))
        self._run_list.selected = self.runs[0]
        self._load_all()

    def _load_all(self) -> None:
        self.pause()
        self._row_after_load = 0
        self._postponed.clear()
        self.is_loading = True
        self._select_after_load = None
        for run in self.runs:
            run.futures_after_load = ()
        self._request({run: NewRun(run.experiment) for run in self.runs}, alone=True)

    def _experiments_with(self, experiment: Experiment) -> list[Experiment] | None:
        """The experiments of all runs when the selected one becomes ``experiment``.

        None where one of them is not possible; the problem is then reported.
        """
        selected = self._run_list.selected
        assert selected is not None
        try:
            return [
                experiment
                if run is selected
                else followed(
                    run.experiment,
                    selected.experiment,
                    experiment,
                    shares_start=not (run.has_own_start or selected.has_own_start),
                )
                for run in self.runs
            ]
        except Problem as problem:
            self.failed.emit(problem)
            return None

    # Changes and futures

    def change(self, experiment: Experiment) -> None:
        """Apply other settings from the shown row on; rows computed after it become a future.

        Settings that the runs of a race share are changed for the other runs too.
        """
        if self.trace is None or self.is_loading:
            self.load(experiment)
            return
        experiments = self._experiments_with(experiment)
        if experiments is None:
            return
        self._row_after_load = self.row
        self._postponed.clear()
        requests: dict[Run, RunRequest] = {}
        for run, changed in zip(self.runs, experiments, strict=True):
            if changed != run.experiment or run is self.selected:
                run.experiment = changed
                requests[run] = self._branch(run)
        self._request(requests)

    def _branch(self, run: Run) -> RunRequest:
        if run.trace is None:
            return NewRun(run.experiment)
        shown = run.shown(self.row)
        kept = (*run.futures, run.trace) if run.last > shown else run.futures
        run.futures_after_load = kept[-_MAX_FUTURES:]
        return BranchedRun(run.trace, shown, run.experiment)

    def resume_future(self, trace: Trace) -> None:
        """Return to a future of the selected run; its current trace becomes one instead."""
        run = self._run_list.selected
        if run is None or run.trace is None or self.is_loading or trace not in run.futures:
            return
        self.pause()
        self._row_after_load = self.row
        self._postponed.clear()
        others = tuple(other for other in run.futures if other is not trace)
        run.futures_after_load = (*others, run.trace)
        self._request({run: ResumedRun(trace)})

    def forget_future(self, trace: Trace) -> None:
        """Delete a future of the selected run."""
        run = self._run_list.selected
        if run is None or trace not in run.futures:
            return
        run.futures = tuple(other for other in run.futures if other is not trace)
        self._reserve.emit(self._run_list.futures_bytes())
        self.futures_changed.emit()

    # Adding, removing and selecting runs

    def add(self, experiment: Experiment) -> None:
        """Add a run from its start; it catches up with the others and becomes the selected one."""
        self._join(experiment, NewRun(experiment))

    def duplicate(self) -> None:
        """Add a copy of the selected run with all its rows; it becomes the selected one."""
        if self.trace is not None:
            self._join(self.trace.experiment, CopiedRun(self.trace))

    def _join(self, experiment: Experiment, request: RunRequest) -> None:
        if self.selected is None or self.is_loading:
            return
        run = self._run_list.make(experiment)
        run.has_own_start = self.selected.has_own_start
        place = self.runs.index(self.selected) + 1
        self._run_list.all = (*self.runs[:place], run, *self.runs[place:])
        self._select_after_load = run.key
        self._row_after_load = self.row
        self._request({run: request})

    def remove(self, key: int) -> None:
        """Remove a run from the race; the last run cannot be removed."""
        run = self._run_list.find(key)
        if run is None or len(self.runs) == 1 or self.is_loading:
            return
        was_selected = run is self.selected
        self._run_list.remove(run)
        self._remove.emit(key)
        self._reserve.emit(self._run_list.futures_bytes())
        if was_selected and self.trace is not None:
            self.trace_changed.emit(self.trace)
        self.runs_changed.emit()
        if not self.is_pending:
            self._move_to(self._target)
            self._run_postponed()

    def select(self, key: int) -> None:
        """Show another run in the readout and the setup panel."""
        run = self._run_list.find(key)
        if run is None or run is self.selected or run.trace is None or self.is_loading:
            return
        self._select_after_load = None
        self._run_list.selected = run
        self.trace_changed.emit(run.trace)
        self.runs_changed.emit()

    def set_own_start(self, key: int, is_own: bool) -> None:
        """Set whether a run has a start point of its own or the one that the other runs share."""
        run = self._run_list.find(key)
        if run is not None:
            run.has_own_start = is_own
            self.runs_changed.emit()

    # Requests and answers

    def _request(self, requests: Mapping[Run, RunRequest], *, alone: bool = False) -> None:
        self._generation += 1
        for run in requests:
            run.generation = self._generation
            run.is_pending = True
        by_key = {run.key: request for run, request in requests.items()}
        self._load.emit(self._generation, by_key, alone)

    @Slot(object, object)
    def _on_loaded(self, generation: int, traces: Mapping[int, Trace]) -> None:
        arrived = [run for run in self.runs if run.key in traces and run.generation == generation]
        if not arrived:
            return
        for run in arrived:
            run.receive(traces[run.key])
            if run.key == self._select_after_load:
                self._run_list.selected, self._select_after_load = run, None
        self.is_loading = False
        self._previous = None
        self._at_full_speed = False  # the signal that would clear it is of an older generation
        self.row = self._target = max(0, min(self._row_after_load, self.farthest))
        if self.selected in arrived:
            self.trace_changed.emit(self.trace)
        self.runs_changed.emit()
        self._reserve.emit(self._run_list.futures_bytes())
        self.futures_changed.emit()
        if self.playing:
            self._start_playing()
        elif not self.is_pending:
            self._move_to(self._target)
        self._run_postponed()

    @Slot(object)
    def _on_published(self, generation: int) -> None:
        self._frames.begin()
        if generation != self._generation or self.trace is None:
            return
        self.published.emit()
        self._show_reached()

    @Slot(object)
    def _on_idle(self, generation: int) -> None:
        if generation != self._generation or self.trace is None:
            return
        if self._at_full_speed and not self.playing:
            self._show_reached()
            self._at_full_speed = False
        self._pause_at_end()
        self.became_idle.emit()

    @Slot(object, object)
    def _on_failed(self, generation: int, problem: object) -> None:
        failing = [run for run in self.runs if run.is_pending and run.generation == generation]
        if not failing and generation != self._generation:
            return
        self.is_loading = False
        self._cancel_postponed_moves()
        self._stop()
        self._at_full_speed = False
        self._target = self.row  # the requested rows will not be computed
        self._restore(failing)
        self.failed.emit(problem)
        self._run_postponed()

    def _restore(self, failing: Sequence[Run]) -> None:
        """Go back to the runs before the request that failed."""
        listed = self.runs
        for run in failing:
            run.fail()
            if run.trace is None:
                self._run_list.remove(run)
        if not self.runs and self._previous is not None:
            self._run_list.all, self._run_list.selected = self._previous
            self._previous = None
        if self.runs != listed:
            self.runs_changed.emit()
