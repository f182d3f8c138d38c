"""Contour and curve of the loss. Imports overlays, plot, run, theme and widgets."""
