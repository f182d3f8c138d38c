"""Runs in words and as views: names, phases, guesses, export."""
