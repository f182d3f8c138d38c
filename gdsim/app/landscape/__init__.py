"""Presenters of the landscape: contour, slices, basins."""
