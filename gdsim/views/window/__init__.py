"""The large parts of the window. Imports every other room of the views but single tabs."""
