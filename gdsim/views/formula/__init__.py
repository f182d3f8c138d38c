"""Typeset formulas. Imports widgets and theme."""
