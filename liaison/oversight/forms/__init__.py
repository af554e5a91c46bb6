"""What may be typed here, and what is wrong with it."""
