"""A run as plots draw it: path, step, sign, table. Imports plot and theme."""
