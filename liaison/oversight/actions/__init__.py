"""What is done here: one file per thing that is kept in order."""
