"""Runs side by side: line-ups and standings. Imports catalogue and run."""
