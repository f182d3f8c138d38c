"""What is said while the class predicts where a step will land."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gdsim.app.run.guessing import Guessing
from gdsim.core.number_text import shown


def guess_message(guessing: Guessing, index: int) -> str:
    """What is asked of the class, and its score so far; empty while nothing is asked."""
    if not guessing.is_on:
        return ""
    mean, count = guessing.score()
    score = ""
    if count:
        score = QCoreApplication.translate(
            "Phrases", "predictions: {count}, mean error {mean} ‖Δθ‖"
        ).format(mean=shown(mean, 3), count=count)
    if not guessing.is_waiting:
        return score
    question = QCoreApplication.translate("Phrases", "Click where θ will land at t = {t}").format(
        t=index + 1
    )
    return f"{question} · {score}" if score else question
