"""The derivation that −∇L is the direction of steepest descent, in five lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gdsim.views.formula.formula_label import FormulaLabel
from gdsim.views.theme import LIGHT, Theme
from gdsim.views.theme.icons import icon
from gdsim.views.widgets.style_roles import role_label

_FORMULAS = (
    (r"L(\theta + \Delta) \approx L(\theta) + \nabla L \cdot \Delta", "L(θ + Δ) ≈ L(θ) + ∇L·Δ"),
    (
        r"\Delta L \approx \nabla L \cdot \Delta"
        r" = \left\|\nabla L\right\| \left\|\Delta\right\| \cos\beta",
        "ΔL ≈ ∇L·Δ = ‖∇L‖ ‖Δθ‖ cos β",
    ),
    (
        r"\beta = 180^{\circ} \; : \quad \cos\beta = -1"
        r", \quad \Delta L \approx -\left\|\nabla L\right\| \left\|\Delta\right\|",
        "β = 180°: cos β = −1, ΔL ≈ −‖∇L‖ ‖Δθ‖",
    ),
    (
        r"\Delta = -\eta \, \nabla L \; : \quad"
        r" \Delta L \approx -\eta \left\|\nabla L\right\|^{2}",
        "Δ = −η ∇L: ΔL ≈ −η ‖∇L‖²",
    ),
    (
        r"\Delta L = \nabla L \cdot \Delta + \frac{1}{2} \Delta^{\top} H \Delta + \ldots",
        "ΔL = ∇L·Δ + ½·ΔᵀHΔ + …",
    ),
)


class TaylorDerivation(QWidget):
    """Sentences with formulas below a heading, which shows or hides them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.fold = QToolButton()
        self.fold.setProperty("flat", True)
        self.fold.setCheckable(True)
        self.fold.setChecked(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.fold.toggled.connect(self._on_toggled)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(4)
        self._sentences: list[QLabel] = []
        self._formulas: list[FormulaLabel] = []
        for latex, plain in _FORMULAS:
            sentence = role_label("", wraps=True)
            formula = FormulaLabel("text", 1.1, most_lines=2)
            formula.set_latex(latex, plain)
            formula.setContentsMargins(0, 0, 0, 4)
            column.addWidget(sentence)
            column.addWidget(formula)
            self._sentences.append(sentence)
            self._formulas.append(formula)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        outer.addWidget(self.fold)
        outer.addWidget(self._body)
        self._retranslate()

    @property
    def is_open(self) -> bool:
        """Whether the derivation is unfolded."""
        return self.fold.isChecked()

    def text(self) -> str:
        """The derivation as text."""
        return "\n".join(
            f"{sentence.text()}\n    {formula.plain}"
            for sentence, formula in zip(self._sentences, self._formulas, strict=True)
        )

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for formula in self._formulas:
            formula.set_theme(theme)
        self._show_fold()

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        self._body.setVisible(is_open)
        self._show_fold()

    def _show_fold(self) -> None:
        name = "chevron-down" if self.is_open else "chevron-right"
        self.fold.setIcon(icon(name, self._theme, self._theme.accent))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.fold.setText(self.tr("Why −∇L is the steepest way down"))
        self.fold.setToolTip(self.tr("Show or hide the derivation"))
        for label, text in zip(
            self._sentences,
            (
                self.tr("Close to θ the landscape is nearly a plane, its tangent plane:"),
                self.tr(
                    "So a step Δ changes the loss by nearly the scalar product of gradient and"
                    " step, where β is the angle between the two:"
                ),
                self.tr(
                    "Among all steps of the same length only cos β differs. It is least at β ="
                    " 180°, so the loss falls most where Δ points along −∇L:"
                ),
                self.tr("That is the step of gradient descent; the change that it predicts is:"),
                self.tr(
                    "The plane is only an approximation: the curvature term grows with ‖Δθ‖²,"
                    " and a step that is too long overshoots:"
                ),
            ),
            strict=True,
        ):
            label.setText(text)
