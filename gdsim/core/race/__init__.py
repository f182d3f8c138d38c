"""Runs side by side: line-ups and standings. Imports run and catalogue."""
