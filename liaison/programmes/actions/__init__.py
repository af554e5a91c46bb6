"""What is done to the rules and to what is derived from them. Nothing here commits; the caller does, once."""
