"""What a person can do with voices and tickets. Nothing here commits; the caller does, once."""
