"""What is asked about confidential matters: who looked and what was handed over; what an auditor may read."""
