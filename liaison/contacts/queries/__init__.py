"""What we ask of contacts: reads only, always «visible to whom»."""
