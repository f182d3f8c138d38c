"""Files, own points and the data view."""
