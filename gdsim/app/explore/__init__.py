"""What the exploring tabs share: their worker and the points that were found."""
