"""A slider that goes where it is clicked."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget


class JumpSlider(QSlider):
    """A horizontal slider whose handle comes under the pointer at once, as media players do.

    It leaves the wheel alone: a hand on its way over the bar must not change the pace.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def handle_rect(self) -> QRect:
        """The part of the widget that the handle covers."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            handle = self.handle_rect()
            if not handle.contains(event.position().toPoint()):
                left = round(event.position().x()) - handle.width() // 2
                span = self.width() - handle.width()
                self.setValue(
                    QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), left, span)
                )
        super().mousePressEvent(event)  # the handle is under the pointer now: a drag begins
