"""The local model of a loss: slope, curvature, higher orders. Imports loss and formula."""
