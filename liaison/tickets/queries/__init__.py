"""What we ask of voices and tickets: reads only, always «visible to whom»."""
