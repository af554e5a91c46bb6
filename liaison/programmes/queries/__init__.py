"""What is asked about the rules, the facts and the stored progress."""
