"""The Taylor expansion of a loss: first, second and higher orders. Imports loss and formula."""
