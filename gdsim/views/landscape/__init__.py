"""The contour plot and the curve of the loss. Imports overlays, run and plot."""
