"""The loss sampled on a plane or a line, with contour levels and colours. Imports no other room."""
