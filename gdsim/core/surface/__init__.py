"""The geometry of the loss surface in three dimensions. Imports landscape."""
