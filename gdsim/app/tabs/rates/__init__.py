"""The presenter of a tab: many learning rates at once.

Imports its view and the rooms of the core.
"""
