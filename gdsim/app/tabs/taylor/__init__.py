"""The presenter of a tab: what slope and curvature predict of a step.

Imports its view and the rooms of the core.
"""
