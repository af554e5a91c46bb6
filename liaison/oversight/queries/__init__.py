"""What is asked of the database here. Reads only."""
