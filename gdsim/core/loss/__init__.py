"""Losses as objectives, of a formula or a mean over rows. Imports data, formula and optimizer."""
