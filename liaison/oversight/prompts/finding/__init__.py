"""Pure rules: rows of one night in, findings out. Nothing here knows the database."""
