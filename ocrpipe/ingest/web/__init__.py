"""Saved web pages to documents, through their own elements."""
