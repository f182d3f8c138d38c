"""The presenter of a tab: the futures that a run left when it was changed.

Imports its view and the rooms of the core.
"""
