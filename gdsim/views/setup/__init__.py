"""The setup panel: function, optimizer, learning rate, stop rule.

Imports formula, theme and widgets.
"""
