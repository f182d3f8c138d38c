"""Small widgets that all rooms of the views use: cards, fields, sliders, labels. Imports theme."""
