"""Section 三: applications received and what became of them."""
