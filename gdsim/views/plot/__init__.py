"""What every plot is made of: axes, boxes, polylines, markers. Imports theme."""
