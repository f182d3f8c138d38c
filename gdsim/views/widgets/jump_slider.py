"""A slider whose handle jumps to where it is clicked."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget


class JumpSlider(QSlider):
    """A horizontal slider whose handle jumps to the mouse at once, as in media players.

    It ignores the wheel, so that scrolling across it does not change its value.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def handle_rect(self) -> QRect:
        """The rectangle of the handle, in pixels of the widget."""
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
