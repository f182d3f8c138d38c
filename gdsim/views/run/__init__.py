"""A run as plots show it: its path, step, symbol and table. Imports plot and theme."""
