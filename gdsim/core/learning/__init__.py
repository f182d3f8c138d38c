"""Models of data: a first model for any columns, and its plot. Imports loss, data and optimizer."""
