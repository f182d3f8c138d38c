"""The tabs beside the landscape, a room each. No tab imports another."""
