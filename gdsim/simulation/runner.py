"""Which runs there are: their loads, branches, futures, and the thread that computes them."""

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

_MAX_FUTURES = 12  # futures of one run; the oldest gives way


class Runner(Player):
    """Owns the thread, and asks it for runs; what is shown of them is the player's.

    Whatever is asked for has a generation; an answer counts only for a run that has not been asked
    for again since.
    """

    trace_changed = Signal(object)  # Trace: another run, or another future of this one
    runs_changed = Signal()  # the list of runs, what they are, or which one is selected
    failed = Signal(object)  # Problem or the text of a bug; the last good run stays
    futures_changed = Signal()  # the futures that were left and can be taken up again

    _load = Signal(object, object, bool)
    _remove = Signal(object)
    _reserve = Signal(object)
    _resume = Signal()
    _finish = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = 0
        self._arriving = 0  # the row to show when what is under way arrives
        self.is_loading = False  # new runs are under way, and the old ones are not their past
        self._to_select: int | None = None  # the run to select when it arrives
        # The list before a race that is under way, in case it cannot be.
        self._replaced: tuple[tuple[Run, ...], Run | None] | None = None
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
        """Stop the thread; the runner is of no use afterwards."""
        self._timer.stop()
        self._frames.stop()
        self.playing = False
        self._generation += 1
        self._finish.emit()
        self._thread.wait(SHUTDOWN_TIMEOUT_MS)

    # All runs anew

    def load(self, experiment: Experiment) -> None:
        """Begin anew at the start, paused; the other runs follow on the same function."""
        if not self.runs:
            self.race((experiment,))
            return
        experiments = self._followed(experiment)
        if experiments is not None:
            for run, changed in zip(self.runs, experiments, strict=True):
                run.experiment = changed
            self._load_all()

    def race(self, experiments: Sequence[Experiment]) -> None:
        """Begin with these runs instead of those that there are, paused; the first is selected."""
        if self._replaced is None:
            self._replaced = (self.runs, self.selected)
        self._run_list.all = tuple(map(self._run_list.make, experiments))
        self._run_list.selected = self.runs[0]
        self._load_all()

    def _load_all(self) -> None:
        self.pause()
        self._arriving = 0
        self._postponed.clear()
        self.is_loading = True
        self._to_select = None
        for run in self.runs:
            run.futures_after_load = ()
        self._ask_for({run: NewRun(run.experiment) for run in self.runs}, alone=True)

    def _followed(self, experiment: Experiment) -> list[Experiment] | None:
        """What every run becomes when the selected one does; None where one of them cannot."""
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
        """Apply other settings from the shown row on; what was computed beyond it is kept aside.

        What a race has in common is changed for the other runs too.
        """
        if self.trace is None or self.is_loading:
            self.load(experiment)
            return
        experiments = self._followed(experiment)
        if experiments is None:
            return
        self._arriving = self.row
        self._postponed.clear()
        requests: dict[Run, RunRequest] = {}
        for run, changed in zip(self.runs, experiments, strict=True):
            if changed != run.experiment or run is self.selected:
                run.experiment = changed
                requests[run] = self._branch(run)
        self._ask_for(requests)

    def _branch(self, run: Run) -> RunRequest:
        if run.trace is None:
            return NewRun(run.experiment)
        shown = run.shown(self.row)
        kept = (*run.futures, run.trace) if run.last > shown else run.futures
        run.futures_after_load = kept[-_MAX_FUTURES:]
        return BranchedRun(run.trace, shown, run.experiment)

    def resume_future(self, trace: Trace) -> None:
        """Go on with a future that was left; the one in force is kept in its place."""
        run = self._run_list.selected
        if run is None or run.trace is None or self.is_loading or trace not in run.futures:
            return
        self.pause()
        self._arriving = self.row
        self._postponed.clear()
        others = tuple(other for other in run.futures if other is not trace)
        run.futures_after_load = (*others, run.trace)
        self._ask_for({run: ResumedRun(trace)})

    def forget_future(self, trace: Trace) -> None:
        """Drop a future of the selected run that was left."""
        run = self._run_list.selected
        if run is None or trace not in run.futures:
            return
        run.futures = tuple(other for other in run.futures if other is not trace)
        self._reserve.emit(self._run_list.futures_bytes())
        self.futures_changed.emit()

    # Runs that come, go and are looked at

    def add(self, experiment: Experiment) -> None:
        """Let a further run join from its start; it catches up and becomes the selected one."""
        self._join(experiment, NewRun(experiment))

    def duplicate(self) -> None:
        """Let a copy of the selected run join, with its whole past; it becomes the selected one."""
        if self.trace is not None:
            self._join(self.trace.experiment, CopiedRun(self.trace))

    def _join(self, experiment: Experiment, request: RunRequest) -> None:
        if self.selected is None or self.is_loading:
            return
        run = self._run_list.make(experiment)
        run.has_own_start = self.selected.has_own_start
        place = self.runs.index(self.selected) + 1
        self._run_list.all = (*self.runs[:place], run, *self.runs[place:])
        self._to_select = run.key
        self._arriving = self.row
        self._ask_for({run: request})

    def remove(self, key: int) -> None:
        """Take a run out of the race; the last one stays."""
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
        if not self._is_pending:
            self._ask(self._wanted)
            self._carry_out_postponed()

    def select(self, key: int) -> None:
        """Let the readout and the panel follow another run."""
        run = self._run_list.find(key)
        if run is None or run is self.selected or run.trace is None or self.is_loading:
            return
        self._to_select = None
        self._run_list.selected = run
        self.trace_changed.emit(run.trace)
        self.runs_changed.emit()

    def set_own_start(self, key: int, is_own: bool) -> None:
        """Whether the start of a run is its own, or moves with those of the runs that share it."""
        run = self._run_list.find(key)
        if run is not None:
            run.has_own_start = is_own
            self.runs_changed.emit()

    # Asking and hearing

    def _ask_for(self, requests: Mapping[Run, RunRequest], *, alone: bool = False) -> None:
        self._generation += 1
        for run in requests:
            run.generation = self._generation
            run.is_pending = True
        wanted = {run.key: request for run, request in requests.items()}
        self._load.emit(self._generation, wanted, alone)

    @Slot(object, object)
    def _on_loaded(self, generation: int, traces: Mapping[int, Trace]) -> None:
        arrived = [run for run in self.runs if run.key in traces and run.generation == generation]
        if not arrived:
            return
        for run in arrived:
            run.receive(traces[run.key])
            if run.key == self._to_select:
                self._run_list.selected, self._to_select = run, None
        self.is_loading = False
        self._replaced = None
        self._following = False  # a worker that has begun anew says nothing of its rest before
        self.row = self._wanted = max(0, min(self._arriving, self.farthest))
        if self.selected in arrived:
            self.trace_changed.emit(self.trace)
        self.runs_changed.emit()
        self._reserve.emit(self._run_list.futures_bytes())
        self.futures_changed.emit()
        if self.playing:
            self._begin_pace()
        elif not self._is_pending:
            self._ask(self._wanted)
        self._carry_out_postponed()

    @Slot(object)
    def _on_published(self, generation: int) -> None:
        self._frames.begin()
        if generation != self._generation or self.trace is None:
            return
        self.published.emit()
        self._settle()

    @Slot(object)
    def _on_idle(self, generation: int) -> None:
        if generation != self._generation or self.trace is None:
            return
        if self._following and not self.playing:
            self._settle()
            self._following = False
        self._pause_at_end()

    @Slot(object, object)
    def _on_failed(self, generation: int, problem: object) -> None:
        failing = [run for run in self.runs if run.is_pending and run.generation == generation]
        if not failing and generation != self._generation:
            return
        self.is_loading = False
        self._take_back_moving()
        self._stop()
        self._following = False
        self._wanted = self.row  # what was asked for will not come
        self._give_up(failing)
        self.failed.emit(problem)
        self._carry_out_postponed()

    def _give_up(self, failing: Sequence[Run]) -> None:
        """Go back to the runs that there were."""
        listed = self.runs
        for run in failing:
            run.fail()
            if run.trace is None:
                self._run_list.remove(run)
        if not self.runs and self._replaced is not None:
            self._run_list.all, self._run_list.selected = self._replaced
            self._replaced = None
        if self.runs != listed:
            self.runs_changed.emit()
