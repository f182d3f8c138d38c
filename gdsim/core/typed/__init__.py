"""Formulas as students type them, rewritten into the notation. Imports formula."""
