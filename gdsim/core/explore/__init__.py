"""Learning rates, basins and many starts. Imports ensemble and landscape."""
