"""Models of data: the first model, its picture. Imports catalogue, data, landscape and loss."""
