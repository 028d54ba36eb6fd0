"""Section 四: reconsiderations and litigation."""
