"""Formulas as text, tree, derivative and code. Imports no other room."""
