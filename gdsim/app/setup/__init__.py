"""Fills the setup panel and turns its input into experiments."""
