"""Small widgets for every room: cards, fields, sliders, labels. Imports theme."""
