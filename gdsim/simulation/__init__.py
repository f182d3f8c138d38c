"""The threads: descents and samplings that never block the window. QtCore only."""
