"""Runs side by side: line-ups and standings. Imports catalogue, data and run."""
