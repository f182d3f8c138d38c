"""The large parts of the window. Imports all other rooms of the views except single tabs."""
