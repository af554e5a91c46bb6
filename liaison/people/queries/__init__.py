"""What we ask about staff and units. One file per noun."""
