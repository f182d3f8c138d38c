"""The loss surface in three dimensions. Imports landscape, overlays and run."""
