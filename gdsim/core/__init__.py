"""The mathematics of gdsim. Nothing in this package imports Qt."""
