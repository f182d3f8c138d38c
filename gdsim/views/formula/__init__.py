"""Typeset formulas. Imports theme and widgets."""
