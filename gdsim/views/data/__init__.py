"""Rows of data, the model over them, and the dialog that opens a file.

Imports landscape, overlays, plot, theme and widgets.
"""
