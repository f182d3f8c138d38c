"""The user's own data: read from a file, or clicked into the plot."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
from PySide6.QtCore import Signal, Slot

from gdsim.app.run.exporting import ask_and_write
from gdsim.app.setup.catalogue_choice import suited
from gdsim.app.workplace import Presenter, Workplace
from gdsim.core.arrays import Floats, Range
from gdsim.core.data.dataset import Dataset
from gdsim.core.data.dataset_csv import write_dataset
from gdsim.core.learning.first_experiment import (
    FirstExperiment,
    first_experiment,
)
from gdsim.core.learning.model_picture import PlotKind, Scatter, kind_of, scatter
from gdsim.core.loss.row_objective import RowObjective
from gdsim.core.problem import Problem
from gdsim.views.data.data_view import DataView

_FEWEST = 2  # points that determine a line
_MOST = 10_000  # rows of data that points can be added to

LINE, CLASSES = "line", "classes"
"""What an empty plot can be filled with: points for a line, or points of two classes."""

_COLUMNS = {LINE: ("x", "y"), CLASSES: ("x1", "x2", "y")}
_VIEWS: dict[str, tuple[Range, Range]] = {
    LINE: ((0.0, 10.0), (0.0, 10.0)),
    CLASSES: ((-3.0, 3.0), (-3.0, 3.0)),
}


class OwnData(Presenter):
    """Starts a descent on the user's data; adds rows by clicks, moves them, and saves them.

    While there are too few points for a descent, the points are only shown and the previous
    experiment remains.
    """

    gathering_changed = Signal()
    """The ``gathered`` points have changed, or there are none any more."""

    def __init__(self, view: DataView, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._view = view
        self._editing = workplace.editing
        self._kind = LINE
        self._points: list[tuple[float, ...]] | None = None
        self._before: list[Dataset] = []  # the data before each change, for taking it back
        view.point_added.connect(self._add)
        view.point_moved.connect(self._move)
        view.header.save_requested.connect(self._save)
        view.header.last_removed.connect(self._remove_last)
        view.header.adding_toggled.connect(self._on_adding_toggled)
        self._editing.scene_changed.connect(self._on_scene_changed)

    @Slot(object)
    def learn(self, first: FirstExperiment) -> None:
        """Start a descent with a first model of the user's data."""
        self._before = []
        self.workplace.problem.learn(
            first.home,
            loss=first.loss,
            parameters=first.parameters,
            data=first.data,
            prediction=first.prediction,
            start=first.start,
            batch=None,
            schedule=suited(self._editing.experiment, first.eta),
        )

    # Points in an empty plot

    @property
    def gathered(self) -> Scatter | None:
        """The points so far while they are too few for a descent; otherwise None."""
        if self._points is None:
            return None
        names = _COLUMNS[self._kind]
        table = np.array(self._points, dtype=np.float64).reshape(-1, len(names))
        kind = PlotKind.CURVE if self._kind == LINE else PlotKind.CLASSES
        return scatter(dict(zip(names, table.T, strict=True)), names[:-1], names[-1], kind)

    @property
    def needs_classes(self) -> bool:
        """Whether points of two classes are being gathered."""
        return self._kind == CLASSES

    @property
    def home(self) -> tuple[Range, Range]:
        """The ranges of an empty plot."""
        return _VIEWS[self._kind]

    @Slot(str)
    def begin(self, kind: str) -> None:
        """Show an empty plot for points of a LINE or of two CLASSES."""
        self._kind, self._points, self._before = kind, [], []
        self._view.header.set_adding(True)
        self.gathering_changed.emit()

    def _gather(self, point: tuple[float, ...]) -> None:
        assert self._points is not None
        points = [*self._points, point]
        enough = len(points) >= _FEWEST
        if self._kind == CLASSES:
            enough = len({point[-1] for point in points}) == 2
        if not enough:
            self._points = points
            self.gathering_changed.emit()
            return
        names = _COLUMNS[self._kind]
        columns = dict(zip(names, np.array(points).T, strict=True))
        self._points = None
        self.learn(first_experiment(Dataset("points", columns), names[:-1], names[-1]))
        self.gathering_changed.emit()

    # Points added to existing data

    def can_grow(self, function: RowObjective) -> bool:
        """Whether a click determines all columns of a new row."""
        target, data = function.target, function.data
        if target is None or data.rows > _MOST:
            return False
        kind = kind_of(len(function.inputs), data.columns[target])
        named = {*function.inputs, target}
        return kind in (PlotKind.CURVE, PlotKind.CLASSES) and named == set(data.names)

    @property
    def can_shrink(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._points) or bool(self._before)

    @Slot(float, float, int)
    def _add(self, x: float, y: float, label: int) -> None:
        if self._points is not None:
            self._gather((x, y) if self._kind == LINE else (x, y, float(label)))
            return
        function = self._editing.experiment.objective()
        if not isinstance(function, RowObjective) or not self.can_grow(function):
            return
        data, target = function.data, function.target
        assert target is not None
        labels = data.columns[target]
        row = dict(zip((*function.inputs, target), (x, y), strict=False))
        row.setdefault(target, float(labels.max() if label else labels.min()))
        self._replace({name: np.append(data.columns[name], row[name]) for name in data.names})

    @Slot(int, float, float)
    def _move(self, row: int, x: float, y: float) -> None:
        """Move the point of a row; its class stays."""
        if self._points is not None:
            self._points[row] = (x, y, *self._points[row][2:])
            self.gathering_changed.emit()
            return
        function = self._editing.experiment.objective()
        if not isinstance(function, RowObjective) or not self.can_grow(function):
            return
        columns = {name: values.copy() for name, values in function.data.columns.items()}
        for name, value in zip((*function.inputs, function.target), (x, y), strict=False):
            assert name is not None
            columns[name][row] = value
        self._replace(columns)

    def _replace(self, columns: Mapping[str, Floats]) -> None:
        """Descend on other rows; the change can be taken back."""
        before = self._editing.experiment.data
        assert before is not None
        after = Dataset(before.name, columns, before.classes)
        if self.workplace.problem.enter(self._refuse, data=after):
            self._before.append(before)
        self.gathering_changed.emit()

    @Slot()
    def _save(self) -> None:
        """Ask for a file, and write the points to it."""
        data = self._editing.experiment.data
        if self._points:
            names = _COLUMNS[self._kind]
            data = Dataset("points", dict(zip(names, np.array(self._points).T, strict=True)))
        if data is not None and (self._points is None or self._points):
            window, title = self._view.window(), self.tr("Save the points")
            ask_and_write(window, title, f"{data.name}.csv", partial(write_dataset, data))

    @Slot()
    def _remove_last(self) -> None:
        if self._points:
            self._points.pop()
        elif self._before:
            self.workplace.problem.enter(self._refuse, data=self._before.pop())
        self.gathering_changed.emit()

    def _refuse(self, problem: Problem | None) -> None:
        if problem is not None:
            self._editing.refuse(problem)

    @Slot(bool)
    def _on_adding_toggled(self, adding: bool) -> None:
        if not adding and self._points is not None:
            self._points = None
            self.gathering_changed.emit()

    @Slot(object)
    def _on_scene_changed(self, _home: object) -> None:
        """Another function was chosen: forget the points of the plot before."""
        data = self._editing.experiment.data
        if data is None or (self._before and data.name != self._before[-1].name):
            self._before = []
        if self._points is not None:
            self._points = None
            self.gathering_changed.emit()
