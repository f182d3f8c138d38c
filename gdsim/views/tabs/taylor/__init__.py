"""The view of a tab: what slope and curvature predict of a step.

Imports the rooms below the tabs.
"""
