"""Models of data: the first model, its picture. Imports loss, data and optimizer."""
