"""Parts that every plot uses: axes, the plotting area, polylines, markers. Imports theme."""
