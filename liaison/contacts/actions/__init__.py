"""What a person can do with contacts. Nothing here commits; the caller does, once."""
