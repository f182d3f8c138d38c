"""Contour and curve of the loss. Imports overlays, run and plot."""
