"""The loss as a surface in three dimensions. Imports landscape, overlays and run."""
