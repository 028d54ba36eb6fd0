"""Pages with a text layer."""
