"""The presenter of a tab: the shown step, line by line.

Imports its view and the rooms of the core.
"""
