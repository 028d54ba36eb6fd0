"""Checks of figures against each other, and how far each figure is to be trusted."""
