"""The large parts of the window. Imports data, landscape, loss, surface, theme and widgets."""
