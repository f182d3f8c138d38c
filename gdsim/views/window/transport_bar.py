"""The bar at the bottom of the window: play, step, speed, timeline and status of the run."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gdsim.core.number_text import grouped
from gdsim.views.theme import LIGHT, SPACING, Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.jump_slider import JumpSlider
from gdsim.views.widgets.literal_text import literal
from gdsim.views.widgets.status_line import RunState, StatusLine
from gdsim.views.widgets.style_roles import role_label

SPEEDS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, math.inf)
"""The positions of the speed slider, in steps per second, roughly evenly spaced."""

_LARGEST_INT = 2**31 - 1
_ICON, _BUTTON, _SPEED = 18, 40, 112
_CONTROL_HEIGHT = 34


class TransportBar(QWidget):
    """Controls for a descent, like those of a media player.

    Rows are counted from 0, the start; the timeline ends at the last recorded row.
    """

    home_requested = Signal()
    back_requested = Signal()
    play_requested = Signal()
    pause_requested = Signal()
    step_requested = Signal()
    end_requested = Signal()
    speed_changed = Signal(float)
    """The speed in steps per second; infinity: as fast as possible."""
    step_selected = Signal(object)
    """The row to show, an int of any size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._playing = False
        self._speed = 2.0
        self._shown, self._last = 0, 0
        self._limit: int | None = None
        self._scale = 1
        self._digits = 0
        self._build()
        self.setFocusProxy(self._play)
        self._lay_out()
        self._connect()
        self.set_theme(LIGHT)
        self._retranslate()
        self.set_speed(self._speed)
        self.set_position(0, 0, None)
        self.set_enabled_actions(can_back=False, can_forward=True)

    # Setters

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        side = theme.pixels(_ICON)
        for button in self._buttons():
            button.setIconSize(QSize(side, side))
        for small in (self._home, self._back, self._end):
            small.setFixedWidth(theme.pixels(_BUTTON))
        for button, name in (
            (self._home, "home"),
            (self._back, "back"),
            (self._step, "step"),
            (self._end, "end"),
        ):
            button.setIcon(icon(name, theme))
        self._redraw_play()
        self._status.set_theme(theme)
        for widget in (self._play, self._speed_value, self._count):
            widget.ensurePolished()  # before it is shown, it has another font than afterwards
        self._reserve_widths()

    def set_playing(self, playing: bool) -> None:
        """Set whether the button offers to pause or to play."""
        if playing != self._playing:
            self._playing = playing
            self._redraw_play()

    def set_speed(self, speed: float) -> None:
        """Show a speed in steps per second; the slider goes to the nearest position."""
        self._speed = speed
        with QSignalBlocker(self._speed_slider):
            self._speed_slider.setValue(_nearest_position(speed))
        self._speed_value.setText(self._speed_text(speed))

    def set_position(self, shown: int, last: int, limit: int | None) -> None:
        """Set the shown row, the last recorded row, and the step limit of the run."""
        if limit != self._limit:
            self._limit = limit
            self._update_timeline_tip()
        self._shown, self._last = shown, last
        self._scale = last // _LARGEST_INT + 1
        self._count.setText(self._count_text(shown, last))
        if len(str(last)) != self._digits:
            self._digits = len(str(last))
            self._reserve_widths()
        if not self._timeline.isSliderDown():  # while the user drags it, it must not move
            with QSignalBlocker(self._timeline):
                self._timeline.setRange(0, last // self._scale)
                self._timeline.setValue(shown // self._scale)

    def set_batch(self, text: str) -> None:
        """Set the text with epoch and batch of the shown step; empty: no text."""
        self._batch.setText(text)
        self._batch.setVisible(bool(text))

    def set_status(self, sentence: str, state: RunState) -> None:
        """Show the status of the run."""
        self._status.set_status(sentence, state)

    def set_enabled_actions(self, can_back: bool, can_forward: bool) -> None:
        """Set whether a row before the shown one exists, and whether one after it is possible."""
        self._home.setEnabled(can_back)
        self._back.setEnabled(can_back)
        for button in (self._play, self._step, self._end):
            button.setEnabled(can_forward)

    @Slot()
    def faster(self) -> None:
        """Choose the next higher speed."""
        self._choose_position(_nearest_position(self._speed) + 1)

    @Slot()
    def slower(self) -> None:
        """Choose the next lower speed."""
        self._choose_position(_nearest_position(self._speed) - 1)

    # Construction

    def _build(self) -> None:
        self._home, self._back, self._play, self._step, self._end = (
            QPushButton() for _ in range(5)
        )
        self._play.setProperty("primary", True)
        # The icon is after the word: Step ▶|
        self._step.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        for button in self._buttons():
            button.setMinimumHeight(_CONTROL_HEIGHT)
        self._speed_label = role_label("muted")
        self._speed_slider = JumpSlider()
        self._speed_slider.setRange(0, len(SPEEDS) - 1)
        self._speed_slider.setPageStep(3)
        self._speed_slider.setFixedWidth(_SPEED)
        self._speed_label.setBuddy(self._speed_slider)
        self._speed_value = role_label("muted")
        self._timeline = JumpSlider()
        self._timeline.setMinimumWidth(120)
        self._count = role_label("heading")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._batch = role_label("muted")
        self._batch.hide()
        self._status = StatusLine()

    def _lay_out(self) -> None:
        timeline = QHBoxLayout()
        timeline.setSpacing(SPACING)
        timeline.addWidget(self._timeline, 1)
        timeline.addWidget(self._count)
        progress = QVBoxLayout()
        progress.setSpacing(0)
        progress.addLayout(timeline)
        beneath = QHBoxLayout()
        beneath.setSpacing(SPACING)
        beneath.addWidget(self._status, 1)
        beneath.addWidget(self._batch)
        progress.addLayout(beneath)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for button in self._buttons():
            row.addWidget(button)
        row.addSpacing(SPACING)
        row.addWidget(self._speed_label)
        row.addWidget(self._speed_slider)
        row.addWidget(self._speed_value)
        row.addSpacing(SPACING)
        row.addLayout(progress, 1)

    def _connect(self) -> None:
        self._home.clicked.connect(self.home_requested)
        self._back.clicked.connect(self.back_requested)
        self._play.clicked.connect(self._on_play_clicked)
        self._step.clicked.connect(self.step_requested)
        self._end.clicked.connect(self.end_requested)
        self._speed_slider.valueChanged.connect(self._on_position_chosen)
        self._timeline.valueChanged.connect(self._on_timeline_moved)

    def _buttons(self) -> tuple[QAbstractButton, ...]:
        return (self._home, self._back, self._play, self._step, self._end)

    # User actions

    @Slot()
    def _on_play_clicked(self) -> None:
        (self.pause_requested if self._playing else self.play_requested).emit()

    @Slot(int)
    def _on_position_chosen(self, position: int) -> None:
        self._speed = SPEEDS[position]
        self._speed_value.setText(self._speed_text(self._speed))
        self.speed_changed.emit(self._speed)

    @Slot(int)
    def _on_timeline_moved(self, value: int) -> None:
        self.step_selected.emit(min(value * self._scale, self._last))

    def _choose_position(self, position: int) -> None:
        self._speed_slider.setValue(min(max(position, 0), len(SPEEDS) - 1))

    # Texts

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._step.setText(self.tr("Step"))
        self._speed_label.setText(self.tr("Speed"))
        for widget, name, tip in (
            (self._home, self.tr("Back to the start"), self.tr("Back to the start (Home)")),
            (self._back, self.tr("One step back"), self.tr("One step back (← or PgUp)")),
            (self._step, self.tr("One step"), self.tr("One step (→ or PgDn)")),
            (self._end, self.tr("Run to the end"), self.tr("Run to the end (End)")),
            (self._speed_slider, self.tr("Speed"), self.tr("Speed (+ and −)")),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(literal(tip))
        self._timeline.setAccessibleName(self.tr("Timeline"))
        self._update_timeline_tip()
        self._redraw_play()
        self._speed_value.setText(self._speed_text(self._speed))
        self._count.setText(self._count_text(self._shown, self._last))
        self._reserve_widths()

    def _redraw_play(self) -> None:
        name = self.tr("Pause") if self._playing else self.tr("Play")
        self._play.setText(name)
        self._play.setAccessibleName(name)
        self._play.setToolTip(
            self.tr("Pause (Space)") if self._playing else self.tr("Play (Space)")
        )
        icon_name = "pause" if self._playing else "play"
        self._play.setIcon(icon(icon_name, self._theme, self._theme.accent_text))

    def _update_timeline_tip(self) -> None:
        tip = self.tr("Drag or click to show an earlier step")
        if self._limit is not None:
            limit = self.tr("The run ends after {limit} steps at the latest").format(
                limit=_row_text(self._limit)
            )
            tip = f"{tip}\n{limit}"
        self._timeline.setToolTip(literal(tip))

    def _count_text(self, shown: int, last: int) -> str:
        return self.tr("t = {shown} of {last}").format(shown=_row_text(shown), last=_row_text(last))

    def _speed_text(self, speed: float) -> str:
        if math.isinf(speed):
            return self.tr("max")
        if speed == 1:
            return self.tr("1 step/s")
        if speed < 1:
            return self.tr("1 step in {seconds} s").format(seconds=f"{1 / speed:g}")
        return self.tr("{speed} steps/s").format(speed=f"{speed:g}")

    def _reserve_widths(self) -> None:
        """Fix the widths of texts that change, so that nothing beside them moves."""
        metrics = self._speed_value.fontMetrics()
        self._speed_value.setFixedWidth(
            max(metrics.horizontalAdvance(self._speed_text(speed)) for speed in SPEEDS) + 2
        )
        longest = 10 ** max(self._digits, 2) - 1
        self._count.setMinimumWidth(
            self._count.fontMetrics().horizontalAdvance(self._count_text(longest, longest)) + 2
        )
        words = self._play.fontMetrics()
        widest = max(map(words.horizontalAdvance, (self.tr("Play"), self.tr("Pause"))))
        self._play.setFixedWidth(widest + self._play.iconSize().width() + 36)


def _nearest_position(speed: float) -> int:
    if math.isinf(speed):
        return len(SPEEDS) - 1
    distance = [abs(math.log(speed / other)) for other in SPEEDS[:-1]]
    return distance.index(min(distance))


def _row_text(count: int) -> str:
    """A row number, with digits grouped from 10 000 on."""
    return grouped(count) if count >= 10_000 else str(count)
