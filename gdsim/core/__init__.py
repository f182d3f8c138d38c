"""The mathematics of gdsim: no Qt below this line."""
