"""The contour plot and the curve of the loss. Imports overlays, plot, run, theme and widgets."""
