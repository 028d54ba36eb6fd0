"""Tables that run over pages: which parts belong together, and how they join."""
